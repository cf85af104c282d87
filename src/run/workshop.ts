/** What a run works with, made from its task: an evaluator that starts when it is first asked for. */
import type { Evaluator } from "../evaluation/evaluator.ts";
import { createPool } from "../evaluation/threads.ts";
import type { PortableChampion } from "../formats/format.ts";
import { createTask, type TaskSource } from "../tasks/registry.ts";
import type { Workshop } from "./stage.ts";

/** A workshop that has to be closed. */
export interface ThreadWorkshop extends Workshop {
  /** Stops the threads, if there are any. */
  close(): Promise<void>;
}

/** Starts an evaluator elsewhere than in threads of this process, such as `createCluster` does. */
export type StartEvaluator = (source: TaskSource) => Promise<Evaluator>;

/**
 * Makes the workshop of a task; its module must be loaded.
 *
 * @param threads of this process, all cores unless told; or what starts an evaluator elsewhere
 * @throws UsageError if the task cannot be made
 */
export function createWorkshop(
  source: TaskSource,
  threads?: number | StartEvaluator,
  founder?: PortableChampion,
): ThreadWorkshop {
  let evaluator: Promise<Evaluator> | undefined;
  return {
    task: createTask(source),
    founder,
    evaluator() {
      evaluator ??= typeof threads === "function" ? threads(source) : createPool(source, { threads });
      return evaluator;
    },
    async close() {
      await (await evaluator?.catch(() => undefined))?.close();
    },
  };
}
