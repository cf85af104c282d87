/** What a network bears: its score as the weight of each connection strays from the shared one. */
import { checkInteger, checkNumber } from "../base/check.ts";
import { derive } from "../base/rng.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { summarize } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Network } from "../network/compile.ts";
import { type WeightSets, WHOLE } from "../tasks/task.ts";
import { individual } from "../tuning/weights.ts";
import { type Condition, episodeLabels } from "./conditions.ts";

/** Standard deviations that are swept by default. */
export const NOISE_LEVELS: readonly number[] = [0.05, 0.1, 0.2, 0.3, 0.5, 1];

/** What a network comes to at one level of noise. */
export interface NoisyScore {
  /** Standard deviation of the weights around the shared one. */
  readonly noise: number;
  /** Around the standard six weights. */
  readonly standard: Condition;
  /** Around the best shared weight. */
  readonly best: Condition;
}

/** What to score. */
export interface NoiseOptions {
  readonly evaluator: Evaluator;
  readonly network: Network;
  /** The best shared weight (tuning/best-weight.ts). */
  readonly bestWeight: number;
  /** Standard deviations, each at least 0. */
  readonly levels: readonly number[];
  /** Draws of noise at each weight, at least 1: each has an episode of its own, or all test examples. */
  readonly episodes: number;
  readonly seed: number | string;
}

/**
 * The mean of what the task reports, on test episodes or test examples, where each connection has a weight of its own, drawn
 * from the normal distribution around the shared one: none first, then at each level. All levels have the same draws and
 * episodes, but for their size.
 *
 * @throws UsageError if a level is below 0, or `episodes` less than 1
 */
export async function scoreNoise(options: NoiseOptions): Promise<NoisyScore[]> {
  const { evaluator, network, bestWeight, levels, seed } = options;
  const draws = checkInteger("episodes", options.episodes, 1);
  for (const level of levels) checkNumber("a level of weight noise", level, 0);
  const { reported: measure, tested } = evaluator.task.info;
  const whole = tested === "whole";
  const rng = derive(seed, "weight-noise");
  const normals = Array.from({ length: draws }, () => Float64Array.from(network.genes, () => rng.normal()));
  const labels = episodeLabels(seed, "test", "weight-noise", draws);

  const around = async (weights: readonly number[], noise: number): Promise<Condition> => {
    const trial = {
      weights: noisySets(weights, normals, noise),
      episodes: whole ? [WHOLE] : weights.flatMap(() => labels),
      split: "test",
      pairing: whole ? "all" : "each",
      measure,
    } as const;
    const [{ values }] = (await evaluator.evaluate([network.program], trial)).scores;
    return { ...summarize(values), count: values.length };
  };
  const found: NoisyScore[] = [];
  for (const noise of [0, ...levels.filter((level) => level > 0)]) {
    found.push({ noise, standard: await around(STANDARD_WEIGHTS, noise), best: await around([bestWeight], noise) });
  }
  return found;
}

/** For each weight every draw, [weights x draws] sets. @param normals [draws x connections] */
function noisySets(weights: readonly number[], normals: readonly Float64Array[], noise: number): WeightSets {
  const around = (weight: number) =>
    normals.map((draw) => Float32Array.from(draw, (normal) => weight + noise * normal));
  return individual(weights.flatMap(around));
}
