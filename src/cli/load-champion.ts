/** Loads a champion from whatever it was kept in: a run folder, a champion.json, or a file of the paper's code. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import type { Genome } from "../genome/genome.ts";
import { readPublishedGenome, readPublishedWeights } from "../interop/published.ts";
import { parseChampion } from "../run/champion-file.ts";
import { readJson, readText } from "../run/files.ts";
import { RUN_FILES, readConfig } from "../run/folder.ts";
import { taskInfo } from "../tasks/registry.ts";

/** A champion and what is known with it. */
export interface LoadedChampion {
  readonly genome: Genome;
  readonly task: string;
  /** One weight for each connection gene, where there are trained weights. */
  readonly trainedWeights?: readonly number[];
}

/** What the user says besides the path. */
export interface LoadOptions {
  /** Task of the champion; needed where the file does not name it. */
  readonly task?: string;
  /** File of trained weights in the published form. */
  readonly weights?: string;
  readonly weightBias?: number;
}

/**
 * Loads a champion and checks it against its task.
 *
 * @throws UsageError if the file is missing or broken, or the champion does not fit the task
 */
export function loadChampion(path: string, options: LoadOptions = {}): LoadedChampion {
  const loaded = path.endsWith(".out") ? loadPublished(path, options) : loadOurs(path, options);
  const { inputs, outputs } = taskInfo(loaded.task);
  const { inputCount, outputCount } = loaded.genome;
  if (inputCount !== inputs.length || outputCount !== outputs.length) {
    throw new UsageError(
      `Expected ${inputs.length} inputs and ${outputs.length} outputs for task "${loaded.task}", got ${inputCount} and ${outputCount} in ${path}: name the task it was evolved for with --task.`,
    );
  }
  if (options.weights === undefined) return loaded;
  const bias = options.weightBias ?? taskInfo(loaded.task).publishedWeightBias;
  const text = readText(options.weights, "trained weights");
  return { ...loaded, trainedWeights: [...readPublishedWeights(text, loaded.genome, bias)] };
}

function loadPublished(path: string, { task }: LoadOptions): LoadedChampion {
  const text = readText(path, "a champion");
  if (task === undefined) {
    throw new UsageError(
      `Expected --task, since ${path} does not name the task it was evolved for. See: precocial tasks`,
    );
  }
  const { inputs, outputs } = taskInfo(task);
  return { genome: readPublishedGenome(text, inputs.length, outputs.length), task };
}

function loadOurs(path: string, { task }: LoadOptions): LoadedChampion {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (isFolder) readConfig(path);
  const file = isFolder ? join(path, RUN_FILES.champion) : path;
  if (isFolder && !existsSync(file)) {
    throw new UsageError(`Expected a champion in ${path}, but no generation is done yet: precocial resume ${path}`);
  }
  const { file: json, champion } = parseChampion(readJson(file, "a champion"), file);
  const { trainedWeights } = json;
  if (trainedWeights !== undefined && trainedWeights.length !== champion.genome.enabled.length) {
    throw new UsageError(
      `Expected ${champion.genome.enabled.length} trained weights, one for each connection gene, got ${trainedWeights.length} in ${file}.`,
    );
  }
  return { genome: champion.genome, task: task ?? json.task, trainedWeights };
}
