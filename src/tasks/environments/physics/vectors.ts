/** Products of vectors in the plane, in single precision, every operation rounded. */
import { f32 } from "../../../base/float32.ts";

/** A vector: m, m/s, or of length 1. */
export interface Vector {
  x: number;
  y: number;
}

/** a . b */
export function dot(ax: number, ay: number, bx: number, by: number): number {
  return f32(f32(ax * bx) + f32(ay * by));
}

/** The third coordinate of a x b; cross(r, f) is the torque of a force f at r. */
export function cross(ax: number, ay: number, bx: number, by: number): number {
  return f32(f32(ax * by) - f32(ay * bx));
}

/** The vector of length 1 in the direction of a vector; very short ones stay as they are. */
export function unit(x: number, y: number): Vector {
  const length = f32(Math.sqrt(dot(x, y, x, y)));
  if (length < 2 ** -23) return { x, y };
  const inverse = f32(1 / length);
  return { x: f32(x * inverse), y: f32(y * inverse) };
}

/** A vector limited to a range, as Box2D limits: max(low, min(value, high)). */
export function limit(value: number, low: number, high: number): number {
  const least = value < high ? value : high;
  return low > least ? low : least;
}
