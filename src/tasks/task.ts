/**
 * What a task is: something that scores programs. A task never sees a genome.
 *
 * An episode is one play of an environment from a random start, or one batch of examples; it is named by a label
 * from which its random stream is derived, so that every network can face the same episodes. SI units and radians.
 */
import { checkKnown } from "../base/check.ts";
import { InternalError, UsageError } from "../base/errors.ts";
import type { Dataset, RegressionDataset } from "../data/dataset.ts";
import type { TableEncoding } from "../data/table/encoding.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { checkIndividualWeights, type Program, programHeader } from "../network/program.ts";
import type { Lesson } from "../network/seen.ts";

/** Which part of the data episodes are drawn from; environments have one source of starts for all three. */
export type Split = "train" | "validation" | "test";

/** The weights to score each program at: values of the shared weight, or whole sets of individual weights. */
export type WeightSets =
  | { readonly kind: "shared"; readonly values: Float32Array }
  /** `sets` is row-major [weight sets x connections of the program]. */
  | { readonly kind: "individual"; readonly sets: Float32Array; readonly count: number };

/** What a program is put through. */
export interface Trial {
  readonly weights: WeightSets;
  /** Labels of the episodes: equal labels and starts, equal episodes. */
  readonly episodes: readonly string[];
  /** The kind of start state of each episode, of environments that have kinds; the task's own without it. */
  readonly starts?: readonly string[];
  readonly split: Split;
  /** Every weight faces every episode ("all", scores [weights x episodes]), or weight i only episode i ("each", [n x 1]). */
  readonly pairing: "all" | "each";
  /** What to measure, by name; the first of the task's measures without it. */
  readonly measure?: string;
  /** Whether outcomes are to hold the behaviour too, for tasks that have any. */
  readonly behaviour?: boolean;
}

/** The number of weights a trial has. */
export function weightCount(weights: WeightSets): number {
  return weights.kind === "shared" ? weights.values.length : weights.count;
}

/**
 * What every task checks before it scores: that each weight has its episode, each episode a start that there is, and
 * each connection its weight.
 *
 * @throws UsageError if a network has other inputs or outputs than the task, or individual weights are not one for each
 *         connection of each program, or the task has no such start
 * @throws InternalError if weights and episodes are paired one to one but not equally many, or starts and episodes are not
 */
export function checkTrial(
  { name, inputs, outputs, starts: kinds = [] }: TaskInfo,
  programs: readonly Program[],
  { weights, episodes, starts, pairing }: Trial,
): void {
  const count = weightCount(weights);
  if (starts !== undefined && starts.length !== episodes.length) {
    throw new InternalError(`Expected a start for each of ${episodes.length} episodes, got ${starts.length}.`);
  }
  for (const kind of starts ?? []) checkKnown(`${name} start`, kind, kinds);
  if (pairing === "each" && count !== episodes.length) {
    throw new InternalError(
      `Expected as many episodes as weights for pairing "each", got ${episodes.length} and ${count}.`,
    );
  }
  for (const program of programs) {
    const { inputCount, outputCount } = programHeader(program);
    if (inputCount !== inputs.length || outputCount !== outputs.length) {
      throw new UsageError(
        `Expected a network of ${inputs.length} inputs and ${outputs.length} outputs for task "${name}", got ` +
          `${inputCount} and ${outputCount}.`,
      );
    }
    checkWeightSets(program, weights);
  }
}

/** @throws UsageError if individual weights are not one for each connection of the program */
export function checkWeightSets(program: Program, weights: WeightSets): void {
  if (weights.kind === "individual") checkIndividualWeights(programHeader(program), weights.sets, weights.count);
}

/** A task by name, with what is known about it before any data is loaded. */
export interface TaskInfo {
  readonly name: string;
  readonly summary: string;
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  /** Names of the outputs, in order. */
  readonly outputs: readonly string[];
  /** Where the inputs are pixels: inputs = width x height, row by row. */
  readonly image?: { readonly width: number; readonly height: number };
  /** Where the inputs come from a table: how. */
  readonly table?: TableEncoding;
  /** Kinds of start states, of tasks that have some; the first is the task's own. */
  readonly starts?: readonly string[];
  /** Activation of the output nodes. */
  readonly outputActivation: string;
  /** Of the task's measures the one that is reported, by name. */
  readonly reported: string;
  /** What a network is tested on: episodes of its own labels, or the whole test part of a data set at once. */
  readonly tested: "episodes" | "whole";
  /** Episodes on which a champion is chosen: a few to screen candidates, more to confirm them. */
  readonly validationEpisodes: { readonly screen: number; readonly confirm: number };
  /** Whether its steps take long, as those of another process do: a network is then measured on fewer episodes. */
  readonly isSlow?: boolean;
}

/** Something that a task can measure of a network; higher is better. */
export interface Measure {
  readonly name: string;
  /** What one value is, with its range. */
  readonly description: string;
  /** A plain number, or a share from 0 to 1, which is shown as a percentage. */
  readonly unit: "score" | "share";
  /** Decimals that are worth showing in tables, where that is not told by the unit. */
  readonly decimals?: number;
}

/** What became of one program. */
export interface Outcome {
  /** Row-major [weights x episodes]. */
  readonly scores: Float64Array;
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
  /**
   * What the network did, where the task can say and the trial asks, in bytes: of examples its answers, row-major
   * [weights x examples], a byte for a class, a single for a number.
   */
  readonly behaviour?: Uint8Array;
}

/** What the standard weights decide together, from the answer of each to every test example. */
export interface Vote {
  /** Of the task's reported measure. */
  readonly value: number;
  /** Of classes, accuracy by class at each weight, and of the vote. */
  readonly byClass?: readonly {
    readonly name: string;
    readonly byWeight: readonly number[];
    readonly ensemble: number;
  }[];
  /** Of classes: rows are right classes, columns those voted for. */
  readonly confusion?: readonly (readonly number[])[];
}

/** The label of the episode that is the whole part of a data set. */
export const WHOLE = "whole";

/**
 * Cells in which a plain environment says where it is, for a watchman outside (evaluation/watchman.ts): `beat` changes
 * with every call of its functions and is 0 before the first; `part` is the index of the function in `PARTS`.
 */
export const WATCH = { beat: 0, part: 1, episode: 2, step: 3 } as const;
/** The number of those cells. */
export const WATCH_LENGTH = 4;
/** The functions of an environment that are called in an episode. */
export const PARTS = ["start", "observe", "step"] as const;
export type Part = (typeof PARTS)[number];

/** A task ready to score. */
export interface Task {
  readonly info: TaskInfo;
  /** What it can measure; the first is what selection goes by. */
  readonly measures: readonly Measure[];
  /** The examples, of tasks that have some. */
  readonly dataset?: Dataset | RegressionDataset;
  /**
   * Scores programs that are related (one parent and its children), so that an implementation may share work.
   *
   * @param watch [WATCH_LENGTH] cells in shared memory to write (`WATCH`) while code runs that may never end
   * @returns     the outcome of each program: at once, or later where it has to be waited for. Until then the kernel
   *              is the task's, which does one call after another
   * @throws UsageError if networks or weights do not fit, or the code of a user's task goes wrong
   */
  score(kernel: Kernel, programs: readonly Program[], trial: Trial, watch?: Int32Array): Outcome[] | Promise<Outcome[]>;
  /**
   * So many training examples, or all there are if they are fewer, and how the score depends on the outputs; of tasks on
   * examples. Equal labels, equal examples.
   */
  lesson?(label: string, count: number): Lesson;
  /** What several weights decide together, of tasks whose outcomes have a behaviour; from that on all test examples. */
  vote?(behaviour: Uint8Array): Vote;
  /** Ends what the task has started outside of its thread; it is started again when it is needed again. */
  close?(): void;
}

/** A task that scores in the thread that asks, so that outcomes are there at once. */
export interface LocalTask extends Task {
  score(kernel: Kernel, programs: readonly Program[], trial: Trial, watch?: Int32Array): Outcome[];
}

/** What a task scores, of one that does so in this thread. @throws InternalError if the outcomes come later */
export function scoreNow(task: Task, kernel: Kernel, programs: readonly Program[], trial: Trial): Outcome[] {
  const outcomes = task.score(kernel, programs, trial);
  if (!(outcomes instanceof Promise)) return outcomes;
  throw new InternalError(`Expected outcomes of task "${task.info.name}" at once, but they come later.`);
}

/** The measure of this name, or the first. */
export function measureOf({ measures }: Task, name?: string): Measure {
  return measures.find((measure) => measure.name === name) ?? measures[0];
}
