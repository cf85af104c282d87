/** Tasks by name: those that are built in, and modules of one's own by the path of their file. */
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { CLASSIFICATIONS } from "./classification/definitions.ts";
import { completeTaskSettings, type DataFiles, type TaskDefinition, type TaskSettings } from "./definition.ts";
import { ENVIRONMENTS } from "./environments/definitions.ts";
import { importTask, isModulePath } from "./module.ts";
import { TABLE } from "./table.ts";
import type { Task } from "./task.ts";

/** All built-in tasks. */
export const TASKS: readonly TaskDefinition[] = [...ENVIRONMENTS, ...CLASSIFICATIONS, TABLE] as TaskDefinition[];

/** Names of all built-in tasks. */
export const TASK_NAMES: readonly string[] = TASKS.map(({ name }) => name);

/** All that a thread needs to build a task: plain data, those of a data set in shared memory. */
export interface TaskSource {
  /** A built-in name, or the absolute path of a module. */
  readonly name: string;
  /** Values of the task's own settings; defaults where they are left out. */
  readonly settings?: TaskSettings;
  /** What the task's `load` gave. */
  readonly data?: unknown;
}

/** Modules that were loaded, by path. */
const modules = new Map<string, TaskDefinition>();

/** Whether nothing has to be loaded before a task can be made: it is built in, or its module was loaded. */
export function isTaskLoaded(name: string): boolean {
  return !isModulePath(name) || modules.has(name);
}

/** Loads the module that `name` is the path of, once; nothing to do for a built-in name. @throws UsageError */
export async function loadTaskModule(name: string): Promise<void> {
  if (isModulePath(name) && !modules.has(name)) modules.set(name, await importTask(name));
}

/**
 * What is known of a task by its name alone.
 *
 * @throws UsageError listing the known tasks
 */
export function taskDefinition(name: string): TaskDefinition {
  const own = modules.get(name);
  if (own !== undefined) return own;
  if (isModulePath(name))
    throw new UsageError(`Expected the module ${name} to be loaded: call loadTaskModule() first.`);
  const known = checkKnown("task", name, TASK_NAMES);
  return TASKS.find((entry) => entry.name === known) as TaskDefinition;
}

/**
 * Loads what a task needs.
 *
 * @param settings those of the task itself that differ from its defaults
 * @throws UsageError if the task is unknown, a setting cannot be used, or the data are missing or damaged
 */
export async function loadTask(name: string, settings: TaskSettings, files: DataFiles): Promise<TaskSource> {
  await loadTaskModule(name);
  const definition = taskDefinition(name);
  const complete = completeTaskSettings(definition, settings);
  return { name, settings: complete, data: await definition.load(complete, files) };
}

/**
 * Builds a task.
 *
 * @throws UsageError if the task is unknown, or lacks its data
 */
export function createTask({ name, settings = {}, data }: TaskSource): Task {
  const definition = taskDefinition(name);
  return definition.create(data, completeTaskSettings(definition, settings));
}
