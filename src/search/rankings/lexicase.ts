/**
 * Epsilon-lexicase selection: parents that are near the best at one case after the other, in an order drawn for each.
 *
 * La Cava, Spector & Danai 2016, "Epsilon-lexicase selection for regression"; semi-dynamic as in La Cava et al. 2019,
 * "A probabilistic and multi-objective analysis of lexicase selection and epsilon-lexicase selection", section 2.3: who
 * is near the best is asked among those that are left, how near is near follows from the whole generation. A case is one
 * shared weight on one episode.
 *
 * Differs from the papers: only a share of the parents is drawn so, the others by the tournament; elites and the order
 * are those of nsga2. Whoever is culled may still be drawn: it is specialists that this is for.
 */
import { z } from "zod";
import type { Rng } from "../../base/rng.ts";
import type { Scores } from "../../base/scores.ts";
import { median } from "../../base/stats.ts";
import { NSGA2_SETTINGS, nsga2 } from "./nsga2.ts";
import type { Ranking } from "./ranking.ts";

const SETTINGS = {
  ...NSGA2_SETTINGS,
  lexicaseShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe("With select lexicase, share of parents that it draws; the others are winners of the tournament. Ours."),
};

/** The paper's order; a share of the parents by epsilon-lexicase over weights and episodes. */
export const lexicase: Ranking<typeof SETTINGS> = {
  summary: "The order of nsga2; most parents by epsilon-lexicase selection over weights and episodes.",
  settings: SETTINGS,
  rank(scored, settings) {
    const draw = lexicaseSelection(scored.scores);
    return {
      ...nsga2.rank(scored, settings),
      chooseParent: (rng, byTournament) => (rng.uniform() < settings.lexicaseShare ? draw(rng) : byTournament()),
    };
  },
};

/**
 * Draws by epsilon-lexicase selection, each from a stream of its own.
 *
 * Cases are gone through in a random order; at each, those are left that are no further below the best of them than the
 * case's epsilon: the median absolute deviation of all scores of the case. Among several at the end one is drawn.
 *
 * @param scores of each genome [weights x episodes], at least one genome
 * @returns      gives the index of a genome
 */
export function lexicaseSelection(scores: readonly Scores[]): (rng: Rng) => number {
  const cases = Array.from(scores[0].values, (_, place) => Float64Array.from(scores, ({ values }) => values[place]));
  const epsilons = cases.map(medianAbsoluteDeviation);
  /** Keeps those of the first `count` of `pool` that are near the best of them at a case; gives their number. */
  const keepNearBest = (pool: Int32Array, count: number, place: number): number => {
    const values = cases[place];
    let best = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < count; at++) if (values[pool[at]] > best) best = values[pool[at]];
    const least = best - epsilons[place];
    let kept = 0;
    for (let at = 0; at < count; at++) if (values[pool[at]] >= least) pool[kept++] = pool[at];
    return kept;
  };
  // Every draw begins with all genomes and one of few cases.
  const afterFirst = cases.map((_, place) => {
    const pool = Int32Array.from(scores.keys());
    return pool.slice(0, keepNearBest(pool, pool.length, place));
  });
  const pool = new Int32Array(scores.length);
  return (rng) => {
    const order = rng.shuffle(Int32Array.from(cases.keys()));
    const first = afterFirst[order[0]];
    pool.set(first);
    let count = first.length;
    for (let at = 1; at < order.length && count > 1; at++) count = keepNearBest(pool, count, order[at]);
    return pool[rng.integer(count)];
  };
}

function medianAbsoluteDeviation(values: Float64Array): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}
