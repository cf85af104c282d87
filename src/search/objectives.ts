/** What a generation is ranked by: two objectives for each genome, higher is better. */
import { bestWeightScore, meanScore, type Scores } from "../base/scores.ts";
import type { SearchSettings } from "./config.ts";

/** The second objective of a generation: fewer connections, or the score of the best weight. */
export type SecondObjective = "connections" | "best";

/** Two objectives per genome, [genomes] each. */
export interface Objectives {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * The objectives of a generation: mean score, and fewer connections or the best weight's score
 * (Gaier & Ha 2019, section 3, "Rank").
 *
 * @param crowding "published" states fewer connections as 1/count, as the paper's code does, otherwise as -count: the
 *                 same order, another distance
 */
export function objectives(
  scores: readonly Scores[],
  connectionCounts: ArrayLike<number>,
  second: SecondObjective,
  crowding: SearchSettings["crowding"],
): Objectives {
  return {
    first: Float64Array.from(scores, meanScore),
    second: Float64Array.from(scores, (score, index) => {
      if (second === "best") return bestWeightScore(score);
      return crowding === "published" ? 1 / Math.max(1, connectionCounts[index]) : -connectionCounts[index];
    }),
  };
}
