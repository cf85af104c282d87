/** How bodies move: semi-implicit Euler (Box2D's manual, "Simulating the World"), within limits of a step, and rest. */
import { f32 } from "../../../base/float32.ts";
import type { Body } from "./bodies.ts";
import { MAX_ROTATION, MAX_TRANSLATION, SLEEP_MOVING, SLEEP_TIME, SLEEP_TURNING, TIME_STEP } from "./constants.ts";
import { dot } from "./vectors.ts";

/** Moves a body by its velocity for a time, s; one that is too fast is slowed down first. */
export function integrate(body: Body, time: number): void {
  const { velocity } = body;
  const x = f32(time * velocity[0]);
  const y = f32(time * velocity[1]);
  const square = dot(x, y, x, y);
  if (square > MAX_TRANSLATION * MAX_TRANSLATION) {
    const ratio = f32(MAX_TRANSLATION / f32(Math.sqrt(square)));
    velocity[0] *= ratio;
    velocity[1] *= ratio;
  }
  const turned = f32(time * velocity[2]);
  if (f32(turned * turned) > f32(MAX_ROTATION * MAX_ROTATION)) velocity[2] *= f32(MAX_ROTATION / Math.abs(turned));
  body.cx = f32(body.cx + f32(time * velocity[0]));
  body.cy = f32(body.cy + f32(time * velocity[1]));
  body.a = f32(body.a + f32(time * velocity[2]));
}

/**
 * Counts how long bodies have been at rest, and lets all of them fall asleep when each has been long enough.
 *
 * @param isSettled whether the position solver was satisfied
 */
export function rest(bodies: readonly Body[], isSettled: boolean): void {
  for (const body of bodies) {
    const [vx, vy, w] = body.velocity;
    const isAtRest = f32(w * w) <= SLEEP_TURNING && dot(vx, vy, vx, vy) <= SLEEP_MOVING;
    body.restTime = isAtRest ? f32(body.restTime + TIME_STEP) : 0;
  }
  if (!isSettled || !bodies.every(({ restTime }) => restTime >= SLEEP_TIME)) return;
  for (const body of bodies) {
    body.velocity.fill(0);
    body.restTime = 0;
    body.isAwake = false;
  }
}
