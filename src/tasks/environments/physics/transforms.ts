/** Places of bodies in the plane: from a body's own coordinates to the world's and back, in single precision. */
import { f32 } from "../../../base/float32.ts";
import { cosine, sine } from "./sine.ts";
import type { Vector } from "./vectors.ts";

/** A body's axes and the place of its origin. */
export interface Transform {
  x: number;
  y: number;
  sine: number;
  cosine: number;
}

/** A direction of a body's own in the world. */
export function turn({ sine: s, cosine: c }: Transform, { x, y }: Vector): Vector {
  return { x: f32(f32(c * x) - f32(s * y)), y: f32(f32(s * x) + f32(c * y)) };
}

/** A direction of the world in a body's coordinates. */
export function turnBack({ sine: s, cosine: c }: Transform, x: number, y: number): Vector {
  return { x: f32(f32(c * x) + f32(s * y)), y: f32(f32(-s * x) + f32(c * y)) };
}

/** A point of a body in the world. */
export function place(transform: Transform, point: Vector): Vector {
  const { x, y } = turn(transform, point);
  return { x: f32(x + transform.x), y: f32(y + transform.y) };
}

/** A point of the world in a body's coordinates. */
export function placeBack(transform: Transform, { x, y }: Vector): Vector {
  return turnBack(transform, f32(x - transform.x), f32(y - transform.y));
}

/** Sets a transform to that of a body whose centre of mass is at (cx, cy). @param centre of mass, in its own coordinates */
export function setTransform(transform: Transform, centre: Vector, cx: number, cy: number, angle: number): void {
  transform.sine = sine(angle);
  transform.cosine = cosine(angle);
  const { x, y } = turn(transform, centre);
  transform.x = f32(cx - x);
  transform.y = f32(cy - y);
}
