/** Loads a champion from whatever it was kept in: a run folder, a champion.json, or a file of the paper's code. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJson, readText } from "../files/disk.ts";
import { parseChampion } from "../formats/champion.ts";
import { readPublishedGenome, readPublishedWeights } from "../formats/published.ts";
import type { Genome } from "../genome/genome.ts";
import type { RunConfig } from "../run/config.ts";
import { readConfig } from "../run/read-config.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { createTask, type TaskSource, taskDefinition } from "../tasks/registry.ts";
import type { Task } from "../tasks/task.ts";
import { taskNamed } from "./command.ts";

/** A champion with its task. */
export interface LoadedChampion {
  readonly genome: Genome;
  readonly source: TaskSource;
  readonly task: Task;
  /** One weight for each connection gene, where there are trained weights. */
  readonly trainedWeights?: readonly number[];
}

/** What the user says besides the path. */
export interface LoadOptions {
  readonly task?: string;
  /** Settings of the task, over those of the run. */
  readonly taskSettings?: Readonly<Record<string, unknown>>;
  /** File of trained weights in the published form. */
  readonly weights?: string;
  readonly weightBias?: number;
}

/**
 * Loads a champion and its task, and checks that they fit.
 *
 * @throws UsageError if the file is missing or broken, or the champion does not fit the task
 */
export async function loadChampion(path: string, options: LoadOptions = {}): Promise<LoadedChampion> {
  return path.endsWith(".out") ? loadPublished(path, options) : loadOurs(path, options);
}

async function loadPublished(path: string, options: LoadOptions): Promise<LoadedChampion> {
  const text = readText(path, "a champion");
  if (options.task === undefined) {
    throw new UsageError(
      `Expected --task, since ${path} does not name the task it was evolved for. See: precocial tasks`,
    );
  }
  const source = await loadTaskSource({ ...options, task: await taskNamed(options.task) });
  const task = createTask(source);
  const genome = readPublishedGenome(text, task.info.inputs.length, task.info.outputs.length);
  return withWeights({ genome, source, task }, options);
}

/**
 * Reads champion.json, as it is or from a run folder.
 *
 * @throws UsageError if it is missing or broken
 */
export async function readChampionFile(path: string): Promise<
  ReturnType<typeof parseChampion> & {
    /** Where it was read from. */
    readonly path: string;
    /** The config of the run, where `path` is a run folder. */
    readonly config?: RunConfig;
  }
> {
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    return { ...parseChampion(readJson(path, "a champion"), path), path };
  }
  const config = await readConfig(path);
  const file = join(path, RUN_FILES.champion);
  if (!existsSync(file)) {
    throw new UsageError(`Expected a champion in ${path}, but no generation is done yet: precocial resume ${path}`);
  }
  return { ...parseChampion(readJson(file, "a champion"), file), path: file, config };
}

/**
 * The champion that a search is to start from.
 *
 * @param task the search's, whose ends a .out file has
 * @throws UsageError if it cannot be read
 */
export async function readFounder(path: string, task: string): Promise<Genome> {
  if (!path.endsWith(".out")) return (await readChampionFile(path)).champion.genome;
  const { ends } = taskDefinition(task);
  if (ends === undefined)
    throw new UsageError(`Expected a champion.json for "${task}", whose inputs ${path} does not tell.`);
  return readPublishedGenome(readText(path, "a champion"), ends.inputs.length, ends.outputs.length);
}

async function loadOurs(path: string, options: LoadOptions): Promise<LoadedChampion> {
  const { path: file, file: json, config, champion } = await readChampionFile(path);
  const { genome } = champion;
  const { trainedWeights } = json;
  if (trainedWeights !== undefined && trainedWeights.length !== genome.enabled.length) {
    throw new UsageError(
      `Expected ${genome.enabled.length} trained weights, one for each connection gene, got ${trainedWeights.length} in ${file}.`,
    );
  }
  const name = options.task === undefined ? (config?.task ?? json.task) : await taskNamed(options.task);
  const own = name === config?.task ? config.taskSettings : {};
  const source = await loadTaskSource({ task: name, taskSettings: { ...own, ...options.taskSettings } });
  const task = createTask(source);
  const { info } = task;
  if (genome.inputCount !== info.inputs.length || genome.outputCount !== info.outputs.length) {
    throw new UsageError(
      `Expected ${info.inputs.length} inputs and ${info.outputs.length} outputs for task "${info.name}", ` +
        `got ${genome.inputCount} and ${genome.outputCount} in ${path}: name the task it was evolved for with --task.`,
    );
  }
  return withWeights({ genome, source, task, trainedWeights }, options);
}

function withWeights(loaded: LoadedChampion, { weights, weightBias }: LoadOptions): LoadedChampion {
  if (weights === undefined) return loaded;
  const text = readText(weights, "trained weights");
  const bias = weightBias ?? publishedWeightBias(loaded.source.name);
  return { ...loaded, trainedWeights: [...readPublishedWeights(text, loaded.genome, bias)] };
}
