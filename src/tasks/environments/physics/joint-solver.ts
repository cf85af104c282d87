/**
 * The velocity solver's part for joints: hinges with a motor and a limit, one after another, by sequential impulses
 * (E. Catto, "Modeling and Solving Constraints", GDC 2009; Box2D's manual, "Revolute Joint").
 *
 * A hinge keeps two points of two bodies together: C = cB + rB - cA - rA = 0. An impulse P changes the velocities by
 * m^-1 P and I^-1 (r x P); the one that makes dC/dt zero is P = -K^-1 dC/dt, K the inverse of the mass felt at the hinge. At
 * a limit the difference of angular velocities is a third row of K, and its impulse may only push away from the limit.
 */
import { f32 } from "../../../base/float32.ts";
import type { Body } from "./bodies.ts";
import { TIME_STEP } from "./constants.ts";
import { AT_LOWER, AT_UPPER, FREE, type Joint, jointAngle } from "./joints.ts";
import { turn } from "./transforms.ts";
import { cross, limit, type Vector } from "./vectors.ts";

/** A joint's constraint in a step: all that does not change while it is solved. */
export interface JointConstraint {
  readonly joint: Joint;
  readonly bodyA: Body;
  readonly bodyB: Body;
  /** Inverse masses and inertias. */
  readonly mA: number;
  readonly iA: number;
  readonly mB: number;
  readonly iB: number;
  /** From the centres of mass to the hinge. */
  readonly rAx: number;
  readonly rAy: number;
  readonly rBx: number;
  readonly rBy: number;
  /** The symmetric matrix K, the product of its second and third column, and the inverses of its determinants. */
  readonly k11: number;
  readonly k12: number;
  readonly k13: number;
  readonly k22: number;
  readonly k23: number;
  readonly k33: number;
  readonly nx: number;
  readonly ny: number;
  readonly nz: number;
  readonly inverse2: number;
  readonly inverse3: number;
  readonly motorMass: number;
  /** Most that the motor may give in a step, N m s. */
  readonly mostImpulse: number;
}

/**
 * Makes the constraints of a step in their order, and applies the impulses of the step before to begin with.
 *
 * @param order in which the joints are solved, by number, which is part of the result
 */
export function prepareJoints(
  joints: readonly Joint[],
  bodies: readonly Body[],
  order: readonly number[],
): JointConstraint[] {
  return order.map((index) => {
    const constraint = prepareJoint(joints[index], bodies);
    const { mA, iA, mB, iB, rAx, rAy, rBx, rBy } = constraint;
    const { x, y, z, motor } = joints[index];
    const a = constraint.bodyA.velocity;
    const b = constraint.bodyB.velocity;
    a[0] -= f32(mA * x);
    a[1] -= f32(mA * y);
    a[2] -= f32(iA * f32(f32(cross(rAx, rAy, x, y) + motor) + z));
    b[0] += f32(mB * x);
    b[1] += f32(mB * y);
    b[2] += f32(iB * f32(f32(cross(rBx, rBy, x, y) + motor) + z));
    return constraint;
  });
}

function prepareJoint(joint: Joint, bodies: readonly Body[]): JointConstraint {
  const { hinge } = joint;
  const bodyA = bodies[hinge.upper];
  const bodyB = bodies[hinge.lower];
  const { inverseMass: mA, inverseInertia: iA } = bodyA.shape;
  const { inverseMass: mB, inverseInertia: iB } = bodyB.shape;
  const { x: rAx, y: rAy } = lever(bodyA, hinge.upperAnchor);
  const { x: rBx, y: rBy } = lever(bodyB, hinge.lowerAnchor);
  const angle = jointAngle(joint, bodies);
  const state = angle <= hinge.low ? AT_LOWER : angle >= hinge.high ? AT_UPPER : FREE;
  if (state !== joint.limit || state === FREE) joint.z = 0;
  joint.limit = state;
  const m = f32(mA + mB);
  const k11 = f32(f32(m + f32(f32(rAy * rAy) * iA)) + f32(f32(rBy * rBy) * iB));
  const k12 = f32(f32(f32(-rAy * rAx) * iA) - f32(f32(rBy * rBx) * iB));
  const k13 = f32(f32(-rAy * iA) - f32(rBy * iB));
  const k22 = f32(f32(m + f32(f32(rAx * rAx) * iA)) + f32(f32(rBx * rBx) * iB));
  const k23 = f32(f32(rAx * iA) + f32(rBx * iB));
  const k33 = f32(iA + iB);
  const nx = f32(f32(k22 * k33) - f32(k23 * k23));
  const ny = f32(f32(k23 * k13) - f32(k12 * k33));
  const nz = f32(f32(k12 * k23) - f32(k22 * k13));
  return {
    ...{ joint, bodyA, bodyB, mA, iA, mB, iB, rAx, rAy, rBx, rBy, k11, k12, k13, k22, k23, k33, nx, ny, nz },
    inverse2: f32(1 / f32(f32(k11 * k22) - f32(k12 * k12))),
    inverse3: f32(1 / dot3(k11, k12, k13, nx, ny, nz)),
    motorMass: f32(1 / k33),
    mostImpulse: f32(TIME_STEP * joint.torque),
  };
}

/** From a body's centre of mass to one of its points, in the world. */
export function lever({ transform, shape: { centre } }: Pick<Body, "transform" | "shape">, point: Vector): Vector {
  return turn(transform, { x: f32(point.x - centre.x), y: f32(point.y - centre.y) });
}

/** One round of the velocity solver for one joint: first the motor, then the hinge, with the limit where it is at one. */
export function solveJoint(constraint: JointConstraint): void {
  const { joint, bodyA, bodyB, mA, iA, mB, iB, rAx, rAy, rBx, rBy, motorMass, mostImpulse } = constraint;
  const a = bodyA.velocity;
  const b = bodyB.velocity;
  const wanted = f32(joint.motor + f32(-motorMass * f32(f32(b[2] - a[2]) - joint.speed)));
  const motor = limit(wanted, -mostImpulse, mostImpulse);
  const change = f32(motor - joint.motor);
  joint.motor = motor;
  a[2] -= f32(iA * change);
  b[2] += f32(iB * change);

  // How fast the two points part.
  const cx = f32(f32(f32(b[0] + f32(-b[2] * rBy)) - a[0]) - f32(-a[2] * rAy));
  const cy = f32(f32(f32(b[1] + f32(b[2] * rBx)) - a[1]) - f32(a[2] * rAx));
  const { k11, k12, k22, k13, k23, k33, inverse2 } = constraint;
  let x = 0;
  let y = 0;
  let z = 0;
  let bx = -cx;
  let by = -cy;
  let isHinge = joint.limit === FREE;
  if (!isHinge) {
    // K (x, y, z) = -(cx, cy, cz) by Cramer's rule.
    const cz = f32(b[2] - a[2]);
    const { nx, ny, nz, inverse3 } = constraint;
    z = -f32(
      inverse3 *
        dot3(
          k11,
          k12,
          k13,
          f32(f32(k22 * cz) - f32(k23 * cy)),
          f32(f32(k23 * cx) - f32(k12 * cz)),
          f32(f32(k12 * cy) - f32(k22 * cx)),
        ),
    );
    const total = f32(joint.z + z);
    isHinge = joint.limit === AT_LOWER ? total < 0 : total > 0;
    if (isHinge) {
      // The limit would have to pull: let it go.
      bx = f32(bx + f32(joint.z * k13));
      by = f32(by + f32(joint.z * k23));
      z = -joint.z;
      joint.z = 0;
    } else {
      joint.z = total;
      x = -f32(inverse3 * dot3(cx, cy, cz, nx, ny, nz));
      y = -f32(
        inverse3 *
          dot3(
            k11,
            k12,
            k13,
            f32(f32(cy * k33) - f32(cz * k23)),
            f32(f32(cz * k13) - f32(cx * k33)),
            f32(f32(cx * k23) - f32(cy * k13)),
          ),
      );
    }
  }
  if (isHinge) {
    x = f32(inverse2 * f32(f32(k22 * bx) - f32(k12 * by)));
    y = f32(inverse2 * f32(f32(k11 * by) - f32(k12 * bx)));
  }
  joint.x = f32(joint.x + x);
  joint.y = f32(joint.y + y);
  a[0] -= f32(mA * x);
  a[1] -= f32(mA * y);
  a[2] -= f32(iA * f32(cross(rAx, rAy, x, y) + z));
  b[0] += f32(mB * x);
  b[1] += f32(mB * y);
  b[2] += f32(iB * f32(cross(rBx, rBy, x, y) + z));
}

/** Solves K (x, y) = b by Cramer's rule. */
export function solve2(k11: number, k12: number, k22: number, bx: number, by: number): Vector {
  const inverse = f32(1 / f32(f32(k11 * k22) - f32(k12 * k12)));
  return {
    x: f32(inverse * f32(f32(k22 * bx) - f32(k12 * by))),
    y: f32(inverse * f32(f32(k11 * by) - f32(k12 * bx))),
  };
}

function dot3(ax: number, ay: number, az: number, bx: number, by: number, bz: number): number {
  return f32(f32(f32(ax * bx) + f32(ay * by)) + f32(az * bz));
}
