/**
 * Four places of the position solver: the worlds that are in them, and what of these is corrected, in rows of four.
 *
 * Worlds, how many rounds they have had, centre and angle of each body, the same as they were some rounds ago, which limits
 * the joints are at, whether all was good enough before a round, sines and cosines of the joint at hand, then the touching
 * contacts of each body, newest first, each of one or two points.
 */
import { BODIES, bodyOf, Contact, contactOf, headOf, jointOf, JOINTS, pointOf } from "./layout";

export const WORLDS: usize = 0;
export const ROUNDS: usize = 16;
const BODY_AT: usize = 32;
const BODY_BYTES: usize = 48;
const BEFORE_AT: usize = 272;
const LIMIT_AT: usize = 512;
const COUNT_AT: usize = 640;
/** All bits set where a world was good enough before a round. */
export const GOOD: usize = 720;
/** Sine and cosine of the upper body of a joint, of the lower one. */
export const TURNS: usize = 736;
const SLOT_AT: usize = 800;
const SLOT_BYTES: usize = 208;
/** Most touching contacts of a body: all 48 polygons of a track, and the edges below the hull. */
const MAX_SLOTS = 64;
/** BODIES times MAX_SLOTS slots behind the rest. */
export const PLACES_BYTES: usize = 67360;

// Rows of a slot, in bytes.
/** From the ground to the body, in coordinates of whom the plane is of. */
export const NORMAL_X: usize = 0;
export const NORMAL_Y: usize = 16;
/** All bits set where the plane is a side of the body. */
export const IS_OF_BODY: usize = 32;
export const FIRST_POINT: usize = 48;

// Rows of a point, in bytes; those of the second lie POINT behind those of the first.
/** What moves with the body, in its coordinates: the point, or one of its own plane. */
export const MOVING_X: usize = 0;
export const MOVING_Y: usize = 16;
/** What stays: a point of the ground's plane, or the point. */
export const FIXED_X: usize = 32;
export const FIXED_Y: usize = 48;
/** All bits set where there is such a point. */
export const IS_POINT: usize = 64;
export const POINT: usize = 80;

/** Row of a body's x; those of y and its angle follow. */
// @ts-ignore: decorator
@inline
export function bodyAt(places: usize, body: i32): usize {
  return places + BODY_AT + <usize>body * BODY_BYTES;
}

/** All bits set where a joint is at its lower limit; a row for the upper one follows. */
// @ts-ignore: decorator
@inline
export function limitAt(places: usize, joint: i32): usize {
  return places + LIMIT_AT + ((<usize>joint) << 5);
}

/** How many slots of a body are in use, in each place. */
// @ts-ignore: decorator
@inline
export function countAt(places: usize, body: i32): usize {
  return places + COUNT_AT + ((<usize>body) << 4);
}

// @ts-ignore: decorator
@inline
export function slotAt(places: usize, body: i32, slot: i32): usize {
  return places + SLOT_AT + <usize>(body * MAX_SLOTS + slot) * SLOT_BYTES;
}

/** Puts a world, or none (0), into a place. @param lane 4 times the number of the place */
export function enter(places: usize, lane: usize, world: usize): void {
  store<usize>(places + WORLDS + lane, world);
  store<i32>(places + ROUNDS + lane, 0);
  for (let body = 0; body < BODIES; body++) clearSlots(places, lane, body);
  if (world == 0) return;
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    const at = bodyAt(places, index) + lane;
    store<f32>(at, body.cx);
    store<f32>(at, body.cy, 16);
    store<f32>(at, body.a, 32);
  }
  for (let index = 0; index < JOINTS; index++) {
    const at = limitAt(places, index) + lane;
    const state = jointOf(world, index).limit;
    store<i32>(at, state == 1 ? -1 : 0);
    store<i32>(at, state == 2 ? -1 : 0, 16);
  }
  for (let index = headOf(world).contacts - 1; index >= 0; index--) {
    const contact = contactOf(world, index);
    if (contact.isTouching != 0) addSlot(places, lane, contact);
  }
}

/** Takes the bodies of a world out of a place. */
export function leave(places: usize, lane: usize, world: usize): void {
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    const at = bodyAt(places, index) + lane;
    body.cx = load<f32>(at);
    body.cy = load<f32>(at, 16);
    body.a = load<f32>(at, 32);
  }
}

/** Remembers where the bodies of a place are now. */
export function remember(places: usize, lane: usize): void {
  const at = places + lane;
  for (let row: usize = 0; row < BEFORE_AT - BODY_AT; row += 16) {
    store<f32>(at + BEFORE_AT + row, load<f32>(at + BODY_AT + row));
  }
}

/** All bits set where the bodies are, to the bit, where they were when that was remembered. */
export function isAsBefore(places: usize): v128 {
  let same = i32x4.splat(-1);
  for (let row = BEFORE_AT - 16; row >= BODY_AT; row -= 16) {
    same = v128.and(same, i32x4.eq(v128.load(places + row), v128.load(places + row + BEFORE_AT - BODY_AT)));
    if (!v128.any_true(same)) break;
  }
  return same;
}

/** Leaves no points in the slots of a body. */
function clearSlots(places: usize, lane: usize, body: i32): void {
  const count = countAt(places, body) + lane;
  for (let slot = load<i32>(count) - 1; slot >= 0; slot--) {
    const at = slotAt(places, body, slot) + FIRST_POINT + lane;
    store<i32>(at, 0, IS_POINT);
    store<i32>(at, 0, IS_POINT + POINT);
  }
  store<i32>(count, 0);
}

function addSlot(places: usize, lane: usize, contact: Contact): void {
  const count = countAt(places, contact.body) + lane;
  const slot = load<i32>(count);
  if (slot == MAX_SLOTS) return;
  writeSlot(slotAt(places, contact.body, slot) + lane, contact);
  store<i32>(count, slot + 1);
}

/** Writes a contact into a lane of a slot. */
export function writeSlot(at: usize, contact: Contact): void {
  const isOfBody = contact.isOfBody != 0;
  store<f32>(at, isOfBody ? -contact.nx : contact.nx, NORMAL_X);
  store<f32>(at, isOfBody ? -contact.ny : contact.ny, NORMAL_Y);
  store<i32>(at, isOfBody ? -1 : 0, IS_OF_BODY);
  at += FIRST_POINT;
  for (let index = 0; index < 2; index++, at += POINT) {
    const point = pointOf(contact, index);
    store<f32>(at, isOfBody ? contact.px : point.x, MOVING_X);
    store<f32>(at, isOfBody ? contact.py : point.y, MOVING_Y);
    store<f32>(at, isOfBody ? point.x : contact.px, FIXED_X);
    store<f32>(at, isOfBody ? point.y : contact.py, FIXED_Y);
    store<i32>(at, index < contact.points ? -1 : 0, IS_POINT);
  }
}
