/** From the settings of a run to its task: loads the module of one's own, and the data of tasks that have some. */
import { createHash } from "node:crypto";
import { UsageError } from "../base/errors.ts";
import type { Dataset } from "../data/dataset.ts";
import { callOwnDataset, type LoadOptions, loadOwnTask } from "../evaluation/threads-load.ts";
import { dataFiles } from "../files/data-files.ts";
import { readBytes } from "../files/disk.ts";
import { programFile } from "../files/task-files.ts";
import type { TaskSettings } from "../tasks/definition.ts";
import { isModulePath } from "../tasks/module.ts";
import { isCommandLine } from "../tasks/process/command-line.ts";
import { createTask, loadTask, type TaskSource } from "../tasks/registry.ts";
import type { Task } from "../tasks/task.ts";

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
 * The data set of a task that classifies.
 *
 * @throws UsageError if the task is unknown or has no classes, files are missing (the message names the command that
 *         gets them), or their contents cannot be used
 */
export async function loadDataset(task: string, taskSettings: TaskSettings = {}): Promise<Dataset> {
  return datasetOf(createTask(await loadTaskSource({ task, taskSettings })));
}

/** The data set of a task that classifies. @throws UsageError if it does not */
export function datasetOf({ dataset, info }: Task): Dataset {
  if (dataset !== undefined && "classes" in dataset) return dataset;
  throw new UsageError(
    dataset === undefined
      ? `Expected a task with examples to train on, got "${info.name}", which is played: take one that classifies. See: precocial tasks`
      : `Expected a task that classifies, got "${info.name}" with a number to tell (${dataset.target.name}): for classes give ` +
          "--kind classes; linear regression stands beside a search's own figures.",
  );
}
