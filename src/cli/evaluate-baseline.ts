/** Evaluates a trained baseline: accuracy and loss of its best weights on each part of the data. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import type { Quality } from "../baseline/trainer.ts";
import { type DenseWeights, decodeWeights, shapeName, weightTotal } from "../baseline/weights.ts";
import { readJson } from "../files/disk.ts";
import type { RunEvaluation } from "../measure/evaluation.ts";
import { accuracyFigures, qualitiesOf } from "../measure/trained.ts";
import { RUN_FILES } from "../run/run-files.ts";
import type { TrainConfig } from "../run/stages/train-config.ts";
import { loadDataset } from "../run/task-source.ts";
import type { Split } from "../tasks/task.ts";

/** A trained network and how well it does. */
export interface EvaluatedBaseline {
  /** Name of the task. */
  readonly task: string;
  readonly weights: DenseWeights;
  /** "784-128-10" */
  readonly shape: string;
  /** Weights and biases. */
  readonly weightCount: number;
  /** All with the same weights; training accuracy is not the running mean that the training reports. */
  readonly qualities: Readonly<Record<Split, Quality>>;
  /** The accuracies among them, as evaluation.json has them. */
  readonly figures: RunEvaluation["figures"];
}

/** What the user says besides the run. */
export interface BaselineOptions {
  /** Another task to evaluate it on. */
  readonly task?: string;
  /** Settings of the task, over those of the run. */
  readonly taskSettings?: Readonly<Record<string, unknown>>;
  /** A file of weights in place of the run's. */
  readonly weights?: string;
}

/**
 * Evaluates the baseline in a run folder.
 *
 * @throws UsageError if it has no weights yet, or they do not fit the data
 */
export async function evaluateBaseline(
  folder: string,
  config: TrainConfig,
  { weights: file, task = config.task, taskSettings }: BaselineOptions = {},
): Promise<EvaluatedBaseline> {
  const weights = readBaselineWeights(folder, file);
  const own = task === config.task ? config.taskSettings : {};
  const dataset = await loadDataset(task, { ...own, ...taskSettings });
  const qualities = await qualitiesOf(weights, dataset);
  return {
    task,
    weights,
    shape: shapeName(weights.shape),
    weightCount: weightTotal(weights.shape),
    qualities,
    figures: accuracyFigures(qualities, dataset),
  };
}

/** The best weights of a run so far, or those of a file. @throws UsageError if there are none yet, or they are broken */
export function readBaselineWeights(folder: string, file?: string): DenseWeights {
  if (file !== undefined) return readWeights(file);
  const path = join(folder, RUN_FILES.weights);
  if (existsSync(path)) return readWeights(path);
  throw new UsageError(`Expected weights in ${folder}, but no epoch is done yet: precocial resume ${folder}`);
}

function readWeights(path: string): DenseWeights {
  return decodeWeights(readJson(path, "trained weights"));
}
