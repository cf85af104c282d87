/** Takes connections out of a network for as long as it scores what it did, within the error of that measurement. */
import type { Scores } from "../base/scores.ts";
import { mean, summarize } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Genome } from "../genome/genome.ts";
import { compile } from "../network/compile.ts";
import { reduce } from "../network/reduce.ts";
import type { Trial } from "../tasks/task.ts";
import { shared } from "../tuning/weights.ts";
import { episodeLabels } from "./conditions.ts";
import { withOwnWeights } from "./training.ts";
import type { Validation } from "./validation.ts";

/** How a network is pruned. */
export interface PruneOptions extends Validation {
  readonly evaluator: Evaluator;
  /** Validation episodes (or batches of examples) of each weight, at least 2. */
  readonly episodes: number;
  /** Standard errors that may be lost, at least 0. */
  readonly tolerance: number;
  /** Told of each round: connections left, and their score. */
  readonly onRound?: (connections: number, score: number) => void;
}

/** What is left of a network. */
export interface Pruned {
  readonly genome: Genome;
  /** On the validation episodes, of what the task reports: of the whole network, and of what is left of it. */
  readonly before: { readonly mean: number; readonly standardError: number };
  readonly after: number;
  /** The least score that was allowed. */
  readonly bound: number;
}

/**
 * Backward elimination. In each round every network that lacks one more connection is scored; of the connections whose loss
 * stays within the bound, the one that is missed least comes first. They go together, or half of them where all are too many, and
 * half of those, until what is left scores the bound or more; it ends when no connection alone may go.
 *
 * All networks face the same validation episodes at the same shared weights, or at their own where genomes have weights. The bound is the mean of the whole network
 * less `tolerance` of its standard errors over episodes. Since what goes is chosen by luck too, the score of the result
 * is to be measured again on other episodes.
 */
export async function prune(whole: Genome, options: PruneOptions): Promise<Pruned> {
  const { evaluator, seed, weights, episodes, tolerance, onRound } = options;
  const trial: Trial = {
    weights: shared(weights),
    episodes: episodeLabels(seed, "validation", "prune", episodes),
    split: "validation",
    pairing: "all",
    measure: evaluator.task.info.reported,
  };
  const score = async (genomes: readonly Genome[]) => {
    if (genomes.length === 0) return [];
    const networks = genomes.map(compile);
    const programs = networks.map(({ program }) => program);
    const families = new Int32Array(genomes.length);
    const { scores } = await evaluator.evaluate(programs, withOwnWeights(trial, networks), families);
    return scores.map(scoresByEpisode);
  };

  let genome = reduce(whole);
  const [first] = await score([genome]);
  const before = { mean: mean(first), standardError: summarize(first).std / Math.sqrt(first.length - 1) };
  const bound = before.mean - tolerance * before.standardError;
  let after = before.mean;
  for (;;) {
    const genes = Array.from(genome.sources.keys());
    const means = (await score(genes.map((gene) => reduce(genome, new Set([gene]))))).map(mean);
    const spare = genes.filter((gene) => means[gene] >= bound).sort((a, b) => means[b] - means[a] || a - b);
    let count = spare.length;
    while (count > 0) {
      const smaller = reduce(genome, new Set(spare.slice(0, count)));
      const [scores] = await score([smaller]);
      if (mean(scores) >= bound) {
        [genome, after] = [smaller, mean(scores)];
        break;
      }
      count = Math.floor(count / 2);
    }
    if (count === 0) return { genome, before, after, bound };
    onRound?.(genome.sources.length, after);
  }
}

/** Means over weights of each episode, [episodes]. */
function scoresByEpisode({ weightCount, episodeCount, values }: Scores): Float64Array {
  return Float64Array.from({ length: episodeCount }, (_, episode) =>
    mean(Float64Array.from({ length: weightCount }, (_, weight) => values[weight * episodeCount + episode])),
  );
}
