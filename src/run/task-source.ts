/** From the settings of a run to its task: loads the data set of those that classify. */
import { type TaskSource, taskEntry } from "../tasks/registry.ts";
import { loadDataset } from "./load-dataset.ts";

/** The settings that say which task, and where its data are. */
export interface TaskSettings {
  readonly task: string;
  readonly dataDir?: string;
  readonly data?: string;
  readonly target?: string;
  readonly delimiter?: string;
  readonly batchSize?: number;
}

/**
 * Loads what a task needs.
 *
 * @throws UsageError if the task is unknown, or its data are missing or cannot be used
 */
export async function loadTaskSource(settings: TaskSettings): Promise<TaskSource> {
  const { task, batchSize, dataDir, data, target, delimiter } = settings;
  if (!taskEntry(task).classification) return { name: task };
  return { name: task, batchSize, dataset: await loadDataset(task, { dataDir, data, target, delimiter }) };
}
