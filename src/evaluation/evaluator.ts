/**
 * Evaluation: networks to scores. Deals programs, episodes and weight sets out to a backend, does again what was lost,
 * and puts the scores together; which backend runs never changes a score.
 *
 * Stage: network -> [evaluate] -> scores -> ranks.
 */
import { InternalError, reasonOf, UsageError } from "../base/errors.ts";
import type { Scores } from "../base/scores.ts";
import type { Program } from "../network/program.ts";
import { type Task, type Trial, weightCount } from "../tasks/task.ts";
import { type Backend, placeOf } from "./backend.ts";
import { deal, type Share } from "./deal.ts";
import { joinPrograms, type Scored } from "./job.ts";

/** The scores of a population, and what they cost. */
export interface Evaluation {
  /** [programs], each [weights x episodes] */
  readonly scores: Scores[];
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
  /** What each program did (tasks/task.ts), where the trial asks. */
  readonly behaviours?: readonly Uint8Array[];
}

/** Scores programs on one task. */
export interface Evaluator {
  readonly task: Task;
  /** Jobs that run at the same time: threads at work. */
  readonly threads: number;
  /**
   * Scores all programs on the same trial.
   *
   * @param families numbers that near relatives share, [programs]; programs are then taken to be related, nearest
   *                 together, and share work. Default: unrelated, each scored alone
   * @throws InternalError naming task, program, weight and episode if a score is not finite
   */
  evaluate(programs: readonly Program[], trial: Trial, families?: Int32Array): Promise<Evaluation>;
  /** Stops the backend. */
  close(): Promise<void>;
}

/** How often a job is given away again after whoever worked on it was lost. */
const RETRIES = 2;

/** Makes an evaluator of a task from a backend on which that task runs. */
export function createEvaluator(task: Task, backend: Backend): Evaluator {
  async function run(programs: readonly Program[], related: boolean, share: Share): Promise<Scored> {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await backend.submit({
          programs: joinPrograms(share.indices.map((index) => programs[index])),
          related,
          indices: share.indices,
          trial: share.trial,
          firstWeight: share.firstWeight,
        });
        if (!("error" in answer)) return answer;
        throw answer.usage ? new UsageError(answer.error) : new ScoringError(answer.error);
      } catch (error) {
        if (error instanceof UsageError || error instanceof ScoringError) throw error;
        if (attempt < RETRIES) continue;
        const place = placeOf(task.info.name, share.indices, share);
        throw new InternalError(`A worker crashed ${attempt + 1} times on ${place}: ${reasonOf(error)}.`, {
          cause: error,
        });
      }
    }
  }

  return {
    task,
    threads: backend.slots,
    async evaluate(programs, trial, families) {
      const shares = deal(programs, trial, families, backend.slots, backend.slots * backend.jobsPerSlot);
      // Families are related too, by parents they had in common: what falls into one job is scored as one.
      const related = families !== undefined;
      const whole = emptyEvaluation(programs.length, trial);
      const done = await Promise.all(shares.map((share) => run(programs, related, share)));
      return shares.reduce((evaluation, share, index) => add(evaluation, trial, share, done[index]), whole);
    },
    close: () => backend.close(),
  };
}

/** An error of a task, already in words that name where. */
class ScoringError extends Error {}

function emptyEvaluation(programCount: number, { weights, episodes, pairing }: Trial): Evaluation {
  const rows = weightCount(weights);
  const columns = pairing === "each" ? 1 : episodes.length;
  return {
    scores: Array.from({ length: programCount }, () => ({
      weightCount: rows,
      episodeCount: columns,
      values: new Float64Array(rows * columns),
    })),
    steps: 0,
  };
}

/** Puts what came of a share where it belongs. */
function add(evaluation: Evaluation, trial: Trial, share: Share, { scores, steps, behaviours }: Scored): Evaluation {
  const rows = weightCount(share.trial.weights);
  const columns = trial.pairing === "each" ? 1 : share.trial.episodes.length;
  share.indices.forEach((index, place) => {
    const { values, episodeCount } = evaluation.scores[index];
    for (let row = 0; row < rows; row++) {
      const from = (place * rows + row) * columns;
      const to = (share.firstWeight + row) * episodeCount + share.firstEpisode;
      values.set(scores.subarray(from, from + columns), to);
    }
  });
  if (behaviours === undefined) return { ...evaluation, steps: evaluation.steps + steps };
  const together = [...(evaluation.behaviours ?? [])];
  share.indices.forEach((index, place) => {
    // Parts are rows of weights, in order.
    together[index] = concatenate(together[index], behaviours[place]);
  });
  return { ...evaluation, steps: evaluation.steps + steps, behaviours: together };
}

function concatenate(first: Uint8Array | undefined, second: Uint8Array | undefined): Uint8Array {
  const [a, b] = [first ?? new Uint8Array(), second ?? new Uint8Array()];
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
