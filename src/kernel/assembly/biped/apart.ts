/** Whether a body can touch a piece of ground within a step at all: the shortcut before the time of impact is looked for. */
import { dot, placeX, placeY, Pose } from "../physics/pose";
import { Body, Ground, NORMALS_AT, poseOf, VERTICES_AT } from "./layout";
import { cornerCount, corners, setPose, xOf, yOf } from "./shapes";

const FIRST = changetype<Pose>(memory.data(16, 16));
/** Of each body where its corners are at both ends of its sweep (x and y each), and of which sweep and which body that is. */
const ENDS: usize = memory.data(560, 16);
const ENDS_BYTES: usize = 112;
const SWEEP_AT: usize = 80;
const BODY_AT: usize = 104;

const ROOM: f32 = 0.0068;
const HULL_REACH: f32 = 0.1875; // 0.15 * 1.25
const LEG_REACH: f32 = 0.09; // 0.15 * 0.6

/** Where the corners of a body are at both ends of its sweep; most bodies are asked for again, by other pieces of ground. */
function endsOf(body: Body): usize {
  const at = ENDS + <usize>body.index * ENDS_BYTES;
  const key = at + SWEEP_AT;
  const swept = changetype<usize>(body);
  const isKnown =
    load<usize>(at + BODY_AT) == swept &&
    load<u64>(key) == load<u64>(swept) &&
    load<u64>(key, 8) == load<u64>(swept, 8) &&
    load<u64>(key, 16) == load<u64>(swept, 16);
  if (isKnown) return at;
  store<usize>(at + BODY_AT, swept);
  memory.copy(key, swept, 24);
  setPose(FIRST, body.index, body.c0x, body.c0y, body.a0);
  const last = poseOf(body);
  const count = cornerCount(body.index);
  const from = corners(body.index);
  for (let index = 0; index < count; index++) {
    const x = xOf(from, index);
    const y = yOf(from, index);
    const to = at + ((<usize>index) << 4);
    store<f32>(to, placeX(FIRST, x, y));
    store<f32>(to, placeY(FIRST, x, y), 4);
    store<f32>(to, placeX(last, x, y), 8);
    store<f32>(to, placeY(last, x, y), 12);
  }
  return at;
}

/** Whether a body is so far from a piece of ground at both ends of its sweep that it cannot touch between them. */
export function isApart(ground: Ground, isPolygon: bool, body: Body): bool {
  const turned = body.a - body.a0;
  const room = ROOM + (body.index == 0 ? HULL_REACH : LEG_REACH) * turned * turned;
  const ends = endsOf(body);
  const count = 2 * cornerCount(body.index);
  if (isPolygon) {
    const at = changetype<usize>(ground);
    for (let side = 0; side < 4; side++) {
      const nx = xOf(at + NORMALS_AT, side);
      const ny = yOf(at + NORMALS_AT, side);
      if (leastAlong(ends, count, nx, ny, xOf(at + VERTICES_AT, side), yOf(at + VERTICES_AT, side)) > room) return true;
    }
    return false;
  }
  // The normal of an edge points down.
  if (leastAlong(ends, count, -ground.nx, -ground.ny, ground.v1x, ground.v1y) > room) return true;
  if (leastAlong(ends, count, ground.nx, ground.ny, ground.v1x, ground.v1y) > room) return true;
  if (leastAlong(ends, count, -1, 0, ground.v1x, 0) > room) return true;
  return leastAlong(ends, count, 1, 0, ground.v2x, 0) > room;
}

function leastAlong(ends: usize, count: i32, nx: f32, ny: f32, x: f32, y: f32): f32 {
  let least = f32.MAX_VALUE;
  for (let index = 0; index < count; index++) {
    least = min<f32>(least, dot(nx, ny, xOf(ends, index) - x, yOf(ends, index) - y));
  }
  return least;
}
