/** How bodies move and rest; twin of motion.ts of the environment. */
import { dot } from "../physics/pose";
import { BODIES, Body, bodyOf, poseOf } from "./layout";
import { setPose, TIME_STEP } from "./shapes";

const MAX_ROTATION: f32 = 1.5707964;
const SLEEP_TURNING: f32 = 0.0012184699;
const SLEEP_MOVING: f32 = 0.0001;

// @ts-ignore: decorator
@inline
export function synchronize(body: Body): void {
  setPose(poseOf(body), body.index, body.cx, body.cy, body.a);
}

/** Moves a body by its velocity for a time; one that is too fast is slowed down first. */
export function integrate(body: Body, time: f32): void {
  const x = time * body.vx;
  const y = time * body.vy;
  const square = dot(x, y, x, y);
  if (square > 4) {
    const ratio = <f32>2 / sqrt<f32>(square);
    body.vx *= ratio;
    body.vy *= ratio;
  }
  const turned = time * body.w;
  if (turned * turned > MAX_ROTATION * MAX_ROTATION) body.w *= MAX_ROTATION / abs<f32>(turned);
  body.cx += time * body.vx;
  body.cy += time * body.vy;
  body.a += time * body.w;
}

/** Lets the bodies sleep that have been at rest for long enough. @param isSettled whether the position solver was satisfied */
export function rest(world: usize, isSettled: bool): void {
  let resting = true;
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    const isAtRest = body.w * body.w <= SLEEP_TURNING && dot(body.vx, body.vy, body.vx, body.vy) <= SLEEP_MOVING;
    body.rest = isAtRest ? body.rest + TIME_STEP : 0;
    if (body.rest < 0.5) resting = false;
  }
  if (!isSettled || !resting) return;
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    body.vx = 0;
    body.vy = 0;
    body.w = 0;
    body.rest = 0;
    body.isAwake = 0;
  }
}
