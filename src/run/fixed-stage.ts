/** A fixed topology as a stage: its one step makes the layered network, which is the champion of its run. */
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { checkSameEncoding } from "../data/table/encoding.ts";
import { championFile, championText, parseChampion } from "../formats/json.ts";
import { activationCode } from "../genome/activations.ts";
import type { Champion } from "../genome/champion.ts";
import { type LayeredShape, layeredGenome } from "../genome/layered.ts";
import { type EvaluationOptions, evaluateChampion, evaluationText, type RunEvaluation } from "../measure/evaluation.ts";
import { FIXED_NETWORK } from "../measure/figures.ts";
import { validatedChampion } from "../measure/validation.ts";
import { compile } from "../network/compile.ts";
import { measuresOf } from "../tasks/definition.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { completeFixedConfig, type FixedConfig } from "./fixed-config.ts";
import { readRunChampion } from "./folder.ts";
import { RUN_FILES } from "./run-files.ts";
import type { Stage, StageKind, StepReport, Workshop } from "./stage.ts";

/** What a checkpoint holds: the network as in champion.json, once it is made. */
interface CheckpointState {
  readonly champion: ReturnType<typeof championFile> | null;
}

/** The line of generations.jsonl. */
interface FixedRecord {
  readonly generation: 0;
  readonly connections: number;
  /** Mean over the standard weights and all validation episodes. */
  readonly score: number;
}

/** A fixed topology in the making. */
export class FixedStage implements Stage<FixedRecord> {
  readonly #config: FixedConfig;
  readonly #workshop: Workshop;
  /** Threads score it. */
  readonly threads: number;
  #champion: Champion | undefined;
  /** What it was measured to be. */
  #evaluation: RunEvaluation | undefined;

  constructor(config: FixedConfig, workshop: Workshop, threads: number, champion?: Champion) {
    this.#config = config;
    this.#workshop = workshop;
    this.threads = threads;
    this.#champion = champion;
  }

  get count(): number {
    return this.#champion === undefined ? 0 : 1;
  }

  get done(): boolean {
    return this.#champion !== undefined;
  }

  /** The network; undefined before it is made. */
  get champion(): Champion | undefined {
    return this.#champion;
  }

  /** What it is a network of. */
  get shape(): LayeredShape {
    const { inputs, outputs } = this.#workshop.task.info;
    return { inputCount: inputs.length, outputCount: outputs.length, layers: this.#config.layers };
  }

  get state(): CheckpointState {
    return { champion: this.#championFile() ?? null };
  }

  get files(): Readonly<Record<string, string | undefined>> {
    const file = this.#championFile();
    const bestSharedWeight = this.#evaluation?.figures.bestShared.weight;
    return {
      [RUN_FILES.champion]: file && championText({ ...file, bestSharedWeight }),
      [RUN_FILES.evaluation]: this.#evaluation && evaluationText(this.#evaluation),
    };
  }

  async step(): Promise<StepReport<FixedRecord>> {
    const code = (name: string) => activationCode(name) as number;
    const { outputActivation } = this.#workshop.task.info;
    const genome = layeredGenome(this.shape, code(this.#config.activation), code(outputActivation));
    const champion = await validatedChampion(await this.#workshop.evaluator(), genome, 0, this.#validation);
    this.#champion = champion;
    const line = { generation: 0, connections: compile(genome).connectionCount, score: champion.score } as const;
    return { line, timing: { generation: 0 }, changed: [RUN_FILES.champion] };
  }

  async evaluate(options: EvaluationOptions): Promise<RunEvaluation | undefined> {
    if (this.#champion === undefined) return undefined;
    const { genome, generation } = this.#champion;
    const evaluator = await this.#workshop.evaluator();
    const champion = { evaluator, network: compile(genome), generation, validation: this.#validation };
    this.#evaluation = await evaluateChampion({ ...champion, kind: FIXED_STAGE.name }, options);
    return this.#evaluation;
  }

  get #validation() {
    return { seed: this.#config.seed, weights: STANDARD_WEIGHTS };
  }

  #championFile(): ReturnType<typeof championFile> | undefined {
    const origin = { task: this.#config.task, ...this.#validation };
    return this.#champion && championFile(this.#champion, origin, this.#workshop.task.info);
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
    const champion = (state as CheckpointState | undefined)?.champion;
    const known = champion ? parseChampion(champion, "the checkpoint") : undefined;
    checkSameEncoding(known?.file.table, workshop.task.info.table);
    return new FixedStage(config, workshop, (await workshop.evaluator()).threads, known?.champion);
  },
};
