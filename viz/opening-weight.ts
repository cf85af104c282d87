/** The shared weight that the page opens a champion at: the best that is known of it. */
import type { Champion, RunData } from "./run-data.ts";

/** A shared weight, and how it is known to be the best. */
export interface OpeningWeight {
  readonly weight: number;
  /** In words, to follow the weight: "the best found when the search ended". */
  readonly reason: string;
}

/** The weight to show a champion at where nothing is known of its scores. */
const UNKNOWN: OpeningWeight = { weight: 1, reason: "of which no score is known" };

/**
 * The weight found when the search ended; for a run that goes on or is old, or a champion from elsewhere, that of the
 * weights it was evolved at with the highest score, the first of equals.
 *
 * @param weights those of the run, for a champion that does not say its own
 */
export function openingWeight(champion: Champion, config: RunData["config"] = {}): OpeningWeight {
  const { bestSharedWeight, scoresByWeight = [] } = champion;
  if (bestSharedWeight !== undefined) {
    return { weight: bestSharedWeight, reason: "the best found when the search ended" };
  }
  const weights = champion.weights ?? (Array.isArray(config.weights) ? (config.weights as number[]) : []);
  if (weights.length === 0 || weights.length !== scoresByWeight.length) return UNKNOWN;
  const best = scoresByWeight.indexOf(Math.max(...scoresByWeight));
  return { weight: weights[best], reason: `the best of the ${weights.length} weights it was evolved at` };
}
