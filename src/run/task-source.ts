/** From the settings of a run to its task: loads the module of one's own, and the data of tasks that have some. */
import { UsageError } from "../base/errors.ts";
import type { Dataset } from "../data/dataset.ts";
import { dataFiles } from "../files/data-files.ts";
import type { TaskSettings } from "../tasks/definition.ts";
import { createTask, loadTask, type TaskSource } from "../tasks/registry.ts";

/** The settings that say which task. */
export interface TaskChoice {
  readonly task: string;
  readonly taskSettings?: TaskSettings;
}

/**
 * Loads what a task needs.
 *
 * @throws UsageError if the task is unknown, or its data are missing or cannot be used
 */
export function loadTaskSource({ task, taskSettings = {} }: TaskChoice): Promise<TaskSource> {
  return loadTask(task, taskSettings, dataFiles());
}

/**
 * The examples of a task.
 *
 * @throws UsageError if the task is unknown or has no examples, files are missing (the message names the command that
 *         gets them), or their contents cannot be used
 */
export async function loadDataset(task: string, taskSettings: TaskSettings = {}): Promise<Dataset> {
  const { dataset } = createTask(await loadTaskSource({ task, taskSettings }));
  if (dataset !== undefined) return dataset;
  throw new UsageError(`Expected a task that classifies examples, got "${task}", which is played.`);
}
