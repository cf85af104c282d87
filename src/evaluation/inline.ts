/** The backend that works in the calling thread: in Node, in a test, in a browser. */
import { Kernel } from "../kernel/kernel.ts";
import type { Task } from "../tasks/task.ts";
import { type Backend, scoreJob } from "./backend.ts";
import { createEvaluator, type Evaluator } from "./evaluator.ts";

/** Makes a backend for `task` that uses this thread only. */
export async function createInlineBackend(task: Task): Promise<Backend> {
  const kernel = await Kernel.create();
  return {
    slots: 1,
    jobCount: () => 1,
    submit: (job) => scoreJob(task, kernel, job),
    async close() {
      task.close?.();
    },
  };
}

/** Makes an evaluator for `task` that uses this thread only. */
export async function createInlineEvaluator(task: Task): Promise<Evaluator> {
  return createEvaluator(task, await createInlineBackend(task));
}
