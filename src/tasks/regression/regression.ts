/**
 * Regression: networks tell a number, and are scored by minus the mean squared error of their one output, the number
 * being taken less its mean and over its standard deviation in the training rows. So guessing the mean scores about -1.
 */
import type { RegressionDataset, RegressionExamples } from "../../data/dataset.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Program } from "../../network/program.ts";
import { answerBatch, type Batch } from "../examples/kernel.ts";
import { type ExamplesSettings, examplesTask, wholeBatch } from "../examples/task.ts";
import { type LocalTask, type Measure, type WeightSets, weightCount } from "../task.ts";
import { errorSlopes } from "./error.ts";
import { ensembleMean, r2ByWeight, r2Of } from "./report.ts";

/** What selection of networks that tell a number goes by. */
export const ERROR: Measure = {
  name: "score",
  description:
    "minus the mean squared error over the variance of the training rows, at most 0; the mean gives about -1",
  unit: "score",
};

/** What is reported of them. */
export const R2: Measure = {
  name: "R2",
  description:
    "1 - squared errors over squared deviations from the mean of the same examples; 1 at most, 0 for the mean",
  unit: "score",
  decimals: 3,
};

/**
 * The task of telling the number of a data set.
 *
 * @throws UsageError if the batch size is not a positive integer
 */
export function createRegression(dataset: RegressionDataset, settings: ExamplesSettings = {}): LocalTask {
  const { inputs, target, test } = dataset;
  return examplesTask<RegressionExamples, Float32Array>(
    dataset,
    {
      outputs: [target.name],
      selected: ERROR,
      head: "errors",
      reported: R2,
      room: (length) => new Float32Array(length),
      slopes: (batch) => errorSlopes(targetsOf(batch)),
      report: (answers, batch, weights) => r2ByWeight(answers, targetsOf(batch), weights),
      vote(bytes) {
        // A copy, since singles stand at multiples of four bytes.
        const answers = new Float32Array(Uint8Array.from(bytes).buffer);
        return { value: r2Of(ensembleMean(answers, answers.length / test.count), test.targets) };
      },
    },
    { ...settings, summary: settings.summary ?? `Tell ${target.name} of ${dataset.name}: ${inputs.length} inputs` },
  );
}

/**
 * Tells the number of each example at each weight, as a deviation from the mean over the standard deviation.
 *
 * @returns first outputs, row-major [weights x examples]
 * @throws UsageError if individual weights are not one for each connection
 */
export function regress(
  kernel: Kernel,
  program: Program,
  weights: WeightSets,
  examples: RegressionExamples,
): Float32Array {
  const answers = new Float32Array(weightCount(weights) * examples.count);
  return answerBatch(kernel, program, weights, wholeBatch(examples), answers);
}

/** What is wanted of a batch's examples. */
function targetsOf({ examples, chosen }: Batch<RegressionExamples>): Float32Array {
  return chosen === undefined ? examples.targets : Float32Array.from(chosen, (example) => examples.targets[example]);
}
