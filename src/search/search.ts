/**
 * The search: `ask` gives genomes to score, `tell` takes their scores and makes the next generation.
 *
 * Knows genomes and scores, never a task, a thread or a file. `state` is plain data; `Search.from(state)` continues
 * bit for bit. Gaier & Ha 2019, section 3; settings in search/config.ts.
 */
import { UsageError } from "../base/errors.ts";
import { derive } from "../base/rng.ts";
import type { Scores } from "../base/scores.ts";
import { parseSettings } from "../base/settings.ts";
import { connectionCount, createGenome, type Genome } from "../genome/genome.ts";
import { type InnovationState, Innovations } from "../genome/innovation.ts";
import { type PackedGenomes, packGenomes, unpackGenomes } from "../genome/pack.ts";
import { type SearchSettings, type SearchShape, searchSettingsSchema } from "./config.ts";
import { type Objectives, objectives, type SecondObjective } from "./objectives.ts";
import { rank } from "./rank.ts";
import { type Population, vary } from "./vary.ts";

/** All of a search, as plain data. */
export interface SearchState {
  readonly seed: string;
  readonly shape: SearchShape;
  readonly settings: SearchSettings;
  /** Generations told so far; also the number of the population at hand. */
  readonly generation: number;
  readonly genomes: PackedGenomes;
  readonly families: Int32Array;
  readonly innovations: InnovationState;
}

/** How a generation was ranked. */
export interface Ranking {
  readonly generation: number;
  readonly second: SecondObjective;
  readonly objectives: Objectives;
  /** Indices of the generation's genomes, best first. */
  readonly order: Int32Array;
}

/** An evolutionary search over network topologies with one shared weight. */
export class Search {
  readonly settings: SearchSettings;
  readonly shape: SearchShape;
  readonly #seed: string;
  #generation = 0;
  #population: Population;
  #innovations: Innovations;
  #asked = false;

  /**
   * @param settings what differs from the defaults
   * @param seed     equal seeds and settings give equal searches
   * @throws UsageError if a setting is unknown or out of range
   */
  constructor(shape: SearchShape, settings: Partial<SearchSettings> = {}, seed: number | string = 1) {
    this.settings = parseSettings("search", searchSettingsSchema, settings);
    this.shape = shape;
    this.#seed = String(seed);
    this.#innovations = new Innovations(shape.inputCount, shape.outputCount);
    this.#population = firstPopulation(shape, this.settings, this.#seed);
  }

  /** Continues an earlier search from its `state`. */
  static from(state: SearchState): Search {
    const search = new Search(state.shape, state.settings, state.seed);
    search.#generation = state.generation;
    search.#population = { genomes: unpackGenomes(state.genomes), families: state.families.slice() };
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

  /** The genomes of this generation. Score all of them on the same episodes, then `tell`. */
  ask(): readonly Genome[] {
    if (this.#asked) throw new UsageError("ask() called twice: call tell() with the scores of the genomes first.");
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
  tell(scores: readonly Scores[]): Ranking {
    if (!this.#asked) throw new UsageError("tell() before ask(): call ask() to get the genomes to score.");
    const { genomes } = this.#population;
    if (scores.length !== genomes.length) {
      throw new UsageError(`Expected scores of ${genomes.length} genomes, got ${scores.length}.`);
    }
    scores.forEach(({ values }, index) => {
      if (values.length === 0 || !values.every(Number.isFinite)) {
        throw new UsageError(
          `Expected finite scores, got ${values.find((value) => !Number.isFinite(value))} for genome ${index}.`,
        );
      }
    });
    const generation = this.#generation;
    const { connectionObjective, crowding } = this.settings;
    const byConnections = derive(this.#seed, "objective", generation).uniform() < connectionObjective;
    const second: SecondObjective = byConnections ? "connections" : "best";
    const values = objectives(scores, genomes.map(connectionCount), second, crowding);
    const order = rank(values, crowding);
    this.#generation++;
    this.#population = vary(genomes, order, this.settings, this.#innovations, this.#seed, this.#generation);
    this.#asked = false;
    return { generation, second, objectives: values, order };
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
      innovations: this.#innovations.state,
    };
  }
}

/** Unrelated first genomes, each from its own stream. */
function firstPopulation(shape: SearchShape, settings: SearchSettings, seed: string): Population {
  const genomes = Array.from({ length: settings.population }, (_, index) =>
    createGenome(
      shape.inputCount,
      shape.outputCount,
      settings.connectProbability,
      shape.outputActivation,
      derive(seed, "first", index),
    ),
  );
  return { genomes, families: Int32Array.from(genomes.keys()) };
}
