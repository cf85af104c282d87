/** Measures a trained network: accuracy and loss on each part of its data. */
import { evaluateDense, type Quality } from "../baseline/trainer.ts";
import { type DenseWeights, weightTotal } from "../baseline/weights.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Split, Task } from "../tasks/task.ts";
import { EVALUATION_FORMAT, type RunEvaluation, reportedMeasure } from "./evaluation.ts";

/** A trained network to measure. */
export interface MeasuredTraining {
  readonly task: Task;
  readonly dataset: Dataset;
  /** Those of the best epoch. */
  readonly weights: DenseWeights;
  readonly epoch: number;
  /** The running mean of the last epoch, each batch before its step. */
  readonly running: Quality;
}

/** How well a network does on each part of a data set, with the same weights. @throws UsageError if it does not fit */
export async function qualitiesOf(weights: DenseWeights, dataset: Dataset): Promise<Record<Split, Quality>> {
  return {
    train: await evaluateDense(weights, dataset, "train"),
    validation: await evaluateDense(weights, dataset, "validation"),
    test: await evaluateDense(weights, dataset, "test"),
  };
}

/** Measures what a training came to: on each part of the data, and as it reports itself (`running`). */
export async function evaluateTraining(training: MeasuredTraining): Promise<RunEvaluation> {
  const { task, dataset, weights, epoch, running } = training;
  const qualities = { running, ...(await qualitiesOf(weights, dataset)) };
  return {
    format: EVALUATION_FORMAT,
    kind: "baseline",
    task: task.info.name,
    measure: reportedMeasure(task),
    generation: epoch,
    size: weightTotal(weights.shape),
    figures: accuracyFigures(qualities, dataset),
    losses: Object.fromEntries(Object.entries(qualities).map(([part, { loss }]) => [part, loss])),
  };
}

/** Accuracies as figures of an evaluation. */
export function accuracyFigures(
  qualities: Readonly<Partial<Record<Split | "running", Quality>>>,
  dataset: Dataset,
): RunEvaluation["figures"] {
  const countOf = (part: string) => dataset[part === "running" ? "train" : (part as Split)].count;
  return Object.fromEntries(
    Object.entries(qualities).map(([part, { accuracy }]) => [part, { mean: accuracy, count: countOf(part) }]),
  );
}
