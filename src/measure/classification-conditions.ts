/**
 * The conditions of the paper's digit experiment: one network's accuracy on test examples with random, voting, tuned
 * and trained weights. Gaier & Ha 2019, section 4.3 and its figure of digit accuracy by weight.
 */
import { checkFinite, checkInteger } from "../base/check.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { argmax, type Summary, summarize } from "../base/stats.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Network } from "../network/compile.ts";
import { classify } from "../tasks/classification/classification.ts";
import {
  accuracy,
  accuracyByClass,
  accuracyByWeight,
  confusion,
  ensembleVote,
} from "../tasks/classification/report.ts";
import type { WeightSets } from "../tasks/task.ts";
import { randomSets, shared, stratifiedWeights } from "../tuning/weights.ts";

/** Accuracies, as fractions, over draws of weights. */
export interface Accuracy extends Summary {
  /** Test examples each draw was measured on. */
  readonly images: number;
}

/** Accuracy on test examples under all conditions. */
export interface ClassificationConditions {
  /** The standard six shared weights. */
  readonly standard: Accuracy;
  /** Individual weights drawn from U(-2, 2). */
  readonly randomWeights: Accuracy;
  /** A shared weight drawn from U(-2, 2). */
  readonly randomShared: Accuracy;
  /** The vote of the standard weights. */
  readonly ensemble: Accuracy;
  /** The shared weight that is best on training examples. */
  readonly bestShared: Accuracy & { readonly weight: number };
  readonly trainedWeights?: Accuracy;
  /** Accuracy by class at each standard weight, and of the vote: [class name, [weights], vote]. */
  readonly byClass: readonly {
    readonly name: string;
    readonly byWeight: readonly number[];
    readonly ensemble: number;
  }[];
  /** The vote's confusion matrix: rows are right classes, columns predicted ones. */
  readonly confusion: readonly (readonly number[])[];
}

/** What to measure. */
export interface ClassificationConditionOptions {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly dataset: Dataset;
  /** Draws of random weights, at least 1. The paper: 100. */
  readonly draws: number;
  readonly seed: number | string;
  /** One weight per connection gene of the genome. */
  readonly trainedWeights?: ArrayLike<number>;
}

/** Shared weights tried for the best one: -3 to 3. */
const SWEEP = Array.from({ length: 121 }, (_, step) => (step - 60) / 20);

/**
 * Measures a network under all conditions on test examples; the best shared weight is chosen on training examples.
 *
 * Differs from the paper: random shared weights are drawn one from each of `draws` equal slices of the range.
 *
 * @throws UsageError if `draws` is not at least 1, or the trained weights do not fit
 */
export function classificationConditions(options: ClassificationConditionOptions): ClassificationConditions {
  const { kernel, network, dataset, seed, trainedWeights } = options;
  const draws = checkInteger("draws", options.draws, 1);
  const { labels, count: images } = dataset.test;
  const classCount = dataset.classes.length;
  const predict = (weights: WeightSets) => classify(kernel, network.program, weights, dataset.test);
  const measure = (weights: WeightSets, count: number): Accuracy => ({
    ...summarize(accuracyByWeight(predict(weights), labels, count)),
    images,
  });

  const weightCount = STANDARD_WEIGHTS.length;
  const votes = predict(shared(STANDARD_WEIGHTS));
  const vote = ensembleVote(votes, weightCount, classCount);
  const swept = classify(kernel, network.program, shared(SWEEP), dataset.train);
  const weight = SWEEP[argmax(accuracyByWeight(swept, dataset.train.labels, SWEEP.length))];
  const byWeight = STANDARD_WEIGHTS.map((_, index) =>
    accuracyByClass(votes.subarray(index * images, (index + 1) * images), labels, classCount),
  );
  const voteByClass = accuracyByClass(vote, labels, classCount);
  const matrix = confusion(vote, labels, classCount);
  const conditions: ClassificationConditions = {
    standard: { ...summarize(accuracyByWeight(votes, labels, weightCount)), images },
    randomWeights: measure(randomSets(network, draws, seed), draws),
    randomShared: measure(shared(stratifiedWeights(draws, seed)), draws),
    ensemble: { mean: accuracy(vote, labels), std: 0, images },
    bestShared: { ...measure(shared([weight]), 1), weight },
    byClass: dataset.classes.map((name, index) => ({
      name,
      byWeight: byWeight.map((accuracies) => accuracies[index]),
      ensemble: voteByClass[index],
    })),
    confusion: dataset.classes.map((_, row) => [...matrix.subarray(row * classCount, (row + 1) * classCount)]),
  };
  if (trainedWeights === undefined) return conditions;
  const sets = Float32Array.from(network.genes, (gene) => trainedWeights[gene]);
  checkFinite("trained weights, one for each connection gene", sets);
  return { ...conditions, trainedWeights: measure({ kind: "individual", sets, count: 1 }, 1) };
}
