/** Sides of a body and of the ground clipped to each other; twin of clipping.ts of the environment. */
import { Pose, dot, turnBackX, turnBackY } from "../physics/pose";
import { Contact, Point, pointOf } from "./layout";
import { xOf, yOf } from "./shapes";

/** How much better a side of the body must be to be the reference. */
export const RELATIVE: f32 = 0.98;
export const ABSOLUTE: f32 = 0.001;

/** Corners and normals of the body in the world: x and y of each. */
export const PLACED: usize = memory.data(40, 16);
export const TURNED: usize = memory.data(40, 16);

// @ts-ignore: decorator
@unmanaged
export class End {
  x: f32;
  y: f32;
  reference: i32;
  own: i32;
  isOnSide: i32;
}

const END_BYTES: usize = 20;
/** The incident side, after one clip, after two. */
export const INCIDENT: usize = memory.data(48, 16);
export const ONCE: usize = memory.data(64, 16);
export const TWICE: usize = memory.data(64, 16);

// @ts-ignore: decorator
@inline
export function endOf(list: usize, index: i32): End {
  return changetype<End>(list + <usize>index * END_BYTES);
}

/** The first of the directions that is most against another. */
export function firstAgainst(list: usize, count: i32, x: f32, y: f32): i32 {
  let best = 0;
  let least = dot(x, y, xOf(list, 0), yOf(list, 0));
  for (let index = 1; index < count; index++) {
    const value = dot(x, y, xOf(list, index), yOf(list, index));
    if (value >= least) continue;
    least = value;
    best = index;
  }
  return best;
}

// @ts-ignore: decorator
@inline
export function after(index: i32, count: i32): i32 {
  return index + 1 < count ? index + 1 : 0;
}

// @ts-ignore: decorator
@inline
export function setEnd(end: End, x: f32, y: f32, reference: i32, own: i32, isOnSide: i32): void {
  end.x = x;
  end.y = y;
  end.reference = reference;
  end.own = own;
  end.isOnSide = isOnSide;
}

/** Clips two ends to a half-plane. @returns how many are left */
export function clip(from: usize, to: usize, nx: f32, ny: f32, offset: f32, vertex: i32): i32 {
  const first = endOf(from, 0);
  const last = endOf(from, 1);
  const d0 = dot(nx, ny, first.x, first.y) - offset;
  const d1 = dot(nx, ny, last.x, last.y) - offset;
  let count = 0;
  if (d0 <= 0) {
    memory.copy(to, from, END_BYTES);
    count = 1;
  }
  if (d1 <= 0) {
    memory.copy(to + <usize>count * END_BYTES, from + END_BYTES, END_BYTES);
    count++;
  }
  if (d0 * d1 < 0) {
    const share = d0 / (d0 - d1);
    const x = first.x + share * (last.x - first.x);
    const y = first.y + share * (last.y - first.y);
    setEnd(endOf(to, count++), x, y, vertex, first.own, 0);
  }
  return count;
}

/** Adds an end as a point of a manifold. */
export function addPoint(contact: Contact, end: End, pose: Pose): void {
  const point: Point = pointOf(contact, contact.points++);
  point.normalImpulse = 0;
  point.tangentImpulse = 0;
  if (contact.isOfBody != 0) {
    point.x = end.x;
    point.y = end.y;
    point.id = end.own | (end.reference << 8) | (end.isOnSide != 0 ? 1 << 24 : 1 << 16);
  } else {
    const x = end.x - pose.x;
    const y = end.y - pose.y;
    point.x = turnBackX(pose, x, y);
    point.y = turnBackY(pose, x, y);
    point.id = end.reference | (end.own << 8) | (end.isOnSide != 0 ? 1 << 16 : 1 << 24);
  }
}
