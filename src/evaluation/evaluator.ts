/**
 * Evaluation: networks to scores. One contract, several implementations; which one runs never changes a score.
 *
 * Stage: network -> [evaluate] -> scores -> ranks.
 */
import { InternalError, reasonOf, UsageError } from "../base/errors.ts";
import type { Scores } from "../base/scores.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Program } from "../network/program.ts";
import { type Outcome, type Task, type Trial, weightCount } from "../tasks/task.ts";

/** The scores of a population, and what they cost. */
export interface Evaluation {
  /** [programs], each [weights x episodes] */
  readonly scores: Scores[];
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
}

/** Scores programs on one task. */
export interface Evaluator {
  readonly task: Task;
  /** Threads at work. */
  readonly threads: number;
  /**
   * Scores all programs on the same trial.
   *
   * @param families numbers that near relatives share, [programs]; programs are then taken to be related, nearest
   *                 together, and share work. Default: unrelated, each scored alone
   * @throws InternalError naming task, program, weight and episode if a score is not finite
   */
  evaluate(programs: readonly Program[], trial: Trial, families?: Int32Array): Promise<Evaluation>;
  /** Stops the threads. */
  close(): Promise<void>;
}

/** Programs of one family, by their index. */
export type Family = readonly number[];

/** Groups programs by family number, in order of first appearance. */
export function groupFamilies(count: number, families?: Int32Array): Family[] {
  const groups = new Map<number, number[]>();
  for (let index = 0; index < count; index++) {
    const family = families === undefined ? index : families[index];
    const group = groups.get(family);
    if (group === undefined) groups.set(family, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}

/**
 * Scores one family and checks every score. Errors name what is needed to play the episode again.
 *
 * @param indices the number of each program within its generation, for messages
 */
export function scoreFamily(
  task: Task,
  kernel: Kernel,
  programs: readonly Program[],
  indices: Family,
  trial: Trial,
): Outcome[] {
  let outcomes: Outcome[];
  try {
    outcomes = task.score(kernel, programs, trial);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const where = `task "${task.info.name}", genomes ${indices.join(", ")}, weights ${weightNames(trial)}, episodes ${trial.episodes.join(", ")}`;
    throw new InternalError(`Scoring failed (${where}): ${reasonOf(error)}.`, { cause: error });
  }
  outcomes.forEach(({ scores: values }, program) => {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) return;
    const [weight, episode] =
      trial.pairing === "each" ? [bad, bad] : [Math.floor(bad / trial.episodes.length), bad % trial.episodes.length];
    throw new InternalError(
      `Expected a finite score, got ${values[bad]} (task "${task.info.name}", genome ${indices[program]}, ` +
        `weight ${weightNames(trial).split(", ")[weight]}, episode seed "${trial.episodes[episode]}").`,
    );
  });
  return outcomes;
}

/** The shape of the scores a trial gives. */
export function scoresOf(trial: Trial, values: Float64Array): Scores {
  const episodeCount = trial.pairing === "each" ? 1 : trial.episodes.length;
  return { weightCount: weightCount(trial.weights), episodeCount, values };
}

/** The weights of a trial in words. */
export function weightNames({ weights }: Trial): string {
  return weights.kind === "shared"
    ? weights.values.join(", ")
    : Array.from({ length: weights.count }, (_, set) => `set ${set}`).join(", ");
}
