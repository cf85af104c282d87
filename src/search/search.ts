/**
 * The search: `ask` gives genomes to score, `tell` takes their scores and makes the next generation.
 *
 * Knows genomes and scores, never a task, a thread or a file. `state` is plain data; `Search.from(state)` continues
 * bit for bit. Gaier & Ha 2019, section 3; settings in search/config.ts.
 */
import { derive } from "../base/rng.ts";
import type { Scores } from "../base/scores.ts";
import { connectionCount, type Genome } from "../genome/genome.ts";
import { type InnovationState, Innovations } from "../genome/innovation.ts";
import { type PackedGenomes, packGenomes, unpackGenomes } from "../genome/pack.ts";
import {
  completeSettings,
  completeTables,
  type SearchChanges,
  type SearchSettings,
  type SearchShape,
  type SearchTables,
} from "./config.ts";
import { checkChampion, firstPopulation, genomeCreator, populationOf } from "./first.ts";
import { type Island, islandsOf, migrantsTo, rankIsland, together } from "./islands.ts";
import { type Ancestor, type LineageState, packLineage, unpackLineage } from "./lineage.ts";
import { firstAncestor, gather, type Population } from "./population.ts";
import type { Ranked, ScoredGeneration } from "./rankings/ranking.ts";
import { checkAsk, checkTold, type RankedGeneration, type Searcher } from "./searcher.ts";
import { selectionOf } from "./selection.ts";
import { type Breeding, type Propose, vary } from "./vary.ts";

/** All of a search, as plain data. */
export interface SearchState {
  readonly seed: string;
  readonly shape: SearchShape;
  readonly settings: SearchSettings;
  /** Generations told so far; also the number of the population at hand. */
  readonly generation: number;
  readonly genomes: PackedGenomes;
  readonly families: Int32Array;
  /** The generation in which each genome was made, [genomes]. Default: this one. */
  readonly births?: Int32Array;
  /** The generation in which the oldest ancestor of each was made at random, [genomes]. Default: the first. */
  readonly origins?: Int32Array;
  readonly innovations: InnovationState;
  /** Where the genomes come from. Default: not known. */
  readonly lineage?: LineageState;
}

/** What a search may be given beside its settings. */
export interface SearchOptions extends SearchTables {
  /**
   * A genome to start from: the first population is the champion and children of it by one operator each, its nodes
   * and connections keep their numbers. `connectProbability` and `outputActivation` have no effect then.
   */
  readonly champion?: Genome;
  /** What tells `followGradient` which changes promise most. */
  readonly propose?: Propose;
}

/** An evolutionary search over network topologies with one shared weight. */
export class Search implements Searcher<SearchState> {
  readonly settings: SearchSettings;
  readonly shape: SearchShape;
  readonly #tables: Required<SearchTables>;
  readonly #propose: Propose | undefined;
  readonly #seed: string;
  #generation = 0;
  #population: Population;
  #islands: readonly Island[];
  #innovations: Innovations;
  #asked = false;

  /**
   * @param settings what differs from the defaults
   * @param seed     equal seeds, settings and champions give equal searches
   * @param options  a champion to start from; rankings and operators of one's own
   * @throws UsageError if a setting is unknown or out of range, islands are too many for the population, or the champion has other inputs and outputs, breaks
   *         an invariant, or has an innovation number twice
   */
  constructor(
    shape: SearchShape,
    settings: SearchChanges = {},
    seed: number | string = 1,
    { champion, propose, ...tables }: SearchOptions = {},
  ) {
    this.settings = completeSettings(settings, tables);
    this.shape = shape;
    this.#tables = completeTables(tables);
    this.#propose = propose;
    this.#seed = String(seed);
    this.#islands = islandsOf(this.settings.population, this.settings.islands);
    if (champion === undefined) {
      this.#innovations = new Innovations(shape.inputCount, shape.outputCount);
      this.#population = firstPopulation(this.#breeding());
    } else {
      const founder = checkChampion(champion, shape, this.settings);
      this.#innovations = Innovations.of(founder);
      this.#population = populationOf(founder, this.#breeding(founder));
    }
  }

  /**
   * Continues an earlier search from its `state`.
   *
   * @param options the rankings and operators of one's own that it had, and what made proposals
   */
  static from(state: SearchState, { champion: _, ...options }: SearchOptions = {}): Search {
    const search = new Search(state.shape, state.settings, state.seed, options);
    const genomes = unpackGenomes(state.genomes);
    const births = state.births?.slice() ?? new Int32Array(genomes.length).fill(state.generation);
    search.#generation = state.generation;
    const ancestors = state.lineage
      ? unpackLineage(state.lineage)
      : genomes.map((genome, index) => firstAncestor(genome, births[index]));
    const origins = state.origins?.slice() ?? new Int32Array(genomes.length);
    search.#islands = islandsOf(genomes.length, search.settings.islands);
    search.#population = { genomes, families: state.families.slice(), births, origins, ancestors };
    search.#innovations = Innovations.from(state.innovations, state.shape.inputCount, state.shape.outputCount);
    return search;
  }

  /** The number of the generation that `ask` gives, from 0. */
  get generation(): number {
    return this.#generation;
  }

  /** Which genomes of this generation are related: a parent and its children share a number, [genomes]. */
  get families(): Int32Array {
    return this.#population.families;
  }

  /** The generation in which each genome of this one was made, [genomes]. */
  get births(): Int32Array {
    return this.#population.births;
  }

  /** Where each genome of this generation comes from, [genomes]. */
  get ancestors(): readonly Ancestor[] {
    return this.#population.ancestors;
  }

  /** The genomes of this generation. Score all of them on the same episodes, then `tell`. */
  ask(): readonly Genome[] {
    checkAsk(this.#asked);
    this.#asked = true;
    return this.#population.genomes;
  }

  /**
   * Takes the scores of this generation and makes the next.
   *
   * @param scores of each genome, in the order of `ask`
   * @returns      how the generation was ranked
   * @throws UsageError if called before `ask`, with another number of scores, or with a score that is not finite
   */
  tell(scores: readonly Scores[]): RankedGeneration {
    checkTold(this.#asked, scores, this.#population.genomes.length);
    const generation = this.#generation;
    const before = this.#population;
    const ranked = this.#rank(scores);
    this.#generation++;
    this.#population = this.#next(ranked);
    this.#asked = false;
    const { order, objectives, second } = together(ranked);
    const selection = selectionOf({ generation, objectives }, before, this.#population);
    return { generation, order, objectives, second, selection };
  }

  /** All of the search as plain data. Between `ask` and `tell` it is the state before `ask`. */
  get state(): SearchState {
    return {
      seed: this.#seed,
      shape: this.shape,
      settings: this.settings,
      generation: this.#generation,
      genomes: packGenomes(this.#population.genomes),
      families: this.#population.families.slice(),
      births: this.#population.births.slice(),
      origins: this.#population.origins.slice(),
      innovations: this.#innovations.state,
      lineage: packLineage(this.#population.ancestors),
    };
  }

  /** @param sample a genome of the population, where there is one */
  #breeding(sample?: Genome): Breeding {
    const { operators } = this.#tables;
    const settings = this.settings;
    const innovations = this.#innovations;
    // A graded champion has grades of its own, which all that follow keep.
    const grades = sample?.grades ?? settings.grades;
    const create = genomeCreator(this.shape, { ...settings, grades }, innovations);
    return { seed: this.#seed, settings, innovations, operators, create, propose: this.#propose };
  }

  /** Ranks each island by itself; places are those in the population. */
  #rank(scores: readonly Scores[]): Ranked[] {
    const generation = this.#generation;
    const { genomes, births, origins } = this.#population;
    const scored: ScoredGeneration = {
      generation,
      genomes,
      scores,
      connectionCounts: Int32Array.from(genomes, connectionCount),
      ages: births.map((birth) => generation - birth),
      geneticAges: origins.map((origin) => generation - origin),
      rng: (purpose) => derive(this.#seed, purpose, generation),
    };
    const ranking = this.#tables.rankings[this.settings.select];
    return this.#islands.map((island) => rankIsland(ranking, scored, island, this.settings));
  }

  /** The population of the generation that has just begun. */
  #next(ranked: readonly Ranked[]): Population {
    const generation = this.#generation;
    const { migration, migrants } = this.settings;
    const isMigration = this.#islands.length > 1 && generation % migration === 0;
    const arriving = migrantsTo(ranked, isMigration ? migrants : 0);
    const population = this.#population;
    const breeding = this.#breeding(population.genomes[0]);
    const next = gather(
      this.#islands.flatMap(({ first }, island) =>
        vary(population, ranked[island], breeding, { generation, first, migrants: arriving[island] }),
      ),
    );
    // Those that live on or have children let go of the genomes they were made from.
    for (const family of new Set(next.families)) void population.ancestors[family]?.change;
    return next;
  }
}
