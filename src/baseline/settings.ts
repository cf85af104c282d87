/** Every setting of a trained baseline: meaning, unit, range, default, and where the default comes from. */
import { z } from "zod";
import { checkFinite } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { parseSettings } from "../base/settings.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Rates } from "./dense.ts";
import { DENSE_ACTIVATIONS, type DenseShape } from "./weights.ts";

/** The task that the reference network of the tables is trained on: MNIST, 28 x 28 pixels. */
export const REFERENCE_TASK = "mnist-full";

/** The settings as a schema; the command line takes its options from it. "Reference" is the network of the tables. */
export const trainSettingsSchema = z.strictObject({
  model: z
    .enum(["two-layer", "linear"])
    .default("two-layer")
    .describe("A hidden layer and a softmax, or the softmax alone (softmax regression). Reference: two-layer."),
  hidden: z
    .int()
    .min(1)
    .max(65_536)
    .default(128)
    .describe("Units of the hidden layer; the linear model has none and ignores it. Reference: 128."),
  activation: z.enum(DENSE_ACTIVATIONS).default("sigmoid").describe("Of the hidden layer. Reference: sigmoid."),
  learningRate: z
    .number()
    .min(1e-9)
    .max(1e6)
    .default(0.1)
    .describe("Step along the negative gradient of the batch's mean loss. Reference: 0.1."),
  alpha: z
    .number()
    .min(0)
    .max(1e6)
    .default(0.001)
    .describe(
      "L2 regularisation: alpha x weight is added to the gradient of weights, not of biases. Reference: 0.001.",
    ),
  batch: z.int().min(1).max(1_000_000).default(64).describe("Examples of one step. Reference: 64."),
  epochs: z.int().min(1).max(1_000_000).default(10).describe("Passes over the training examples. Reference: 10."),
  momentum: z
    .number()
    .min(0)
    .max(0.999)
    .default(0)
    .describe("Share of the last step that is kept: v = momentum x v + gradient, weight -= rate x v. Reference: 0."),
  init: z
    .number()
    .min(0)
    .max(1000)
    .default(0.001)
    .describe("Standard deviation of the first weights, normal around 0; biases start at 0. Reference: 0.001."),
  seed: z.int().min(0).default(1).describe("Seed of the first weights and of the order of the examples. Ours: 1."),
});

/** The settings of a training, complete. */
export type TrainSettings = z.infer<typeof trainSettingsSchema>;

/**
 * Checks settings and fills in defaults.
 *
 * @throws UsageError that names the first wrong setting, its range and what came; or the known names
 */
export function parseTrainSettings(input: unknown): TrainSettings {
  return parseSettings("baseline", trainSettingsSchema, input);
}

/** The sizes of the network these settings give on this data. */
export function shapeOf({ model, hidden }: TrainSettings, { inputs, classes }: Dataset): DenseShape {
  return { inputs: inputs.length, hidden: model === "linear" ? 0 : hidden, classes: classes.length };
}

/** What the settings say of one step. */
export function ratesOf({ learningRate, alpha, momentum }: TrainSettings): Rates {
  return { learningRate, alpha, momentum };
}

/** @throws UsageError if the data cannot be trained on with these settings. */
export function checkTrainable({ batch }: Pick<TrainSettings, "batch">, dataset: Dataset): void {
  const { train, validation, test } = dataset;
  if (batch > train.count) {
    throw new UsageError(
      `Expected batch to be at most ${train.count}, the training examples of ${dataset.name}, got ${batch}: lower batch.`,
    );
  }
  const parts = { train, validation, test };
  for (const [part, { count, features, labels }] of Object.entries(parts)) {
    if (count === 0) throw new UsageError(`Expected ${part} examples in ${dataset.name}, got none.`);
    if (features.length !== count * dataset.inputs.length || labels.length !== count) {
      throw new UsageError(
        `Expected ${count} ${part} examples of ${dataset.inputs.length} inputs in ${dataset.name}, got ${features.length} inputs and ${labels.length} labels.`,
      );
    }
    checkFinite(`${part} inputs of ${dataset.name}`, features);
    const wrong = labels.findIndex((label) => label >= dataset.classes.length);
    if (wrong >= 0) {
      throw new UsageError(
        `Expected labels below ${dataset.classes.length} in ${dataset.name}, got ${labels[wrong]} in ${part} example ${wrong}.`,
      );
    }
  }
}
