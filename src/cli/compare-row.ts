/** One row of a comparison: what a run, evolved or trained, comes to. */

import { createPool } from "../evaluation/pool.ts";
import { compile } from "../network/compile.ts";
import { readAnyConfig, readLines, readMeta } from "../run/folder.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { isTraining } from "../run/train-config.ts";
import { measureConditions } from "./conditions.ts";
import { evaluateBaseline } from "./evaluate-baseline.ts";
import { loadChampion } from "./load-champion.ts";

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
  /** Whether the scores are accuracies. */
  readonly accuracy: boolean;
  /** Connections, or weights and biases. */
  readonly size?: number;
  /** Examples (or environment steps) the search or training has seen. */
  readonly seen?: number;
  /** Seconds spent in it. */
  readonly seconds?: number;
}

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
 * Measures the run in `folder`.
 *
 * @throws UsageError if it is no run folder, or has no champion or weights yet
 */
export async function measureRun(folder: string, options: MeasureOptions): Promise<ComparisonRow> {
  const { episodes, seed, threads, dataDir } = options;
  const place = dataDir === undefined ? {} : { dataDir };
  const config = readAnyConfig(folder);
  const { seconds } = readMeta(folder);
  const lines = readLines(folder, RUN_FILES.generations) as { steps?: number }[];
  const name = folder.replace(/[/\\]+$/, "");
  if (isTraining(config)) {
    const { task, shape, weightCount, qualities, trainCount } = await evaluateBaseline(folder, config, place);
    return {
      name,
      kind: "trained",
      task,
      network: `${config.model} ${shape}`,
      scores: { trainedWeights: qualities.test.accuracy },
      accuracy: true,
      size: weightCount,
      seen: lines.length * trainCount,
      seconds,
    };
  }
  const { genome, source, trainedWeights } = await loadChampion(folder, place);
  const network = compile(genome);
  const evaluator = await createPool(source, { threads });
  try {
    const conditions = await measureConditions(source, evaluator, network, episodes, seed, trainedWeights);
    const measured: Partial<Record<ConditionName, { readonly mean: number }>> = { ...conditions };
    const names = Object.keys(CONDITIONS) as ConditionName[];
    const means = names.flatMap((condition) => {
      const score = measured[condition]?.mean;
      return score === undefined ? [] : [[condition, score]];
    });
    return {
      name,
      kind: "evolved",
      task: source.name,
      network: "evolved graph",
      scores: Object.fromEntries(means),
      accuracy: source.dataset !== undefined,
      size: network.connectionCount,
      seen: lines.reduce((sum, { steps = 0 }) => sum + steps, 0),
      seconds,
    };
  } finally {
    await evaluator.close();
  }
}
