/** What a run works with, made from its task: a pool of threads that starts when it is first asked for. */
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

/** Makes the workshop of a task; its module must be loaded. @throws UsageError if the task cannot be made */
export function createWorkshop(source: TaskSource, threads?: number, founder?: PortableChampion): ThreadWorkshop {
  let pool: Promise<Evaluator> | undefined;
  return {
    task: createTask(source),
    founder,
    evaluator() {
      pool ??= createPool(source, { threads });
      return pool;
    },
    async close() {
      await (await pool)?.close();
    },
  };
}
