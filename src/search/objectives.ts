/** The objectives, by name: what a genome is ranked by. Higher is better. */
import { bestWeightScore, meanScore, type Scores } from "../base/scores.ts";

/** What a genome is worth in one respect, from its scores and its number of enabled connections. */
export type Objective = (scores: Scores, connectionCount: number) => number;

/** All objectives. The paper ranks by mean, and connections or best (Gaier & Ha 2019, section 3, "Rank"). */
export const OBJECTIVES: Readonly<Record<"mean" | "connections" | "inverseConnections" | "best", Objective>> = {
  /** Mean score over all weights and episodes. */
  mean: (scores) => meanScore(scores),
  /** Fewer connections. */
  connections: (_, connectionCount) => -connectionCount,
  /** Fewer connections as the paper's code states them, 1 / count: the same order, another crowding distance. */
  inverseConnections: (_, connectionCount) => 1 / Math.max(1, connectionCount),
  /** Mean score of the best weight. */
  best: (scores) => bestWeightScore(scores),
};

/** Two objectives per genome, [genomes] each. */
export interface Objectives {
  readonly first: Float64Array;
  readonly second: Float64Array;
}
