/**
 * What a task is: something that scores programs. A task never sees a genome.
 *
 * An episode is one play of an environment from a random start, or one batch of examples; it is named by a label
 * from which its random stream is derived, so that every network can face the same episodes. SI units and radians.
 */
import { checkLength } from "../base/check.ts";
import { InternalError, UsageError } from "../base/errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { type Program, programHeader } from "../network/program.ts";

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
  /** Labels of the episodes: equal labels, equal episodes. */
  readonly episodes: readonly string[];
  readonly split: Split;
  /** Every weight faces every episode ("all", scores [weights x episodes]), or weight i only episode i ("each", [n x 1]). */
  readonly pairing: "all" | "each";
}

/** The number of weights a trial has. */
export function weightCount(weights: WeightSets): number {
  return weights.kind === "shared" ? weights.values.length : weights.count;
}

/**
 * Checks that a trial fits the programs it is for.
 *
 * @throws UsageError if a network has other inputs or outputs than the task, or individual weights are not one for each
 *         connection of each program
 * @throws InternalError if weights and episodes are paired one to one but not equally many
 */
export function checkTrial(
  { name, inputs, outputs }: TaskInfo,
  programs: readonly Program[],
  { weights, episodes, pairing }: Trial,
): void {
  const count = weightCount(weights);
  if (pairing === "each" && count !== episodes.length) {
    throw new InternalError(
      `Expected as many episodes as weights for pairing "each", got ${episodes.length} and ${count}.`,
    );
  }
  for (const program of programs) {
    const { inputCount, outputCount, connectionCount } = programHeader(program);
    if (inputCount !== inputs.length || outputCount !== outputs.length) {
      throw new UsageError(
        `Expected a network of ${inputs.length} inputs and ${outputs.length} outputs for task "${name}", got ` +
          `${inputCount} and ${outputCount}.`,
      );
    }
    if (weights.kind === "individual") checkLength("individual weights", weights.sets, count * connectionCount);
  }
}

/** Settings of a search that differ by task; names and meanings are those of search/config.ts and run/config.ts. */
export interface TaskDefaults {
  readonly population: number;
  readonly generations: number;
  readonly tournament: number;
  readonly connectProbability: number;
  readonly episodes: number;
  readonly connectionObjective?: number;
  readonly addConnection?: number;
  readonly keepSplit?: "never" | "hidden" | "always";
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
  /** Activation of the output nodes. */
  readonly outputActivation: string;
  /** What one score is, with its range. */
  readonly score: string;
  readonly defaults: TaskDefaults;
  /** Episodes on which a champion is chosen: a few to screen candidates, more to confirm them. */
  readonly validationEpisodes: { readonly screen: number; readonly confirm: number };
  /** Added to a published file of trained offsets to give weights (fixtures of the paper's code). */
  readonly publishedWeightBias: number;
}

/** What scoring a program gave. */
export interface Outcome {
  /** Row-major [weights x episodes], or [weights x 1] for pairing "each". */
  readonly scores: Float64Array;
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
  /** What it did, where a task keeps that, for comparing networks by their behaviour. */
  readonly behaviour?: Uint8Array | Float32Array;
}

/**
 * Cells in which a task that runs code of the user's says where it is, so that a watcher outside can name the place of
 * an endless loop: a number that changes with every step, and the program and the episode (by index) and the step (0:
 * the start) at hand.
 */
export const WATCH = { beat: 0, program: 1, episode: 2, step: 3 } as const;
export const WATCH_LENGTH = 4;

/** A task ready to score. */
export interface Task {
  readonly info: TaskInfo;
  /**
   * Scores programs that are related (one parent and its children), so that an implementation may share work.
   *
   * @param watch [WATCH_LENGTH] cells to write as it goes, in shared memory
   * @returns     the outcome of each program
   * @throws UsageError if networks or weights do not fit, or the code of a user's task goes wrong
   */
  score(kernel: Kernel, programs: readonly Program[], trial: Trial, watch?: Int32Array): Outcome[];
}
