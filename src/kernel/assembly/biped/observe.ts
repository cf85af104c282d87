/** What a step of the walker gives: reward and end, and what the network sees next; twin of tasks/environments/biped/environment.ts. */
import { outputRow } from "../forward";
import { jointAngle, lowerOf, upperOf } from "./hinges";
import { bodyOf, headOf, JOINTS } from "./layout";
import { castRays } from "./rays";

// Doubles by their type: in what becomes a single, literals would be singles.
const SHARE: f64 = 0.3;
const SCREEN_WIDTH: f64 = 20.0;
const SCREEN_HEIGHT: f64 = 400.0 / 30.0;

export function shapingOf(world: usize): f64 {
  const hull = bodyOf(world, 0);
  return (130.0 * <f64>hull.x) / 30.0 - 5.0 * abs<f64>(<f64>hull.a);
}

export function isLost(world: usize): bool {
  return headOf(world).hasFallen != 0 || bodyOf(world, 0).x < 0;
}

export function rewardOf(world: usize, program: usize, values: usize, stride: usize, at: usize): f64 {
  const head = headOf(world);
  const shaping = shapingOf(world);
  let reward = shaping - head.shaping;
  head.shaping = shaping;
  for (let joint = 0; joint < JOINTS; joint++) {
    const output = load<f32>(outputRow(program, values, stride, joint) + at);
    reward -= 0.00035 * 80.0 * <f64>min<f32>(abs<f32>(output), 1);
  }
  return isLost(world) ? -100 : reward;
}

/** Writes what the network sees into a column of rows. */
export function observe(world: usize, to: usize, stride: usize): void {
  const head = headOf(world);
  const hull = bodyOf(world, 0);
  store<f32>(to, hull.a);
  store<f32>(to + stride, <f32>((2.0 * <f64>hull.w) / 50.0));
  store<f32>(to + 2 * stride, <f32>((SHARE * <f64>hull.vx * SCREEN_WIDTH) / 50.0));
  store<f32>(to + 3 * stride, <f32>((SHARE * <f64>hull.vy * SCREEN_HEIGHT) / 50.0));
  for (let side = 0; side < 2; side++) {
    const at = to + <usize>(4 + 5 * side) * stride;
    const hip = 2 * side;
    const knee = hip + 1;
    const hipSpeed = bodyOf(world, lowerOf(hip)).w - bodyOf(world, upperOf(hip)).w;
    const kneeSpeed = bodyOf(world, lowerOf(knee)).w - bodyOf(world, upperOf(knee)).w;
    store<f32>(at, jointAngle(world, hip));
    store<f32>(at + stride, <f32>(<f64>hipSpeed / 4.0));
    store<f32>(at + 2 * stride, <f32>(<f64>jointAngle(world, knee) + 1.0));
    store<f32>(at + 3 * stride, <f32>(<f64>kneeSpeed / 6.0));
    store<f32>(at + 4 * stride, (side == 0 ? head.foot2 : head.foot4) != 0 ? 1 : 0);
  }
  castRays(world, hull.x, hull.y, to + 14 * stride, stride);
}
