/** Loads a champion from whatever it was kept in: a run folder, a champion.json, or a file of the paper's code. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJson, readText } from "../files/disk.ts";
import { parseChampion } from "../formats/champion.ts";
import { readPublishedGenome, readPublishedWeights } from "../formats/published.ts";
import type { Genome } from "../genome/genome.ts";
import type { RunConfig } from "../run/config.ts";
import { readConfig } from "../run/folder.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { loadTaskSource, type TaskSettings } from "../run/task-source.ts";
import { createTask, type TaskSource } from "../tasks/registry.ts";
import type { TaskInfo } from "../tasks/task.ts";

/** A champion with its task. */
export interface LoadedChampion {
  readonly genome: Genome;
  readonly source: TaskSource;
  /** One weight for each connection gene, where there are trained weights. */
  readonly trainedWeights?: readonly number[];
}

/** What the user says besides the path. */
export interface LoadOptions extends Partial<TaskSettings> {
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
  const source = await loadTaskSource({ ...options, task: options.task });
  const { info } = createTask(source);
  const genome = readPublishedGenome(text, info.inputs.length, info.outputs.length);
  return withWeights({ genome, source }, info, options);
}

/**
 * Reads champion.json, as it is or from a run folder.
 *
 * @throws UsageError if it is missing or broken
 */
export function readChampionFile(path: string): ReturnType<typeof parseChampion> & {
  /** Where it was read from. */
  readonly path: string;
  /** The config of the run, where `path` is a run folder. */
  readonly config?: RunConfig;
} {
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    return { ...parseChampion(readJson(path, "a champion"), path), path };
  }
  const config = readConfig(path);
  const file = join(path, RUN_FILES.champion);
  if (!existsSync(file)) {
    throw new UsageError(`Expected a champion in ${path}, but no generation is done yet: precocial resume ${path}`);
  }
  return { ...parseChampion(readJson(file, "a champion"), file), path: file, config };
}

async function loadOurs(path: string, options: LoadOptions): Promise<LoadedChampion> {
  const { path: file, file: json, config, champion } = readChampionFile(path);
  const { genome } = champion;
  const { trainedWeights } = json;
  if (trainedWeights !== undefined && trainedWeights.length !== genome.enabled.length) {
    throw new UsageError(
      `Expected ${genome.enabled.length} trained weights, one for each connection gene, got ${trainedWeights.length} in ${file}.`,
    );
  }
  const source = await loadTaskSource({ ...config, task: json.task, ...options });
  const { info } = createTask(source);
  if (genome.inputCount !== info.inputs.length || genome.outputCount !== info.outputs.length) {
    throw new UsageError(
      `Expected ${info.inputs.length} inputs and ${info.outputs.length} outputs for task "${info.name}", ` +
        `got ${genome.inputCount} and ${genome.outputCount} in ${path}: name the task it was evolved for with --task.`,
    );
  }
  return withWeights({ genome, source, trainedWeights }, info, options);
}

function withWeights(loaded: LoadedChampion, info: TaskInfo, { weights, weightBias }: LoadOptions): LoadedChampion {
  if (weights === undefined) return loaded;
  const text = readText(weights, "trained weights");
  const bias = weightBias ?? info.publishedWeightBias;
  return { ...loaded, trainedWeights: [...readPublishedWeights(text, loaded.genome, bias)] };
}
