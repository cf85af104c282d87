/** A tuning as a stage: the individual weights of one champion, trained step by step from its best shared weight. */
import { UsageError } from "../../base/errors.ts";
import { checkSameEncoding } from "../../data/table/encoding.ts";
import { type ChampionFile, championFile, championText, parseChampion } from "../../formats/json.ts";
import type { Genome } from "../../genome/genome.ts";
import {
  type EvaluationOptions,
  evaluateChampion,
  evaluationText,
  type RunEvaluation,
} from "../../measure/evaluation.ts";
import { TUNED_GRAPH } from "../../measure/figures.ts";
import { type KeptWeights, keepBetter, keepFirst, type Validated } from "../../measure/kept-weights.ts";
import { compile, type Network } from "../../network/compile.ts";
import { measuresOf } from "../../tasks/definition.ts";
import { taskDefinition } from "../../tasks/registry.ts";
import { findBestWeight } from "../../tuning/best-weight.ts";
import type { Tuner, TunerKind } from "../../tuning/tuner.ts";
import { TUNERS } from "../../tuning/tuners.ts";
import { partOf } from "../config.ts";
import { readRunChampion } from "../folder.ts";
import { RUN_FILES } from "../run-files.ts";
import type { Stage, StageKind, StepReport } from "../stage.ts";
import { completeTuningConfig, type TuningConfig } from "./tuning-config.ts";

/** What was there before the first step. */
interface Beginning {
  readonly genome: Genome;
  /** The shared weight that all connections began with, and its mean score on validation episodes. */
  readonly weight: number;
  readonly sharedScore: number;
}

/** What a checkpoint holds: what is kept as in champion.json. */
interface TuningState {
  readonly tuner: object;
  readonly champion: ChampionFile;
}

/** A line of generations.jsonl: the tuner's figures stand between the number of the step and the rest. */
export interface TuningRecord {
  /** Steps done, from 1: generations, epochs. */
  readonly step: number;
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
  /** What is kept after the step: the step that gave it, its score on validation data, and what the task reports there if that is another. */
  readonly champion: { readonly generation: number; readonly score: number; readonly reported?: number };
  readonly [figure: string]: unknown;
}

/** A tuning in progress. */
export class TuningStage implements Stage<TuningRecord> {
  readonly #kind: TunerKind;
  readonly #config: TuningConfig;
  readonly #tuner: Tuner;
  readonly #validated: Validated;
  readonly #beginning: Beginning;
  /** After the last whole step. */
  #state: { readonly tuner: object; readonly kept: KeptWeights };
  /** What was measured after the last step. */
  #evaluation: RunEvaluation | undefined;

  constructor(
    kind: TunerKind,
    config: TuningConfig,
    tuner: Tuner,
    validated: Validated,
    beginning: Beginning,
    kept: KeptWeights,
  ) {
    this.#kind = kind;
    this.#config = config;
    this.#tuner = tuner;
    this.#validated = validated;
    this.#beginning = beginning;
    this.#state = { tuner: tuner.state, kept };
  }

  get count(): number {
    return this.#tuner.count;
  }

  get done(): boolean {
    return this.count >= ((this.#config as unknown as Record<string, number | null>)[this.#kind.length] ?? Infinity);
  }

  get threads(): number {
    return this.#tuner.threads;
  }

  /** What its steps are. */
  get length(): TunerKind["length"] {
    return this.#kind.length;
  }

  /** The best weights so far. */
  get kept(): KeptWeights {
    return this.#state.kept;
  }

  /** What all connections began with. */
  get beginning(): Beginning {
    return this.#beginning;
  }

  get state(): TuningState {
    return { tuner: this.#state.tuner, champion: this.championFile };
  }

  get files(): Readonly<Record<string, string | undefined>> {
    const { result } = this.#config;
    const champion = championText(this.championFile);
    return {
      [RUN_FILES.champion]: champion,
      ...(result !== null && { [result]: champion }),
      [RUN_FILES.evaluation]: this.#evaluation && evaluationText(this.#evaluation),
    };
  }

  /** The champion with its trained weights. */
  get championFile(): ChampionFile {
    const { genome, weight, sharedScore } = this.#beginning;
    const { step, score, reported } = this.kept;
    const { format: _, stage: method, task, taskSettings: __, from: ___, result: ____, ...settings } = this.#config;
    const champion = { genome, generation: step, score, scoresByWeight: [sharedScore], reported };
    const origin = { task, seed: this.#config.seed, weights: [weight] };
    return {
      ...championFile(champion, origin, this.#validated.evaluator.task.info),
      trainedWeights: this.#trainedWeights,
      tuning: { method, settings: { ...settings, weight } },
      bestSharedWeight: weight,
    };
  }

  async evaluate(options: EvaluationOptions): Promise<RunEvaluation> {
    const { evaluator, network } = this.#validated;
    const { step: generation, score, reported = score } = this.kept;
    const validation = { seed: this.#config.seed, weights: [this.#beginning.weight] };
    const kind = this.#kind.name;
    const champion = { kind, evaluator, network, generation, validation, trainedWeights: this.#trainedWeights };
    const evaluation = await evaluateChampion(champion, options);
    const { count } = evaluation.figures.validation;
    this.#evaluation = {
      ...evaluation,
      figures: { ...evaluation.figures, validation: { mean: reported, count } },
    };
    return this.#evaluation;
  }

  async step(tell?: (share: number) => void): Promise<StepReport<TuningRecord>> {
    this.#evaluation = undefined;
    const before = this.kept;
    const { candidates, line, steps } = await this.#tuner.step(tell);
    const kept = await keepBetter(this.#validated, before, candidates, this.count);
    this.#state = { tuner: this.#tuner.state, kept };
    const step = this.count;
    return {
      line: { step, ...line, steps, champion: championOf(kept) },
      timing: { step },
      changed: kept.weights === before.weights ? [] : [RUN_FILES.champion],
    };
  }

  /** One weight for each connection gene: those that are not in use keep the weight that all began with. */
  get #trainedWeights(): number[] {
    const weights = new Array<number>(this.#beginning.genome.enabled.length).fill(this.#beginning.weight);
    this.#validated.network.genes.forEach((gene, connection) => {
      weights[gene] = this.kept.weights[connection];
    });
    return weights;
  }
}

/** The tunings by a kind of tuner, as the table of stages has them. */
export function tuningStage(kind: TunerKind): StageKind<TuningConfig, TuningStage> {
  return {
    name: kind.name,
    title: kind.title,
    length: kind.length,
    hasChampion: true,
    lineFiles: [RUN_FILES.generations, RUN_FILES.timings],
    complete: (settings) => completeTuningConfig(kind, settings),
    summarize(folder, { task, from }) {
      const { file, champion } = readRunChampion(folder) ?? {};
      const measures = measuresOf(taskDefinition(task), file?.table);
      return {
        model: TUNED_GRAPH,
        score: champion?.reported ?? champion?.score,
        measure: champion?.reported === undefined ? measures.selected : measures.reported,
        size: champion && compile(champion.genome).connectionCount,
        defaults: completeTuningConfig(kind, { task, from }),
      };
    },
    isState(json): json is TuningState {
      const { champion, tuner } = (json ?? {}) as Partial<TuningState>;
      return typeof champion === "object" && kind.isState(tuner);
    },
    async open(config, workshop, json) {
      const state = json as TuningState | undefined;
      const known = state && parseChampion(state.champion, "the checkpoint");
      checkSameEncoding(known?.file.table, workshop.task.info.table);
      const genome = known?.champion.genome ?? workshop.founder?.genome;
      if (genome === undefined) {
        throw new UsageError(
          `Expected a champion whose weights are to be tuned, got none: read it from ${config.from}.`,
        );
      }
      const network = compile(genome);
      if (network.genes.length === 0) {
        throw new UsageError("Expected connections whose weights can be tuned, got a network without one.");
      }
      const { seed } = config;
      const evaluator = await workshop.evaluator();
      const validated = { evaluator, network, seed };
      const weight =
        known?.file.bestSharedWeight ?? config.weight ?? (await findBestWeight(evaluator, network.program, seed));
      const start = new Float32Array(network.genes.length).fill(weight);
      const settings = partOf(kind.settings, config as unknown as Record<string, unknown>);
      const tuner = await kind.open({ evaluator, network, start, seed }, settings, state?.tuner);
      const kept = known ? keptOf(known, network) : await keepFirst(validated, start);
      const beginning = { genome, weight, sharedScore: known?.champion.scoresByWeight[0] ?? kept.score };
      return new TuningStage(kind, config, tuner, validated, beginning, kept);
    },
  };
}

/** What a line says of the weights that are kept. */
function championOf({ step: generation, score, reported }: KeptWeights): TuningRecord["champion"] {
  return { generation, score, ...(reported !== undefined && { reported }) };
}

/** What a tuned champion says of the weights that are kept. */
function keptOf({ file, champion }: ReturnType<typeof parseChampion>, { genes }: Network): KeptWeights {
  const { trainedWeights = [] } = file;
  const { generation: step, score, reported } = champion;
  return { weights: Float32Array.from(genes, (gene) => trainedWeights[gene]), step, score, reported };
}

/** All kinds of tunings. */
export const TUNING_STAGES = TUNERS.map(tuningStage);
