/** The backend of piscina threads: host side (thread side: worker.ts, messages: job.ts). */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { checkInteger } from "../base/check.ts";
import { inModule } from "../tasks/module.ts";
import { endlessFault } from "../tasks/play/faults.ts";
import type { Hello } from "../tasks/process/hello.ts";
import { createTask, type TaskSource, taskDefinition } from "../tasks/registry.ts";
import { WATCH_LENGTH } from "../tasks/task.ts";
import type { Backend } from "./backend.ts";
import { createEvaluator, type Evaluator } from "./evaluator.ts";
import type { Answer, Job } from "./job.ts";
import { loadOwnTask } from "./threads-load.ts";
import { createWatchman, LONGEST_STEP, timeBetweenLooks, type Watchman } from "./watchman.ts";

/** Jobs into which work is dealt for each thread. */
const JOBS_PER_THREAD = 8;

/** What a thread is given. */
export interface ThreadWork {
  readonly source: TaskSource;
  /** What the process of the task said of itself, if one plays it: each thread has a process of its own. */
  readonly hello?: Hello;
}

/** Settings of a pool. */
export interface PoolOptions {
  /** Worker threads, at least 1; default: all cores. */
  readonly threads?: number;
  /** The worker's module; only tests change it. */
  readonly worker?: string;
  /** Milliseconds that one call of an environment's functions may take before it counts as endless. Default: 10,000. */
  readonly longestStep?: number;
}

/**
 * Makes an evaluator with worker threads.
 *
 * A worker that crashes is replaced and its job done again, up to twice; an error in a worker arrives with its words.
 *
 * @throws UsageError if the task is unknown, its module cannot be used, or `threads` is not an integer of at least 1
 */
export async function createPool(source: TaskSource, options: PoolOptions = {}): Promise<Evaluator> {
  await loadOwnTask(source.name);
  return createEvaluator(createTask(source), createThreads(source, options));
}

/** Starts worker threads that build the task from its source. @throws UsageError for a wrong number of threads */
export function createThreads(source: TaskSource, options: PoolOptions = {}): Backend {
  const threads = checkInteger("threads", options.threads ?? availableParallelism(), 1, 1024);
  const { longestStep = LONGEST_STEP } = options;
  const piscina = new Piscina<Job, Answer>({
    filename: options.worker ?? new URL("../evaluation/worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    // The next job waits at the worker, so that no worker waits for the host.
    concurrentTasksPerWorker: 2,
    workerData: { source, hello: taskDefinition(source.name).process } satisfies ThreadWork,
  });
  const watched = new Set<Watchman>();
  const timer = setInterval(() => {
    for (const watchman of watched) watchman.look();
  }, timeBetweenLooks(longestStep));
  timer.unref();

  let closing = false;
  piscina.on("error", (error) => {
    // Answers to jobs that nobody waits for any more.
    if (!closing) throw error;
  });

  return {
    slots: threads,
    jobCount: () => JOBS_PER_THREAD * threads,
    async submit(job) {
      const watch = new SharedArrayBuffer(WATCH_LENGTH * Int32Array.BYTES_PER_ELEMENT);
      const stop = new AbortController();
      const watchman = createWatchman(new Int32Array(watch), () => stop.abort());
      watched.add(watchman);
      try {
        return await piscina.run({ ...job, watch }, { transferList: [job.programs.buffer], signal: stop.signal });
      } catch (error) {
        throw watchman.hangs ? endless(source, job, watchman, longestStep) : error;
      } finally {
        watched.delete(watchman);
      }
    },
    async close() {
      closing = true;
      clearInterval(timer);
      await piscina.destroy();
    },
  };
}

function endless({ name }: TaskSource, { trial }: Job, { place }: Watchman, longest: number): Error {
  const { part, episode, step } = place;
  const where = { episode: trial.episodes[episode], step };
  return inModule(name, endlessFault(taskDefinition(name).name, part, where, longest / 1000));
}
