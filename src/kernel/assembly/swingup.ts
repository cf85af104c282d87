/**
 * Whole episodes of the cart-pole swing-up: physics, network and reward for all lanes in lock-step; twin of
 * tasks/swingup.ts. Lanes that ended are replaced by the last lane still running, so the work shrinks with them.
 */
import { connectionCount, forward, outputRow } from "./forward";
import { clamp, constant, cos, cosPi, HALF, MINUS_ONE, ONE, sin, splat } from "./math";

// Constants of tasks/swingup.ts, read from memory (see math.ts).
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

/** Rows of lanes in `lanes`, in order: score so far, pole angle, lane the state belongs to, shared weight. */
const SCORE = 0;
const ANGLE = 1;
const LANE = 2;
const WEIGHT = 3;
const LANE_ROWS = 4;

/** Rows of values that are the observation. */
const BIAS_SLOT = 0;
const POSITION_SLOT = 1;
const VELOCITY_SLOT = 2;
const COSINE_SLOT = 3;
const SINE_SLOT = 4;
const ANGULAR_VELOCITY_SLOT = 5;

/**
 * Plays one episode per lane.
 *
 * @param values     rows of values (kernel/program.ts); the input rows hold position and velocities at the start
 * @param lanes      four rows (above); scores are 0, angles those at the start
 * @param individual rows of weights by connection, or 0 to use the shared weights of `lanes`
 * @param stride     bytes of a row
 * @param count      lanes
 * @param scores     receives the score of each lane
 * @returns          environment steps taken by all lanes together
 */
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
  const position = values + POSITION_SLOT * stride;
  const velocity = values + VELOCITY_SLOT * stride;
  const cosine = values + COSINE_SLOT * stride;
  const sine = values + SINE_SLOT * stride;
  const angularVelocity = values + ANGULAR_VELOCITY_SLOT * stride;
  const score = lanes + SCORE * stride;
  const angle = lanes + ANGLE * stride;
  const shared = individual != 0 ? 0 : lanes + WEIGHT * stride;
  const action = outputRow(program, values, stride, 0);
  const weightRows = individual != 0 ? connectionCount(program) : 0;

  let running = count;
  let taken = 0;
  const bytes = ((<usize>count + 3) >> 2) << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(values + BIAS_SLOT * stride + at, splat(1.0));
    v128.store(cosine + at, cos(v128.load(angle + at)));
    v128.store(sine + at, sin(v128.load(angle + at)));
  }

  for (let step = 0; step < steps && running > 0; step++) {
    const vectors = (running + 3) >> 2;
    forward(program, values, stride, vectors, shared, individual);
    let ended = 0;
    for (let vector = 0; vector < vectors; vector++) {
      const at = (<usize>vector) << 4;
      const x = v128.load(position + at);
      const v = v128.load(velocity + at);
      const c = v128.load(cosine + at);
      const s = v128.load(sine + at);
      const w = v128.load(angularVelocity + at);
      const theta = v128.load(angle + at);

      // Common terms of the two accelerations, with the constants of tasks/swingup.ts.
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
      ended |= v128.any_true(f32x4.gt(f32x4.abs(nextPosition), constant(TRACK_HALF_LENGTH))) ? 1 : 0;
    }
    taken += running;
    if (ended == 0) continue;
    for (let lane = running - 1; lane >= 0; lane--) {
      const at = (<usize>lane) << 2;
      if (Mathf.abs(load<f32>(position + at)) <= load<f32>(TRACK_HALF_LENGTH)) continue;
      store<f32>(scores + ((<usize>load<i32>(lanes + LANE * stride + at)) << 2), load<f32>(score + at));
      running--;
      const last = (<usize>running) << 2;
      for (let row = 0; row < LANE_ROWS; row++) move(lanes + <usize>row * stride, last, at);
      for (let slot = POSITION_SLOT; slot <= ANGULAR_VELOCITY_SLOT; slot++) move(values + slot * stride, last, at);
      for (let row = 0; row < weightRows; row++) move(individual + <usize>row * stride, last, at);
      store<f32>(position + last, 0);
    }
  }
  for (let lane = 0; lane < running; lane++) {
    const at = (<usize>lane) << 2;
    store<f32>(scores + ((<usize>load<i32>(lanes + LANE * stride + at)) << 2), load<f32>(score + at));
  }
  return taken;
}

// @ts-ignore: decorator
@inline
function move(row: usize, from: usize, to: usize): void {
  store<i32>(row + to, load<i32>(row + from));
}
