/**
 * The lanes of one program in a kernel's memory: a weight set that plays an episode is a lane, and all lanes advance
 * in lock-step. Used by plain environments (plain.ts) and by those the kernel plays (rollout.ts).
 */
import type { Kernel } from "../../kernel/kernel.ts";
import { type Program, programHeader } from "../../network/program.ts";
import { type Trial, type WeightSets, weightCount } from "../task.ts";

/** Most lanes that are played together: enough to fill the vector units, few enough for the first-level cache. */
export const LANES_AT_ONCE = 60;

/** A weight set and an episode, as indices into a trial. */
export interface Lane {
  readonly weight: number;
  readonly episode: number;
}

/** The lanes of a trial, in the order of its scores. */
export function lanesOf({ weights, episodes, pairing }: Trial): Lane[] {
  if (pairing === "each") return episodes.map((_, index) => ({ weight: index, episode: index }));
  return Array.from({ length: weightCount(weights) * episodes.length }, (_, lane) => ({
    weight: Math.floor(lane / episodes.length),
    episode: lane % episodes.length,
  }));
}

/** Rows of a block of lanes (kernel/assembly/rollout.ts): score, number of the lane (-1: none), shared weight, whether it ended. */
const SCORE_ROW = 0;
const LANE_ROW = 1;
const WEIGHT_ROW = 2;
const ENDED_ROW = 3;
const HIDDEN_ROW = 4;

/** Lanes laid out in a kernel's memory, good until the kernel is used for something else. */
export interface LaneBlock {
  /** Lanes in use. */
  readonly count: number;
  /** Lanes in a row: whole vectors of four. */
  readonly width: number;
  /** Pointer to the program. */
  readonly program: number;
  /** Slots of the outputs: their rows of `values`. */
  readonly outputs: Int32Array;
  /** [slots x width]: the row of the bias is 1, those of the inputs are 0. */
  readonly values: Float32Array;
  /** Pointer to the rows of the block. */
  readonly rows: number;
  /** [width] each; scores and ended are 0, numbers count up and are -1 where there is no lane. */
  readonly scores: Float32Array;
  readonly numbers: Int32Array;
  readonly weights: Float32Array;
  readonly ended: Int32Array;
  /** [hidden rows x width], or a record of each lane, 0. */
  readonly hidden: Float32Array;
  /** [connections x width], empty with shared weights. */
  readonly individual: Float32Array;
  /** [width]: receives the score of each lane by its number. */
  readonly results: Float32Array;
}

/** A program and lanes of it. */
export interface ProgramLanes {
  readonly program: Program;
  readonly lanes: readonly Lane[];
}

/** Lays out some lanes of a program. @param hiddenRows rows of state that are no observation */
export function placeLanes(
  kernel: Kernel,
  program: Program,
  weights: WeightSets,
  lanes: readonly Lane[],
  hiddenRows: number,
): LaneBlock {
  return placeBlocks(kernel, weights, [{ program, lanes }], hiddenRows)[0];
}

/** Lays out lanes of several programs beside each other, a block for each. */
export function placeBlocks(
  kernel: Kernel,
  weights: WeightSets,
  parts: readonly ProgramLanes[],
  hiddenRows: number,
): LaneBlock[] {
  const shapes = parts.map(({ program, lanes }) => shapeOf(program, weights, lanes, hiddenRows));
  let cells = 0;
  for (const { program, slots, rows, weightRows, width } of shapes) {
    cells += program.length + width * (slots + rows + weightRows + 1);
  }
  kernel.reserve(4 * cells, 5 * parts.length);
  return shapes.map((shape) => placeBlock(kernel, weights, shape));
}

/** How much room lanes of a program take. */
function shapeOf(program: Program, weights: WeightSets, lanes: readonly Lane[], hiddenRows: number) {
  const header = programHeader(program);
  return {
    program,
    header,
    lanes,
    hiddenRows,
    width: Math.ceil(lanes.length / 4) * 4,
    slots: header.slotCount,
    rows: HIDDEN_ROW + hiddenRows,
    weightRows: weights.kind === "individual" ? header.connectionCount : 0,
  };
}

function placeBlock(kernel: Kernel, weights: WeightSets, shape: ReturnType<typeof shapeOf>): LaneBlock {
  const { program, header, lanes, hiddenRows, width, weightRows } = shape;
  const code = kernel.integers(program.length);
  const values = kernel.floats(width * shape.slots);
  const rows = kernel.floats(width * shape.rows);
  const individual = kernel.floats(width * weightRows);
  const results = kernel.floats(width);
  const integers = new Int32Array(rows.buffer, rows.byteOffset, rows.length);
  const row = <Singles extends Float32Array | Int32Array>(all: Singles, index: number, count = 1) =>
    all.subarray(index * width, (index + count) * width) as Singles;
  const block: LaneBlock = {
    count: lanes.length,
    width,
    program: code.byteOffset,
    outputs: program.subarray(header.outputs, header.length),
    values,
    rows: rows.byteOffset,
    scores: row(rows, SCORE_ROW),
    numbers: row(integers, LANE_ROW),
    weights: row(rows, WEIGHT_ROW),
    ended: row(integers, ENDED_ROW),
    hidden: row(rows, HIDDEN_ROW, hiddenRows),
    individual,
    results,
  };
  code.set(program);
  values.fill(1, 0, width);
  values.fill(0, width, width * (1 + header.inputCount));
  rows.fill(0);
  block.numbers.fill(-1);
  lanes.forEach(({ weight }, lane) => {
    block.numbers[lane] = lane;
    if (weights.kind === "shared") block.weights[lane] = weights.values[weight];
    else spread(weights.sets, weight * weightRows, weightRows, individual, width, lane);
  });
  return block;
}

/** Writes one set of individual weights into the column of a lane. */
function spread(
  sets: Float32Array,
  from: number,
  count: number,
  rows: Float32Array,
  width: number,
  lane: number,
): void {
  for (let connection = 0; connection < count; connection++) rows[connection * width + lane] = sets[from + connection];
}

/** Pointer to the rows of individual weights, 0 with shared ones: what the kernel's functions take. */
export function individualPointer({ individual }: LaneBlock): number {
  return individual.length > 0 ? individual.byteOffset : 0;
}

/** Runs the network of the first `running` lanes, from their inputs to their outputs. */
export function runNetworks(kernel: Kernel, block: LaneBlock, running: number): void {
  const { program, values, width, weights } = block;
  const individual = individualPointer(block);
  const shared = individual === 0 ? weights.byteOffset : 0;
  kernel.exports.forward(program, values.byteOffset, width * 4, (running + 3) >> 2, shared, individual);
}

/**
 * Takes the lanes that ended out of the first `running`: their scores go to the results, the last lanes still running
 * to their places.
 *
 * @param moved called for each lane that is moved
 * @returns     how many still run
 */
export function compact(block: LaneBlock, running: number, moved: (from: number, to: number) => void): number {
  const { ended, scores, numbers, weights, individual, results, width } = block;
  let left = running;
  for (let lane = running - 1; lane >= 0; lane--) {
    if (ended[lane] === 0) continue;
    results[numbers[lane]] = scores[lane];
    left--;
    for (const row of [scores, numbers, weights, ended]) row[lane] = row[left];
    for (let at = 0; at < individual.length; at += width) individual[at + lane] = individual[at + left];
    moved(left, lane);
  }
  return left;
}

/** Writes the scores of the lanes that reached the step limit. */
export function finish({ scores, numbers, results }: LaneBlock, running: number): void {
  for (let lane = 0; lane < running; lane++) results[numbers[lane]] = scores[lane];
}
