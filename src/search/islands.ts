/**
 * Islands: parts of a population that are ranked, culled and have children each by itself, with migrants in a ring.
 *
 * Cohoon et al. 1987, "Punctuated equilibria: a parallel genetic algorithm". An island is a range of places in the
 * population, so nothing is kept of it between generations.
 */
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import type { Ranked, Ranking, ScoredGeneration } from "./rankings/ranking.ts";

/** A range of places in a population. */
export interface Island {
  readonly first: number;
  readonly count: number;
}

/**
 * Cuts a population into islands of like size, in order of their places.
 *
 * @param population at least 2 for each island
 * @throws UsageError if there are fewer
 */
export function islandsOf(population: number, islands: number): Island[] {
  if (population < 2 * islands) {
    throw new UsageError(
      `Expected a population of at least ${2 * islands}, 2 for each of ${islands} islands, got ${population}: ` +
        "take fewer islands or more genomes.",
    );
  }
  const start = (island: number) => Math.floor((island * population) / islands);
  return Array.from({ length: islands }, (_, island) => ({
    first: start(island),
    count: start(island + 1) - start(island),
  }));
}

/**
 * Ranks one island. Random streams are those of the generation, the same on every island.
 *
 * @returns places are those in the whole population
 * @throws UsageError if the ranking, which `settings.select` names, does not give each genome one place
 */
export function rankIsland(
  ranking: Ranking,
  scored: ScoredGeneration,
  { first, count }: Island,
  settings: { readonly select: string },
): Ranked {
  const end = first + count;
  const part: ScoredGeneration = {
    ...scored,
    genomes: scored.genomes.slice(first, end),
    scores: scored.scores.slice(first, end),
    connectionCounts: scored.connectionCounts.slice(first, end),
    ages: scored.ages.slice(first, end),
    geneticAges: scored.geneticAges.slice(first, end),
  };
  const { order, chooseParent, ...ranked } = ranking.rank(part, settings);
  const seen = new Set(order);
  if (order.length !== count || !part.genomes.every((_, index) => seen.has(index))) {
    throw new UsageError(
      `Expected the ranking "${settings.select}" to give each of ${count} genomes a place, once, got the order ${show([...order])}.`,
    );
  }
  return {
    ...ranked,
    order: order.map((index) => first + index),
    ...(chooseParent && {
      chooseParent: (rng, byTournament) => first + chooseParent(rng, () => byTournament() - first),
    }),
  };
}

/** One order of all: the best of each island, then the second of each, and so on; objectives as they are. */
export function together(ranked: readonly Ranked[]): Pick<Ranked, "order" | "objectives" | "second"> {
  const [{ second }] = ranked;
  const longest = Math.max(...ranked.map(({ order }) => order.length));
  const order: number[] = [];
  for (let place = 0; place < longest; place++) {
    for (const island of ranked) if (place < island.order.length) order.push(island.order[place]);
  }
  const concat = (which: "first" | "second") =>
    Float64Array.from(ranked.flatMap(({ objectives }) => [...objectives[which]]));
  return { order: Int32Array.from(order), objectives: { first: concat("first"), second: concat("second") }, second };
}

/**
 * Who comes to each island from the one before it, the last being before the first: its best, unchanged.
 *
 * @param ranked   each island
 * @param migrants how many at most
 * @returns        places in the population, for each island
 */
export function migrantsTo(ranked: readonly Ranked[], migrants: number): number[][] {
  return ranked.map((_, island) => [
    ...ranked[(island + ranked.length - 1) % ranked.length].order.subarray(0, migrants),
  ]);
}
