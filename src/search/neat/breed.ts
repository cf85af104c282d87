/** The next generation of NEAT: the best of large species as they are, and children of the best of each. */
import { derive } from "../../base/rng.ts";
import type { Innovations } from "../../genome/innovation.ts";
import { Ancestor } from "../lineage.ts";
import type { Member, Population } from "../population.ts";
import { crossOver, mutate, type Weighted } from "./mutate.ts";
import type { NeatSettings } from "./settings.ts";

/** What children are made with. */
export interface NeatBreeding {
  readonly seed: string;
  /** The number of the generation that is made. */
  readonly generation: number;
  readonly settings: NeatSettings;
  readonly innovations: Innovations;
}

/** A species with its members by rank. */
interface Pool {
  /** Places in the population, the best first. */
  readonly ranked: readonly number[];
  /** Those of them that have children. */
  readonly parents: readonly number[];
}

/**
 * The next members, species by species.
 *
 * @param order     of the places in the population, the best first
 * @param species   places of the members of each
 * @param offspring members that each has next, [species]
 */
export function breed(
  population: Population,
  order: Int32Array,
  species: readonly (readonly number[])[],
  offspring: Int32Array,
  breeding: NeatBreeding,
): Member[] {
  const { genomes, births, origins, ancestors } = population;
  const { seed, generation, settings, innovations } = breeding;
  const { survival, eliteSpecies, crossover, interspecies } = settings;
  const ranks = new Int32Array(order.length);
  for (const [rank, place] of order.entries()) ranks[place] = rank;
  const pools = species.map((places): Pool => {
    const ranked = [...places].sort((a, b) => ranks[a] - ranks[b]);
    return { ranked, parents: ranked.slice(0, Math.max(1, Math.ceil(survival * ranked.length))) };
  });

  const unchanged = (place: number): Member => ({
    genome: genomes[place],
    family: place,
    birth: births[place],
    origin: origins[place],
    ancestor: ancestors[place],
  });
  const child = ({ parents }: Pool, place: number): Member => {
    const rng = derive(seed, "child", generation, place);
    const drawn = parents[rng.integer(parents.length)];
    let [family, other] = [drawn, drawn];
    if (rng.uniform() < crossover) {
      const isOther = rng.uniform() < interspecies;
      other = isOther ? pools[rng.integer(pools.length)].ranked[0] : parents[rng.integer(parents.length)];
      if (ranks[other] < ranks[family]) [family, other] = [other, family];
    }
    const parent = genomes[family] as Weighted;
    const isOfTwo = other !== family;
    const inherited = isOfTwo ? crossOver(parent, genomes[other] as Weighted, rng, settings) : parent;
    const { genome, operators: used } = mutate(inherited, rng, innovations, settings);
    const operators = isOfTwo ? ["crossover", ...used] : used;
    const ancestor = new Ancestor({ parent: ancestors[family], generation, operators }, { from: parent, to: genome });
    return { genome, family, birth: generation, origin: origins[family], ancestor };
  };

  const next: Member[] = [];
  for (const [index, pool] of pools.entries()) {
    const end = next.length + offspring[index];
    if (pool.ranked.length > eliteSpecies && next.length < end) next.push(unchanged(pool.ranked[0]));
    while (next.length < end) next.push(child(pool, next.length));
  }
  return next;
}
