/** Scores of a network: [weights x episodes], finite. Higher is better, everywhere. */
import { mean } from "./stats.ts";

/** The six shared weights of the paper (Gaier & Ha 2019, section 3), over which a genome's mean score is taken. */
export const STANDARD_WEIGHTS: readonly number[] = [-2, -1, -0.5, 0.5, 1, 2];

/** The scores of one network, row-major [weights x episodes]. */
export interface Scores {
  readonly weightCount: number;
  readonly episodeCount: number;
  readonly values: Float64Array;
}

/** Mean over all weights and episodes. */
export function meanScore(scores: Scores): number {
  return mean(scores.values);
}

/** Mean over episodes for each weight, [weights]. */
export function scoresByWeight({ weightCount, episodeCount, values }: Scores): Float64Array {
  return Float64Array.from({ length: weightCount }, (_, weight) =>
    mean(values.subarray(weight * episodeCount, (weight + 1) * episodeCount)),
  );
}

/** The mean score of the best weight. */
export function bestWeightScore(scores: Scores): number {
  return Math.max(...scoresByWeight(scores));
}
