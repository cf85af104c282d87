/** A network that is made in one step, without a search, as a stage: it is the champion of its run. */
import type { Evaluator } from "../../evaluation/evaluator.ts";
import type { ChampionFile } from "../../formats/json.ts";
import type { Champion } from "../../genome/champion.ts";
import type { Genome } from "../../genome/genome.ts";
import type { EvaluationOptions, RunEvaluation } from "../../measure/evaluation.ts";
import { compile } from "../../network/compile.ts";
import { RUN_FILES } from "../run-files.ts";
import type { RunFigures, Stage, StageConfig, StageKind, StepReport, Workshop } from "../stage.ts";
import { summarizeChampion } from "./champion-summary.ts";
import { MadeChampion } from "./made-champion.ts";

/** What a checkpoint holds: the network as in champion.json, once it is made. */
interface CheckpointState {
  readonly champion: ChampionFile | null;
}

/** The line of generations.jsonl. */
export interface MadeRecord {
  readonly generation: 0;
  readonly connections: number;
  /** Mean over the standard weights and all validation episodes. */
  readonly score: number;
}

/** What is made: a network, and its weights where they were trained elsewhere, one for each connection gene. */
export interface Made {
  readonly genome: Genome;
  readonly trainedWeights?: readonly number[];
}

/** A network in the making. */
export class MadeStage implements Stage<MadeRecord> {
  readonly #evaluator: Evaluator;
  readonly #made: MadeChampion;
  readonly #make: () => Made;

  /** @param make called once, in the only step */
  constructor(evaluator: Evaluator, made: MadeChampion, make: () => Made) {
    this.#evaluator = evaluator;
    this.#made = made;
    this.#make = make;
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

  get state(): CheckpointState {
    return { champion: this.#made.file ?? null };
  }

  get files(): Readonly<Record<string, string | undefined>> {
    return this.#made.files;
  }

  async step(): Promise<StepReport<MadeRecord>> {
    const { genome, trainedWeights } = this.#make();
    const { score } = await this.#made.make(this.#evaluator, genome, 0, trainedWeights);
    const line = { generation: 0, connections: compile(genome).connectionCount, score } as const;
    return { line, timing: { generation: 0 }, changed: [RUN_FILES.champion] };
  }

  evaluate(options: EvaluationOptions): Promise<RunEvaluation | undefined> {
    return this.#made.evaluate(options);
  }
}

/** What runs of every such kind have in common. @param model what their networks are called */
export function madeKind<Config extends StageConfig>(
  model: string,
  make: (config: Config, workshop: Workshop) => Made,
): Pick<StageKind<Config, MadeStage>, "length" | "hasChampion" | "lineFiles" | "isState" | "open"> & {
  summarize(folder: string, config: Config): RunFigures;
} {
  return {
    length: "generations",
    hasChampion: true,
    lineFiles: [RUN_FILES.generations, RUN_FILES.timings],
    summarize: (folder, config) => summarizeChampion(folder, config, model),
    isState(json): json is CheckpointState {
      const { champion } = (json ?? {}) as Partial<CheckpointState>;
      return champion === null || typeof champion === "object";
    },
    async open(config, workshop, state) {
      const { champion } = (state ?? {}) as Partial<CheckpointState>;
      const made = new MadeChampion(config, workshop, champion);
      return new MadeStage(await workshop.evaluator(), made, () => make(config, workshop));
    },
  };
}
