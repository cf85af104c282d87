/** The pendulum for four lanes at a time; twin of tasks/environments/pendulum.ts. */
import { outputRow } from "./forward";
import { clamp, constant, cos, sin, wrap } from "./math";
import { HIDDEN, rollout, SCORE } from "./rollout";

// Constants of tasks/environments/pendulum.ts, read from memory (see math.ts).
const TIME_STEP: usize = memory.data<f32>([0.05]); // s
const MAX_TORQUE: usize = memory.data<f32>([2.0]); // N m
const MIN_TORQUE: usize = memory.data<f32>([-2.0]); // N m
const MAX_SPEED: usize = memory.data<f32>([8.0]); // rad/s
const MIN_SPEED: usize = memory.data<f32>([-8.0]); // rad/s
const FALL: usize = memory.data<f32>([15.0]); // 1/s^2
const PUSH: usize = memory.data<f32>([3.0]); // 1/(kg m^2)
const SPEED_COST: usize = memory.data<f32>([0.1]);
const TORQUE_COST: usize = memory.data<f32>([0.001]);

/** Rows of values that are the observation. */
const COSINE_SLOT: usize = 1;
const SINE_SLOT: usize = 2;
const ANGULAR_VELOCITY_SLOT: usize = 3;
/** Rows of hidden state: the angle. */
const HIDDEN_ROWS = 1;

/** Plays one episode per lane; parameters as in `rollout`. */
export function pendulum(
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
  const cosine = values + COSINE_SLOT * stride;
  const sine = values + SINE_SLOT * stride;
  const angularVelocity = values + ANGULAR_VELOCITY_SLOT * stride;
  const angle = lanes + HIDDEN * stride;
  const score = lanes + SCORE * stride;
  const action = outputRow(program, values, stride, 0);
  for (let at: usize = 0, end = (<usize>vectors) << 4; at < end; at += 16) {
    const s = v128.load(sine + at);
    const w = v128.load(angularVelocity + at);
    const theta = v128.load(angle + at);
    const torque = clamp(v128.load(action + at), MIN_TORQUE, MAX_TORQUE);

    const away = wrap(theta);
    const cost = f32x4.add(
      f32x4.add(f32x4.mul(away, away), f32x4.mul(constant(SPEED_COST), f32x4.mul(w, w))),
      f32x4.mul(constant(TORQUE_COST), f32x4.mul(torque, torque)),
    );
    const acceleration = f32x4.add(f32x4.mul(constant(FALL), s), f32x4.mul(constant(PUSH), torque));

    const nextVelocity = clamp(f32x4.add(w, f32x4.mul(acceleration, constant(TIME_STEP))), MIN_SPEED, MAX_SPEED);
    const nextAngle = f32x4.add(theta, f32x4.mul(nextVelocity, constant(TIME_STEP)));
    v128.store(angle + at, nextAngle);
    v128.store(angularVelocity + at, nextVelocity);
    v128.store(cosine + at, cos(nextAngle));
    v128.store(sine + at, sin(nextAngle));
    v128.store(score + at, f32x4.sub(v128.load(score + at), cost));
  }
  return false;
}
