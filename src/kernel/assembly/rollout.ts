/**
 * Whole episodes in the kernel: network and environment for all lanes in lock-step, whatever the environment. Lanes
 * that ended are replaced by the last lane still running, so the work shrinks with them; twin of tasks/play/plain.ts.
 */
import { connectionCount, forward, inputCount } from "./forward";

/**
 * Rows of singles in a block of lanes, in order (laid out by tasks/play/lanes.ts): score so far, number of the lane (-1: none),
 * shared weight, whether it ended (not 0), and what of the state is no observation.
 */
export const SCORE: usize = 0;
export const LANE: usize = 1;
const WEIGHT: usize = 2;
export const ENDED: usize = 3;
export const HIDDEN: usize = 4;

/**
 * Advances all lanes of an environment by one step: reads the rows of its inputs in `values`, of its outputs and of
 * its hidden state; writes the next observations and hidden state; adds rewards to the row of scores; writes the row
 * of lanes that ended.
 *
 * @returns whether any lane may have ended
 */
export type Advance = (program: usize, values: usize, lanes: usize, stride: usize, vectors: i32) => bool;

/**
 * Plays one episode per lane.
 *
 * @param values     rows of values (network/program.ts); bias and input rows hold the first observations
 * @param lanes      rows of a block of lanes (above); scores are 0
 * @param hidden     rows of hidden state
 * @param individual rows of weights by connection, or 0 to use the shared weights of `lanes`
 * @param stride     bytes of a row
 * @param count      lanes
 * @param steps      most steps of an episode
 * @param scores     receives the score of each lane
 * @returns          environment steps taken by all lanes together
 */
// Inlined into each environment's export, whose loop is then its own: 1 % faster.
// @ts-ignore: decorator
@inline
export function rollout(
  advance: Advance,
  hidden: i32,
  program: usize,
  values: usize,
  lanes: usize,
  individual: usize,
  stride: usize,
  count: i32,
  steps: i32,
  scores: usize,
): i32 {
  const shared = individual != 0 ? 0 : lanes + WEIGHT * stride;
  const inputs = values + stride;
  const laneRows = <i32>HIDDEN + hidden;
  let running = count;
  let taken = 0;
  for (let step = 0; step < steps && running > 0; step++) {
    const vectors = (running + 3) >> 2;
    forward(program, values, stride, vectors, shared, individual);
    const ended = advance(program, values, lanes, stride, vectors);
    taken += running;
    if (!ended) continue;
    for (let lane = running - 1; lane >= 0; lane--) {
      const at = (<usize>lane) << 2;
      if (load<i32>(lanes + ENDED * stride + at) == 0) continue;
      finish(lanes, stride, at, scores);
      running--;
      const last = (<usize>running) << 2;
      move(lanes, laneRows, stride, last, at);
      move(inputs, inputCount(program), stride, last, at);
      if (individual != 0) move(individual, connectionCount(program), stride, last, at);
      store<i32>(lanes + LANE * stride + last, -1);
      // What is left of the last lane must not end over and over.
      clear(lanes + HIDDEN * stride, hidden, stride, last);
      clear(inputs, inputCount(program), stride, last);
    }
  }
  for (let lane = 0; lane < running; lane++) finish(lanes, stride, (<usize>lane) << 2, scores);
  return taken;
}

function finish(lanes: usize, stride: usize, at: usize, scores: usize): void {
  const lane = <usize>load<i32>(lanes + LANE * stride + at);
  store<f32>(scores + (lane << 2), load<f32>(lanes + SCORE * stride + at));
}

function move(row: usize, rows: i32, stride: usize, from: usize, to: usize): void {
  for (const end = row + <usize>rows * stride; row < end; row += stride) store<i32>(row + to, load<i32>(row + from));
}

function clear(row: usize, rows: i32, stride: usize, at: usize): void {
  for (const end = row + <usize>rows * stride; row < end; row += stride) store<i32>(row + at, 0);
}
