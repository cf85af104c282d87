/** A search in steps, each a generation: ask, compile, evaluate, tell, choose the champion. It runs in a browser too. */
import type { Evaluator } from "../../evaluation/evaluator.ts";
import { frontText } from "../../formats/front.ts";
import { championFile, championLine, championText } from "../../formats/json.ts";
import type { Champion } from "../../genome/champion.ts";
import type { Genome } from "../../genome/genome.ts";
import { packGenomes, unpackGenomes } from "../../genome/pack.ts";
import {
  type EvaluationOptions,
  evaluateChampion,
  evaluationText,
  type RunEvaluation,
} from "../../measure/evaluation.ts";
import { Front } from "../../measure/front.ts";
import { packFront, unpackFront } from "../../measure/front-state.ts";
import { type GenerationRecord, generationRecord } from "../../measure/generation.ts";
import { type LineageStep, lineageText, measureLineage } from "../../measure/lineage.ts";
import { Scoring } from "../../measure/scoring.ts";
import { type FounderGenes, founderGenes, founderText, isTold, survivalOf } from "../../measure/survival.ts";
import { compile, type Network } from "../../network/compile.ts";
import { type Ancestor, packLineage, unpackLineage } from "../../search/lineage.ts";
import { firstAncestor } from "../../search/population.ts";
import { Search, type SearchOptions, type SearchState } from "../../search/search.ts";
import type { Searcher } from "../../search/searcher.ts";
import { type RunConfig, searchSettings, searchShape } from "../config.ts";
import { RUN_FILES } from "../run-files.ts";
import type { Stage, StepReport } from "../stage.ts";
import type { CheckpointState, Kept, RunState, SearchedConfig } from "./searched.ts";

/** What a generation gave. */
export interface GenerationReport extends StepReport<GenerationRecord> {
  /** The champion, if this generation gave a new one. */
  readonly newChampion: Champion | undefined;
  /** Spent in evaluation, that of the champion's candidates included. */
  readonly evaluationSeconds: number;
}

/** A search in progress, whatever its searcher. */
export class SearchStage<State extends object = SearchState> implements Stage<GenerationRecord> {
  readonly #config: SearchedConfig;
  readonly #evaluator: Evaluator;
  readonly #scoring: Scoring;
  readonly #front: Front;
  readonly #search: Searcher<State>;
  /** Elites go through several generations unchanged. */
  readonly #compiled = new WeakMap<Genome, Network>();
  /** Where the champion comes from. */
  #ancestor: Ancestor | undefined;
  /** The genome that the search started from, and what is told of its genes. */
  readonly #founder: { readonly genome: Genome; readonly genes: FounderGenes } | undefined;
  /** What was measured after the last step. */
  #measured: { readonly evaluation: RunEvaluation; readonly lineage: readonly LineageStep[] } | undefined;

  /**
   * @param kept    what an earlier stage kept when its searcher stood where this one stands
   * @param founder the genome that a new search starts from, if any
   */
  constructor(config: SearchedConfig, evaluator: Evaluator, search: Searcher<State>, kept?: Kept, founder?: Genome) {
    this.#config = config;
    this.#evaluator = evaluator;
    this.#scoring = new Scoring(evaluator, config);
    this.#search = search;
    const { champion, front, lineage } = kept ?? {};
    this.#front = new Front(evaluator, config, front ? unpackFront(front) : champion && [champion]);
    const genome = kept?.founder ? unpackGenomes(kept.founder)[0] : founder;
    this.#founder = genome && { genome, genes: founderGenes(genome) };
    this.#ancestor = lineage
      ? unpackLineage(lineage)[0]
      : champion && firstAncestor(champion.genome, champion.generation);
  }

  get count(): number {
    return this.#search.generation;
  }

  get done(): boolean {
    return this.count >= (this.#config.generations ?? Number.POSITIVE_INFINITY);
  }

  get threads(): number {
    return this.#evaluator.threads;
  }

  get champion(): Champion | undefined {
    return this.#front.champion;
  }

  /** Where the search stands; costs time, so only who needs it asks. */
  get runState(): RunState<State> {
    const { networks } = this.#front;
    return {
      search: this.#search.state,
      champion: this.champion,
      ...(networks.length > 0 && { front: packFront(networks) }),
      ...(this.#ancestor && { lineage: packLineage([this.#ancestor]) }),
      ...(this.#founder && { founder: packGenomes([this.#founder.genome]) }),
    };
  }

  get state(): CheckpointState<State> {
    return { ...this.runState, champion: this.#championFile() };
  }

  get files(): Readonly<Record<string, string | undefined>> {
    const { evaluation, lineage } = this.#measured ?? {};
    const bestSharedWeight = evaluation?.figures.bestShared.weight;
    const file = this.#championFile();
    const front = () => frontText(this.#front.networks, this.#config, this.#evaluator.task.info);
    return {
      [RUN_FILES.champion]: file && championText({ ...file, bestSharedWeight }),
      // A front has many networks: its text is made when it is asked for.
      get [RUN_FILES.front]() {
        return file && front();
      },
      [RUN_FILES.evaluation]: evaluation && evaluationText(evaluation),
      [RUN_FILES.lineage]: lineage && lineageText(lineage),
      [RUN_FILES.founder]: this.#founder && founderText(this.#founder.genome),
    };
  }

  async evaluate(options: EvaluationOptions): Promise<RunEvaluation | undefined> {
    const { champion } = this;
    if (champion === undefined) return undefined;
    const { genome, generation } = champion;
    const [evaluator, network, validation] = [this.#evaluator, this.#compile(genome), this.#config];
    const evaluation = await evaluateChampion({ kind: "search", evaluator, network, generation, validation }, options);
    await this.#front.report();
    const lineage = await measureLineage(evaluator, this.#ancestor?.line ?? [], validation, genome);
    this.#measured = { evaluation, lineage };
    return evaluation;
  }

  async step(): Promise<GenerationReport> {
    this.#measured = undefined;
    const search = this.#search;
    const { generation, families, births, ancestors } = search;
    const genomes = search.ask();
    const networks = genomes.map((genome) => this.#compile(genome));
    const evaluationStart = performance.now();
    const { scores, means, steps } = await this.#scoring.score({ generation, genomes, networks, families, births });
    const isNew = await this.#front.consider({ genomes, networks, means, births }, generation);
    const evaluationSeconds = (performance.now() - evaluationStart) / 1000;
    // Last, so that an error before it leaves the search where it was.
    const ranking = search.tell(scores);
    const newChampion = isNew ? this.champion : undefined;
    const genes = this.#founder?.genes;
    const survival = genes && isTold(genes, generation) ? survivalOf(genes, genomes, networks, generation) : undefined;
    if (newChampion !== undefined) this.#ancestor = ancestors[genomes.indexOf(newChampion.genome)];
    return {
      line: generationRecord(ranking, networks, steps, this.champion as Champion),
      timing: { generation, evaluationSeconds },
      appended: {
        ...(newChampion && { [RUN_FILES.champions]: championLine(newChampion) }),
        ...(survival && { [RUN_FILES.survival]: survival }),
      },
      changed: [...(isNew ? [RUN_FILES.champion] : []), ...(genes && generation === 0 ? [RUN_FILES.founder] : [])],
      newChampion,
      evaluationSeconds,
    };
  }

  #compile(genome: Genome): Network {
    const network = this.#compiled.get(genome) ?? compile(genome);
    this.#compiled.set(genome, network);
    return network;
  }

  #championFile(): ReturnType<typeof championFile> | undefined {
    return this.champion && championFile(this.champion, this.#config, this.#evaluator.task.info);
  }
}

/**
 * Begins a search by evolution, or goes on with one.
 *
 * @param options a champion to start from; the rankings and operators of one's own that `config` names
 */
export function createSearchStage(
  config: RunConfig,
  evaluator: Evaluator,
  from?: RunState,
  options: SearchOptions = {},
): SearchStage {
  const settings = searchSettings(config);
  const search = from
    ? Search.from({ ...from.search, settings }, options)
    : new Search(searchShape(evaluator.task.info), settings, config.seed, options);
  return new SearchStage(config, evaluator, search, from, options.champion);
}
