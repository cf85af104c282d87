/** The four joints: hips and knees, each with a motor and a limit. */
import { f32 } from "../../../base/float32.ts";
import { FREE, type Hinge, type Joint } from "../physics/joints.ts";
import type { Vector } from "../physics/vectors.ts";
import { HIP_SPEED, KNEE_SPEED, TORQUE } from "./constants.ts";

const vector = (x: number, y: number): Vector => ({ x: f32(x), y: f32(y) });
const SIDES = [
  { leg: 1, lower: 2, angle: f32(-0.05) },
  { leg: 3, lower: 4, angle: f32(0.05) },
];

/** Hinges by the number of their joint: hip and knee of the first side, then of the second. */
const HINGES: readonly Hinge[] = SIDES.flatMap(({ leg, lower, angle }) => [
  {
    ...{ upper: 0, lower: leg, upperAnchor: vector(0, -0.26666668), lowerAnchor: vector(0, 0.56666666) },
    ...{ reference: angle, low: f32(-0.8), high: f32(1.1) },
  },
  {
    ...{ upper: leg, lower, upperAnchor: vector(0, -0.56666666), lowerAnchor: vector(0, 0.56666666) },
    ...{ reference: 0, low: f32(-1.6), high: f32(-0.1) },
  },
]);

/** The joints at the start. */
export function startJoints(): Joint[] {
  return HINGES.map((hinge) => ({ hinge, x: 0, y: 0, z: 0, motor: 0, limit: FREE, speed: 0, torque: 0 }));
}

/** Sets the motors by four actions: the sign is the direction, the size, up to 1, the share of the torque. */
export function setMotors(joints: readonly Joint[], action: ArrayLike<number>): void {
  joints.forEach((joint, index) => {
    joint.speed = (index % 2 === 0 ? HIP_SPEED : KNEE_SPEED) * Math.sign(action[index]);
    joint.torque = f32(TORQUE * Math.min(Math.abs(action[index]), 1));
  });
}
