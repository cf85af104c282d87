/**
 * A block of four lanes: what the velocity solver works on, as rows of four singles.
 *
 * Velocities of the bodies (x, y, turning), the joints' constraints, then slots for contacts: the i-th touching contact of a
 * body, newest first, is in the same slot in each lane that has as many. A lane without one has zeros there, which change nothing.
 */
import { BODIES } from "./layout";

const JOINTS_AT: usize = 240;
const JOINT_BYTES: usize = 384;
const META_AT: usize = 1776;
const SLOTS_AT: usize = 1808;
const SLOT_BYTES: usize = 352;
const MAX_SLOTS = 128;

// Rows of a joint, in bytes.
export const RAX: usize = 0;
export const RAY: usize = 16;
export const RBX: usize = 32;
export const RBY: usize = 48;
export const K11: usize = 64;
export const K12: usize = 80;
export const K13: usize = 96;
export const K22: usize = 112;
export const K23: usize = 128;
export const NX: usize = 144;
export const NY: usize = 160;
export const NZ: usize = 176;
export const INVERSE_2: usize = 192;
/** Minus the inverse of the determinant. */
export const INVERSE_3: usize = 208;
export const MOST_MOTOR: usize = 224;
export const SPEED: usize = 240;
/** All bits set where the joint is at a limit. */
export const IS_LIMITED: usize = 256;
/** The bit of the sign where that is its upper one, which pushes back and not on. */
export const LIMIT_SIGN: usize = 272;
export const IMPULSE_X: usize = 288;
export const IMPULSE_Y: usize = 304;
export const IMPULSE_Z: usize = 320;
export const MOTOR: usize = 336;
export const LEAST_MOTOR: usize = 352;

// Rows of a slot, in bytes; those of the second point lie POINT behind those of the first.
export const NORMAL_X: usize = 0;
export const NORMAL_Y: usize = 16;
export const R_X: usize = 32;
export const R_Y: usize = 48;
export const NORMAL_MASS: usize = 64;
export const TANGENT_MASS: usize = 80;
export const NORMAL_IMPULSE: usize = 96;
export const TANGENT_IMPULSE: usize = 112;
export const POINT: usize = 96;
export const B_K11: usize = 224;
export const B_K12: usize = 240;
export const B_K22: usize = 256;
export const B_I11: usize = 272;
export const B_I12: usize = 288;
export const B_I22: usize = 304;
/** All bits set where two points are solved together. */
export const IS_BLOCK: usize = 320;
/** Four integers: the body, and whether any lane solves two points together. */
const SLOT_META: usize = 336;

/** Row of a body's velocity in x; those in y and of turning follow. */
// @ts-ignore: decorator
@inline
export function velocityAt(block: usize, body: i32): usize {
  return block + <usize>body * 48;
}

// @ts-ignore: decorator
@inline
export function jointAt(block: usize, joint: i32): usize {
  return block + JOINTS_AT + <usize>joint * JOINT_BYTES;
}

// @ts-ignore: decorator
@inline
export function slotAt(block: usize, slot: i32): usize {
  return block + SLOTS_AT + <usize>slot * SLOT_BYTES;
}

// @ts-ignore: decorator
@inline
export function slotCount(block: usize): i32 {
  return load<i32>(block + META_AT);
}

// @ts-ignore: decorator
@inline
export function slotBody(slot: usize): i32 {
  return load<i32>(slot + SLOT_META);
}

// @ts-ignore: decorator
@inline
export function isAnyBlock(slot: usize): bool {
  return load<i32>(slot + SLOT_META, 4) != 0;
}

// @ts-ignore: decorator
@inline
export function setAnyBlock(slot: usize): void {
  store<i32>(slot + SLOT_META, 1, 4);
}

/** Whether any lane is at a limit of a joint. */
// @ts-ignore: decorator
@inline
export function isAnyLimit(block: usize, joint: i32): bool {
  return load<i32>(block + META_AT + 4 + ((<usize>joint) << 2)) != 0;
}

// @ts-ignore: decorator
@inline
export function setAnyLimit(block: usize, joint: i32): void {
  store<i32>(block + META_AT + 4 + ((<usize>joint) << 2), 1);
}

/** Clears velocities, joints and slots of a block. */
export function clearBlock(block: usize): void {
  memory.fill(block, 0, SLOTS_AT);
}

/** Adds an empty slot for a body. */
export function addSlot(block: usize, body: i32): void {
  const count = slotCount(block);
  if (count == MAX_SLOTS) return;
  const slot = slotAt(block, count);
  memory.fill(slot, 0, SLOT_BYTES);
  store<i32>(slot + SLOT_META, body);
  store<i32>(block + META_AT, count + 1);
}

/** The first slot of a body from a number on, or -1. */
export function nextSlot(block: usize, body: i32, from: i32): i32 {
  const count = slotCount(block);
  for (let index = from; index < count; index++) if (slotBody(slotAt(block, index)) == body) return index;
  return -1;
}

/** The order in which bodies' contacts are solved. */
const ORDER: usize = memory.data<i32>([4, 3, 0, 1, 2]);

/** Makes room for as many contacts of each body as `counts` [BODIES] says. */
export function addSlots(block: usize, counts: usize): void {
  for (let place: usize = 0; place < <usize>BODIES; place++) {
    const body = load<i32>(ORDER + (place << 2));
    const count = load<i32>(counts + ((<usize>body) << 2));
    for (let index = 0; index < count; index++) addSlot(block, body);
  }
}
