/** Tasks of one's own: a module that exports an environment in Gymnasium's words, or a data set, becomes a definition. */
import { z } from "zod";
import { show } from "../base/check.ts";
import { reasonOf, UsageError } from "../base/errors.ts";
import { type PlainDataset, shareDataset } from "../data/plain.ts";
import { ACCURACY, createClassification, LIKELIHOOD } from "./classification/classification.ts";
import type { TaskDefinition } from "./definition.ts";
import { environmentDefinition } from "./environments/definitions.ts";
import { checkEnvironment } from "./play/settings.ts";

/** What a module may export besides an environment's own parts: a data set, or how to make one. */
export interface DatasetModule {
  readonly name?: string;
  readonly summary?: string;
  readonly dataset: PlainDataset | ((settings: unknown) => PlainDataset | Promise<PlainDataset>);
}

/** Milliseconds that a module may take to load. */
const LONGEST_LOAD = 60_000;

/** Whether a task is named by the path of its module. */
export function isModulePath(name: string): boolean {
  return /[\\/]/.test(name) || /\.[cm]?[jt]s$/.test(name);
}

/**
 * Imports the module at an absolute path.
 *
 * @throws UsageError if it is not there, imports what is not there, throws, takes too long, or exports no task
 */
export async function importTask(path: string): Promise<TaskDefinition> {
  let exported: Record<string, unknown>;
  try {
    exported = await withLimit(import(/* @vite-ignore */ fileUrl(path)), path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Could not load the task ${path}: ${explain(error, path)}`, { cause: error });
  }
  return moduleDefinition({ ...exported, ...((exported.default as object | undefined) ?? {}) }, path);
}

/**
 * A module's exports as a definition.
 *
 * @param exported the parts, whether they were exported by name or together as the default
 * @param path     for messages, and the name of the task where it gives none
 * @throws UsageError naming the first part that is missing or wrong
 */
export function moduleDefinition(exported: Readonly<Record<string, unknown>>, path: string): TaskDefinition {
  const named = { ...exported, name: exported.name ?? baseName(path) } as Record<string, unknown>;
  if (typeof named.name !== "string" || !/^[\w-]+$/.test(named.name)) {
    throw new UsageError(
      `Expected the name of the task in ${path} to be letters, digits, - and _, got ${show(named.name)}.`,
    );
  }
  if (named.dataset !== undefined) return datasetDefinition(named as unknown as DatasetModule & { name: string }, path);
  try {
    return environmentDefinition(checkEnvironment(named));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${path}: ${error.message} A template: precocial new my-task.js`, { cause: error });
  }
}

function datasetDefinition(module: DatasetModule & { name: string }, path: string): TaskDefinition {
  const { name, summary = `Data set of ${path}`, dataset } = module;
  const load = async (settings: unknown) => {
    let plain: PlainDataset;
    try {
      plain = typeof dataset === "function" ? await dataset(settings) : dataset;
    } catch (error) {
      throw new UsageError(`The data set of ${path} could not be made: ${reasonOf(error)}.`, { cause: error });
    }
    return shareDataset(plain, name, path);
  };
  const batchSize = z.int().min(1).max(1_000_000).default(1000).describe("Examples of an episode.");
  return {
    name,
    summary,
    settings: z.strictObject({ batchSize }),
    presets: {
      default: { population: 192, generations: 512, tournament: 8, connectProbability: 0.1, episodes: 1 },
    },
    selected: LIKELIHOOD,
    reported: ACCURACY,
    load,
    testSet: load,
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

/** An absolute path as the address that `import` takes. */
export function fileUrl(path: string): string {
  const slashed = path.replaceAll("\\", "/");
  return `file://${slashed.startsWith("/") ? "" : "/"}${slashed
    .split("/")
    .map(encodeURIComponent)
    .join("/")
    .replace(/^(\/?\w)%3A/, "$1:")}`;
}

function withLimit<Value>(loading: Promise<Value>, path: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, refuse) => {
    timer = setTimeout(
      () =>
        refuse(
          new UsageError(
            `The task ${path} has not loaded after ${LONGEST_LOAD / 1000} s: look for what its top level waits for.`,
          ),
        ),
      LONGEST_LOAD,
    );
  });
  return Promise.race([loading, tooLong]).finally(() => clearTimeout(timer));
}

function explain(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${path}'`) && !message.includes("imported from")) {
    return "there is no such file.";
  }
  if (code === "ERR_UNKNOWN_FILE_EXTENSION") {
    return "this Node cannot load TypeScript; use Node 22.18 or later, or give a .js file.";
  }
  return `${reasonOf(error)}.`;
}
