/** The walker's joints: which bodies they join, where, within which angles, and in which order they are solved. */
import { bodyOf } from "./layout";

const HIP_LOW: f32 = -0.8;
const HIP_HIGH: f32 = 1.1;
const KNEE_LOW: f32 = -1.6;
const KNEE_HIGH: f32 = -0.1;
const HIP_ANCHOR: f32 = -0.26666668;
const ANCHOR: f32 = 0.56666666;
const REFERENCE: f32 = 0.05;
/** The order in which joints are solved. */
export const JOINT_ORDER: usize = memory.data<i32>([3, 2, 0, 1]);

// @ts-ignore: decorator
@inline
export function upperOf(joint: i32): i32 {
  return (joint & 1) == 0 ? 0 : joint;
}

// @ts-ignore: decorator
@inline
export function lowerOf(joint: i32): i32 {
  return joint + 1;
}

// @ts-ignore: decorator
@inline
export function lowLimit(joint: i32): f32 {
  return (joint & 1) == 0 ? HIP_LOW : KNEE_LOW;
}

// @ts-ignore: decorator
@inline
export function highLimit(joint: i32): f32 {
  return (joint & 1) == 0 ? HIP_HIGH : KNEE_HIGH;
}

// @ts-ignore: decorator
@inline
export function jointAngle(world: usize, joint: i32): f32 {
  return bodyOf(world, lowerOf(joint)).a - bodyOf(world, upperOf(joint)).a - referenceOf(joint);
}

/** The difference of angles that counts as 0. */
// @ts-ignore: decorator
@inline
export function referenceOf(joint: i32): f32 {
  return joint == 0 ? -REFERENCE : joint == 2 ? REFERENCE : 0;
}

/** y of a joint's anchor on its upper body; x is 0. */
// @ts-ignore: decorator
@inline
export function upperAnchor(joint: i32): f32 {
  return (joint & 1) == 0 ? HIP_ANCHOR : -ANCHOR;
}

// @ts-ignore: decorator
@inline
export function lowerAnchor(): f32 {
  return ANCHOR;
}
