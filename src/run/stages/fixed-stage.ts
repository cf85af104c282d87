/** A fixed topology as a stage: its one step makes the layered network, which is the champion of its run. */
import type { Evaluator } from "../../evaluation/evaluator.ts";
import type { ChampionFile } from "../../formats/json.ts";
import { activationCode } from "../../genome/activations.ts";
import type { Champion } from "../../genome/champion.ts";
import { type LayeredShape, layeredGenome } from "../../genome/layered.ts";
import type { EvaluationOptions, RunEvaluation } from "../../measure/evaluation.ts";
import { FIXED_NETWORK } from "../../measure/figures.ts";
import { compile } from "../../network/compile.ts";
import { measuresOf } from "../../tasks/definition.ts";
import { taskDefinition } from "../../tasks/registry.ts";
import { readRunChampion } from "../folder.ts";
import { RUN_FILES } from "../run-files.ts";
import type { Stage, StageKind, StepReport, Workshop } from "../stage.ts";
import { completeFixedConfig, type FixedConfig } from "./fixed-config.ts";
import { MadeChampion } from "./made-champion.ts";

/** What a checkpoint holds: the network as in champion.json, once it is made. */
interface CheckpointState {
  readonly champion: ChampionFile | null;
}

/** The line of generations.jsonl. */
export interface FixedRecord {
  readonly generation: 0;
  readonly connections: number;
  /** Mean over the standard weights and all validation episodes. */
  readonly score: number;
}

/** A fixed topology in the making. */
export class FixedStage implements Stage<FixedRecord> {
  readonly #config: FixedConfig;
  readonly #evaluator: Evaluator;
  readonly #made: MadeChampion;

  constructor(config: FixedConfig, evaluator: Evaluator, made: MadeChampion) {
    this.#config = config;
    this.#evaluator = evaluator;
    this.#made = made;
  }

  get threads(): number {
    return this.#evaluator.threads;
  }

  get count(): number {
    return this.done ? 1 : 0;
  }

  get done(): boolean {
    return this.champion !== undefined;
  }

  /** The network; undefined before it is made. */
  get champion(): Champion | undefined {
    return this.#made.champion;
  }

  /** What it is a network of. */
  get shape(): LayeredShape {
    const { inputs, outputs } = this.#evaluator.task.info;
    return { inputCount: inputs.length, outputCount: outputs.length, layers: this.#config.layers };
  }

  get state(): CheckpointState {
    return { champion: this.#made.file ?? null };
  }

  get files(): Readonly<Record<string, string | undefined>> {
    return this.#made.files;
  }

  async step(): Promise<StepReport<FixedRecord>> {
    const code = (name: string) => activationCode(name) as number;
    const { outputActivation } = this.#evaluator.task.info;
    const genome = layeredGenome(this.shape, code(this.#config.activation), code(outputActivation));
    const { score } = await this.#made.make(this.#evaluator, genome, 0);
    const line = { generation: 0, connections: compile(genome).connectionCount, score } as const;
    return { line, timing: { generation: 0 }, changed: [RUN_FILES.champion] };
  }

  evaluate(options: EvaluationOptions): Promise<RunEvaluation | undefined> {
    return this.#made.evaluate(options);
  }
}

/** Fixed topologies, as the table of stages has them. */
export const FIXED_STAGE: StageKind<FixedConfig, FixedStage> = {
  name: "fixed",
  title: "a fixed topology",
  length: "generations",
  hasChampion: true,
  lineFiles: [RUN_FILES.generations, RUN_FILES.timings],
  complete: completeFixedConfig,
  summarize(folder, { task }) {
    const { file, champion } = readRunChampion(folder) ?? {};
    return {
      model: FIXED_NETWORK,
      score: champion?.score,
      measure: measuresOf(taskDefinition(task), file?.table).selected,
      size: champion && compile(champion.genome).connectionCount,
      defaults: completeFixedConfig({ task }),
    };
  },
  isState(json): json is CheckpointState {
    const { champion } = (json ?? {}) as Partial<CheckpointState>;
    return champion === null || typeof champion === "object";
  },
  async open(config: FixedConfig, workshop: Workshop, state?: object) {
    const { champion } = (state ?? {}) as Partial<CheckpointState>;
    return new FixedStage(config, await workshop.evaluator(), new MadeChampion(config, workshop, champion));
  },
};
