/** Runs the contract suite in a thread of its own, where an environment that never ends can be stopped: host side. */
import { Worker } from "node:worker_threads";
import { type CheckResult, checksFor } from "../tasks/contract.ts";
import { type TaskSource, taskDefinition } from "../tasks/registry.ts";
import { WATCH_LENGTH } from "../tasks/task.ts";
import type { ThreadWork } from "./threads.ts";
import { createWatchman, LONGEST_STEP, timeBetweenLooks } from "./watchman.ts";

/** What the thread is given. */
export interface CheckWork extends ThreadWork {
  /** Cells in which it says where it is (`WATCH`). */
  readonly watch: SharedArrayBuffer;
}

/**
 * Checks a task.
 *
 * @param onResult    told how each check went, as soon as it has ended
 * @param longestStep milliseconds that one call of an environment's functions may take before it counts as endless
 * @returns           the results; a check that never ends is the last of them
 */
export async function checkInThread(
  source: TaskSource,
  onResult: (result: CheckResult) => void = () => {},
  longestStep = LONGEST_STEP,
): Promise<CheckResult[]> {
  const { environment, process: hello } = taskDefinition(source.name);
  const checks = checksFor(environment, hello);
  const watch = new SharedArrayBuffer(WATCH_LENGTH * Int32Array.BYTES_PER_ELEMENT);
  const work: CheckWork = { source, hello, watch };
  const worker = new Worker(new URL("../evaluation/check-worker.js", import.meta.url), { workerData: work });
  const results: CheckResult[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    await new Promise<void>((resolve, refuse) => {
      const take = (result: CheckResult) => {
        results.push(result);
        onResult(result);
        if (results.length === checks.length) resolve();
      };
      // It ends by itself when it has run all checks that it can.
      worker.once("exit", () => resolve());
      const watchman = createWatchman(new Int32Array(watch), () => {
        const { part, step } = watchman.place;
        const where = step === 0 ? "the start" : `step ${step}`;
        take({
          name: checks[results.length].name,
          error:
            `${part}() has not ended after ${longestStep / 1000} s at ${where} of an episode: look for a loop ` +
            "without an end. The checks after it were not run.",
        });
        resolve();
      });
      timer = setInterval(watchman.look, timeBetweenLooks(longestStep));
      worker.on("message", take);
      worker.once("error", refuse);
    });
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
  return results;
}
