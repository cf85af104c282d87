/**
 * The position solver's part for contacts: moves bodies, not velocities, until contacts hardly overlap
 * (non-linear Gauss-Seidel; E. Catto, "Modeling and Solving Constraints", GDC 2009; Box2D's manual, "Simulating the World").
 *
 * An error C is corrected by the displacement m^-1 P, I^-1 (r x P) with P = -C / K along the constraint; every constraint
 * sees the places that the one before has left.
 */
import { f32 } from "../../../base/float32.ts";
import { synchronize } from "../physics/bodies.ts";
import { LINEAR_SLOP, SKIN } from "../physics/constants.ts";
import { place, turn } from "../physics/transforms.ts";
import { cross, dot, limit } from "../physics/vectors.ts";
import type { Body } from "./bodies.ts";
import type { Manifold } from "./clipping.ts";
import { MAX_LINEAR_CORRECTION } from "./constants.ts";

/**
 * One round for all points of a manifold.
 *
 * @param share of an overlap that is corrected
 * @param least separation so far, m
 * @returns     the least separation, these points included
 */
export function correctContact(manifold: Manifold, body: Body, share: number, least: number): number {
  const { isOfBody, points } = manifold;
  const { inverseMass: m, inverseInertia: i } = body.shape;
  let lowest = least;
  for (const point of points) {
    synchronize(body);
    const { transform } = body;
    const normal = isOfBody ? turn(transform, manifold.normal) : manifold.normal;
    const plane = isOfBody ? place(transform, manifold.point) : manifold.point;
    const { x, y } = isOfBody ? point : place(transform, point);
    const height = dot(f32(x - plane.x), f32(y - plane.y), normal.x, normal.y);
    const separation = f32(f32(height - SKIN) - SKIN);
    if (separation < lowest) lowest = separation;
    const rx = f32(x - body.cx);
    const ry = f32(y - body.cy);
    // The normal of a side of the body points at the ground.
    const sign = isOfBody ? -1 : 1;
    const nx = sign * normal.x;
    const ny = sign * normal.y;
    const overlap = limit(f32(share * f32(separation + LINEAR_SLOP)), -MAX_LINEAR_CORRECTION, 0);
    const rn = cross(rx, ry, nx, ny);
    const impulse = f32(-overlap / f32(m + f32(f32(i * rn) * rn)));
    const px = f32(impulse * nx);
    const py = f32(impulse * ny);
    body.cx = f32(body.cx + f32(m * px));
    body.cy = f32(body.cy + f32(m * py));
    body.a = f32(body.a + f32(i * cross(rx, ry, px, py)));
  }
  return lowest;
}
