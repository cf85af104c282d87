/** Loads a champion from whatever it was kept in: a run folder, or a file of any format. */
import { existsSync, statSync } from "node:fs";
import { UsageError } from "../base/errors.ts";
import { checkSameEncoding } from "../data/table/encoding.ts";
import { readJson, readText } from "../files/disk.ts";
import type { PortableChampion } from "../formats/format.ts";
import { readableFormat, readChampion } from "../formats/index.ts";
import { publishedWeightBias, readPublishedWeights } from "../formats/published.ts";
import type { Genome } from "../genome/genome.ts";
import { readRun } from "../run/read-config.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { readTuned } from "../run/tuned.ts";
import { endsOf, findChampion } from "../study/read-champion.ts";
import { createTask, type TaskSource } from "../tasks/registry.ts";
import type { Task } from "../tasks/task.ts";
import { type Command, LOAD_OPTIONS, taskNamed } from "./command.ts";
import { say } from "./output.ts";

/** A champion with its task. */
export interface LoadedChampion {
  readonly genome: Genome;
  readonly source: TaskSource;
  readonly task: Task;
  /** One weight for each connection gene, where there are trained weights. */
  readonly trainedWeights?: readonly number[];
  /** What else is known of it. */
  readonly champion: PortableChampion;
}

/** What the user says besides the path. */
export interface LoadOptions {
  readonly task?: string;
  /** Settings of the task, over those of the run. */
  readonly taskSettings?: Readonly<Record<string, unknown>>;
  /** File of trained weights in the published form. */
  readonly weights?: string;
  readonly weightBias?: number;
  /** Of a run, the network with at most so many connections in place of the champion. */
  readonly pick?: number;
}

/**
 * Loads a champion and its task, and checks that they fit.
 *
 * @throws UsageError if the file is missing or broken, or the champion does not fit the task
 */
export async function loadChampion(path: string, options: LoadOptions = {}): Promise<LoadedChampion> {
  const found = await findChampion(path, options.pick);
  const { config } = found;
  const written = readableFormat(found.path).namesTask ? readChampion(found.bytes, found) : undefined;
  const name = options.task === undefined ? (config?.task ?? written?.task) : await taskNamed(options.task);
  if (name === undefined) {
    throw new UsageError(
      `Expected --task, since ${path} does not name the task it was evolved for. See: precocial tasks`,
    );
  }
  const own = name === config?.task ? config.taskSettings : {};
  const source = await loadTaskSource({ task: name, taskSettings: { ...own, ...options.taskSettings } });
  const task = createTask(source);
  const ends = endsOf(task.info);
  const champion = written ?? readChampion(found.bytes, { path: found.path, ends });
  const { genome } = champion;
  if (genome.inputCount !== ends.inputCount || genome.outputCount !== ends.outputCount) {
    throw new UsageError(
      `Expected ${ends.inputCount} inputs and ${ends.outputCount} outputs for task "${task.info.name}", ` +
        `got ${genome.inputCount} and ${genome.outputCount} in ${path}: name the task it was evolved for with --task.`,
    );
  }
  checkSameEncoding(written?.table, task.info.table);
  const isWhole = config !== undefined && options.pick === undefined;
  const trainedWeights = champion.trainedWeights ?? (isWhole ? tunedWeights(path, genome) : undefined);
  return withWeights({ genome, source, task, trainedWeights, champion }, options);
}

/** The weights that a run's champion was tuned to; says so where what was tuned is another one. */
export function tunedWeights(folder: string, genome: Genome): readonly number[] | undefined {
  const tuned = readTuned(folder, genome);
  if (tuned?.stale !== undefined) say(`precocial: ${tuned.stale}`);
  return tuned?.weights;
}

function withWeights(loaded: LoadedChampion, { weights, weightBias }: LoadOptions): LoadedChampion {
  if (weights === undefined) return loaded;
  return { ...loaded, trainedWeights: readTrainedWeights(weights, loaded.genome, loaded.source.name, weightBias) };
}

/**
 * Reads a file of trained weights in the published form, one for each connection gene.
 *
 * @param task whose published bias is added, unless another is given
 * @throws UsageError if it is missing or broken, or does not fit the genome
 */
export function readTrainedWeights(path: string, genome: Genome, task: string, bias?: number): readonly number[] {
  return [...readPublishedWeights(readText(path, "trained weights"), genome, bias ?? publishedWeightBias(task))];
}

/** The task of a run folder or a champion.json, as far as it can be told without an error. */
export async function taskOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || path.endsWith(".out")) return undefined;
  try {
    if (isFolder(path)) return (await readRun(path, LOAD_OPTIONS)).config.task;
    const { task } = readJson(path, "a champion") as { task?: unknown };
    return typeof task === "string" ? task : undefined;
  } catch (error) {
    // The command itself says what is wrong with the file.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The task of a command on a champion: the one that is named, or its own. */
export const taskOfChampion: Command["task"] = async ([champion], { task }) =>
  typeof task === "string" ? task : await taskOf(champion);

/** Whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
