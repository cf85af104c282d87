/** From the settings of a run to its task: loads the module of one's own, and the data of tasks that have some. */
import { createHash } from "node:crypto";
import { UsageError } from "../base/errors.ts";
import type { Dataset } from "../data/dataset.ts";
import { callOwnDataset, type LoadOptions, loadOwnTask } from "../evaluation/threads-load.ts";
import { programFile } from "../files/command-files.ts";
import { dataFiles } from "../files/data-files.ts";
import { readBytes } from "../files/disk.ts";
import type { TaskSettings } from "../tasks/definition.ts";
import { isModulePath } from "../tasks/module.ts";
import { isCommandLine } from "../tasks/process/command-line.ts";
import { createTask, loadTask, type TaskSource } from "../tasks/registry.ts";

/**
 * SHA-256 of the file that a task of one's own is: its module, or the file that its command runs; undefined where there
 * is none.
 */
export function moduleDigest(task: string): string | undefined {
  const file = isCommandLine(task) ? programFile(task) : isModulePath(task) ? task : undefined;
  return file && createHash("sha256").update(readBytes(file, "a task")).digest("hex");
}

/** The settings that say which task. */
export interface TaskChoice {
  readonly task: string;
  readonly taskSettings?: TaskSettings;
}

/**
 * Loads what a task needs.
 *
 * @param options how long a module of one's own may take
 * @throws UsageError if the task is unknown, or its data are missing or cannot be used
 */
export async function loadTaskSource(
  { task, taskSettings = {} }: TaskChoice,
  options: LoadOptions = {},
): Promise<TaskSource> {
  await loadOwnTask(task, options);
  const ownDataset = (path: string, settings: TaskSettings) => callOwnDataset(path, settings, options);
  return loadTask(task, taskSettings, { ...dataFiles(), ownDataset });
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
