/**
 * NEAT: weights evolve with the graph, in species. Stanley & Miikkulainen 2002, "Evolving Neural Networks through
 * Augmenting Topologies", Evolutionary Computation 10(2), sections 3 and 4; feed-forward. The same contract as `Search`.
 */
import { derive } from "../../base/rng.ts";
import { meanScore, type Scores } from "../../base/scores.ts";
import { connectionCount, createGenome, type Genome } from "../../genome/genome.ts";
import { Innovations } from "../../genome/innovation.ts";
import { packGenomes, unpackGenomes } from "../../genome/pack.ts";
import type { SearchShape } from "../config.ts";
import { checkChampion } from "../first.ts";
import { Ancestor, packLineage, unpackLineage } from "../lineage.ts";
import { founder, gather, type Population } from "../population.ts";
import { checkAsk, checkTold, type RankedGeneration, type Searcher } from "../searcher.ts";
import { selectionOf } from "../selection.ts";
import { breed } from "./breed.ts";
import { mutateWeights, type Weighted, withWeights } from "./mutate.ts";
import { completeNeatSettings, type NeatSettings } from "./settings.ts";
import {
  adjustThreshold,
  drawRepresentatives,
  membersOf,
  NO_SPECIES,
  type Speciation,
  shareScores,
  speciate,
} from "./species.ts";
import { type NeatState, packSpeciation, unpackSpeciation } from "./state.ts";

/** What a search may be given beside its settings. */
export interface NeatOptions {
  /**
   * A genome to start from, with weights, at 1 where it has none: the first population is the champion and copies of it
   * whose weights are changed; its nodes and connections keep their numbers. `connectProbability` has no effect then.
   */
  readonly champion?: Genome;
}

/** A search by NEAT. */
export class NeatSearch implements Searcher<NeatState> {
  readonly settings: NeatSettings;
  readonly shape: SearchShape;
  readonly #seed: string;
  #generation = 0;
  #population: Population;
  #speciation: Speciation;
  #threshold: number;
  readonly #innovations: Innovations;
  #asked = false;

  /**
   * @param settings what differs from the defaults
   * @param seed     equal seeds, settings and champions give equal searches
   * @throws UsageError if a setting is unknown or out of range, or the champion has other inputs and outputs, breaks an
   *         invariant, or has an innovation number twice
   */
  constructor(
    shape: SearchShape,
    settings: Partial<NeatSettings> = {},
    seed: number | string = 1,
    { champion }: NeatOptions = {},
    state?: NeatState,
  ) {
    this.settings = completeNeatSettings(settings);
    this.shape = shape;
    this.#seed = String(seed);
    if (state !== undefined) {
      this.#generation = state.generation;
      this.#innovations = Innovations.from(state.innovations, shape.inputCount, shape.outputCount);
      this.#population = {
        genomes: unpackGenomes(state.genomes),
        families: state.families.slice(),
        births: state.births.slice(),
        origins: new Int32Array(state.families.length),
        ancestors: unpackLineage(state.lineage),
      };
      this.#speciation = unpackSpeciation(state);
      this.#threshold = state.threshold;
      return;
    }
    if (champion === undefined) {
      this.#innovations = new Innovations(shape.inputCount, shape.outputCount);
      this.#population = this.#firstPopulation();
    } else {
      const { weights } = champion;
      const first = withWeights(checkChampion(champion, shape, { genome: "any" }), (gene) => weights?.[gene] ?? 1);
      this.#innovations = Innovations.of(first);
      this.#population = this.#populationOf(first);
    }
    this.#threshold = this.settings.speciesDistance;
    this.#speciation = speciate(this.#population.genomes, NO_SPECIES, [], this.settings, this.#threshold, 0);
  }

  /** Continues an earlier search from its `state`. */
  static from(state: NeatState): NeatSearch {
    return new NeatSearch(state.shape, state.settings, state.seed, {}, state);
  }

  get generation(): number {
    return this.#generation;
  }

  get families(): Int32Array {
    return this.#population.families;
  }

  get births(): Int32Array {
    return this.#population.births;
  }

  get ancestors(): readonly Ancestor[] {
    return this.#population.ancestors;
  }

  /** The species of this generation, and the threshold by which they were told apart. */
  get speciation(): Speciation & { readonly threshold: number } {
    return { ...this.#speciation, threshold: this.#threshold };
  }

  get state(): NeatState {
    const { genomes, families, births, ancestors } = this.#population;
    return {
      seed: this.#seed,
      shape: this.shape,
      settings: this.settings,
      generation: this.#generation,
      genomes: packGenomes(genomes),
      families: families.slice(),
      births: births.slice(),
      ...packSpeciation(this.#speciation),
      threshold: this.#threshold,
      innovations: this.#innovations.state,
      lineage: packLineage(ancestors),
    };
  }

  ask(): readonly Genome[] {
    checkAsk(this.#asked);
    this.#asked = true;
    return this.#population.genomes;
  }

  tell(scores: readonly Scores[]): RankedGeneration {
    const before = this.#population;
    checkTold(this.#asked, scores, before.genomes.length);
    const generation = this.#generation;
    const first = Float64Array.from(scores, meanScore);
    const second = Float64Array.from(before.genomes, (genome) => -connectionCount(genome));
    // Of genomes that score alike the one with fewer genes is better.
    const genes = before.genomes.map(({ innovations }) => innovations.length);
    const order = Int32Array.from(first.keys()).sort((a, b) => first[b] - first[a] || genes[a] - genes[b] || a - b);
    const { species, progress, offspring } = shareScores(this.#speciation, first, this.settings, generation);
    const representatives = drawRepresentatives(
      before.genomes,
      this.#speciation,
      derive(this.#seed, "representatives", generation),
    );
    this.#generation++;
    this.#population = gather(
      breed(before, order, membersOf(this.#speciation), offspring, {
        seed: this.#seed,
        generation: this.#generation,
        settings: this.settings,
        innovations: this.#innovations,
      }),
    );
    this.#speciation = speciate(
      this.#population.genomes,
      { ...this.#speciation, species, progress },
      representatives,
      this.settings,
      this.#threshold,
      this.#generation,
    );
    this.#threshold = adjustThreshold(this.#threshold, this.#speciation.species.length, this.settings);
    // Those that live on or have children let go of the genomes they were made from.
    for (const family of new Set(this.#population.families)) void before.ancestors[family].change;
    this.#asked = false;
    const objectives = { first, second };
    const selection = selectionOf({ generation, objectives }, before, this.#population);
    return { generation, order, objectives, second: "connections", selection };
  }

  /** Genomes without hidden nodes, with random weights (section 3.4). */
  #firstPopulation(): Population {
    const { inputCount, outputCount, outputActivation } = this.shape;
    const { population, connectProbability, weightRange } = this.settings;
    return gather(
      Array.from({ length: population }, (_, index) => {
        const rng = derive(this.#seed, "first", index);
        const genome = createGenome(inputCount, outputCount, connectProbability, outputActivation, rng);
        return founder(
          withWeights(genome, () => rng.between(-weightRange, weightRange)),
          index,
        );
      }),
    );
  }

  /** The champion as it is, and copies of it with changed weights: all one family. */
  #populationOf(champion: Weighted): Population {
    const first = founder(champion, 0);
    const others = Array.from({ length: this.settings.population - 1 }, (_, index) => {
      const genome = mutateWeights(champion, derive(this.#seed, "first", index + 1), this.settings);
      const line = { parent: first.ancestor, generation: 0, operators: ["mutateWeights"] };
      return { ...first, genome, ancestor: new Ancestor(line, { from: champion, to: genome }) };
    });
    return gather([first, ...others]);
  }
}
