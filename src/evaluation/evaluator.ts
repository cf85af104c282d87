/**
 * Evaluation: networks to scores. Deals programs, episodes and weight sets out to a backend, does again what was lost,
 * and puts the scores together; which backend runs never changes a score.
 *
 * Stage: network -> [evaluate] -> scores -> ranks.
 */
import { InternalError, reasonOf, UsageError } from "../base/errors.ts";
import type { Scores } from "../base/scores.ts";
import type { Program } from "../network/program.ts";
import type { Task } from "../tasks/task.ts";
import { type Backend, placeOf } from "./backend.ts";
import { costOf, deal, type Share } from "./deal.ts";
import { joinPrograms, type Scored } from "./job.ts";
import { type PopulationTrial, weightCountOf } from "./trial.ts";

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
   * Scores all programs on the same trial; weights may be each program's own.
   *
   * @param families numbers that near relatives share, [programs]; programs are then taken to be related, nearest
   *                 together, and share work. Default: unrelated, each scored alone
   * @throws InternalError naming task, program, weight and episode if a score is not finite
   */
  evaluate(programs: readonly Program[], trial: PopulationTrial, families?: Int32Array): Promise<Evaluation>;
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
    get threads() {
      return backend.slots;
    },
    async evaluate(programs, trial, families) {
      // Families are related too, by parents they had in common: what falls into one job is scored as one.
      const related = families !== undefined;
      const count = backend.jobCount(costOf(programs, trial), related);
      const shares = deal(programs, trial, families, backend.slots, count);
      if (shares.length === 1) return single(trial, shares[0], await run(programs, related, shares[0]));
      const done = await Promise.all(shares.map((share) => run(programs, related, share)));
      const whole = emptyEvaluation(programs.length, trial);
      return shares.reduce((evaluation, share, index) => add(evaluation, trial, share, done[index]), whole);
    },
    close: () => backend.close(),
  };
}

/** An error of a task, already in words that name where. */
class ScoringError extends Error {}

/** All programs in one share, whose scores are used where they lie. */
function single(trial: PopulationTrial, { indices }: Share, { scores, steps, behaviours }: Scored): Evaluation {
  const { rows, columns } = shapeOf(trial);
  const all = new Array<Scores>(indices.length);
  const together = new Array<Uint8Array>(indices.length);
  for (let place = 0; place < indices.length; place++) {
    const values = scores.subarray(place * rows * columns, (place + 1) * rows * columns);
    all[indices[place]] = { weightCount: rows, episodeCount: columns, values };
    if (behaviours !== undefined) together[indices[place]] = behaviours[place] as Uint8Array;
  }
  return behaviours === undefined ? { scores: all, steps } : { scores: all, steps, behaviours: together };
}

/** Rows and columns of the scores of one program. */
function shapeOf(trial: PopulationTrial): { rows: number; columns: number } {
  return { rows: weightCountOf(trial), columns: trial.pairing === "each" ? 1 : trial.episodes.length };
}

function emptyEvaluation(programCount: number, trial: PopulationTrial): Evaluation {
  const { rows, columns } = shapeOf(trial);
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
function add(
  evaluation: Evaluation,
  trial: PopulationTrial,
  share: Share,
  { scores, steps, behaviours }: Scored,
): Evaluation {
  const { rows, columns } = shapeOf({ ...share.trial, pairing: trial.pairing });
  share.indices.forEach((index, place) => {
    const { values, episodeCount } = evaluation.scores[index];
    if (rows * columns === values.length) {
      values.set(scores.subarray(place * values.length, (place + 1) * values.length));
      return;
    }
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
