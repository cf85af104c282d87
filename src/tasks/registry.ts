/** Tasks by name: what the command line lists, workers build, and contract tests iterate. */
import { checkKnown } from "../base/check.ts";
import { SWINGUP } from "./swingup.ts";
import { createSwingup } from "./swingup-kernel.ts";
import type { Task, TaskInfo } from "./task.ts";

/** All that a thread needs to build a task: plain data. */
export interface TaskSource {
  readonly name: string;
}

const TASKS: Record<string, { info: TaskInfo; create: (source: TaskSource) => Task }> = {
  swingup: { info: SWINGUP, create: createSwingup },
};

/** Names of all tasks. */
export const TASK_NAMES: readonly string[] = Object.keys(TASKS);

/**
 * What is known about a task.
 *
 * @throws UsageError listing the known tasks
 */
export function taskInfo(name: string): TaskInfo {
  return TASKS[checkKnown("task", name, TASK_NAMES)].info;
}

/**
 * Builds a task.
 *
 * @throws UsageError listing the known tasks
 */
export function createTask(source: TaskSource): Task {
  return TASKS[checkKnown("task", source.name, TASK_NAMES)].create(source);
}
