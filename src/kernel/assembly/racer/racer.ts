/**
 * The racer's episodes, four cars at a time: physics, picture and its code; twin of tasks/environments/racer.
 *
 * Only tiles and pictures are done car by car. Blocks of four cars are solved several at a time.
 */
import { outputRow } from "../forward";
import { clamp, MINUS_ONE, ONE, ZERO } from "../math";
import { ENDED, HIDDEN, LANE, rollout, SCORE } from "../rollout";
import { BLOCK_BYTES } from "./block";
import { demote, firstDoubles, lastDoubles, promoteLast, storeDoubles } from "./doubles";
import { control, push, release } from "./forces";
import { keepJoints, prepareJoints } from "./joints";
import { observe, setCamera } from "./picture";
import { integrate, rest, solvePlaces, synchronize } from "./places";
import { ANGLE, ORIGIN, PAID, ROWS, TOTAL, VISITED_COUNT, WHEELS } from "./rows";
import { tileCount, touchTiles } from "./tiles";
import { solveVelocities } from "./velocity";

/** Blocks that are solved in turn. */
const TOGETHER = 4;
const BLOCKS: usize = memory.data(6144, 16);
/** Price of a step; what is lost out of the field; half the side of the field, m. */
const REWARDS: usize = memory.data<f64>([0.1, -100.0]);
const FIELD: usize = memory.data<f32>([333.33334]);

/** Seconds since the reset, its own step included: of all lanes, as they begin together. */
let time: f64 = 0;

/** Plays one episode per lane; parameters as in `rollout`. The hidden state of a lane is rows (rows.ts). */
export function racer(
  program: usize,
  values: usize,
  lanes: usize,
  individual: usize,
  stride: usize,
  count: i32,
  steps: i32,
  scores: usize,
): i32 {
  time = 0;
  return rollout(advance, <i32>ROWS, program, values, lanes, individual, stride, count, steps, scores);
}

function advance(program: usize, values: usize, lanes: usize, stride: usize, vectors: i32): bool {
  let running = 4 * vectors;
  while (load<i32>(lanes + LANE * stride + ((<usize>(running - 1)) << 2)) < 0) running--;
  if (time == 0) {
    reset(lanes, stride, vectors, running);
    time = 0.02;
  }
  time += 0.02;
  setCamera(time);
  let any = false;
  for (let vector = 0; vector < vectors; vector += TOGETHER) {
    const some = min<i32>(vectors - vector, TOGETHER);
    for (let index = 0; index < some; index++) {
      const at = (<usize>(vector + index)) << 4;
      const state = lanes + HIDDEN * stride + at;
      control(
        state,
        stride,
        clamp(v128.load(outputRow(program, values, stride, 0) + at), MINUS_ONE, ONE),
        clamp(v128.load(outputRow(program, values, stride, 1) + at), MINUS_ONE, ONE),
        clamp(v128.load(outputRow(program, values, stride, 2) + at), ZERO, ONE),
      );
      push(state, stride, BLOCKS + <usize>index * BLOCK_BYTES);
    }
    move(lanes, stride, vector, some, running);
    for (let index = 0; index < some; index++) {
      if (reward(lanes, stride, vector + index, running)) any = true;
    }
  }
  for (let lane = 0; lane < running; lane++) {
    const at = (<usize>lane) << 2;
    if (load<i32>(lanes + ENDED * stride + at) != 0) continue;
    observe(lanes + HIDDEN * stride + at, values + stride + at, stride);
  }
  return any;
}

/** The step that Gymnasium takes at a reset, in which the cars are pulled together. */
function reset(lanes: usize, stride: usize, vectors: i32, running: i32): void {
  release();
  for (let vector = 0; vector < vectors; vector += TOGETHER) {
    const some = min<i32>(vectors - vector, TOGETHER);
    for (let index = 0; index < some; index++) {
      const state = lanes + HIDDEN * stride + ((<usize>(vector + index)) << 4);
      const angle = v128.load(state + ANGLE * stride);
      for (let wheel: usize = 0; wheel < WHEELS; wheel++) v128.store(state + (ANGLE + 1 + wheel) * stride, angle);
      synchronize(state, stride);
      push(state, stride, BLOCKS + <usize>index * BLOCK_BYTES);
    }
    move(lanes, stride, vector, some, running);
  }
}

/** Tiles, velocities and places of some vectors of lanes, whose motors are set in the blocks. */
function move(lanes: usize, stride: usize, vector: i32, some: i32, running: i32): void {
  const state = lanes + HIDDEN * stride + ((<usize>vector) << 4);
  const count = min<i32>(running - 4 * vector, 4 * some);
  for (let lane = 0; lane < count; lane++) touchTiles(state + ((<usize>lane) << 2), stride);
  for (let index: usize = 0; index < <usize>some; index++) {
    prepareJoints(state + (index << 4), stride, BLOCKS + index * BLOCK_BYTES);
  }
  solveVelocities(BLOCKS, some);
  for (let index: usize = 0; index < <usize>some; index++) {
    const at = state + (index << 4);
    keepJoints(at, stride, BLOCKS + index * BLOCK_BYTES);
    integrate(at, stride);
    const settled = solvePlaces(at, stride);
    synchronize(at, stride);
    rest(at, stride, settled);
  }
}

/** Adds the rewards of four lanes and says which have ended. @returns whether any has */
function reward(lanes: usize, stride: usize, vector: i32, running: i32): bool {
  const at = (<usize>vector) << 4;
  const state = lanes + HIDDEN * stride + at;
  const score = lanes + SCORE * stride + at;
  const field = v128.load32_splat(FIELD);
  const x = f32x4.abs(v128.load(state + ORIGIN * stride));
  const y = f32x4.abs(v128.load(state + (ORIGIN + 1) * stride));
  const lost = v128.or(f32x4.ge(x, field), f32x4.ge(y, field));
  const total = state + TOTAL * stride;
  const paid = state + PAID * stride;
  const price = v128.load64_splat(REWARDS);
  const first = f64x2.sub(firstDoubles(total, stride), price);
  const last = f64x2.sub(lastDoubles(total, stride), price);
  const gainFirst = f64x2.sub(first, firstDoubles(paid, stride));
  const gainLast = f64x2.sub(last, lastDoubles(paid, stride));
  storeDoubles(total, stride, first, last);
  storeDoubles(paid, stride, first, last);
  const loss = v128.load64_splat(REWARDS, 8);
  const before = v128.load(score);
  v128.store(
    score,
    demote(
      f64x2.add(f64x2.promote_low_f32x4(before), v128.bitselect(loss, gainFirst, v128.shuffle<i32>(lost, lost, 0, 0, 1, 1))),
      f64x2.add(promoteLast(before), v128.bitselect(loss, gainLast, v128.shuffle<i32>(lost, lost, 2, 2, 3, 3))),
    ),
  );
  const ended = lanes + ENDED * stride + at;
  v128.store(ended, lost);
  let any = false;
  const count = min<i32>(4, running - 4 * vector);
  for (let lane: usize = 0; lane < (<usize>count) << 2; lane += 4) {
    if (load<i32>(state + VISITED_COUNT * stride + lane) == tileCount(state + lane, stride)) store<i32>(ended + lane, -1);
    if (load<i32>(ended + lane) != 0) any = true;
  }
  return any;
}
