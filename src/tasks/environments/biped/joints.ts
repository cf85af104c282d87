/** The four joints: hinges with a motor and a limit, and what of them lives across steps (Box2D's manual, "Revolute Joint"). */
import { f32 } from "../../../base/float32.ts";
import type { Body } from "./bodies.ts";
import { HIP_SPEED, KNEE_SPEED, TORQUE } from "./constants.ts";
import type { Vector } from "./vectors.ts";

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

const vector = (x: number, y: number): Vector => ({ x: f32(x), y: f32(y) });
const SIDES = [
  { leg: 1, lower: 2, angle: f32(-0.05) },
  { leg: 3, lower: 4, angle: f32(0.05) },
];

/** Hinges by the number of their joint: hip and knee of the first side, then of the second. */
const HINGES: readonly Hinge[] = SIDES.flatMap(({ leg, lower, angle }) => [
  {
    ...{ upper: 0, lower: leg, upperAnchor: vector(0, -0.26666668), lowerAnchor: vector(0, 0.56666666) },
    ...{ reference: angle, low: f32(-0.8), high: f32(1.1), speed: HIP_SPEED },
  },
  {
    ...{ upper: leg, lower, upperAnchor: vector(0, -0.56666666), lowerAnchor: vector(0, 0.56666666) },
    ...{ reference: 0, low: f32(-1.6), high: f32(-0.1), speed: KNEE_SPEED },
  },
]);

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
