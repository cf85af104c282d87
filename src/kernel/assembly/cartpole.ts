/** The cart-pole for four lanes at a time; twin of tasks/environments/cartpole.ts. */
import { largest } from "./actions";
import { constant, cos, ONE, sin } from "./math";
import { ENDED, rollout, SCORE } from "./rollout";

// Constants of tasks/environments/cartpole.ts, read from memory (see math.ts).
const TRACK_HALF_LENGTH: usize = memory.data<f32>([2.4]); // m
const ANGLE_LIMIT: usize = memory.data<f32>([0.20943951023931953]); // rad
const TIME_STEP: usize = memory.data<f32>([0.02]); // s
const FORCE: usize = memory.data<f32>([10.0]); // N
const GRAVITY: usize = memory.data<f32>([9.8]); // m/s^2
const TOTAL_MASS: usize = memory.data<f32>([1.1]); // kg
const HALF_POLE_LENGTH: usize = memory.data<f32>([0.5]); // m
const ROD_INERTIA: usize = memory.data<f32>([1.3333333333333333]);
const POLE_MOMENT: usize = memory.data<f32>([0.05]); // kg m
const POLE_SHARE: usize = memory.data<f32>([0.09090909090909091]);

/** Rows of values that are the observation. */
const POSITION_SLOT: usize = 1;
const VELOCITY_SLOT: usize = 2;
const ANGLE_SLOT: usize = 3;
const ANGULAR_VELOCITY_SLOT: usize = 4;

/** Plays one episode per lane; parameters as in `rollout`. */
export function cartpole(
  program: usize,
  values: usize,
  lanes: usize,
  individual: usize,
  stride: usize,
  count: i32,
  steps: i32,
  scores: usize,
): i32 {
  return rollout(advance, 0, program, values, lanes, individual, stride, count, steps, scores);
}

function advance(program: usize, values: usize, lanes: usize, stride: usize, vectors: i32): bool {
  const position = values + POSITION_SLOT * stride;
  const velocity = values + VELOCITY_SLOT * stride;
  const angle = values + ANGLE_SLOT * stride;
  const angularVelocity = values + ANGULAR_VELOCITY_SLOT * stride;
  const score = lanes + SCORE * stride;
  const ended = lanes + ENDED * stride;
  let any = f32x4.splat(0);
  for (let at: usize = 0, end = (<usize>vectors) << 4; at < end; at += 16) {
    const x = v128.load(position + at);
    const v = v128.load(velocity + at);
    const theta = v128.load(angle + at);
    const w = v128.load(angularVelocity + at);
    const c = cos(theta);
    const s = sin(theta);
    const isRight = i32x4.eq(largest(program, values, stride, at), i32x4.splat(1));
    const force = v128.bitselect(constant(FORCE), f32x4.neg(constant(FORCE)), isRight);
    const swing = f32x4.mul(f32x4.mul(f32x4.mul(w, w), s), constant(POLE_MOMENT));
    const push = f32x4.div(f32x4.add(force, swing), constant(TOTAL_MASS));
    const angularAcceleration = f32x4.div(
      f32x4.sub(f32x4.mul(constant(GRAVITY), s), f32x4.mul(c, push)),
      f32x4.mul(
        constant(HALF_POLE_LENGTH),
        f32x4.sub(constant(ROD_INERTIA), f32x4.mul(f32x4.mul(c, c), constant(POLE_SHARE))),
      ),
    );
    const acceleration = f32x4.sub(
      push,
      f32x4.div(f32x4.mul(f32x4.mul(constant(POLE_MOMENT), angularAcceleration), c), constant(TOTAL_MASS)),
    );

    const nextPosition = f32x4.add(x, f32x4.mul(v, constant(TIME_STEP)));
    const nextAngle = f32x4.add(theta, f32x4.mul(w, constant(TIME_STEP)));
    v128.store(position + at, nextPosition);
    v128.store(velocity + at, f32x4.add(v, f32x4.mul(acceleration, constant(TIME_STEP))));
    v128.store(angle + at, nextAngle);
    v128.store(angularVelocity + at, f32x4.add(w, f32x4.mul(angularAcceleration, constant(TIME_STEP))));

    v128.store(score + at, f32x4.add(v128.load(score + at), constant(ONE)));
    const fell = v128.or(
      f32x4.gt(f32x4.abs(nextPosition), constant(TRACK_HALF_LENGTH)),
      f32x4.gt(f32x4.abs(nextAngle), constant(ANGLE_LIMIT)),
    );
    v128.store(ended + at, fell);
    any = v128.or(any, fell);
  }
  return v128.any_true(any);
}
