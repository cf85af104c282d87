/**
 * The four joints: hinges with a motor and a limit, solved one after another by sequential impulses
 * (E. Catto, "Modeling and Solving Constraints", GDC 2009; Box2D's manual, "Revolute Joint").
 *
 * A hinge keeps two points of two bodies together: C = cB + rB - cA - rA = 0. An impulse P changes the velocities by
 * m^-1 P and I^-1 (r x P); the one that makes dC/dt zero is P = -K^-1 dC/dt, K the inverse of the mass felt at the hinge. At
 * a limit the difference of angular velocities is a third row of K, and its impulse may only push away from the limit.
 */
import { f32 } from "../../../base/float32.ts";
import { type Body, turn } from "./bodies.ts";
import { HIP_SPEED, KNEE_SPEED, TIME_STEP, TORQUE } from "./constants.ts";
import { cross, limit, type Vector } from "./vectors.ts";

/** Which limit a joint is at. */
export const FREE = 0;
export const AT_LOWER = 1;
export const AT_UPPER = 2;

/** What a joint is. Anchors in the coordinates of its bodies, m; angles in rad. */
export interface Hinge {
  readonly upper: number;
  readonly lower: number;
  readonly upperAnchor: Vector;
  readonly lowerAnchor: Vector;
  /** The difference of angles that counts as 0, and the range of what is left. */
  readonly reference: number;
  readonly low: number;
  readonly high: number;
  /** Speed of its motor, rad/s. */
  readonly speed: number;
}

/** A joint, with what lives across steps. */
export interface Joint {
  readonly hinge: Hinge;
  /** Impulses so far: of the hinge, N s, of the limit and of the motor, N m s. */
  x: number;
  y: number;
  z: number;
  motor: number;
  limit: number;
  /** What the motor was told: rad/s, N m. */
  speed: number;
  torque: number;
}

/** A joint's constraint in a step; k11 to k33 is its symmetric matrix K. */
export interface JointConstraint {
  readonly joint: Joint;
  readonly bodyA: Body;
  readonly bodyB: Body;
  readonly rA: Vector;
  readonly rB: Vector;
  readonly k11: number;
  readonly k12: number;
  readonly k13: number;
  readonly k22: number;
  readonly k23: number;
  readonly k33: number;
  readonly motorMass: number;
  readonly mostImpulse: number;
}

const vector = (x: number, y: number): Vector => ({ x: f32(x), y: f32(y) });
const SIDES = [
  { leg: 1, lower: 2, angle: f32(-0.05) },
  { leg: 3, lower: 4, angle: f32(0.05) },
];

/** Hinges by the number of their joint: hip and knee of the first side, then of the second. */
export const HINGES: readonly Hinge[] = SIDES.flatMap(({ leg, lower, angle }) => [
  {
    ...{ upper: 0, lower: leg, upperAnchor: vector(0, -0.26666668), lowerAnchor: vector(0, 0.56666666) },
    ...{ reference: angle, low: f32(-0.8), high: f32(1.1), speed: HIP_SPEED },
  },
  {
    ...{ upper: leg, lower, upperAnchor: vector(0, -0.56666666), lowerAnchor: vector(0, 0.56666666) },
    ...{ reference: 0, low: f32(-1.6), high: f32(-0.1), speed: KNEE_SPEED },
  },
]);

/** The order in which joints are solved, which is part of the result. */
const ORDER = [3, 2, 0, 1];

/** The joints at the start. */
export function startJoints(): Joint[] {
  return HINGES.map((hinge) => ({ hinge, x: 0, y: 0, z: 0, motor: 0, limit: FREE, speed: 0, torque: 0 }));
}

/** Sets the motors by four actions: the sign is the direction, the size, up to 1, the share of the torque. */
export function setMotors(joints: readonly Joint[], action: ArrayLike<number>): void {
  joints.forEach((joint, index) => {
    joint.speed = joint.hinge.speed * Math.sign(action[index]);
    joint.torque = f32(TORQUE * Math.min(Math.abs(action[index]), 1));
  });
}

/** The angle of a joint, rad. */
export function jointAngle({ hinge }: Joint, bodies: readonly Body[]): number {
  return f32(f32(bodies[hinge.lower].a - bodies[hinge.upper].a) - hinge.reference);
}

/** Makes the constraints of a step in their order, and applies the impulses of the step before to begin with. */
export function prepareJoints(joints: readonly Joint[], bodies: readonly Body[]): JointConstraint[] {
  return ORDER.map((index) => {
    const constraint = prepareJoint(joints[index], bodies);
    const { x, y, z, motor } = constraint.joint;
    applyHinge(constraint, x, y, motor, z);
    return constraint;
  });
}

function prepareJoint(joint: Joint, bodies: readonly Body[]): JointConstraint {
  const { hinge } = joint;
  const bodyA = bodies[hinge.upper];
  const bodyB = bodies[hinge.lower];
  const { inverseMass: mA, inverseInertia: iA } = bodyA.shape;
  const { inverseMass: mB, inverseInertia: iB } = bodyB.shape;
  const [rA, rB] = [lever(bodyA, hinge.upperAnchor), lever(bodyB, hinge.lowerAnchor)];
  const angle = jointAngle(joint, bodies);
  const state = angle <= hinge.low ? AT_LOWER : angle >= hinge.high ? AT_UPPER : FREE;
  if (state !== joint.limit || state === FREE) joint.z = 0;
  joint.limit = state;
  const m = f32(mA + mB);
  return {
    ...{ joint, bodyA, bodyB, rA, rB },
    k11: f32(f32(m + f32(f32(rA.y * rA.y) * iA)) + f32(f32(rB.y * rB.y) * iB)),
    k12: f32(f32(f32(-rA.y * rA.x) * iA) - f32(f32(rB.y * rB.x) * iB)),
    k13: f32(f32(-rA.y * iA) - f32(rB.y * iB)),
    k22: f32(f32(m + f32(f32(rA.x * rA.x) * iA)) + f32(f32(rB.x * rB.x) * iB)),
    k23: f32(f32(rA.x * iA) + f32(rB.x * iB)),
    k33: f32(iA + iB),
    motorMass: f32(1 / f32(iA + iB)),
    mostImpulse: f32(TIME_STEP * joint.torque),
  };
}

/** From a body's centre of mass to one of its points, in the world. */
export function lever({ transform, shape: { centre } }: Pick<Body, "transform" | "shape">, point: Vector): Vector {
  return turn(transform, { x: f32(point.x - centre.x), y: f32(point.y - centre.y) });
}

/** Applies an impulse at the hinge, and those of motor and limit: to the lower body, and against the upper one. */
function applyHinge({ bodyA, bodyB, rA, rB }: JointConstraint, x: number, y: number, motor: number, z: number): void {
  const { inverseMass: mA, inverseInertia: iA } = bodyA.shape;
  const { inverseMass: mB, inverseInertia: iB } = bodyB.shape;
  const torqueA = cross(rA.x, rA.y, x, y);
  const torqueB = cross(rB.x, rB.y, x, y);
  bodyA.vx = f32(bodyA.vx - f32(mA * x));
  bodyA.vy = f32(bodyA.vy - f32(mA * y));
  bodyA.w = f32(bodyA.w - f32(iA * f32(f32(torqueA + motor) + z)));
  bodyB.vx = f32(bodyB.vx + f32(mB * x));
  bodyB.vy = f32(bodyB.vy + f32(mB * y));
  bodyB.w = f32(bodyB.w + f32(iB * f32(f32(torqueB + motor) + z)));
}

/** One round of the velocity solver for one joint: first the motor, then the hinge, with the limit where it is at one. */
export function solveJoint(constraint: JointConstraint): void {
  const { joint, bodyA, bodyB, rA, rB, motorMass, mostImpulse, k11, k12, k22, k13, k23 } = constraint;
  const push = f32(-motorMass * f32(f32(bodyB.w - bodyA.w) - joint.speed));
  const motor = limit(f32(joint.motor + push), -mostImpulse, mostImpulse);
  const change = f32(motor - joint.motor);
  joint.motor = motor;
  bodyA.w = f32(bodyA.w - f32(bodyA.shape.inverseInertia * change));
  bodyB.w = f32(bodyB.w + f32(bodyB.shape.inverseInertia * change));

  // How fast the two points part.
  const cx = f32(f32(f32(bodyB.vx + f32(-bodyB.w * rB.y)) - bodyA.vx) - f32(-bodyA.w * rA.y));
  const cy = f32(f32(f32(bodyB.vy + f32(bodyB.w * rB.x)) - bodyA.vy) - f32(bodyA.w * rA.x));
  if (joint.limit === FREE) {
    const { x, y } = solve2(k11, k12, k22, -cx, -cy);
    joint.x = f32(joint.x + x);
    joint.y = f32(joint.y + y);
    applyHinge(constraint, x, y, 0, 0);
    return;
  }
  let { x, y, z } = solve3(constraint, cx, cy, f32(bodyB.w - bodyA.w));
  const total = f32(joint.z + z);
  if (joint.limit === AT_LOWER ? total < 0 : total > 0) {
    // The limit would have to pull: let it go.
    ({ x, y } = solve2(k11, k12, k22, f32(-cx + f32(joint.z * k13)), f32(-cy + f32(joint.z * k23))));
    z = -joint.z;
    joint.z = 0;
  } else {
    joint.z = total;
  }
  joint.x = f32(joint.x + x);
  joint.y = f32(joint.y + y);
  applyHinge(constraint, x, y, 0, z);
}

/** Solves K (x, y) = b by Cramer's rule. */
export function solve2(k11: number, k12: number, k22: number, bx: number, by: number): Vector {
  const inverse = f32(1 / f32(f32(k11 * k22) - f32(k12 * k12)));
  return {
    x: f32(inverse * f32(f32(k22 * bx) - f32(k12 * by))),
    y: f32(inverse * f32(f32(k11 * by) - f32(k12 * bx))),
  };
}

/** Solves K (x, y, z) = -b by Cramer's rule. */
function solve3({ k11, k12, k13, k22, k23, k33 }: JointConstraint, bx: number, by: number, bz: number) {
  // The product of the second and the third column.
  const nx = f32(f32(k22 * k33) - f32(k23 * k23));
  const ny = f32(f32(k23 * k13) - f32(k12 * k33));
  const nz = f32(f32(k12 * k23) - f32(k22 * k13));
  const inverse = f32(1 / dot3(k11, k12, k13, nx, ny, nz));
  const y = dot3(k11, k12, k13, f32(f32(by * k33) - f32(bz * k23)), f32(f32(bz * k13) - f32(bx * k33)), f32(f32(bx * k23) - f32(by * k13)));
  const z = dot3(k11, k12, k13, f32(f32(k22 * bz) - f32(k23 * by)), f32(f32(k23 * bx) - f32(k12 * bz)), f32(f32(k12 * by) - f32(k22 * bx)));
  return { x: f32(-inverse * dot3(bx, by, bz, nx, ny, nz)), y: f32(-inverse * y), z: f32(-inverse * z) };
}

function dot3(ax: number, ay: number, az: number, bx: number, by: number, bz: number): number {
  return f32(f32(f32(ax * bx) + f32(ay * by)) + f32(az * bz));
}
