/** What the network sees of a car's road; twin of picture.ts and encoder.ts of the environment. */
import { AXES, ENCODER, GROUND, ORIGIN } from "./rows";

const SIDE = 32;
/** Pairs of numbers of a picture that are not both 0: both numbers, and where the weights of the pair begin. */
const PAIRS: usize = memory.data(4096, 16);
/** Bytes of the weights of a pair for 16 components. */
const PAIR_BYTES: u32 = 64;
const GROUP_BYTES: usize = 512 * 64;

// The camera, the same for all cars (cameraAt of the environment).
let metres: f64 = 1;
let size: i32 = 672;
let first: usize = 0;
let width: f64 = 0;
let height: f64 = 0;
let right: f64 = 0;
let ahead: f64 = 0;

/** Sets the camera to so many seconds after the reset. */
export function setCamera(time: f64): void {
  const zoom: f64 = 0.6 * max<f64>(1.0 - time, 0.0) + 16.2 * min<f64>(time, 1.0);
  const cellWidth: f64 = 1000.0 / 32.0 / zoom;
  const cellHeight: f64 = 700.0 / 32.0 / zoom;
  const largest = max<f64>(cellWidth, cellHeight);
  const level = largest > 5.5 ? 2 : largest > 2.7 ? 1 : 0;
  metres = <f64>(1 << level);
  size = 672 >> level;
  first = level == 0 ? 0 : level == 1 ? 672 * 672 : 672 * 672 + 336 * 336;
  width = cellWidth / metres;
  height = cellHeight / metres;
  right = (0.5 * cellWidth - 500.0 / zoom) / metres;
  ahead = (600.0 / zoom - 0.5 * cellHeight) / metres;
}

/** Draws what a car sees and writes its code. @param lane row 0 of the lane @param inputs of the lane, `stride` bytes apart */
export function observe(lane: usize, inputs: usize, stride: usize): void {
  const x = <f64>load<f32>(lane + ORIGIN * stride);
  const y = <f64>load<f32>(lane + (ORIGIN + 1) * stride);
  const s = <f64>load<f32>(lane + AXES * stride);
  const c = <f64>load<f32>(lane + (AXES + 1) * stride);
  const ground = load<usize>(lane + GROUND * stride);
  const texture = ground + load<u32>(ground, 12) + first;
  // In parts of a texel.
  const startX = <i32>floor<f64>(((x + 336.0) / metres + right * c - ahead * s) * 65536.0);
  const startY = <i32>floor<f64>(((y + 336.0) / metres + right * s + ahead * c) * 65536.0);
  const columnX = <i32>floor<f64>(width * c * 65536.0);
  const columnY = <i32>floor<f64>(width * s * 65536.0);
  const rowX = <i32>floor<f64>(height * s * 65536.0);
  const rowY = -<i32>floor<f64>(height * c * 65536.0);
  const acrossX = (SIDE - 1) * columnX;
  const acrossY = (SIDE - 1) * columnY;
  const downX = (SIDE - 1) * rowX;
  const downY = (SIDE - 1) * rowY;
  const isInside =
    isWithin(startX, startY) &&
    isWithin(startX + acrossX, startY + acrossY) &&
    isWithin(startX + downX, startY + downY) &&
    isWithin(startX + acrossX + downX, startY + acrossY + downY);
  const end = isInside
    ? sampleInside(texture, startX, startY, columnX, columnY, rowX, rowY)
    : sample(texture, startX, startY, columnX, columnY, rowX, rowY);
  encode(load<usize>(lane + ENCODER * stride), end, inputs, stride);
}

// @ts-ignore: decorator
@inline
function isWithin(x: i32, y: i32): bool {
  return <u32>(x >> 16) < <u32>size && <u32>(y >> 16) < <u32>size;
}

/** Adds a pair of numbers, unless both are 0. @returns the end of the pairs */
// @ts-ignore: decorator
@inline
function addPair(end: usize, one: u32, two: u32, weights: u32): usize {
  const both = one | (two << 16);
  store<u32>(end, both);
  store<u32>(end, weights, 4);
  return end + ((<usize>(both != 0)) << 3);
}

/** Samples a picture of which all is in the texture, four numbers at a time. @returns the end of the pairs */
function sampleInside(texture: usize, startX: i32, startY: i32, columnX: i32, columnY: i32, rowX: i32, rowY: i32): usize {
  let end = PAIRS;
  let weights: u32 = 0;
  const steps = i32x4(0, 1, 2, 3);
  let lineX = i32x4.add(i32x4.splat(startX), i32x4.mul(steps, i32x4.splat(columnX)));
  let lineY = i32x4.add(i32x4.splat(startY), i32x4.mul(steps, i32x4.splat(columnY)));
  const nextX = i32x4.splat(4 * columnX);
  const nextY = i32x4.splat(4 * columnY);
  const high = i32x4.splat(0xffff0000);
  // A texel's column times 1 and row times the size of a row.
  const place = i32x4.splat((size << 16) | 1);
  for (let row = 0; row < SIDE; row++) {
    let x = lineX;
    let y = lineY;
    for (let column = 0; column < SIDE; column += 4) {
      const both = v128.or(i32x4.shr_u(x, 16), v128.and(y, high));
      const texels = i32x4.dot_i16x8_s(both, place);
      const low = i64x2.extract_lane(texels, 0);
      const top = i64x2.extract_lane(texels, 1);
      const one = <u32>load<u8>(texture + <u32>low);
      const two = <u32>load<u8>(texture + <u32>(low >> 32));
      const three = <u32>load<u8>(texture + <u32>top);
      const four = <u32>load<u8>(texture + <u32>(top >> 32));
      end = addPair(end, one, two, weights);
      end = addPair(end, three, four, weights + PAIR_BYTES);
      weights += 2 * PAIR_BYTES;
      x = i32x4.add(x, nextX);
      y = i32x4.add(y, nextY);
    }
    lineX = i32x4.add(lineX, i32x4.splat(rowX));
    lineY = i32x4.add(lineY, i32x4.splat(rowY));
  }
  return end;
}

/** Samples a picture; what is out of the texture is 255. @returns the end of the pairs */
function sample(texture: usize, startX: i32, startY: i32, columnX: i32, columnY: i32, rowX: i32, rowY: i32): usize {
  let end = PAIRS;
  let weights: u32 = 0;
  for (let row = 0; row < SIDE; row++) {
    let x = startX;
    let y = startY;
    for (let column = 0; column < SIDE; column += 2) {
      const one = texelAt(texture, x, y);
      const two = texelAt(texture, x + columnX, y + columnY);
      end = addPair(end, one, two, weights);
      weights += PAIR_BYTES;
      x += 2 * columnX;
      y += 2 * columnY;
    }
    startX += rowX;
    startY += rowY;
  }
  return end;
}

// @ts-ignore: decorator
@inline
function texelAt(texture: usize, x: i32, y: i32): u32 {
  return isWithin(x, y) ? <u32>load<u8>(texture + <usize>((y >> 16) * size + (x >> 16))) : 255;
}

/** Weighted sums of the pairs, 16 components at a time; then scale and offset. */
function encode(encoder: usize, end: usize, inputs: usize, stride: usize): void {
  const count = <usize>load<i32>(encoder);
  const padded = <usize>load<i32>(encoder, 4);
  const scales = encoder + 16;
  const offsets = scales + (padded << 2);
  let weights = encoder + load<u32>(encoder, 8);
  for (let from: usize = 0; from < count; from += 16) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let pair = PAIRS; pair < end; pair += 8) {
      const both = v128.load32_splat(pair);
      const at = weights + load<u32>(pair, 4);
      a = i32x4.add(a, i32x4.dot_i16x8_s(both, v128.load(at)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(both, v128.load(at, 16)));
      c = i32x4.add(c, i32x4.dot_i16x8_s(both, v128.load(at, 32)));
      d = i32x4.add(d, i32x4.dot_i16x8_s(both, v128.load(at, 48)));
    }
    const ends = <usize>min<i32>(<i32>count - <i32>from, 16);
    write(a, scales + (from << 2), offsets + (from << 2), 0);
    write(b, scales + (from << 2), offsets + (from << 2), 16);
    write(c, scales + (from << 2), offsets + (from << 2), 32);
    write(d, scales + (from << 2), offsets + (from << 2), 48);
    for (let component: usize = 0; component < ends; component++) {
      store<f32>(inputs + (from + component) * stride, load<f32>(CODE + (component << 2)));
    }
    weights += GROUP_BYTES;
  }
}

const CODE: usize = memory.data(64, 16);

// @ts-ignore: decorator
@inline
function write(sums: v128, scales: usize, offsets: usize, at: usize): void {
  const scaled = f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(scales + at));
  v128.store(CODE + at, f32x4.add(scaled, v128.load(offsets + at)));
}
