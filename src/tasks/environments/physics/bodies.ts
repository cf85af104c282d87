/** Rigid bodies in the plane: where they are and how they move. A body's place is its centre of mass c and its angle a. */
import { setTransform, type Transform } from "./transforms.ts";
import type { Vector } from "./vectors.ts";

/** What of a body resists being moved. */
export interface Mass {
  /** 1/kg and 1/(kg m^2), about the centre of mass. */
  readonly inverseMass: number;
  readonly inverseInertia: number;
  /** Of mass, in the body's own coordinates, m. */
  readonly centre: Vector;
}

/** A body, in m, rad and s. */
export interface Body {
  readonly shape: Mass;
  cx: number;
  cy: number;
  a: number;
  /** Of the centre of mass in x and y, m/s, and of turning, rad/s; singles. */
  readonly velocity: Float32Array;
  readonly transform: Transform;
  /** How long it has been at rest. */
  restTime: number;
  isAwake: boolean;
}

/** Brings a body's transform to where it is. */
export function synchronize({ transform, shape, cx, cy, a }: Body): void {
  setTransform(transform, shape.centre, cx, cy, a);
}
