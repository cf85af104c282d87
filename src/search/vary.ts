/** From a ranked population to the next one: cull, elites, tournaments, one operator for each child. */
import { derive, type Rng } from "../base/rng.ts";
import type { Genome } from "../genome/genome.ts";
import type { Innovations } from "../genome/innovation.ts";
import type { SearchSettings } from "./config.ts";
import { OPERATORS } from "./operators.ts";

/** A population; genomes of one family (a parent and its children) share a number. */
export interface Population {
  readonly genomes: readonly Genome[];
  /** [genomes] */
  readonly families: Int32Array;
}

/**
 * The next population: elites first, in order of rank, then children.
 *
 * @param order indices of `genomes`, best first
 */
export function vary(
  genomes: readonly Genome[],
  order: Int32Array,
  settings: SearchSettings,
  innovations: Innovations,
  seed: string,
  generation: number,
): Population {
  const count = genomes.length;
  const eliteCount = Math.floor(count * settings.elites);
  const parentCount = Math.max(1, count - Math.floor(count * settings.cull));
  const families = new Int32Array(count);
  const next: Genome[] = [];
  for (let index = 0; index < count; index++) {
    if (index < eliteCount) {
      families[index] = order[index];
      next.push(genomes[order[index]]);
      continue;
    }
    const rng = derive(seed, "mutate", generation, index);
    const choose = () => order[chooseParent(parentCount, settings.tournament, rng)];
    const parent = choose();
    families[index] = parent;
    next.push(makeChild(genomes[parent], settings, innovations, rng, () => genomes[choose()]));
  }
  return { genomes: next, families };
}

/** The best place of `tournament` draws from the first `parentCount` places of the ranking. */
function chooseParent(parentCount: number, tournament: number, rng: Rng): number {
  let best = parentCount;
  for (let draw = 0; draw < tournament; draw++) best = Math.min(best, rng.integer(parentCount));
  return best;
}

/** Applies one operator, drawn by weight; one that has nothing to do is drawn again among the others. */
export function makeChild(
  parent: Genome,
  settings: SearchSettings,
  innovations: Innovations,
  rng: Rng,
  otherParent: () => Genome,
): Genome {
  const names = Object.keys(OPERATORS) as (keyof typeof OPERATORS)[];
  const weights = names.map((name) => settings[name]);
  for (let total = sum(weights); total > 0; total = sum(weights)) {
    const drawn = drawWeighted(weights, rng.uniform() * total);
    const child = OPERATORS[names[drawn]](parent, { rng, innovations, settings, otherParent });
    if (child !== undefined) return child;
    weights[drawn] = 0;
  }
  return parent;
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
