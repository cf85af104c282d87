/** Finds the best shared weight of a network: a sweep, then a finer one around the best; on validation episodes only. */
import { scoresByWeight } from "../base/scores.ts";
import { argmax } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Program } from "../kernel/program.ts";

/** Weights are sought in [-LIMIT, LIMIT]. */
const LIMIT = 3;
const COARSE_STEP = 0.05;
const COARSE_EPISODES = 60;
/** Weights of the coarse sweep that are looked at closer. */
const FINALISTS = 12;
const FINE_OFFSETS = [-0.03, -0.015, 0, 0.015, 0.03];
const FINE_EPISODES = 400;

/**
 * The shared weight in [-3, 3] with the best mean score on validation episodes.
 *
 * Differs from the paper, which does not say how its tuned shared weight was found.
 */
export async function findBestWeight(evaluator: Evaluator, program: Program, seed: number | string): Promise<number> {
  const sweep = async (weights: readonly number[], episodes: number) => {
    const labels = Array.from({ length: episodes }, (_, episode) => `${seed}/validation/sweep/${episode}`);
    const { scores } = await evaluator.evaluate([program], {
      weights: { kind: "shared", values: Float32Array.from(weights) },
      episodes: labels,
      split: "validation",
      pairing: "all",
    });
    return scoresByWeight(scores[0]);
  };
  const steps = Math.round(LIMIT / COARSE_STEP);
  const coarse = Array.from({ length: 2 * steps + 1 }, (_, step) => (step - steps) * COARSE_STEP);
  const means = await sweep(coarse, COARSE_EPISODES);
  const finalists = coarse
    .map((weight, index) => ({ weight, mean: means[index] }))
    .sort((a, b) => b.mean - a.mean || a.weight - b.weight)
    .slice(0, FINALISTS);
  const fine = finalists.flatMap(({ weight }) =>
    FINE_OFFSETS.map((offset) => rounded(Math.max(-LIMIT, Math.min(LIMIT, weight + offset)))),
  );
  return fine[argmax(await sweep(fine, FINE_EPISODES))];
}

function rounded(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}
