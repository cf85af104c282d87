/** How a run of each kind becomes a row of a comparison. */
import { shapeName, weightTotal } from "../baseline/weights.ts";
import { readLines } from "../files/lines.ts";
import { layeredName } from "../genome/layered.ts";
import { CONDITION_NAMES, type ConditionName, scoreConditions } from "../measure/conditions.ts";
import type { EvaluationOptions, RunEvaluation } from "../measure/evaluation.ts";
import { CHOSEN_NETWORK, FIXED_NETWORK } from "../measure/figures.ts";
import { compile } from "../network/compile.ts";
import { RUN_FILES } from "../run/run-files.ts";
import type { StageConfig } from "../run/stage.ts";
import type { FixedConfig } from "../run/stages/fixed-config.ts";
import type { TrainConfig } from "../run/stages/train-config.ts";
import { createWorkshop } from "../run/workshop.ts";
import { readChampionFile } from "../study/read-champion.ts";
import { measuresOf } from "../tasks/definition.ts";
import { taskDefinition } from "../tasks/registry.ts";
import type { Measure } from "../tasks/task.ts";
import { evaluateBaseline, readBaselineWeights } from "./evaluate-baseline.ts";
import { loadChampion } from "./load-champion.ts";

/** A run in the figures that comparisons have. */
export interface ComparisonRow {
  readonly name: string;
  readonly kind: "evolved" | "chosen" | "fixed" | "trained";
  readonly task: string;
  /** What the network is: its kind and layers. */
  readonly network: string;
  /** Means of what the task reports; shares as fractions. */
  readonly scores: Readonly<Partial<Record<ConditionName, number>>>;
  /** Standard deviations of those scores that differ between weights, or episodes. */
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

/** How to measure a run that does not say what it has come to. */
export interface MeasureOptions extends EvaluationOptions {
  readonly threads?: number;
  /** Settings of the task that say where its data are, over those of the run. */
  readonly place: Readonly<Record<string, unknown>>;
}

/** What a row takes of an evaluation. */
type Figures = Pick<RunEvaluation, "figures">;

/** How runs of one kind become a row. */
export interface RowMaker<Config extends StageConfig = StageConfig> {
  /** What is known without the data. */
  describe(
    folder: string,
    config: Config,
  ): Promise<Pick<ComparisonRow, "kind" | "measure" | "network" | "size" | "seen">>;
  /** Measures what the run has come to, where it does not say. */
  evaluate(folder: string, config: Config, options: MeasureOptions): Promise<Figures>;
  row(folder: string, evaluation: Figures): Pick<ComparisonRow, "scores" | "deviations" | "seen">;
}

/** Of a training: the accuracy of its weights. */
export const TRAINED: RowMaker<TrainConfig> = {
  async describe(folder, { model, task }) {
    const { shape } = readBaselineWeights(folder);
    const { reported } = taskDefinition(task);
    return { kind: "trained", measure: reported, network: `${model} ${shapeName(shape)}`, size: weightTotal(shape) };
  },
  async evaluate(folder, config, { place }) {
    return evaluateBaseline(folder, config, { taskSettings: place });
  },
  row(folder, { figures: { train, test } }) {
    const epochs = readLines(folder, RUN_FILES.generations).length;
    return { scores: { trainedWeights: test.mean }, seen: epochs * train.count };
  },
};

/** Of a search: its champion under the conditions of the paper's Table 1. @param network what its networks are called */
export const evolved = (network: string): RowMaker => ({
  async describe(folder, { task }) {
    const { genome, table } = await readChampionFile(folder);
    const lines = readLines(folder, RUN_FILES.generations) as { steps?: number }[];
    return {
      kind: "evolved",
      measure: measuresOf(taskDefinition(task), table).reported,
      network,
      size: compile(genome).connectionCount,
      seen: lines.reduce((sum, { steps = 0 }) => sum + steps, 0),
    };
  },
  async evaluate(folder, _, { threads, place, episodes, seed }) {
    const { genome, source, trainedWeights } = await loadChampion(folder, { taskSettings: place });
    const workshop = createWorkshop(source, threads);
    try {
      const evaluator = await workshop.evaluator();
      const champion = { evaluator, network: compile(genome), trainedWeights };
      const {
        behaviour: _,
        bands: __,
        byClass: ___,
        confusion: ____,
        ...figures
      } = await scoreConditions({ ...champion, episodes, seed });
      return { figures };
    } finally {
      await workshop.close();
    }
  },
  row(_, { figures }) {
    const names = CONDITION_NAMES.filter((name) => figures[name] !== undefined);
    const spread = names.filter((name) => figures[name].std !== undefined);
    return {
      scores: Object.fromEntries(names.map((name) => [name, figures[name].mean])),
      deviations: Object.fromEntries(spread.map((name) => [name, figures[name].std])),
    };
  },
});

/** Of a topology chosen by gradient: its champion, measured as that of a search is; it is none. */
export const CHOSEN: RowMaker = {
  ...evolved(CHOSEN_NETWORK),
  async describe(folder, { task }) {
    const { genome } = await readChampionFile(folder);
    const { reported } = taskDefinition(task);
    const size = compile(genome).connectionCount;
    return { kind: "chosen", measure: reported, network: CHOSEN_NETWORK, size };
  },
};

/** Of a fixed topology: measured as the champion of a search is. */
export const FIXED: RowMaker<FixedConfig> = {
  ...evolved(FIXED_NETWORK),
  async describe(folder, { task, layers }) {
    const { genome, table } = await readChampionFile(folder);
    const measure = measuresOf(taskDefinition(task), table).reported;
    const network = `${FIXED_NETWORK} ${layeredName({ ...genome, layers })}`;
    return { kind: "fixed", measure, network, size: compile(genome).connectionCount };
  },
};
