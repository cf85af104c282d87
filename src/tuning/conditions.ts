/**
 * The conditions of the paper's Table 1: one network scored with random weights, a random shared weight, the best
 * shared weight, and trained weights where there are any; and the standard six weights.
 *
 * Gaier & Ha 2019, section 4 and Table 1 (100 trials each; weights drawn from U(-2, 2)).
 */
import { checkFinite, checkInteger } from "../base/check.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { type Summary, summarize } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Network } from "../network/compile.ts";
import type { Split, Trial, WeightSets } from "../tasks/task.ts";
import { findBestWeight } from "./best-weight.ts";
import { randomSets, shared, stratifiedWeights } from "./weights.ts";

/** Scores under one condition. */
export interface Condition extends Summary {
  /** Episodes played. */
  readonly episodes: number;
}

/** Scores under all conditions. */
export interface Conditions {
  /** The standard six weights, each on all episodes. */
  readonly standard: Condition;
  /** Each episode with individual weights of its own. */
  readonly randomWeights: Condition;
  /** Each episode with a shared weight of its own. */
  readonly randomShared: Condition;
  /** The best shared weight, found on validation episodes and confirmed on fresh ones. */
  readonly bestShared: Condition & { readonly weight: number };
  /** Trained individual weights, where given. */
  readonly trainedWeights?: Condition;
}

/** What to score. */
export interface ConditionOptions {
  readonly evaluator: Evaluator;
  readonly network: Network;
  /** Episodes of `standard` for each weight, at least 1; the other conditions play twenty times as many. The paper: 100. */
  readonly episodes: number;
  readonly seed: number | string;
  /** One weight per connection gene of the genome; disabled genes' are not read. */
  readonly trainedWeights?: ArrayLike<number>;
}

/**
 * Scores a network under all conditions, on test episodes.
 *
 * Differs from the paper: random shared weights are drawn one from each of equally many slices of the range
 * (stratified), and twenty times as many, so that the mean varies less from seed to seed.
 *
 * @throws UsageError if `episodes` is not at least 1, or the trained weights do not fit
 */
export async function scoreConditions(options: ConditionOptions): Promise<Conditions> {
  const { evaluator, network, seed, trainedWeights } = options;
  const count = checkInteger("episodes", options.episodes, 1);
  const play = async (name: string, weights: WeightSets, episodes: number, pairing: Trial["pairing"] = "all") => {
    const labels = episodeLabels(seed, "test", name, episodes);
    const { scores } = await evaluator.evaluate([network.program], {
      weights,
      episodes: labels,
      split: "test",
      pairing,
    });
    return { ...summarize(scores[0].values), episodes: scores[0].values.length };
  };

  const standard = await play("standard", shared(STANDARD_WEIGHTS), count);
  const many = count * REPEATS;
  const randomWeights = await play("random-weights", randomSets(network, many, seed), many, "each");
  const randomShared = await play("random-shared", shared(stratifiedWeights(many, seed)), many, "each");
  const weight = await findBestWeight(evaluator, network.program, seed);
  const bestShared = { ...(await play("best-shared", shared([weight]), many)), weight };
  if (trainedWeights === undefined) return { standard, randomWeights, randomShared, bestShared };

  const sets = Float32Array.from(network.genes, (gene) => trainedWeights[gene]);
  checkFinite("trained weights, one for each connection gene", sets);
  const trained = await play("trained-weights", { kind: "individual", sets, count: 1 }, many);
  return { standard, randomWeights, randomShared, bestShared, trainedWeights: trained };
}

/** Episodes of the other conditions for each episode of `standard`: they vary more, and cost a sixth. */
const REPEATS = 20;

/** Labels of the episodes of one purpose. */
export function episodeLabels(seed: number | string, split: Split, name: string, count: number): string[] {
  return Array.from({ length: count }, (_, episode) => `${seed}/${split}/${name}/${episode}`);
}
