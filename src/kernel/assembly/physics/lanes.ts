/** Vectors of the plane and of space, each number in four lanes; twin of vectors.ts of the environments' physics. */

/** max(low, min(value, high)), as Box2D limits. */
// @ts-ignore: decorator
@inline
export function limitAll(value: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(high, value), low);
}

// @ts-ignore: decorator
@inline
export function crossAll(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f32x4.sub(f32x4.mul(ax, by), f32x4.mul(ay, bx));
}

// @ts-ignore: decorator
@inline
export function dot3All(ax: v128, ay: v128, az: v128, bx: v128, by: v128, bz: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(ax, bx), f32x4.mul(ay, by)), f32x4.mul(az, bz));
}
