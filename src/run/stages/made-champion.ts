/** The champion of a run that makes its network without a search: how it is scored, measured, written and read again. */
import { STANDARD_WEIGHTS } from "../../base/scores.ts";
import { checkSameEncoding } from "../../data/table/encoding.ts";
import type { Evaluator } from "../../evaluation/evaluator.ts";
import { type ChampionFile, championFile, championText, parseChampion } from "../../formats/json.ts";
import type { Champion } from "../../genome/champion.ts";
import type { Genome } from "../../genome/genome.ts";
import {
  type EvaluationOptions,
  evaluateChampion,
  evaluationText,
  type RunEvaluation,
} from "../../measure/evaluation.ts";
import { validatedChampion } from "../../measure/validation.ts";
import { compile } from "../../network/compile.ts";
import { RUN_FILES } from "../run-files.ts";
import type { StageConfig, Workshop } from "../stage.ts";

/** Holds the champion of a run, and what it was measured to be. */
export class MadeChampion {
  readonly #config: StageConfig;
  readonly #workshop: Workshop;
  #champion: Champion | undefined;
  /** One weight for each connection gene, where they were trained elsewhere. */
  #trainedWeights: readonly number[] | undefined;
  #evaluation: RunEvaluation | undefined;

  /**
   * @param file what a checkpoint holds of it, where there is one
   * @throws UsageError if that is damaged, or of a table that was read in another way
   */
  constructor(config: StageConfig, workshop: Workshop, file?: ChampionFile | null) {
    const known = file ? parseChampion(file, "the checkpoint") : undefined;
    checkSameEncoding(known?.file.table, workshop.task.info.table);
    this.#config = config;
    this.#workshop = workshop;
    this.#champion = known?.champion;
    this.#trainedWeights = known?.file.trainedWeights;
  }

  /** Undefined before it is made. */
  get champion(): Champion | undefined {
    return this.#champion;
  }

  /** As in champion.json, what is measured at the end apart. */
  get file(): ChampionFile | undefined {
    if (this.#champion === undefined) return undefined;
    const origin = { task: this.#config.task, ...this.#validation };
    const file = championFile(this.#champion, origin, this.#workshop.task.info);
    return this.#trainedWeights === undefined ? file : { ...file, trainedWeights: [...this.#trainedWeights] };
  }

  /** The files of the run folder that are about it. */
  get files(): Readonly<Record<string, string | undefined>> {
    const { file } = this;
    const bestSharedWeight = this.#evaluation?.figures.bestShared.weight;
    return {
      [RUN_FILES.champion]: file && championText({ ...file, bestSharedWeight }),
      [RUN_FILES.evaluation]: this.#evaluation && evaluationText(this.#evaluation),
    };
  }

  /** Puts a network in its place, scored on validation data at the standard weights. @param trainedWeights its own, where it has some, of each gene */
  async make(
    evaluator: Evaluator,
    genome: Genome,
    generation: number,
    trainedWeights?: readonly number[],
  ): Promise<Champion> {
    this.#champion = await validatedChampion(evaluator, genome, generation, this.#validation);
    this.#trainedWeights = trainedWeights;
    return this.#champion;
  }

  /** Forgets what was measured, as it goes on. */
  goOn(): void {
    this.#evaluation = undefined;
  }

  async evaluate(options: EvaluationOptions): Promise<RunEvaluation | undefined> {
    if (this.#champion === undefined) return undefined;
    const { genome, generation } = this.#champion;
    const evaluator = await this.#workshop.evaluator();
    const champion = {
      evaluator,
      network: compile(genome),
      generation,
      validation: this.#validation,
      trainedWeights: this.#trainedWeights,
    };
    this.#evaluation = await evaluateChampion({ ...champion, kind: this.#config.stage }, options);
    return this.#evaluation;
  }

  get #validation() {
    return { seed: this.#config.seed, weights: STANDARD_WEIGHTS };
  }
}
