/** Tasks of one's own: a module that exports an environment in Gymnasium's words, or a data set, becomes a definition. */
import { z } from "zod";
import { show } from "../base/check.ts";
import { reasonOf, UsageError } from "../base/errors.ts";
import type { Dataset } from "../data/dataset.ts";
import { type PlainDataset, shareDataset } from "../data/plain.ts";
import { ACCURACY, createClassification, LIKELIHOOD } from "./classification/classification.ts";
import type { DataFiles, TaskDefinition, TaskSettings } from "./definition.ts";
import { environmentDefinition } from "./environments/definition.ts";
import { explainImport, fileUrl, lineIn } from "./module-errors.ts";
import { EnvironmentFault } from "./play/faults.ts";
import { checkEnvironment } from "./play/settings.ts";
import { isCommandLine } from "./process/command-line.ts";
import type { Task } from "./task.ts";

/** What a module may export in place of an environment: a data set, or how to make one. */
export interface DatasetModule {
  readonly name?: string;
  readonly summary?: string;
  /** A function may be async; it is given the settings of the task. */
  readonly dataset: PlainDataset | ((settings: unknown) => PlainDataset | Promise<PlainDataset>);
}

type Parts = Readonly<Record<string, unknown>>;

/** Whether a task is named by the path of its module. */
export function isModulePath(name: string): boolean {
  return !isCommandLine(name) && (/[\\/]/.test(name) || /\.[cm]?[jt]s$/.test(name));
}

/**
 * Imports the module at an absolute path.
 *
 * @throws UsageError if it is not there, imports what is not there, throws, or exports no task
 */
export async function importTask(path: string): Promise<TaskDefinition> {
  let exported: Parts;
  try {
    exported = await import(/* @vite-ignore */ fileUrl(path));
  } catch (error) {
    throw new UsageError(`Could not load the task ${path}: ${explainImport(error, path)}`, { cause: error });
  }
  return moduleDefinition(exported, path);
}

/**
 * A module's exports as a definition.
 *
 * @param exported the parts, whether they were exported by name or together as the default
 * @param path     for messages, and the name of the task where it gives none
 * @throws UsageError naming the first part that is missing or wrong
 */
export function moduleDefinition(exported: Parts, path: string): TaskDefinition {
  const parts = partsOf(exported, path);
  const { name } = parts;
  if (typeof name !== "string" || !/^[\w-]+$/.test(name)) {
    throw new UsageError(
      `Expected the name of the task in ${path} to be of letters, digits, - and _, got ${show(name)}: give it a name of its own.`,
    );
  }
  if (parts.dataset !== undefined) return datasetDefinition(parts as unknown as DatasetModule & { name: string }, path);
  try {
    const definition = environmentDefinition(checkEnvironment(parts));
    return { ...definition, create: (_, settings) => namingModule(definition.create(undefined, settings), path) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${path}: ${error.message} For a template: precocial new my-task.js`, { cause: error });
  }
}

/** All parts in one object, those of a default export with what its class gives it; the file's name, where there is none. */
function partsOf(exported: Parts, path: string): Parts {
  const { default: whole, ...named } = exported;
  const isObject = typeof whole === "object" && whole !== null;
  if ((whole !== undefined && !isObject) || (whole === undefined && Object.keys(named).length === 0)) {
    const got = whole === undefined ? "nothing" : `a ${whole === null ? "null" : typeof whole}`;
    throw new UsageError(
      `Expected ${path} to export a task (an object with inputs, actions, ..., or dataset), got ${got}. For a template: ` +
        "precocial new my-task.js",
    );
  }
  const own = { name: baseName(path), ...named };
  if (!isObject) return own;
  if (Object.getPrototypeOf(whole) === Object.prototype) return { ...own, ...whole };
  const missing = Object.entries(own).filter(([part]) => !(part in whole));
  return Object.assign(Object.create(whole), Object.fromEntries(missing));
}

/** A task whose faults name its module, and the line in it where something was thrown. */
function namingModule(task: Task, path: string): Task {
  return {
    ...task,
    score(...all) {
      try {
        return task.score(...all);
      } catch (error) {
        throw error instanceof EnvironmentFault ? inModule(path, error) : error;
      }
    },
  };
}

/** An error of a task, with the name of its module if it is one's own. @param name of the task, or path of its module */
export function inModule(name: string, error: Error): Error {
  if (!isModulePath(name)) return error;
  const line = lineIn(name, error.cause);
  return new UsageError(`${name}${line === undefined ? "" : `:${line}`}: ${error.message}`, { cause: error.cause });
}

function datasetDefinition(module: DatasetModule & { name: string }, path: string): TaskDefinition {
  const { name, summary = `Data set of ${path}`, dataset } = module;
  const batchSize = z.int().min(1).max(1_000_000).default(1000).describe("Examples of an episode.");
  const make = async (settings: TaskSettings, files?: DataFiles): Promise<Dataset> => {
    let plain: PlainDataset;
    try {
      plain =
        typeof dataset === "function"
          ? ((await files?.ownDataset?.(path, settings)) ?? (await dataset(settings)))
          : await dataset;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const line = lineIn(path, error);
      const reason = error instanceof Error ? reasonOf(error) || error.name : show(error);
      throw new UsageError(
        `${path}${line === undefined ? "" : `:${line}`}: the data set could not be made: ${reason}.`,
        { cause: error },
      );
    }
    return shareDataset(plain, name, path);
  };
  return {
    name,
    summary,
    settings: z.strictObject({ batchSize }),
    presets: {
      default: { population: 192, generations: 512, tournament: 8, connectProbability: 0.1, episodes: 1 },
    },
    selected: LIKELIHOOD,
    reported: ACCURACY,
    load: make,
    testSet: (settings) => make(settings),
    create: (data, settings) =>
      createClassification(data as Parameters<typeof createClassification>[0], {
        name,
        summary,
        batchSize: settings.batchSize as number | undefined,
      }),
  };
}

/** The last part of a path, without its ending. */
function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? "").replace(/\.[^.]+$/, "");
}
