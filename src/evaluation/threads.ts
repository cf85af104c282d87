/** The backend of piscina threads: host side (thread side: worker.ts, messages: job.ts). */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { checkInteger } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { createTask, loadTaskModule, type TaskSource } from "../tasks/registry.ts";
import { WATCH, WATCH_LENGTH } from "../tasks/task.ts";
import type { Backend } from "./backend.ts";
import { createEvaluator, type Evaluator } from "./evaluator.ts";
import type { Answer, Job } from "./job.ts";

/** Milliseconds that one step of an environment may take; any that is meant to end takes less than a thousandth. */
const LONGEST_STEP = 10_000;

/** Settings of a pool. */
export interface PoolOptions {
  /** Worker threads, at least 1; default: all cores. */
  readonly threads?: number;
  /** The worker's module; only tests change it. */
  readonly worker?: string;
  /** Milliseconds that one step of an environment may take before it counts as endless. Default: 10,000. */
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
  await loadTaskModule(source.name);
  return createEvaluator(createTask(source), createThreads(source, options));
}

/** Starts worker threads that build the task from its source. @throws UsageError for a wrong number of threads */
export function createThreads(source: TaskSource, options: PoolOptions = {}): Backend {
  const threads = checkInteger("threads", options.threads ?? availableParallelism(), 1, 1024);
  const { longestStep = LONGEST_STEP } = options;
  const piscina = new Piscina<Job, Answer>({
    filename: options.worker ?? new URL("./worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    // The next job waits at the worker, so that no worker waits for the host.
    concurrentTasksPerWorker: 2,
    workerData: source,
  });
  const watched = new Set<() => void>();
  const timer = setInterval(() => {
    for (const look of watched) look();
  }, longestStep / 4);
  timer.unref();

  return {
    slots: threads,
    jobsPerSlot: 8,
    async submit(job) {
      const watch = new SharedArrayBuffer(WATCH_LENGTH * Int32Array.BYTES_PER_ELEMENT);
      const stop = new AbortController();
      const watchman = createWatchman(new Int32Array(watch), longestStep, () => stop.abort());
      watched.add(watchman.look);
      try {
        return await piscina.run({ ...job, watch }, { transferList: [job.programs.buffer], signal: stop.signal });
      } catch (error) {
        throw watchman.hangs ? new UsageError(endless(source.name, job, new Int32Array(watch), longestStep)) : error;
      } finally {
        watched.delete(watchman.look);
      }
    },
    async close() {
      clearInterval(timer);
      await piscina.destroy();
    },
  };
}

/** Looks at the cells of a job: when the code that writes them has not moved for so long, it is given up. */
function createWatchman(cells: Int32Array, longest: number, giveUp: () => void) {
  const watchman = { hangs: false, look };
  let last = "";
  let since = performance.now();
  function look(): void {
    const now = cells.join();
    if (cells[WATCH.beat] === 0 || now !== last) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since > longest) {
      watchman.hangs = true;
      giveUp();
    }
  }
  return watchman;
}

function endless(task: string, { trial }: Job, cells: Int32Array, longest: number): string {
  const step = cells[WATCH.step];
  const where = step > 0 ? `step() at step ${step}` : "start()";
  return (
    `Task "${task}": ${where} of episode "${trial.episodes[cells[WATCH.episode]]}" has not ended after ` +
    `${longest / 1000} s: look for a loop without an end.`
  );
}
