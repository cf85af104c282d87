/**
 * A search over the codes of a form: a genetic algorithm with truncation selection and elites (Such et al. 2017, "Deep
 * neuroevolution", algorithm 1), whose genomes are graded ones of one template. The same contract as `Search`.
 */
import { UsageError } from "../../base/errors.ts";
import { derive } from "../../base/rng.ts";
import { meanScore, type Scores } from "../../base/scores.ts";
import { activationCode, activationOf } from "../../genome/activations.ts";
import { connectionCount, type Genome } from "../../genome/genome.ts";
import type { SearchShape } from "../config.ts";
import { Ancestor, type LineageState, packLineage, unpackLineage } from "../lineage.ts";
import { gather, type Member, type Population } from "../population.ts";
import { checkAsk, checkTold, type RankedGeneration, type Searcher } from "../searcher.ts";
import { selectionOf } from "../selection.ts";
import { change, recombine } from "./codes.ts";
import { codesFrom, randomCodes } from "./first-codes.ts";
import { type Code, type Form, featureLength, genomeOf } from "./form.ts";
import { completeFormSettings, type FormSettings } from "./settings.ts";

/** All of a search over codes, as plain data. */
export interface FormState {
  readonly seed: string;
  readonly shape: SearchShape;
  readonly settings: FormSettings;
  /** Generations told so far; also the number of the population at hand. */
  readonly generation: number;
  /** The codes one after the other, [population x numbers of a code]. */
  readonly codes: Int32Array;
  readonly families: Int32Array;
  readonly births: Int32Array;
  /** What is remembered of the mean scores of each, and of how many generations: 0 of those not scored yet, [population]. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  readonly lineage: LineageState;
}

/** A member of the population, and its code. */
interface Coded extends Member {
  readonly code: Code;
  /** The mean scores it had, and their number, those of earlier generations counting less and less. */
  readonly sum: number;
  readonly count: number;
}

/** What a search over codes may be given beside its settings. */
export interface FormOptions {
  /**
   * A genome of a form to start from: the first population is the champion and children of it by changes alone. Default:
   * random codes.
   */
  readonly champion?: Genome;
}

/** A search over the codes of a form. */
export class FormSearch implements Searcher<FormState> {
  readonly settings: FormSettings;
  readonly shape: SearchShape;
  readonly form: Form;
  readonly #seed: string;
  #generation = 0;
  /** [population] */
  #codes: readonly Code[];
  #sums: Float64Array;
  #counts: Float64Array;
  #population: Population;
  #asked = false;

  /**
   * @param settings what differs from the defaults
   * @param seed     equal seeds, settings and champions give equal searches
   * @throws UsageError if a setting is unknown or out of range, outputs have an activation other than linear, or the champion
   *         has other inputs and outputs or is of no such form
   */
  constructor(
    shape: SearchShape,
    settings: Partial<FormSettings> = {},
    seed: number | string = 1,
    { champion }: FormOptions = {},
  ) {
    this.settings = completeFormSettings(settings);
    this.shape = shape;
    this.form = formOf(shape, this.settings);
    this.#seed = String(seed);
    const { codes, population } =
      champion === undefined
        ? randomCodes(this.form, this.settings, this.#seed)
        : codesFrom(champion, shape, this.form, this.settings, this.#seed);
    this.#codes = codes;
    this.#population = population;
    this.#sums = new Float64Array(codes.length);
    this.#counts = new Float64Array(codes.length);
  }

  /** Continues an earlier search from its `state`. @throws UsageError if its codes are of another form */
  static from(state: FormState): FormSearch {
    const { shape, settings, seed, codes, families, births, generation } = state;
    const search = new FormSearch(shape, settings, seed);
    const length = settings.features * featureLength(search.form);
    if (codes.length !== families.length * length) {
      throw new UsageError(
        `Expected codes of ${length} numbers, which is what ${settings.features} features have, got ` +
          `${codes.length / families.length}: go on with the settings that the search was started with.`,
      );
    }
    search.#generation = generation;
    search.#codes = Array.from(families, (_, index) => codes.slice(index * length, (index + 1) * length));
    search.#sums = state.sums.slice();
    search.#counts = state.counts.slice();
    search.#population = {
      genomes: search.#codes.map((code) => genomeOf(search.form, code)),
      families: families.slice(),
      births: births.slice(),
      origins: new Int32Array(families.length),
      ancestors: unpackLineage(state.lineage),
    };
    return search;
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

  /** The code of each genome of this generation, [population]. */
  get codes(): readonly Code[] {
    return this.#codes;
  }

  get state(): FormState {
    const { families, births, ancestors } = this.#population;
    return {
      seed: this.#seed,
      shape: this.shape,
      settings: this.settings,
      generation: this.#generation,
      codes: Int32Array.from(this.#codes.flatMap((code) => [...code])),
      families: families.slice(),
      births: births.slice(),
      sums: this.#sums.slice(),
      counts: this.#counts.slice(),
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
    this.#remember(first);
    const lasting = this.#sums.map((sum, place) => sum / this.#counts[place]);
    const order = Int32Array.from(first.keys()).sort(
      (a, b) => lasting[b] - lasting[a] || second[b] - second[a] || a - b,
    );
    this.#generation++;
    const next = this.#next(order);
    this.#codes = next.map(({ code }) => code);
    this.#sums = Float64Array.from(next, ({ sum }) => sum);
    this.#counts = Float64Array.from(next, ({ count }) => count);
    this.#population = gather(next);
    // Those that live on or have children let go of the genomes they were made from.
    for (const family of new Set(this.#population.families)) void before.ancestors[family].change;
    this.#asked = false;
    const objectives = { first, second };
    const selection = selectionOf({ generation, objectives }, before, this.#population);
    return { generation, order, objectives, second: "connections", selection };
  }

  /** Adds the mean scores of a generation to what is left of earlier ones. */
  #remember(means: Float64Array): void {
    const { memory } = this.settings;
    this.#sums = this.#sums.map((sum, place) => memory * sum + means[place]);
    this.#counts = this.#counts.map((count) => memory * count + 1);
  }

  /** Elites in order of rank, then children. */
  #next(order: Int32Array): Coded[] {
    const { population, elites } = this.settings;
    const living = Array.from(order.subarray(0, Math.floor(population * elites)), (place) => this.#unchanged(place));
    const born = Array.from({ length: population - living.length }, (_, index) =>
      this.#child(order, living.length + index),
    );
    return [...living, ...born];
  }

  #unchanged(place: number): Coded {
    const { genomes, births, origins, ancestors } = this.#population;
    return {
      code: this.#codes[place],
      sum: this.#sums[place],
      count: this.#counts[place],
      genome: genomes[place],
      family: place,
      birth: births[place],
      origin: origins[place],
      ancestor: ancestors[place],
    };
  }

  #child(order: Int32Array, place: number): Coded {
    const { population, parents, recombination, changes } = this.settings;
    const generation = this.#generation;
    const rng = derive(this.#seed, "child", generation, place);
    const parentCount = Math.max(1, Math.floor(population * parents));
    const choose = () => order[rng.integer(parentCount)];
    const family = choose();
    const { genomes, ancestors } = this.#population;
    const isOfTwo = rng.uniform() < recombination;
    const code = this.#codes[family];
    const inherited = isOfTwo ? recombine(this.form, code, this.#codes[choose()], rng) : code;
    const changed = change(this.form, inherited, changes, rng);
    const genome = genomeOf(this.form, changed);
    const operators = isOfTwo ? ["recombine", "change"] : ["change"];
    const line = { parent: ancestors[family], generation, operators };
    const ancestor = new Ancestor(line, { from: genomes[family], to: genome });
    return { code: changed, sum: 0, count: 0, genome, family, birth: generation, origin: 0, ancestor };
  }
}

function formOf({ inputCount, outputCount, outputActivation }: SearchShape, settings: FormSettings): Form {
  const { name } = activationOf(outputActivation);
  if (name !== "linear") {
    throw new UsageError(
      `Expected linear outputs for graded forms, got ${name}: search by --method evolution, for genomes of any graph.`,
    );
  }
  const { features, featureActivations, multiplicity, outputs, strength } = settings;
  const activations = featureActivations.map((activation) => activationCode(activation) as number);
  return { inputCount, outputCount, features, activations, multiplicity, outputs, strength };
}
