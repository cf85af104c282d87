/** How a run of each kind becomes a row of a comparison. */
import type { Summary } from "../base/stats.ts";
import { shapeName, weightTotal } from "../baseline/weights.ts";
import { CONDITION_NAMES, type ConditionName, scoreConditions } from "../measure/conditions.ts";
import { compile } from "../network/compile.ts";
import { readLines } from "../run/folder.ts";
import { RUN_FILES } from "../run/run-files.ts";
import type { StageConfig } from "../run/stage.ts";
import type { TrainConfig } from "../run/train-config.ts";
import { createWorkshop } from "../run/workshop.ts";
import { measuresOf } from "../tasks/definition.ts";
import { taskDefinition } from "../tasks/registry.ts";
import type { Measure } from "../tasks/task.ts";
import { evaluateBaseline, readBaselineWeights } from "./evaluate-baseline.ts";
import { loadChampion, readChampionFile } from "./load-champion.ts";

/** A run, or figures of others. */
export interface ComparisonRow {
  readonly name: string;
  readonly kind: "evolved" | "trained" | "reference";
  readonly task: string;
  /** What the network is: its kind and layers; undefined for figures of others. */
  readonly network?: string;
  /** Means of what the task reports; shares as fractions. */
  readonly scores: Readonly<Partial<Record<ConditionName, number>>>;
  /** Standard deviations of those scores that are means over draws of weights, or episodes. */
  readonly deviations?: Readonly<Partial<Record<ConditionName, number>>>;
  /** Why there are no scores, where there are none. */
  readonly absent?: string;
  /** What the task reports. */
  readonly measure: Measure;
  /** Connections, or weights and biases. */
  readonly size?: number;
  /** Examples (or environment steps) the search or training has seen. */
  readonly seen?: number;
  /** Seconds spent in it. */
  readonly seconds?: number;
}

/** Where tests are whole data sets, the conditions that are means over weights; the others are one network each. */
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

/** How runs of one kind become a row. */
export interface RowMaker<Config extends StageConfig = StageConfig> {
  /** What is known without the data. */
  describe(
    folder: string,
    config: Config,
  ): Promise<Pick<ComparisonRow, "kind" | "measure" | "network" | "size" | "seen">>;
  measure(
    folder: string,
    config: Config,
    options: MeasureOptions & { readonly place: object },
  ): Promise<Pick<ComparisonRow, "scores" | "deviations" | "seen">>;
}

/** Of a training: the accuracy of its weights. */
export const TRAINED: RowMaker<TrainConfig> = {
  async describe(folder, { model, task }) {
    const { shape } = readBaselineWeights(folder);
    const { reported } = taskDefinition(task);
    return { kind: "trained", measure: reported, network: `${model} ${shapeName(shape)}`, size: weightTotal(shape) };
  },
  async measure(folder, config, { place }) {
    const { qualities, trainCount } = await evaluateBaseline(folder, config, { taskSettings: { ...place } });
    return {
      scores: { trainedWeights: qualities.test.accuracy },
      seen: readLines(folder, RUN_FILES.generations).length * trainCount,
    };
  },
};

/** Of a search: its champion under the conditions of the paper's Table 1. */
export const EVOLVED: RowMaker = {
  async describe(folder, { task }) {
    const { genome, table } = await readChampionFile(folder);
    const lines = readLines(folder, RUN_FILES.generations) as { steps?: number }[];
    return {
      kind: "evolved",
      measure: measuresOf(taskDefinition(task), table).reported,
      network: "evolved graph",
      size: compile(genome).connectionCount,
      seen: lines.reduce((sum, { steps = 0 }) => sum + steps, 0),
    };
  },
  async measure(folder, _, { episodes, seed, threads, place }) {
    const { genome, source, trainedWeights } = await loadChampion(folder, { taskSettings: { ...place } });
    const workshop = createWorkshop(source, threads);
    try {
      const evaluator = await workshop.evaluator();
      const conditions = await scoreConditions({ evaluator, network: compile(genome), episodes, seed, trainedWeights });
      const measured: Partial<Record<ConditionName, Summary>> = { ...conditions };
      const names = CONDITION_NAMES.filter((name) => measured[name] !== undefined);
      const whole = workshop.task.info.tested === "whole";
      const drawn = whole ? names.filter((name) => DRAWN.includes(name)) : names;
      return {
        scores: Object.fromEntries(names.map((name) => [name, measured[name]?.mean])),
        deviations: Object.fromEntries(drawn.map((name) => [name, measured[name]?.std])),
      };
    } finally {
      await workshop.close();
    }
  },
};
