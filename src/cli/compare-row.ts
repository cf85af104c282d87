/** One row of a comparison: what a run, evolved or trained, comes to. */
import { AbsentDataError } from "../base/errors.ts";
import type { Summary } from "../base/stats.ts";
import { shapeName, weightTotal } from "../baseline/weights.ts";
import { CONDITION_NAMES, type ConditionName, scoreConditions } from "../measure/conditions.ts";
import { compile } from "../network/compile.ts";
import { readLines, readMeta } from "../run/folder.ts";
import { readRun } from "../run/read-config.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { SEARCH_STAGE } from "../run/search-stage.ts";
import type { StageConfig } from "../run/stage.ts";
import type { TrainConfig } from "../run/train-config.ts";
import { TRAINING_STAGE } from "../run/training-stage.ts";
import { createWorkshop } from "../run/workshop.ts";
import { taskDefinition } from "../tasks/registry.ts";
import type { Measure } from "../tasks/task.ts";
import { evaluateBaseline, readRunWeights } from "./evaluate-baseline.ts";
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
interface RowMaker<Config extends StageConfig> {
  readonly kind: string;
  /** What is known without the data. */
  describe(folder: string, config: Config): Promise<Pick<ComparisonRow, "kind" | "network" | "size" | "seen">>;
  measure(
    folder: string,
    config: Config,
    options: MeasureOptions & { readonly place: object },
  ): Promise<Pick<ComparisonRow, "scores" | "deviations" | "seen">>;
}

const TRAINED: RowMaker<TrainConfig> = {
  kind: TRAINING_STAGE.name,
  async describe(folder, { model }) {
    const { shape } = readRunWeights(folder);
    return { kind: "trained", network: `${model} ${shapeName(shape)}`, size: weightTotal(shape) };
  },
  async measure(folder, config, { place }) {
    const { qualities, trainCount } = await evaluateBaseline(folder, config, { taskSettings: { ...place } });
    return {
      scores: { trainedWeights: qualities.test.accuracy },
      seen: readLines(folder, RUN_FILES.generations).length * trainCount,
    };
  },
};

const EVOLVED: RowMaker<StageConfig> = {
  kind: SEARCH_STAGE.name,
  async describe(folder) {
    const { genome } = await readChampionFile(folder);
    const lines = readLines(folder, RUN_FILES.generations) as { steps?: number }[];
    return {
      kind: "evolved",
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

const MAKERS = [EVOLVED, TRAINED] as readonly RowMaker<StageConfig>[];

/**
 * Measures the run in `folder`. Where its data set is absent, the row has no scores and says why.
 *
 * @throws UsageError if it is no run folder, or has no champion or weights yet
 */
export async function measureRun(folder: string, options: MeasureOptions): Promise<ComparisonRow> {
  const { kind, config } = await readRun(folder);
  const { name: task, reported, settings } = taskDefinition(config.task);
  const maker = MAKERS.find((entry) => entry.kind === kind.name) as RowMaker<StageConfig>;
  const row: ComparisonRow = {
    name: folder.replace(/[/\\]+$/, ""),
    task,
    measure: reported,
    scores: {},
    seconds: readMeta(folder).seconds,
    ...(await maker.describe(folder, config)),
  };
  const { dataDir } = options;
  const place = dataDir !== undefined && "dataDir" in settings.shape ? { dataDir } : {};
  try {
    return { ...row, ...(await maker.measure(folder, config, { ...options, place })) };
  } catch (error) {
    if (!(error instanceof AbsentDataError)) throw error;
    return { ...row, absent: error.message };
  }
}
