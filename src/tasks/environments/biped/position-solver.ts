/**
 * The position solver: moves bodies, not velocities, until contacts hardly overlap and hinges hardly gape
 * (non-linear Gauss-Seidel; E. Catto, "Modeling and Solving Constraints", GDC 2009; Box2D's manual, "Simulating the World").
 *
 * An error C is corrected by the displacement m^-1 P, I^-1 (r x P) with P = -C / K along the constraint; every constraint
 * sees the places that the one before has left.
 */
import { f32 } from "../../../base/float32.ts";
import { type Body, place, synchronize, turn } from "./bodies.ts";
import type { Manifold } from "./clipping.ts";
import { ANGULAR_SLOP, LINEAR_SLOP, MAX_ANGULAR_CORRECTION, MAX_LINEAR_CORRECTION, SKIN } from "./constants.ts";
import { type JointConstraint, lever, solve2 } from "./joint-solver.ts";
import { AT_LOWER, FREE, jointAngle } from "./joints.ts";
import { cross, dot, limit } from "./vectors.ts";

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

/** One round for a joint: its limit, then its hinge. @returns whether both were good enough before */
export function correctJoint(constraint: JointConstraint, bodies: readonly Body[]): boolean {
  const { joint, bodyA, bodyB } = constraint;
  const { inverseMass: mA, inverseInertia: iA } = bodyA.shape;
  const { inverseMass: mB, inverseInertia: iB } = bodyB.shape;
  const overshoot = correctLimit(constraint, bodies);
  synchronize(bodyA);
  synchronize(bodyB);
  const rA = lever(bodyA, joint.hinge.upperAnchor);
  const rB = lever(bodyB, joint.hinge.lowerAnchor);
  const cx = f32(f32(f32(bodyB.cx + rB.x) - bodyA.cx) - rA.x);
  const cy = f32(f32(f32(bodyB.cy + rB.y) - bodyA.cy) - rA.y);
  const gap = f32(Math.sqrt(dot(cx, cy, cx, cy)));
  const m = f32(mA + mB);
  const k11 = f32(f32(m + f32(f32(iA * rA.y) * rA.y)) + f32(f32(iB * rB.y) * rB.y));
  const k12 = f32(f32(f32(-iA * rA.x) * rA.y) - f32(f32(iB * rB.x) * rB.y));
  const k22 = f32(f32(m + f32(f32(iA * rA.x) * rA.x)) + f32(f32(iB * rB.x) * rB.x));
  const { x, y } = solve2(k11, k12, k22, -cx, -cy);
  bodyA.cx = f32(bodyA.cx - f32(mA * x));
  bodyA.cy = f32(bodyA.cy - f32(mA * y));
  bodyA.a = f32(bodyA.a - f32(iA * cross(rA.x, rA.y, x, y)));
  bodyB.cx = f32(bodyB.cx + f32(mB * x));
  bodyB.cy = f32(bodyB.cy + f32(mB * y));
  bodyB.a = f32(bodyB.a + f32(iB * cross(rB.x, rB.y, x, y)));
  return gap <= LINEAR_SLOP && overshoot <= ANGULAR_SLOP;
}

/** Turns two bodies back towards the limit that they are past. @returns by how much they were, rad */
function correctLimit({ joint, bodyA, bodyB, motorMass }: JointConstraint, bodies: readonly Body[]): number {
  if (joint.limit === FREE) return 0;
  const { low, high } = joint.hinge;
  const isLower = joint.limit === AT_LOWER;
  const error = f32(jointAngle(joint, bodies) - (isLower ? low : high));
  const correction = isLower
    ? limit(f32(error + ANGULAR_SLOP), -MAX_ANGULAR_CORRECTION, 0)
    : limit(f32(error - ANGULAR_SLOP), 0, MAX_ANGULAR_CORRECTION);
  const impulse = f32(-motorMass * correction);
  bodyA.a = f32(bodyA.a - f32(bodyA.shape.inverseInertia * impulse));
  bodyB.a = f32(bodyB.a + f32(bodyB.shape.inverseInertia * impulse));
  return isLower ? -error : error;
}
