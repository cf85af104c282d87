/** Places of bodies, and products in the plane; twin of transforms.ts and vectors.ts of the environments' physics. */

export const EPSILON: f32 = 1.1920928955078125e-7;

/** Axes and the place of an origin. */
// @ts-ignore: decorator
@unmanaged
export class Pose {
  x: f32;
  y: f32;
  s: f32;
  c: f32;
}

// @ts-ignore: decorator
@inline
export function dot(ax: f32, ay: f32, bx: f32, by: f32): f32 {
  return ax * bx + ay * by;
}

// @ts-ignore: decorator
@inline
export function cross(ax: f32, ay: f32, bx: f32, by: f32): f32 {
  return ax * by - ay * bx;
}

// @ts-ignore: decorator
@inline
export function turnX(pose: Pose, x: f32, y: f32): f32 {
  return pose.c * x - pose.s * y;
}

// @ts-ignore: decorator
@inline
export function turnY(pose: Pose, x: f32, y: f32): f32 {
  return pose.s * x + pose.c * y;
}

// @ts-ignore: decorator
@inline
export function turnBackX(pose: Pose, x: f32, y: f32): f32 {
  return pose.c * x + pose.s * y;
}

// @ts-ignore: decorator
@inline
export function turnBackY(pose: Pose, x: f32, y: f32): f32 {
  return pose.c * y - pose.s * x;
}

// @ts-ignore: decorator
@inline
export function placeX(pose: Pose, x: f32, y: f32): f32 {
  return turnX(pose, x, y) + pose.x;
}

// @ts-ignore: decorator
@inline
export function placeY(pose: Pose, x: f32, y: f32): f32 {
  return turnY(pose, x, y) + pose.y;
}
