/** The evaluator that works in piscina threads: host side (thread side: worker.ts, messages: protocol.ts). */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { checkInteger } from "../base/check.ts";
import { InternalError, reasonOf, UsageError } from "../base/errors.ts";
import type { Scores } from "../base/scores.ts";
import { type Program, programHeader } from "../network/program.ts";
import { createTask, type TaskSource } from "../tasks/registry.ts";
import { type Trial, weightCount } from "../tasks/task.ts";
import { type Evaluation, type Evaluator, type Family, groupFamilies, scoresOf, weightNames } from "./evaluator.ts";
import { type Answer, type Job, joinPrograms, type WorkerSetup } from "./protocol.ts";

/** Jobs per thread: enough that threads finish together, few enough that messages cost nothing. */
const JOBS_PER_THREAD = 8;
/** How often a job is given to another worker after one crashed on it. */
const RETRIES = 2;
/** Cost of a node relative to a connection. */
const NODE_COST = 4;

/** Settings of a pool. */
export interface PoolOptions {
  /** Worker threads, at least 1; default: all cores. */
  readonly threads?: number;
  /** The worker's module; only tests change it. */
  readonly worker?: string;
}

/**
 * Makes an evaluator with worker threads.
 *
 * A worker that crashes is replaced and its job done again, up to twice; an error in a worker arrives with its words.
 *
 * @throws UsageError if the task is unknown or `threads` is not an integer of at least 1
 */
export async function createPool(source: TaskSource, options: PoolOptions = {}): Promise<Evaluator> {
  const threads = checkInteger("threads", options.threads ?? availableParallelism(), 1, 1024);
  const task = createTask(source);
  const setup: WorkerSetup = { task: source };
  const piscina = new Piscina<Job, Answer>({
    filename: options.worker ?? new URL("./worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    // The next job waits at the worker, so that no worker waits for the host.
    concurrentTasksPerWorker: 2,
    workerData: setup,
  });

  async function run(makeJob: () => Job): Promise<Exclude<Answer, { error: string }>> {
    for (let attempt = 0; ; attempt++) {
      const job = makeJob();
      let answer: Answer;
      try {
        answer = await piscina.run(job, { transferList: [job.programs.buffer] });
      } catch (error) {
        if (attempt < RETRIES) continue;
        throw new InternalError(
          `A worker crashed ${attempt + 1} times on task "${source.name}", genomes ${job.indices.join(", ")}, ` +
            `weights ${weightNames(job.trial)}, episodes ${job.trial.episodes.join(", ")}: ${reasonOf(error)}.`,
          { cause: error },
        );
      }
      if (!("error" in answer)) return answer;
      throw answer.usage ? new UsageError(answer.error) : new Error(answer.error);
    }
  }

  async function evaluate(programs: readonly Program[], trial: Trial, families?: Int32Array): Promise<Evaluation> {
    const scores: Scores[] = new Array(programs.length);
    const length = weightCount(trial.weights) * (trial.pairing === "each" ? 1 : trial.episodes.length);
    let steps = 0;
    const jobs = share(programs, groupFamilies(programs.length, families), threads * JOBS_PER_THREAD);
    // Families are related too, by parents they had in common: what falls into one job is scored as one.
    const shares = families === undefined ? jobs : jobs.map((job) => [job.flat()]);
    await Promise.all(
      shares.map(async (share) => {
        const indices = share.flat();
        const answer = await run(() => ({
          programs: joinPrograms(indices.map((index) => programs[index])),
          familySizes: share.map((family) => family.length),
          indices,
          trial,
        }));
        indices.forEach((index, place) => {
          scores[index] = scoresOf(trial, answer.scores.slice(place * length, (place + 1) * length));
        });
        steps += answer.steps;
      }),
    );
    return { scores, steps };
  }

  /** Few programs on many episodes: the episodes are dealt to the threads. */
  async function evaluateByEpisodes(programs: readonly Program[], trial: Trial): Promise<Evaluation> {
    const size = Math.ceil(trial.episodes.length / threads);
    const starts = Array.from({ length: Math.ceil(trial.episodes.length / size) }, (_, part) => part * size);
    const parts = await Promise.all(
      starts.map((start) => evaluate(programs, { ...trial, episodes: trial.episodes.slice(start, start + size) })),
    );
    const scores = programs.map((_, program) => joinEpisodes(parts.map((part) => part.scores[program])));
    return { scores, steps: parts.reduce((sum, part) => sum + part.steps, 0) };
  }

  return {
    task,
    threads,
    evaluate(programs, trial, families) {
      const few = programs.length > 0 && programs.length < threads && trial.pairing === "all";
      return few && trial.episodes.length > 1
        ? evaluateByEpisodes(programs, trial)
        : evaluate(programs, trial, families);
    },
    async close() {
      await piscina.destroy();
    },
  };
}

/** Deals families out to about `count` jobs of like cost; a family that is dearer than a job is cut. */
function share(programs: readonly Program[], families: readonly Family[], count: number): Family[][] {
  const costs = programs.map((program) => {
    const { nodeCount, connectionCount } = programHeader(program);
    return 1 + connectionCount + NODE_COST * nodeCount;
  });
  const target = costs.reduce((total, cost) => total + cost, 0) / count;
  const jobs: Family[][] = [];
  let job: number[][] = [];
  let cost = 0;
  for (const family of families) {
    let part: number[] = [];
    for (const index of family) {
      part.push(index);
      cost += costs[index];
      if (cost < target) continue;
      jobs.push([...job, part]);
      job = [];
      part = [];
      cost = 0;
    }
    if (part.length > 0) job.push(part);
  }
  if (job.length > 0) jobs.push(job);
  return jobs;
}

/** Scores of the same weights on several lists of episodes, side by side. */
function joinEpisodes(parts: readonly Scores[]): Scores {
  const [{ weightCount }] = parts;
  const episodeCount = parts.reduce((sum, part) => sum + part.episodeCount, 0);
  const values = new Float64Array(weightCount * episodeCount);
  let at = 0;
  for (const part of parts) {
    for (let weight = 0; weight < weightCount; weight++) {
      const row = part.values.subarray(weight * part.episodeCount, (weight + 1) * part.episodeCount);
      values.set(row, weight * episodeCount + at);
    }
    at += part.episodeCount;
  }
  return { weightCount, episodeCount, values };
}
