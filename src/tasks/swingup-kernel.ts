/** Swing-up scored by the kernel: all weights and episodes of a program are lanes that run in lock-step. */
import type { Kernel } from "../kernel/kernel.ts";
import { type Program, type ProgramHeader, programHeader } from "../kernel/program.ts";
import { SWINGUP, Swingup, swingupStart } from "./swingup.ts";
import { checkTrial, type Task, type Trial, weightCount } from "./task.ts";

/** Most lanes of one call: enough to fill the vector units, few enough for the first-level cache. */
const LANES_PER_CALL = 60;
/** Rows of the kernel's lane block: score, angle, lane, shared weight. */
const LANE_ROWS = 4;
const MAX_STEPS = new Swingup().maxSteps;

/** A weight set and a start, as indices into a trial. */
interface Lane {
  weight: number;
  start: number;
}

/** The task, ready to score. */
export function createSwingup(): Task {
  return {
    info: SWINGUP,
    score(kernel, programs, trial) {
      checkTrial(programs, trial);
      const starts = trial.episodes.map(swingupStart);
      const lanes = lanesOf(trial);
      let steps = 0;
      const scores = programs.map((program) => {
        const values = new Float64Array(lanes.length);
        for (let first = 0; first < lanes.length; first += LANES_PER_CALL) {
          const some = lanes.slice(first, first + LANES_PER_CALL);
          steps += play(kernel, program, trial, starts, some, values.subarray(first));
        }
        return values;
      });
      return { scores, steps };
    },
  };
}

function lanesOf({ weights, episodes, pairing }: Trial): Lane[] {
  const count = weightCount(weights);
  if (pairing === "each") return episodes.map((_, index) => ({ weight: index, start: index }));
  return Array.from({ length: count * episodes.length }, (_, lane) => ({
    weight: Math.floor(lane / episodes.length),
    start: lane % episodes.length,
  }));
}

/** Plays the lanes in one kernel call and returns the steps taken. */
function play(
  kernel: Kernel,
  program: Program,
  trial: Trial,
  starts: readonly Float32Array[],
  lanes: readonly Lane[],
  scores: Float64Array,
): number {
  const header = programHeader(program);
  const width = Math.ceil(lanes.length / 4) * 4;
  const weightRows = trial.weights.kind === "individual" ? header.connectionCount : 0;
  kernel.reserve(4 * (program.length + width * (header.slotCount + LANE_ROWS + weightRows + 1)), 5);
  const code = kernel.integers(program.length);
  const values = kernel.floats(width * header.slotCount);
  const block = kernel.floats(width * LANE_ROWS);
  const individual = kernel.floats(width * weightRows);
  const results = kernel.floats(width);
  const laneNumbers = new Int32Array(block.buffer, block.byteOffset + 2 * width * 4, width);

  code.set(program);
  values.fill(0, 0, width * (1 + header.inputCount));
  block.fill(0);
  lanes.forEach(({ weight, start }, lane) => {
    const [position, velocity, angle, angularVelocity] = starts[start];
    values[width * 1 + lane] = position;
    values[width * 2 + lane] = velocity;
    values[width * 5 + lane] = angularVelocity;
    block[width * 1 + lane] = angle;
    laneNumbers[lane] = lane;
    if (trial.weights.kind === "shared") block[width * 3 + lane] = trial.weights.values[weight];
    else spread(trial.weights.sets, weight, header, individual, width, lane);
  });
  const taken = kernel.exports.swingup(
    code.byteOffset,
    values.byteOffset,
    block.byteOffset,
    weightRows > 0 ? individual.byteOffset : 0,
    width * 4,
    lanes.length,
    MAX_STEPS,
    results.byteOffset,
  );
  for (let lane = 0; lane < lanes.length; lane++) scores[lane] = results[lane];
  return taken;
}

/** Writes one set of individual weights into the column of a lane. */
function spread(
  sets: Float32Array,
  set: number,
  { connectionCount }: ProgramHeader,
  rows: Float32Array,
  width: number,
  lane: number,
): void {
  for (let connection = 0; connection < connectionCount; connection++) {
    rows[connection * width + lane] = sets[set * connectionCount + connection];
  }
}
