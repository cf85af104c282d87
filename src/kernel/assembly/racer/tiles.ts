/** Which tiles the wheels of a car touch; twin of `tilesUnder` of the environment, which always asks for the distance. */
import { distanceOf, forget } from "../physics/distance";
import { Pose } from "../physics/pose";
import { AXES, CENTRE, GROUND, TOTAL, TOUCHES, VISITED, VISITED_COUNT, WHEELS } from "./rows";

const GRID_EDGE: f32 = -336;
const CELLS = 168;
/** Where a ground begins: number of tiles, where cells and tiles in cells are; then the tiles (racer/rollout.ts of the environment). */
const TILES_AT: usize = 16;
const TILE_BYTES: usize = 64;
const NORMALS: usize = 32;
/** Half the size of a wheel, m, and its corners. */
const HALF_X: f32 = 0.28;
const HALF_Y: f32 = 0.54;
const WHEEL: usize = memory.data<f32>([0.28, -0.54, 0.28, 0.54, -0.28, 0.54, -0.28, -0.54]);
const SKINS: f32 = 0.02;
const TOUCH: f32 = 1.1920928955078125e-6;
/** Separations, m, between which the distance decides. */
const SURELY_OVERLAPPING: f32 = -0.001;
const SURELY_APART: f32 = 0.021;
const TILES_REWARD: f64 = 1000;
const POSE = changetype<Pose>(memory.data(16, 16));

/** The number of tiles of the ground of a lane. */
// @ts-ignore: decorator
@inline
export function tileCount(lane: usize, stride: usize): i32 {
  return load<i32>(load<usize>(lane + GROUND * stride));
}

/** Sets the touches of a lane, and pays for tiles that are new. @param lane row 0 of the lane */
export function touchTiles(lane: usize, stride: usize): void {
  const ground = load<usize>(lane + GROUND * stride);
  const firsts = ground + load<u32>(ground, 4);
  const inCells = ground + load<u32>(ground, 8);
  for (let wheel: usize = 0; wheel < WHEELS; wheel++) {
    const centre = lane + (CENTRE + 2 * (1 + wheel)) * stride;
    const axes = lane + (AXES + 2 * (1 + wheel)) * stride;
    const x = load<f32>(centre);
    const y = load<f32>(centre + stride);
    let touches = false;
    const column = <i32>floor<f32>((x - GRID_EDGE) * <f32>0.25);
    const row = <i32>floor<f32>((y - GRID_EDGE) * <f32>0.25);
    if (<u32>column < <u32>CELLS && <u32>row < <u32>CELLS) {
      const cell = firsts + ((<usize>(row * CELLS + column)) << 1);
      POSE.x = x;
      POSE.y = y;
      POSE.s = load<f32>(axes);
      POSE.c = load<f32>(axes + stride);
      const end = <usize>load<u16>(cell, 2);
      for (let at = <usize>load<u16>(cell); at < end; at++) {
        const tile = <i32>load<u16>(inCells + (at << 1));
        if (!isTouching(ground + TILES_AT + <usize>tile * TILE_BYTES)) continue;
        touches = true;
        visit(lane, stride, ground, tile);
      }
    }
    store<i32>(lane + (TOUCHES + wheel) * stride, touches ? -1 : 0);
  }
}

/** Pays for a tile, once. */
function visit(lane: usize, stride: usize, ground: usize, tile: i32): void {
  const bits = lane + (VISITED + <usize>(tile >> 5)) * stride;
  const known = load<u32>(bits);
  const bit: u32 = 1 << (tile & 31);
  if ((known & bit) != 0) return;
  store<u32>(bits, known | bit);
  const count = lane + VISITED_COUNT * stride;
  store<i32>(count, load<i32>(count) + 1);
  const low = lane + TOTAL * stride;
  const total = reinterpret<f64>((<u64>load<u32>(low)) | ((<u64>load<u32>(low + stride)) << 32));
  const next = reinterpret<u64>(total + TILES_REWARD / <f64>load<i32>(ground));
  store<u32>(low, <u32>next);
  store<u32>(low + stride, <u32>(next >> 32));
}

/** Whether the wheel at POSE touches a tile: where separating axes do not say for sure, by the distance. */
function isTouching(tile: usize): bool {
  const s = POSE.s;
  const c = POSE.c;
  let most: f32 = -Infinity;
  for (let side: usize = 0; side < 32; side += 8) {
    const nx = load<f32>(tile + side, NORMALS);
    const ny = load<f32>(tile + side, NORMALS + 4);
    const height = (POSE.x - load<f32>(tile + side)) * nx + (POSE.y - load<f32>(tile + side, 4)) * ny;
    const reach = abs<f32>(nx * c + ny * s) * HALF_X + abs<f32>(ny * c - nx * s) * HALF_Y;
    most = max<f32>(most, height - reach);
    if (most > SURELY_APART) return false;
  }
  most = max<f32>(most, max<f32>(between(tile, c, s, HALF_X), between(tile, -s, c, HALF_Y)));
  if (most > SURELY_APART) return false;
  if (most < SURELY_OVERLAPPING) return true;
  forget();
  const distance = distanceOf(tile, 4, WHEEL, 4, POSE);
  return distance <= SKINS || distance - SKINS < TOUCH;
}

/** How far a tile is from the wheel along one of its axes. */
function between(tile: usize, x: f32, y: f32, half: f32): f32 {
  let low: f32 = Infinity;
  let high: f32 = -Infinity;
  for (let corner: usize = 0; corner < 32; corner += 8) {
    const along = (load<f32>(tile + corner) - POSE.x) * x + (load<f32>(tile + corner, 4) - POSE.y) * y;
    low = min<f32>(low, along);
    high = max<f32>(high, along);
  }
  return max<f32>(low - half, -high - half);
}
