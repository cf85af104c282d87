/**
 * NSGA-II: ranks a generation by Pareto dominance, ties by crowding distance.
 *
 * Deb et al. 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", III-A and III-B. With two
 * objectives the fronts are found by one sweep over the sorted population (Jensen 2003) in O(n log n).
 * Differs from the paper: genomes that are equal in everything are ordered by index, so ranks are reproducible.
 */
import { z } from "zod";
import { OBJECTIVES, type Objective, type Objectives } from "../objectives.ts";
import type { Ranking } from "./ranking.ts";

/** Its settings, which rankings that build on it share. */
export const NSGA2_SETTINGS = {
  connectionObjective: z
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe(
      "Probability that a generation is ranked by (mean score, connections) and not by (mean, best-weight score). Paper: 0.8.",
    ),
  crowding: z
    .enum(["range", "published"])
    .default("range")
    .describe(
      "Scale of the crowding distance: 1/(max - min) as in NSGA-II, or |1/max - min| as in the paper's code. Ours, by experiments/search-defaults.",
    ),
};

/** Which scale the crowding distance has. */
export type Crowding = z.infer<(typeof NSGA2_SETTINGS)["crowding"]>;

/** The paper's ranking: mean score, and by chance for each generation fewer connections or the best weight's score. */
export const nsga2: Ranking<typeof NSGA2_SETTINGS> = {
  summary: "Pareto dominance of mean score and fewer connections (or the best weight's score), then crowding distance.",
  settings: NSGA2_SETTINGS,
  rank({ scores, connectionCounts, rng }, { connectionObjective, crowding }) {
    const second = rng("objective").uniform() < connectionObjective ? "connections" : "best";
    const inverse = second === "connections" && crowding === "published";
    const valuesOf = (objective: Objective) =>
      Float64Array.from(scores, (score, index) => objective(score, connectionCounts[index]));
    const objectives = {
      first: valuesOf(OBJECTIVES.mean),
      second: valuesOf(OBJECTIVES[inverse ? "inverseConnections" : second]),
    };
    return { order: rank(objectives, crowding), objectives, second };
  },
};

/**
 * The order of a population, best first: by front, then by falling crowding distance, then by index.
 *
 * @returns indices, a permutation of 0 .. n-1
 */
export function rank(objectives: Objectives, crowding: Crowding): Int32Array {
  const fronts = paretoFronts(objectives);
  const distances = new Float64Array(objectives.first.length);
  for (const front of fronts) {
    for (const values of [objectives.first, objectives.second]) addCrowding(front, values, crowding, distances);
    front.sort((a, b) => distances[b] - distances[a] || a - b);
  }
  return Int32Array.from(fronts.flat());
}

/** The fronts, best first; each a list of indices. Members of a front do not dominate each other. */
export function paretoFronts({ first, second }: Objectives): number[][] {
  const order = Array.from(first.keys()).sort((a, b) => first[b] - first[a] || second[b] - second[a] || a - b);
  const fronts: number[][] = [];
  for (const index of order) {
    // Earlier ones are no worse in the first objective; a front's last member has the most of the second in it.
    let low = 0;
    let high = fronts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = fronts[middle].at(-1) as number;
      const dominated = second[last] > second[index] || (second[last] === second[index] && first[last] > first[index]);
      if (dominated) low = middle + 1;
      else high = middle;
    }
    if (low === fronts.length) fronts.push([]);
    fronts[low].push(index);
  }
  return fronts;
}

/** Adds to `distances` the distance between each member's neighbours in one objective; infinite at both ends. */
function addCrowding(
  front: readonly number[],
  values: Float64Array,
  crowding: Crowding,
  distances: Float64Array,
): void {
  const sorted = [...front].sort((a, b) => values[a] - values[b] || a - b);
  const last = sorted.length - 1;
  const min = values[sorted[0]];
  const max = values[sorted[last]];
  const scale = crowding === "published" && max !== 0 ? Math.abs(1 / max - min) : 1 / (max - min || 1);
  sorted.forEach((index, place) => {
    if (place === 0 || place === last) distances[index] = Infinity;
    else distances[index] += (values[sorted[place + 1]] - values[sorted[place - 1]]) * scale;
  });
}
