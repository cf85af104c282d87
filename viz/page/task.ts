/** What the page knows of a run's task: its definition, from the table of tasks or from the module that the run carries. */
import {
  commandName,
  completeTaskSettings,
  isCommandLine,
  isModulePath,
  moduleDefinition,
  TASK_NAMES,
  type TaskDefinition,
  type TaskSettings,
  taskDefinition,
} from "../../src/index.ts";
import { championOf, type RunData } from "../run-data.ts";
import { reasonOf } from "./texts.ts";

/** The task of a run. */
export interface RunTask {
  /** What to call it. */
  readonly name: string;
  /** Undefined for a task that is not known, or could not be loaded. */
  readonly definition?: TaskDefinition;
  /** All settings of the task itself. */
  readonly settings: TaskSettings;
  /** Why there is no definition, in words, where the task is one's own. */
  readonly problem?: string;
}

/** An import that a module makes at its top level: what a page cannot load, since the module comes without its folder. */
const IMPORT = /^[ \t]*(?:import\s*(?:[\w$\s{},*]+?\s*from\s*)?|export\s+[\w$\s{},*]+?\s*from\s*)["']([^"']+)["']/m;

/** Finds the task of a run; the code of a module is run. */
export async function taskOf(run: RunData): Promise<RunTask> {
  const named = run.config?.task ?? championOf(run)?.task;
  if (named === undefined) return { name: "an unknown task", settings: {} };
  if (isCommandLine(named)) {
    const problem = `No episode is shown, since a page cannot start the process that plays them: ${named}`;
    return { name: commandName(named), settings: {}, problem };
  }
  if (!isModulePath(named)) {
    return TASK_NAMES.includes(named) ? withSettings(taskDefinition(named), run) : { name: named, settings: {} };
  }
  const name = fileName(named).replace(/\.[^.]+$/, "");
  if (run.module === undefined) return { name, settings: {} };
  try {
    return withSettings(await loadDefinition(run.module, named), run);
  } catch (error) {
    return { name, settings: {}, problem: `${fileName(named)} cannot be played on a page: ${reasonOf(error)}` };
  }
}

function withSettings(definition: TaskDefinition, run: RunData): RunTask {
  const { name } = definition;
  try {
    return { name, definition, settings: completeTaskSettings(definition, run.config?.taskSettings ?? {}) };
  } catch (error) {
    return { name, settings: {}, problem: `The task of this run cannot be shown: ${reasonOf(error)}` };
  }
}

/** Imports a module from its text. @throws Error saying why it is no task, or cannot be loaded here */
async function loadDefinition(text: string, path: string): Promise<TaskDefinition> {
  const imported = IMPORT.exec(text)?.[1];
  if (imported !== undefined) throw new Error(`it imports "${imported}", and a page has only the module itself.`);
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    const exported = await import(/* @vite-ignore */ url);
    return moduleDefinition({ ...exported }, path);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) as string;
}
