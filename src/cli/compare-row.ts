/** One row of a comparison: what a run, evolved or trained, comes to. */

import { AbsentDataError } from "../base/errors.ts";
import type { Summary } from "../base/stats.ts";
import { shapeName, weightTotal } from "../baseline/weights.ts";
import { createPool } from "../evaluation/pool.ts";
import { compile } from "../network/compile.ts";
import { RUN_FILES, readAnyConfig, readLines, readMeta } from "../run/folder.ts";
import { isTraining, type TrainConfig } from "../run/train-config.ts";
import { taskEntry } from "../tasks/registry.ts";
import { measureConditions } from "./conditions.ts";
import { evaluateBaseline, readRunWeights } from "./evaluate-baseline.ts";
import { loadChampion, readChampionFile } from "./load-champion.ts";

/** The conditions of a comparison, in the order of its columns. */
export const CONDITIONS = {
  standard: "six weights",
  randomWeights: "random weights",
  randomShared: "random shared",
  ensemble: "vote",
  bestShared: "best shared",
  trainedWeights: "trained",
} as const;

/** A condition by name. */
export type ConditionName = keyof typeof CONDITIONS;

/** A run, or figures of others. */
export interface ComparisonRow {
  readonly name: string;
  readonly kind: "evolved" | "trained" | "reference";
  readonly task: string;
  /** What the network is: its kind and layers; undefined for figures of others. */
  readonly network?: string;
  /** Mean scores; on data sets accuracies on test examples, as fractions. */
  readonly scores: Readonly<Partial<Record<ConditionName, number>>>;
  /** Standard deviations of those scores that are means over draws of weights, or episodes. */
  readonly deviations?: Readonly<Partial<Record<ConditionName, number>>>;
  /** Why there are no scores, where there are none. */
  readonly absent?: string;
  /** Whether the scores are accuracies. */
  readonly accuracy: boolean;
  /** Connections, or weights and biases. */
  readonly size?: number;
  /** Examples (or environment steps) the search or training has seen. */
  readonly seen?: number;
  /** Seconds spent in it. */
  readonly seconds?: number;
}

/** On data sets the conditions that are means over weights; the others are one network on all examples. */
const DRAWN: readonly ConditionName[] = ["standard", "randomWeights", "randomShared"];

/** How to measure. */
export interface MeasureOptions {
  /** Episodes for each standard weight, or draws of weights. */
  readonly episodes: number;
  readonly seed: number;
  readonly threads?: number;
  /** Folder of the data set, where the runs do not say it. */
  readonly dataDir?: string;
}

/**
 * Measures the run in `folder`. Where its data set is absent, the row has no scores and says why.
 *
 * @throws UsageError if it is no run folder, or has no champion or weights yet
 */
export async function measureRun(folder: string, options: MeasureOptions): Promise<ComparisonRow> {
  const config = readAnyConfig(folder);
  const row = isTraining(config) ? describeTraining(folder, config) : describeSearch(folder);
  try {
    const measured = isTraining(config)
      ? await measureTraining(folder, config, options)
      : await measureSearch(folder, options);
    return { ...row, ...measured };
  } catch (error) {
    if (!(error instanceof AbsentDataError)) throw error;
    return { ...row, absent: error.message };
  }
}

type Measured = Pick<ComparisonRow, "scores" | "deviations" | "seen">;

function nameOf(folder: string): string {
  return folder.replace(/[/\\]+$/, "");
}

function describeTraining(folder: string, config: TrainConfig): ComparisonRow {
  const { shape } = readRunWeights(folder);
  return {
    name: nameOf(folder),
    kind: "trained",
    task: config.task,
    network: `${config.model} ${shapeName(shape)}`,
    scores: {},
    accuracy: true,
    size: weightTotal(shape),
    seconds: readMeta(folder).seconds,
  };
}

async function measureTraining(folder: string, config: TrainConfig, { dataDir }: MeasureOptions): Promise<Measured> {
  const { qualities, trainCount } = await evaluateBaseline(folder, config, dataDir === undefined ? {} : { dataDir });
  return {
    scores: { trainedWeights: qualities.test.accuracy },
    seen: readLines(folder, RUN_FILES.generations).length * trainCount,
  };
}

function describeSearch(folder: string): ComparisonRow {
  const { file, champion } = readChampionFile(folder);
  const lines = readLines(folder, RUN_FILES.generations) as { steps?: number }[];
  return {
    name: nameOf(folder),
    kind: "evolved",
    task: file.task,
    network: "evolved graph",
    scores: {},
    accuracy: taskEntry(file.task).classification,
    size: compile(champion.genome).connectionCount,
    seen: lines.reduce((sum, { steps = 0 }) => sum + steps, 0),
    seconds: readMeta(folder).seconds,
  };
}

async function measureSearch(folder: string, options: MeasureOptions): Promise<Measured> {
  const { episodes, seed, threads, dataDir } = options;
  const loaded = await loadChampion(folder, dataDir === undefined ? {} : { dataDir });
  const { genome, source, trainedWeights } = loaded;
  const evaluator = await createPool(source, { threads });
  try {
    const conditions = await measureConditions(source, evaluator, compile(genome), episodes, seed, trainedWeights);
    const measured: Partial<Record<ConditionName, Summary>> = { ...conditions };
    const names = (Object.keys(CONDITIONS) as ConditionName[]).filter((name) => measured[name] !== undefined);
    const drawn = source.dataset === undefined ? names : names.filter((name) => DRAWN.includes(name));
    return {
      scores: Object.fromEntries(names.map((name) => [name, measured[name]?.mean])),
      deviations: Object.fromEntries(drawn.map((name) => [name, measured[name]?.std])),
    };
  } finally {
    await evaluator.close();
  }
}
