/**
 * A block: what the velocity solver works on, rows of four singles for four cars. The hull's velocity (x, y, turning), then of
 * each wheel its velocity and the constraint of its joint.
 */
import { WHEELS } from "./rows";

const WHEELS_AT: usize = 48;
const WHEEL_BYTES: usize = 352;
/** Of each joint, whether it is at a limit in any lane. */
const ANY_LIMIT_AT: usize = WHEELS_AT + WHEELS * WHEEL_BYTES;
export const BLOCK_BYTES: usize = ANY_LIMIT_AT + 16;

// Rows of a wheel, in bytes.
export const VX: usize = 0;
export const VY: usize = 16;
export const TURNING: usize = 32;
export const MOTOR: usize = 48;
export const SPEED: usize = 64;
export const RX: usize = 80;
export const RY: usize = 96;
export const K11: usize = 112;
export const K12: usize = 128;
export const K22: usize = 144;
export const INVERSE_2: usize = 160;
export const IMPULSE_X: usize = 176;
export const IMPULSE_Y: usize = 192;
export const IMPULSE_Z: usize = 208;
export const K13: usize = 224;
export const K23: usize = 240;
export const NX: usize = 256;
export const NY: usize = 272;
export const NZ: usize = 288;
/** Minus the inverse of the determinant. */
export const INVERSE_3: usize = 304;
export const AT_LOWER: usize = 320;
export const AT_UPPER: usize = 336;

// @ts-ignore: decorator
@inline
export function wheelAt(block: usize, wheel: usize): usize {
  return block + WHEELS_AT + wheel * WHEEL_BYTES;
}

// @ts-ignore: decorator
@inline
export function isAnyLimit(block: usize, wheel: usize): bool {
  return load<i32>(block + ANY_LIMIT_AT + (wheel << 2)) != 0;
}

// @ts-ignore: decorator
@inline
export function setAnyLimit(block: usize, wheel: usize, isAny: bool): void {
  store<i32>(block + ANY_LIMIT_AT + (wheel << 2), <i32>isAny);
}
