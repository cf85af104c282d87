/** Where the corners of a body are at both ends of its sweep, four by one instruction. */
import { Pose } from "../physics/pose";
import { Body, poseOf } from "./layout";
import { corners, setPose } from "./shapes";

// Rows of a body's corners, in bytes. The fifth corner of the hull has rows of its own, in all lanes, OTHERS behind.
export const FIRST_X: usize = 0;
export const FIRST_Y: usize = 16;
export const LAST_X: usize = 32;
export const LAST_Y: usize = 48;
export const OTHERS: usize = 64;
/** Origin of the body at the first end: x, then y. */
export const ORIGIN: usize = 128;
/** Which sweep of which body these are of. */
const SWEEP: usize = 136;
const SWEEP_BYTES: usize = 24;
const SWEPT: usize = 160;
const BYTES: usize = 176;
const ENDS: usize = memory.data(880, 16);
const FIRST = changetype<Pose>(memory.data(16, 16));

/** Pointer to the rows of a body that is where its pose says. Most are asked for again: for its box, and by each piece of ground. */
export function endsOf(body: Body): usize {
  const at = ENDS + <usize>body.index * BYTES;
  const swept = changetype<usize>(body);
  const isKnown =
    load<usize>(at + SWEPT) == swept &&
    load<u64>(at + SWEEP) == load<u64>(swept) &&
    load<u64>(at + SWEEP, 8) == load<u64>(swept, 8) &&
    load<u64>(at + SWEEP, 16) == load<u64>(swept, 16);
  if (isKnown) return at;
  store<usize>(at + SWEPT, swept);
  memory.copy(at + SWEEP, swept, SWEEP_BYTES);
  setPose(FIRST, body.index, body.c0x, body.c0y, body.a0);
  store<f32>(at + ORIGIN, FIRST.x);
  store<f32>(at + ORIGIN, FIRST.y, 4);
  const from = corners(body.index);
  const two = v128.load(from);
  const others = v128.load(from, 16);
  placeAll(body, at, v128.shuffle<i32>(two, others, 0, 2, 4, 6), v128.shuffle<i32>(two, others, 1, 3, 5, 7));
  if (body.index == 0) placeAll(body, at + OTHERS, v128.load32_splat(from, 32), v128.load32_splat(from, 36));
  return at;
}

/** Whether rows of OTHERS are in use too. */
// @ts-ignore: decorator
@inline
export function hasOthers(body: Body): bool {
  return body.index == 0;
}

// @ts-ignore: decorator
@inline
function placeAll(body: Body, at: usize, x: v128, y: v128): void {
  const last = poseOf(body);
  v128.store(at, placedX(FIRST, x, y), FIRST_X);
  v128.store(at, placedY(FIRST, x, y), FIRST_Y);
  v128.store(at, placedX(last, x, y), LAST_X);
  v128.store(at, placedY(last, x, y), LAST_Y);
}

// @ts-ignore: decorator
@inline
function placedX(pose: Pose, x: v128, y: v128): v128 {
  const turned = f32x4.sub(f32x4.mul(f32x4.splat(pose.c), x), f32x4.mul(f32x4.splat(pose.s), y));
  return f32x4.add(turned, f32x4.splat(pose.x));
}

// @ts-ignore: decorator
@inline
function placedY(pose: Pose, x: v128, y: v128): v128 {
  const turned = f32x4.add(f32x4.mul(f32x4.splat(pose.s), x), f32x4.mul(f32x4.splat(pose.c), y));
  return f32x4.add(turned, f32x4.splat(pose.y));
}
