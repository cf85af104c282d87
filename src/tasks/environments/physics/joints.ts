/** Joints: hinges with a motor and a limit, and what of them lives across steps (Box2D's manual, "Revolute Joint"). */
import { f32 } from "../../../base/float32.ts";
import type { Body } from "./bodies.ts";
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

/** The angle of a joint, rad. */
export function jointAngle({ hinge }: Joint, bodies: readonly Body[]): number {
  return f32(f32(bodies[hinge.lower].a - bodies[hinge.upper].a) - hinge.reference);
}
