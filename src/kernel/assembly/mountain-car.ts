/** The mountain car for four lanes at a time; twin of tasks/environments/mountain-car.ts. */
import { outputRow } from "./forward";
import { clamp, constant, cos, MINUS_ONE, ONE, ZERO } from "./math";
import { ENDED, rollout, SCORE } from "./rollout";

// Constants of tasks/environments/mountain-car.ts, read from memory (see math.ts).
const LEFT_END: usize = memory.data<f32>([-1.2]);
const RIGHT_END: usize = memory.data<f32>([0.6]);
const FLAG: usize = memory.data<f32>([0.45]);
const MAX_SPEED: usize = memory.data<f32>([0.07]); // 1/step
const MIN_SPEED: usize = memory.data<f32>([-0.07]); // 1/step
const POWER: usize = memory.data<f32>([0.0015]); // 1/step^2
const SLOPE: usize = memory.data<f32>([0.0025]); // 1/step^2
const HILLS: usize = memory.data<f32>([3.0]);
const GOAL_REWARD: usize = memory.data<f32>([100.0]);
const ENGINE_COST: usize = memory.data<f32>([0.1]);

/** Rows of values that are the observation. */
const POSITION_SLOT: usize = 1;
const VELOCITY_SLOT: usize = 2;

/** Plays one episode per lane; parameters as in `rollout`. */
export function mountainCar(
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
  const score = lanes + SCORE * stride;
  const ended = lanes + ENDED * stride;
  const action = outputRow(program, values, stride, 0);
  let any = f32x4.splat(0);
  for (let at: usize = 0, end = (<usize>vectors) << 4; at < end; at += 16) {
    const x = v128.load(position + at);
    const v = v128.load(velocity + at);
    const engine = clamp(v128.load(action + at), MINUS_ONE, ONE);

    const gravity = f32x4.mul(constant(SLOPE), cos(f32x4.mul(constant(HILLS), x)));
    const acceleration = f32x4.sub(f32x4.mul(engine, constant(POWER)), gravity);
    const moved = clamp(f32x4.add(v, acceleration), MIN_SPEED, MAX_SPEED);
    const nextPosition = clamp(f32x4.add(x, moved), LEFT_END, RIGHT_END);
    const stopped = f32x4.eq(nextPosition, constant(LEFT_END));
    const nextVelocity = v128.bitselect(f32x4.pmax(constant(ZERO), moved), moved, stopped);
    v128.store(position + at, nextPosition);
    v128.store(velocity + at, nextVelocity);

    const arrived = v128.and(
      f32x4.ge(nextPosition, constant(FLAG)),
      f32x4.ge(nextVelocity, constant(ZERO)),
    );
    const cost = f32x4.mul(constant(ENGINE_COST), f32x4.mul(engine, engine));
    const reward = f32x4.sub(v128.and(constant(GOAL_REWARD), arrived), cost);
    v128.store(score + at, f32x4.add(v128.load(score + at), reward));
    v128.store(ended + at, arrived);
    any = v128.or(any, arrived);
  }
  return v128.any_true(any);
}
