/** A topology chosen by gradient as a stage: a step is an epoch, its champion the graded network of the best one. */
import { UsageError } from "../base/errors.ts";
import { networkOf, trainedWeight } from "../baseline/topology/network.ts";
import { startTopology, type TopologyState, TopologyTrainer } from "../baseline/topology/trainer.ts";
import type { EpochRecord } from "../baseline/trainer.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { createInlineEvaluator } from "../evaluation/inline.ts";
import { readLines } from "../files/lines.ts";
import type { ChampionFile } from "../formats/json.ts";
import type { Champion } from "../genome/champion.ts";
import type { EvaluationOptions, RunEvaluation } from "../measure/evaluation.ts";
import { CHOSEN_NETWORK } from "../measure/figures.ts";
import { compile } from "../network/compile.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { nextEpoch } from "./epoch.ts";
import { readRunChampion } from "./folder.ts";
import { completeGradientConfig, type GradientConfig, topologySettings } from "./gradient-config.ts";
import { MadeChampion } from "./made-champion.ts";
import { RUN_FILES } from "./run-files.ts";
import type { Stage, StageKind, StepReport, Workshop } from "./stage.ts";
import { datasetOf } from "./task-source.ts";

/** What a checkpoint holds: the champion as in champion.json. */
interface CheckpointState {
  readonly topology: TopologyState;
  readonly champion: ChampionFile | undefined;
}

/** The choice of a topology in progress. */
export class GradientStage implements Stage<EpochRecord> {
  /** The choice uses one thread. */
  readonly threads = 1;
  readonly #trainer: TopologyTrainer;
  /** Scores each new champion, in this thread. */
  readonly #scorer: Evaluator;
  readonly #made: MadeChampion;

  constructor(trainer: TopologyTrainer, scorer: Evaluator, made: MadeChampion) {
    this.#trainer = trainer;
    this.#scorer = scorer;
    this.#made = made;
  }

  get count(): number {
    return this.#trainer.records.length;
  }

  get done(): boolean {
    return this.#trainer.done;
  }

  get champion(): Champion | undefined {
    return this.#made.champion;
  }

  /** The shared weight at which a search that starts from the champion is best scored. */
  get weight(): number | undefined {
    return this.#trainer.best && trainedWeight(this.#trainer.best.logScale);
  }

  get state(): CheckpointState {
    return { topology: this.#trainer.state, champion: this.#made.file };
  }

  get files(): Readonly<Record<string, string | undefined>> {
    return this.#made.files;
  }

  evaluate(options: EvaluationOptions): Promise<RunEvaluation | undefined> {
    return this.#made.evaluate(options);
  }

  async step(tell?: (share: number) => void): Promise<StepReport<EpochRecord>> {
    this.#made.goOn();
    const line = await nextEpoch(this.#trainer, tell);
    const { epoch } = line;
    const { best, shape } = this.#trainer;
    const isBest = best?.epoch === epoch;
    if (isBest) await this.#made.make(this.#scorer, networkOf(best.masks, shape), epoch);
    return { line, timing: { epoch }, changed: isBest ? [RUN_FILES.champion] : [] };
  }
}

/** Topologies chosen by gradient, as the table of stages has them. */
export const GRADIENT_STAGE: StageKind<GradientConfig, GradientStage> = {
  name: "gradient",
  title: "a topology chosen by gradient",
  length: "epochs",
  hasChampion: true,
  lineFiles: [RUN_FILES.generations, RUN_FILES.timings],
  complete: completeGradientConfig,
  summarize(folder, { task }) {
    const champion = readRunChampion(folder)?.champion;
    const records = readLines(folder, RUN_FILES.generations) as EpochRecord[];
    return {
      model: CHOSEN_NETWORK,
      score: champion && records.find(({ epoch }) => epoch === champion.generation)?.validation.accuracy,
      measure: taskDefinition(task).reported,
      size: champion && compile(champion.genome).connectionCount,
      defaults: completeGradientConfig({ task }),
    };
  },
  isState(json): json is CheckpointState {
    const topology = (json as Partial<CheckpointState> | null)?.topology;
    return Array.isArray(topology?.records) && topology.layers.every(({ scores }) => scores instanceof Float32Array);
  },
  async open(config: GradientConfig, workshop: Workshop, state?: object) {
    const dataset = datasetOf(workshop.task);
    const { topology, champion } = (state ?? {}) as Partial<CheckpointState>;
    if (topology !== undefined && topology.settings.epochs !== config.epochs) {
      throw new UsageError(
        `Expected the ${topology.settings.epochs} epochs that this run was started with, over which its rate falls to 0, ` +
          `got ${config.epochs}: leave epochs out, or start another run.`,
      );
    }
    const trainer = await TopologyTrainer.from(topology ?? startTopology(topologySettings(config), dataset), dataset);
    const scorer = await createInlineEvaluator(workshop.task);
    return new GradientStage(trainer, scorer, new MadeChampion(config, workshop, champion));
  },
};
