/** The cart-pole swing-up for four lanes at a time; twin of tasks/environments/swingup.ts. */
import { outputRow } from "./forward";
import { clamp, constant, cos, cosPi, HALF, MINUS_ONE, ONE, sin } from "./math";
import { ENDED, HIDDEN, rollout, SCORE } from "./rollout";

// Constants of tasks/environments/swingup.ts, read from memory (see math.ts).
const TRACK_HALF_LENGTH: usize = memory.data<f32>([2.4]); // m
const MAX_FORCE: usize = memory.data<f32>([10.0]); // N
const FRICTION: usize = memory.data<f32>([0.1]); // N s/m
const SWING: usize = memory.data<f32>([0.3]);
const CART_GRAVITY: usize = memory.data<f32>([14.73]);
const CART_INERTIA: usize = memory.data<f32>([4.0]); // kg
const CART_COUPLING: usize = memory.data<f32>([1.5]);
const POLE_GRAVITY: usize = memory.data<f32>([58.92]);
const POLE_INERTIA: usize = memory.data<f32>([2.4]); // kg m
const POLE_COUPLING: usize = memory.data<f32>([0.9]);
const TIME_STEP: usize = memory.data<f32>([0.01]); // s
const REWARD_TURNS: usize = memory.data<f32>([0.20833333333333334]); // half turns per metre
const THREE: usize = memory.data<f32>([3.0]);
const FOUR: usize = memory.data<f32>([4.0]);
const SIX: usize = memory.data<f32>([6.0]);

/** Rows of values that are the observation. */
const POSITION_SLOT: usize = 1;
const VELOCITY_SLOT: usize = 2;
const COSINE_SLOT: usize = 3;
const SINE_SLOT: usize = 4;
const ANGULAR_VELOCITY_SLOT: usize = 5;
/** Rows of hidden state: the angle. */
const HIDDEN_ROWS = 1;

/** Plays one episode per lane; parameters as in `rollout`. */
export function swingup(
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
  const position = values + POSITION_SLOT * stride;
  const velocity = values + VELOCITY_SLOT * stride;
  const cosine = values + COSINE_SLOT * stride;
  const sine = values + SINE_SLOT * stride;
  const angularVelocity = values + ANGULAR_VELOCITY_SLOT * stride;
  const angle = lanes + HIDDEN * stride;
  const score = lanes + SCORE * stride;
  const ended = lanes + ENDED * stride;
  const action = outputRow(program, values, stride, 0);
  let any = f32x4.splat(0);
  for (let at: usize = 0, end = (<usize>vectors) << 4; at < end; at += 16) {
    const x = v128.load(position + at);
    const v = v128.load(velocity + at);
    const c = v128.load(cosine + at);
    const s = v128.load(sine + at);
    const w = v128.load(angularVelocity + at);
    const theta = v128.load(angle + at);

    // Common terms of the two accelerations, with the constants of tasks/environments/swingup.ts.
    const push = f32x4.sub(
      f32x4.mul(clamp(v128.load(action + at), MINUS_ONE, ONE), constant(MAX_FORCE)),
      f32x4.mul(v, constant(FRICTION)),
    );
    const swing = f32x4.mul(f32x4.mul(f32x4.mul(w, w), s), constant(SWING));
    const cc = f32x4.mul(c, c);
    const acceleration = f32x4.div(
      f32x4.add(
        f32x4.sub(f32x4.mul(f32x4.mul(s, c), constant(CART_GRAVITY)), f32x4.add(swing, swing)),
        f32x4.mul(push, constant(FOUR)),
      ),
      f32x4.sub(constant(CART_INERTIA), f32x4.mul(cc, constant(CART_COUPLING))),
    );
    const angularAcceleration = f32x4.div(
      f32x4.add(
        f32x4.sub(f32x4.mul(s, constant(POLE_GRAVITY)), f32x4.mul(f32x4.mul(swing, c), constant(THREE))),
        f32x4.mul(f32x4.mul(push, c), constant(SIX)),
      ),
      f32x4.sub(constant(POLE_INERTIA), f32x4.mul(cc, constant(POLE_COUPLING))),
    );

    const nextPosition = f32x4.add(x, f32x4.mul(v, constant(TIME_STEP)));
    const nextAngle = f32x4.add(theta, f32x4.mul(w, constant(TIME_STEP)));
    const nextCosine = cos(nextAngle);
    v128.store(position + at, nextPosition);
    v128.store(angle + at, nextAngle);
    v128.store(velocity + at, f32x4.add(v, f32x4.mul(acceleration, constant(TIME_STEP))));
    v128.store(angularVelocity + at, f32x4.add(w, f32x4.mul(angularAcceleration, constant(TIME_STEP))));
    v128.store(cosine + at, nextCosine);
    v128.store(sine + at, sin(nextAngle));

    const upright = f32x4.mul(f32x4.add(nextCosine, constant(ONE)), constant(HALF));
    const reward = f32x4.mul(upright, cosPi(f32x4.mul(nextPosition, constant(REWARD_TURNS))));
    v128.store(score + at, f32x4.add(v128.load(score + at), reward));
    const left = f32x4.gt(f32x4.abs(nextPosition), constant(TRACK_HALF_LENGTH));
    v128.store(ended + at, left);
    any = v128.or(any, left);
  }
  return v128.any_true(any);
}
