/** Finds the best shared weight of a network by sweeps; never on anything that tests it. */
import { scoresByWeight } from "../base/scores.ts";
import { argmax } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Program } from "../network/program.ts";
import { type Split, WHOLE } from "../tasks/task.ts";

/** Weights are sought in [-LIMIT, LIMIT]. */
const LIMIT = 3;
const COARSE_STEPS_PER_UNIT = 20;
/** Episodes of each weight in the first sweep and in the finer one; fewer for tasks whose steps take long. */
const EPISODES = { coarse: 60, fine: 400 };
const SLOW_EPISODES = { coarse: 2, fine: 10 };
/** Weights of the coarse sweep that are looked at closer. */
const FINALISTS = 12;
const FINE_OFFSETS = [0, 0.015, -0.015, 0.03, -0.03];
/** The effort at which the sweeps play so many; more does not find a better weight. */
const WHOLE_EFFORT = 100;

/**
 * The shared weight in [-3, 3] with the best mean of the task's reported measure: of episodes a sweep on validation
 * episodes and a finer one around its best weights; of a data set one sweep over all training examples. Of equal
 * weights it is the one nearest to 1 in size, the positive one first.
 *
 * Differs from the paper, which does not say how its tuned shared weight was found.
 *
 * @param effort episodes that the network is measured on: of less than 100, the sweeps play as much less
 */
export async function findBestWeight(
  evaluator: Evaluator,
  program: Program,
  seed: number | string,
  effort = WHOLE_EFFORT,
): Promise<number> {
  const { reported: measure, tested, isSlow } = evaluator.task.info;
  const episodes = isSlow ? SLOW_EPISODES : EPISODES;
  const sweep = async (weights: readonly number[], split: Split, labels: readonly string[]) => {
    const values = Float32Array.from(weights);
    const trial = { weights: { kind: "shared", values }, episodes: labels, split, pairing: "all", measure } as const;
    const { scores } = await evaluator.evaluate([program], trial);
    return scoresByWeight(scores[0]);
  };
  const steps = LIMIT * COARSE_STEPS_PER_UNIT;
  const coarse = Array.from({ length: 2 * steps + 1 }, (_, step) => (step - steps) / COARSE_STEPS_PER_UNIT)
    // The first of equals is taken.
    .sort((a, b) => Math.abs(Math.abs(a) - 1) - Math.abs(Math.abs(b) - 1) || b - a);
  if (tested === "whole") return coarse[argmax(await sweep(coarse, "train", [WHOLE]))];

  const labels = (count: number) =>
    Array.from(
      { length: Math.ceil(Math.min(1, effort / WHOLE_EFFORT) * count) },
      (_, episode) => `${seed}/validation/sweep/${episode}`,
    );
  const means = await sweep(coarse, "validation", labels(episodes.coarse));
  const finalists = coarse
    .map((weight, index) => ({ weight, mean: means[index] }))
    .sort((a, b) => b.mean - a.mean)
    .slice(0, FINALISTS);
  const fine = finalists.flatMap(({ weight }) =>
    FINE_OFFSETS.map((offset) => rounded(Math.max(-LIMIT, Math.min(LIMIT, weight + offset)))),
  );
  return fine[argmax(await sweep(fine, "validation", labels(episodes.fine)))];
}

function rounded(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}
