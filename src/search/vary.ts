/** From a ranked population to the next one: cull, elites, tournaments, one operator for each child. */
import { derive, type Rng } from "../base/rng.ts";
import type { Genome } from "../genome/genome.ts";
import type { Innovations } from "../genome/innovation.ts";
import type { SearchSettings } from "./config.ts";
import { Ancestor } from "./lineage.ts";
import { OPERATORS } from "./operators/index.ts";
import type { Operator, OperatorContext } from "./operators/operator.ts";
import type { Ranked } from "./rankings/ranking.ts";

/** A population; genomes of one family (a parent and its children) share a number. */
export interface Population {
  readonly genomes: readonly Genome[];
  /** [genomes] */
  readonly families: Int32Array;
  /** The generation in which each genome was made, [genomes]. */
  readonly births: Int32Array;
  /** Where each genome comes from, [genomes]. */
  readonly ancestors: readonly Ancestor[];
}

/** What children are made with throughout a search. */
export interface Breeding {
  readonly seed: string;
  readonly settings: SearchSettings;
  readonly innovations: Innovations;
  readonly operators: Readonly<Record<string, Operator>>;
}

/**
 * The next population: elites first, in order of rank, then children.
 *
 * @param generation the number of the next population
 */
export function vary(
  { genomes, births, ancestors }: Population,
  { order, chooseParent }: Pick<Ranked, "order" | "chooseParent">,
  { seed, settings, innovations, operators }: Breeding,
  generation: number,
): Population {
  const count = genomes.length;
  const eliteCount = Math.floor(count * settings.elites);
  const parentCount = Math.max(1, count - Math.floor(count * settings.cull));
  const choose = chooseParent ?? ((rng: Rng) => order[playTournament(parentCount, settings.tournament, rng)]);
  const next = {
    genomes: [] as Genome[],
    families: new Int32Array(count),
    births: new Int32Array(count),
    ancestors: [] as Ancestor[],
  };
  for (let index = 0; index < count; index++) {
    if (index < eliteCount) {
      next.families[index] = order[index];
      next.births[index] = births[order[index]];
      next.genomes.push(genomes[order[index]]);
      next.ancestors.push(ancestors[order[index]]);
      continue;
    }
    const rng = derive(seed, "mutate", generation, index);
    const parent = choose(rng);
    const context = { rng, innovations, settings, otherParent: () => genomes[choose(rng)] };
    next.families[index] = parent;
    next.births[index] = generation;
    const { genome, operator } = makeChild(genomes[parent], context, operators);
    const origin = { parent: ancestors[parent], generation, operator };
    next.genomes.push(genome);
    next.ancestors.push(new Ancestor(origin, { from: genomes[parent], to: genome }));
  }
  // Those that live on or have children let go of the genomes they were made from.
  for (const family of new Set(next.families)) void ancestors[family].change;
  return next;
}

/** The best place of `tournament` draws from the first `parentCount` places of the ranking. */
function playTournament(parentCount: number, tournament: number, rng: Rng): number {
  let best = parentCount;
  for (let draw = 0; draw < tournament; draw++) best = Math.min(best, rng.integer(parentCount));
  return best;
}

/** A child, and the name of the operator that made it; the parent itself where none had anything to do. */
export interface Child {
  readonly genome: Genome;
  readonly operator: string | undefined;
}

/** Applies one operator, drawn by weight; one that has nothing to do is drawn again among the others. */
export function makeChild(
  parent: Genome,
  context: OperatorContext,
  operators: Readonly<Record<string, Operator>> = OPERATORS,
): Child {
  const names = Object.keys(operators);
  const weights = names.map((name) => context.settings[name] as number);
  for (let total = sum(weights); total > 0; total = sum(weights)) {
    const drawn = drawWeighted(weights, context.rng.uniform() * total);
    const genome = operators[names[drawn]].makeChild(parent, context);
    if (genome !== undefined) return { genome, operator: names[drawn] };
    weights[drawn] = 0;
  }
  return { genome: parent, operator: undefined };
}

/** The index at which the running sum of `weights` passes `point`; never one of weight 0. */
function drawWeighted(weights: readonly number[], point: number): number {
  let passed = 0;
  const drawn = weights.findIndex((weight) => {
    passed += weight;
    return point < passed;
  });
  return drawn >= 0 ? drawn : weights.findLastIndex((weight) => weight > 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
