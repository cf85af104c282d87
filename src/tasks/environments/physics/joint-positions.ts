/**
 * The position solver's part for joints: moves bodies, not velocities, until hinges hardly gape (non-linear Gauss-Seidel;
 * E. Catto, "Modeling and Solving Constraints", GDC 2009; Box2D's manual, "Simulating the World").
 *
 * An error C is corrected by the displacement m^-1 P, I^-1 (r x P) with P = -K^-1 C; every joint sees the places that the one
 * before has left.
 */
import { f32 } from "../../../base/float32.ts";
import { type Body, synchronize } from "./bodies.ts";
import { ANGULAR_SLOP, LINEAR_SLOP, MAX_ANGULAR_CORRECTION } from "./constants.ts";
import { type JointConstraint, lever, solve2 } from "./joint-solver.ts";
import { AT_LOWER, FREE, jointAngle } from "./joints.ts";
import { cross, dot, limit } from "./vectors.ts";

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
