/** Where jobs run: what a backend is, and what every backend does with a job. */
import { InternalError, reasonOf, UsageError } from "../base/errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Outcome, Task } from "../tasks/task.ts";
import { type Answer, type Job, splitPrograms } from "./job.ts";
import { taskTrials } from "./trial.ts";

/**
 * Where jobs run: this thread, other threads, other machines. It need not know what a job is: `scoreJob` does that.
 * Dealing, trying again and putting together are the evaluator's business, the same for all backends.
 */
export interface Backend {
  /** Jobs that run at the same time; may change as helpers come and go. */
  readonly slots: number;
  /**
   * Jobs into which work is dealt where it has that many parts: enough that slots finish together, few enough that
   * messages cost nothing.
   *
   * @param cost    of the work (`costOf` in deal.ts), at least 0
   * @param related whether it is of programs that are relatives, which share work
   */
  jobCount(cost: number, related: boolean): number;
  /**
   * Runs a job. The job's programs are the backend's to give away: a retry brings its own.
   *
   * @returns an answer, which may be an error in words; rejects only if whoever worked on it was lost
   */
  submit(job: Job): Promise<Answer>;
  /** Stops whatever was started. */
  close(): Promise<void>;
}

/** Scores a job and checks every score; every error comes back as an answer. */
export async function scoreJob(task: Task, kernel: Kernel, job: Job): Promise<Answer> {
  try {
    const programs = splitPrograms(job.programs);
    const watch = job.watch && new Int32Array(job.watch);
    const outcomes: Outcome[] = [];
    for (const { places, trial } of taskTrials(job.trial, programs, job.related)) {
      const indices = places.map((place) => job.indices[place]);
      try {
        const some = places.map((place) => programs[place]);
        const scored = task.score(kernel, some, trial, watch);
        outcomes.push(...(scored instanceof Promise ? await scored : scored));
      } catch (error) {
        if (error instanceof UsageError) throw error;
        throw new InternalError(`Scoring failed (${placeOf(task.info.name, indices, job)}): ${reasonOf(error)}.`);
      }
    }
    outcomes.forEach(({ scores }, index) => {
      checkScores(task.info.name, scores, job.indices[index], job);
    });
    const scores = new Float64Array(outcomes.reduce((length, outcome) => length + outcome.scores.length, 0));
    let at = 0;
    for (const outcome of outcomes) {
      scores.set(outcome.scores, at);
      at += outcome.scores.length;
    }
    const steps = outcomes.reduce((sum, outcome) => sum + outcome.steps, 0);
    if (job.trial.behaviour !== true) return { scores, steps };
    return { scores, steps, behaviours: outcomes.map(({ behaviour }) => behaviour) };
  } catch (error) {
    return { error: (error as Error).message, usage: error instanceof UsageError };
  }
}

/** What is needed to do a job again, in words. */
export function placeOf(task: string, indices: readonly number[], job: Pick<Job, "trial" | "firstWeight">): string {
  const { trial } = job;
  return `task "${task}", genomes ${indices.join(", ")}, weights ${weightNames(job).join(", ")}, episodes ${trial.episodes.join(", ")}`;
}

/** @throws InternalError naming weight and episode of the first score that is not finite */
function checkScores(task: string, scores: Float64Array, index: number, job: Job): void {
  const bad = scores.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const { pairing, episodes } = job.trial;
  const [weight, episode] =
    pairing === "each" ? [bad, bad] : [Math.floor(bad / episodes.length), bad % episodes.length];
  throw new InternalError(
    `Expected a finite score, got ${scores[bad]} (task "${task}", genome ${index}, ` +
      `weight ${weightNames(job)[weight]}, episode seed "${episodes[episode]}").`,
  );
}

/** The weights of a trial in words. */
function weightNames({ trial, firstWeight }: Pick<Job, "trial" | "firstWeight">): string[] {
  const { weights } = trial;
  if (weights.kind === "own") return Array.from({ length: weights.count }, () => "of its own");
  return weights.kind === "shared"
    ? Array.from(weights.values, String)
    : Array.from({ length: weights.count }, (_, set) => `set ${firstWeight + set}`);
}
