/**
 * Classification: networks tell the class of examples, and are scored by the mean log-likelihood of the right one under
 * softmax (Gaier & Ha 2019, section 4.3).
 */
import type { Dataset, Examples } from "../../data/dataset.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Program } from "../../network/program.ts";
import { answerBatch, type Batch } from "../examples/kernel.ts";
import { type ExamplesSettings, examplesTask, wholeBatch } from "../examples/task.ts";
import type { Preset } from "../preset.ts";
import { type LocalTask, type Measure, type WeightSets, weightCount } from "../task.ts";
import { accuracyByWeight, voteOf } from "./report.ts";
import { likelihoodSlopes } from "./slopes.ts";

/**
 * The paper's settings for MNIST (Gaier & Ha 2019, section 4.3 and its published configuration), kept splits included:
 * with all of them kept, one seed in three got stuck (experiments/digits).
 */
export const MNIST_PRESET: Preset = {
  population: 960,
  generations: 4096,
  tournament: 32,
  connectProbability: 0.05,
  episodes: 1,
  keepSplit: "hidden",
};
/** What selection of classifiers goes by. */
export const LIKELIHOOD: Measure = {
  name: "log-likelihood",
  description: "mean log-likelihood of the right class under softmax, at most 0; guessing gives -log(classes)",
  unit: "score",
};

/** What selection may go by in place of it: it does not vanish at small weights. */
export const SCALED_LIKELIHOOD: Measure = {
  ...LIKELIHOOD,
  description:
    "mean log-likelihood of the right class under softmax of outputs at a fitted scale; guessing gives -log(classes)",
};

/** How classifiers may be scored. */
export const SCORES = ["plain", "scaled"] as const;

/** What may differ from the paper's settings on MNIST. */
export interface ClassificationSettings extends ExamplesSettings {
  /** The likelihood of outputs as they are, as in the paper, or at the scale that fits best at each weight (likelihood.ts). */
  readonly scores?: (typeof SCORES)[number];
}

/** What is reported of classifiers. */
export const ACCURACY: Measure = {
  name: "accuracy",
  description: "share of examples whose largest output is their class, 0 to 1",
  unit: "share",
};

/**
 * The task of classifying the examples of a data set.
 *
 * @throws UsageError if the batch size is not a positive integer
 */
export function createClassification(
  dataset: Dataset,
  { scores = "plain", ...settings }: ClassificationSettings = {},
): LocalTask {
  const { inputs, classes, test } = dataset;
  return examplesTask<Examples, Uint8Array>(
    dataset,
    {
      outputs: classes,
      selected: scores === "scaled" ? SCALED_LIKELIHOOD : LIKELIHOOD,
      head: scores === "scaled" ? "scaled" : "likelihoods",
      reported: ACCURACY,
      room: (length) => new Uint8Array(length),
      slopes: (batch) => likelihoodSlopes(labelsOf(batch), classes.length, scores === "scaled"),
      report: (answers, batch, weights) => accuracyByWeight(answers, labelsOf(batch), weights),
      vote: (answers) => voteOf(answers, test.labels, classes),
    },
    {
      ...settings,
      summary: settings.summary ?? `Classify ${dataset.name}: ${inputs.length} inputs, ${classes.length} classes`,
    },
  );
}

/**
 * Predicts the class of each example at each weight: the largest output, the lowest class of equals.
 *
 * @returns classes, row-major [weights x examples]; read them with report.ts
 * @throws UsageError if individual weights are not one for each connection
 */
export function classify(kernel: Kernel, program: Program, weights: WeightSets, examples: Examples): Uint8Array {
  const answers = new Uint8Array(weightCount(weights) * examples.count);
  return answerBatch(kernel, program, weights, wholeBatch(examples), answers);
}

/** The right classes of a batch's examples. */
function labelsOf({ examples, chosen }: Batch<Examples>): Uint8Array {
  return chosen === undefined ? examples.labels : Uint8Array.from(chosen, (example) => examples.labels[example]);
}
