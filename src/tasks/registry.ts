/** Tasks by name: those that are built in, and those of one's own: modules by their path, processes by their command. */
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { CLASSIFICATIONS } from "./classification/definitions.ts";
import { completeTaskSettings, type DataFiles, type TaskDefinition, type TaskSettings } from "./definition.ts";
import { ENVIRONMENTS } from "./environments/definitions.ts";
import { importTask, isModulePath } from "./module.ts";
import { isCommandLine } from "./process/command-line.ts";
import { TABLE } from "./table.ts";
import type { Task } from "./task.ts";

/** All built-in tasks. */
export const TASKS: readonly TaskDefinition[] = [...ENVIRONMENTS, ...CLASSIFICATIONS, TABLE] as TaskDefinition[];

/** Names of all built-in tasks. */
export const TASK_NAMES: readonly string[] = TASKS.map(({ name }) => name);

/** All that a thread needs to build a task: plain data, those of a data set in shared memory. */
export interface TaskSource {
  /** A built-in name, the absolute path of a module, or the command line of a process. */
  readonly name: string;
  /** Values of the task's own settings; defaults where they are left out. */
  readonly settings?: TaskSettings;
  /** What the task's `load` gave. */
  readonly data?: unknown;
}

/** Tasks of one's own that were loaded, by name. */
const own = new Map<string, TaskDefinition>();

/** Whether nothing has to be loaded before a task can be made: it is built in, or was loaded. */
export function isTaskLoaded(name: string): boolean {
  return own.has(name) || !(isModulePath(name) || isCommandLine(name));
}

/** Loads the module that `name` is the path of, once; nothing to do for any other name. @throws UsageError */
export async function loadTaskModule(name: string): Promise<void> {
  if (isModulePath(name) && !own.has(name)) own.set(name, await importTask(name));
}

/** Makes a task of one's own known by its name, such as that of a process, which only those who start it can load. */
export function keepTask(name: string, definition: TaskDefinition): void {
  own.set(name, definition);
}

/**
 * What is known of a task by its name alone.
 *
 * @throws UsageError listing the known tasks
 */
export function taskDefinition(name: string): TaskDefinition {
  const loaded = own.get(name);
  if (loaded !== undefined) return loaded;
  if (isModulePath(name))
    throw new UsageError(`Expected the module ${name} to be loaded: call loadTaskModule() first.`);
  if (isCommandLine(name))
    throw new UsageError(`Expected the process ${name} to be loaded: call loadTaskSource() first.`);
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
