/** The acrobot for four lanes at a time; twin of tasks/environments/acrobot.ts. */
import { largest } from "./actions";
import { clamp, constant, cos, ONE, sin, TWO, wrap } from "./math";
import { ENDED, HIDDEN, rollout, SCORE } from "./rollout";

// Constants of tasks/environments/acrobot.ts, read from memory (see math.ts).
const TIME_STEP: usize = memory.data<f32>([0.2]); // s
const HALF_STEP: usize = memory.data<f32>([0.1]); // s
const SIXTH_STEP: usize = memory.data<f32>([0.03333333333333333]); // s
const MAX_UPPER_SPEED: usize = memory.data<f32>([12.566370614359172]); // rad/s
const MIN_UPPER_SPEED: usize = memory.data<f32>([-12.566370614359172]); // rad/s
const MAX_LOWER_SPEED: usize = memory.data<f32>([28.274333882308138]); // rad/s
const MIN_LOWER_SPEED: usize = memory.data<f32>([-28.274333882308138]); // rad/s
const GOAL_HEIGHT: usize = memory.data<f32>([1.0]); // m
const COUPLING: usize = memory.data<f32>([0.5]); // kg m^2
const UPPER_INERTIA: usize = memory.data<f32>([3.5]); // kg m^2
const LOWER_INERTIA: usize = memory.data<f32>([1.25]); // kg m^2
const UPPER_GRAVITY: usize = memory.data<f32>([14.7]); // N m
const LOWER_GRAVITY: usize = memory.data<f32>([4.9]); // N m

/** Rows of values that are the observation. */
const UPPER_COSINE_SLOT: usize = 1;
const UPPER_SINE_SLOT: usize = 2;
const LOWER_COSINE_SLOT: usize = 3;
const LOWER_SINE_SLOT: usize = 4;
const UPPER_VELOCITY_SLOT: usize = 5;
const LOWER_VELOCITY_SLOT: usize = 6;
/** Rows of hidden state: the two angles. */
const HIDDEN_ROWS = 2;

/** Where `accelerate` leaves the accelerations of the two links. */
const ACCELERATIONS: usize = memory.data(32, 16);

/** Plays one episode per lane; parameters as in `rollout`. */
export function acrobot(
  program: usize,
  values: usize,
  lanes: usize,
  individual: usize,
  stride: usize,
  count: i32,
  steps: i32,
  scores: usize,
): i32 {
  return rollout(advance, HIDDEN_ROWS, program, values, lanes, individual, stride, count, steps, scores);
}

function advance(program: usize, values: usize, lanes: usize, stride: usize, vectors: i32): bool {
  const upperAngle = lanes + HIDDEN * stride;
  const lowerAngle = upperAngle + stride;
  const upperVelocity = values + UPPER_VELOCITY_SLOT * stride;
  const lowerVelocity = values + LOWER_VELOCITY_SLOT * stride;
  const score = lanes + SCORE * stride;
  const ended = lanes + ENDED * stride;
  let any = f32x4.splat(0);
  for (let at: usize = 0, end = (<usize>vectors) << 4; at < end; at += 16) {
    const upper = v128.load(upperAngle + at);
    const lower = v128.load(lowerAngle + at);
    const v = v128.load(upperVelocity + at);
    const w = v128.load(lowerVelocity + at);
    const torque = f32x4.sub(f32x4.convert_i32x4_s(largest(program, values, stride, at)), constant(ONE));

    // The four slopes of Runge-Kutta, as in tasks/environments/acrobot.ts.
    accelerate(upper, lower, v, w, torque);
    const a1 = v128.load(ACCELERATIONS);
    const b1 = v128.load(ACCELERATIONS, 16);
    const v2 = after(v, a1, HALF_STEP);
    const w2 = after(w, b1, HALF_STEP);
    accelerate(after(upper, v, HALF_STEP), after(lower, w, HALF_STEP), v2, w2, torque);
    const a2 = v128.load(ACCELERATIONS);
    const b2 = v128.load(ACCELERATIONS, 16);
    const v3 = after(v, a2, HALF_STEP);
    const w3 = after(w, b2, HALF_STEP);
    accelerate(after(upper, v2, HALF_STEP), after(lower, w2, HALF_STEP), v3, w3, torque);
    const a3 = v128.load(ACCELERATIONS);
    const b3 = v128.load(ACCELERATIONS, 16);
    const v4 = after(v, a3, TIME_STEP);
    const w4 = after(w, b3, TIME_STEP);
    accelerate(after(upper, v3, TIME_STEP), after(lower, w3, TIME_STEP), v4, w4, torque);
    const a4 = v128.load(ACCELERATIONS);
    const b4 = v128.load(ACCELERATIONS, 16);

    const nextUpper = wrap(after(upper, slopes(v, v2, v3, v4), SIXTH_STEP));
    const nextLower = wrap(after(lower, slopes(w, w2, w3, w4), SIXTH_STEP));
    const nextV = clamp(after(v, slopes(a1, a2, a3, a4), SIXTH_STEP), MIN_UPPER_SPEED, MAX_UPPER_SPEED);
    const nextW = clamp(after(w, slopes(b1, b2, b3, b4), SIXTH_STEP), MIN_LOWER_SPEED, MAX_LOWER_SPEED);
    v128.store(upperAngle + at, nextUpper);
    v128.store(lowerAngle + at, nextLower);
    v128.store(upperVelocity + at, nextV);
    v128.store(lowerVelocity + at, nextW);
    const upperCosine = cos(nextUpper);
    v128.store(values + UPPER_COSINE_SLOT * stride + at, upperCosine);
    v128.store(values + UPPER_SINE_SLOT * stride + at, sin(nextUpper));
    v128.store(values + LOWER_COSINE_SLOT * stride + at, cos(nextLower));
    v128.store(values + LOWER_SINE_SLOT * stride + at, sin(nextLower));

    const height = f32x4.sub(f32x4.neg(upperCosine), cos(f32x4.add(nextUpper, nextLower)));
    const isUp = f32x4.gt(height, constant(GOAL_HEIGHT));
    const reward = v128.andnot(f32x4.neg(constant(ONE)), isUp);
    v128.store(score + at, f32x4.add(v128.load(score + at), reward));
    v128.store(ended + at, isUp);
    any = v128.or(any, isUp);
  }
  return v128.any_true(any);
}

/** A value after some time at a slope. */
// @ts-ignore: decorator
@inline
function after(value: v128, slope: v128, time: usize): v128 {
  return f32x4.add(value, f32x4.mul(constant(time), slope));
}

/** Six times the mean slope. */
// @ts-ignore: decorator
@inline
function slopes(first: v128, second: v128, third: v128, fourth: v128): v128 {
  return f32x4.add(f32x4.add(first, f32x4.mul(constant(TWO), f32x4.add(second, third))), fourth);
}

/** Writes the angular accelerations of the two links to ACCELERATIONS. */
function accelerate(upper: v128, lower: v128, v: v128, w: v128, torque: v128): void {
  const c = f32x4.mul(constant(COUPLING), cos(lower));
  const s = f32x4.mul(constant(COUPLING), sin(lower));
  const d1 = f32x4.add(constant(UPPER_INERTIA), f32x4.mul(constant(TWO), c));
  const d2 = f32x4.add(constant(LOWER_INERTIA), c);
  const lowerPull = f32x4.mul(constant(LOWER_GRAVITY), sin(f32x4.add(upper, lower)));
  const whirl = f32x4.mul(f32x4.mul(w, f32x4.add(w, f32x4.mul(constant(TWO), v))), s);
  const upperPull = f32x4.add(f32x4.sub(f32x4.mul(constant(UPPER_GRAVITY), sin(upper)), whirl), lowerPull);
  const ratio = f32x4.div(d2, d1);
  const push = f32x4.sub(
    f32x4.sub(f32x4.add(torque, f32x4.mul(ratio, upperPull)), f32x4.mul(f32x4.mul(v, v), s)),
    lowerPull,
  );
  const lowerAcceleration = f32x4.div(push, f32x4.sub(constant(LOWER_INERTIA), f32x4.mul(ratio, d2)));
  const upperAcceleration = f32x4.div(f32x4.neg(f32x4.add(f32x4.mul(d2, lowerAcceleration), upperPull)), d1);
  v128.store(ACCELERATIONS, upperAcceleration);
  v128.store(ACCELERATIONS, lowerAcceleration, 16);
}
