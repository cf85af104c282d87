/**
 * Classification as a one-step task: an episode is a batch of examples, a score the mean log-likelihood of the right
 * class under softmax (Gaier & Ha 2019, section 4.3).
 *
 * Episodes of the training and validation parts are random batches, named by their labels; of the test part there is
 * one episode, the whole part, whatever the label.
 */
import { checkInteger } from "../../base/check.ts";
import { InternalError } from "../../base/errors.ts";
import { derive } from "../../base/rng.ts";
import type { Dataset, Examples } from "../../data/dataset.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Program } from "../../network/program.ts";
import type { Preset } from "../preset.ts";
import {
  checkTrial,
  type LocalTask,
  type Measure,
  type Outcome,
  type Split,
  type TaskInfo,
  type WeightSets,
  WHOLE,
  weightCount,
} from "../task.ts";
import { type Batch, batchSize, classifyBatch, scoreBatch } from "./kernel.ts";
import { accuracyByWeight, voteOf } from "./report.ts";

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
const BATCH_SIZE = 1000;
/** Batches kept of each part, so that a thread gathers each once; those of validation come up again and again. */
const BATCHES_KEPT = 16;
/** What selection of classifiers goes by. */
export const LIKELIHOOD: Measure = {
  name: "log-likelihood",
  description: "mean log-likelihood of the right class under softmax, at most 0; guessing gives -log(classes)",
  unit: "score",
};

/** What is reported of classifiers. */
export const ACCURACY: Measure = {
  name: "accuracy",
  description: "share of examples whose largest output is their class, 0 to 1",
  unit: "share",
};

/** What may differ from the paper's settings on MNIST. */
export interface ClassificationSettings {
  /** Default: the data set's. */
  readonly name?: string;
  readonly summary?: string;
  /** Examples of a training episode, at least 1, or all there are if they are fewer; 1,000 (the paper's) by default. */
  readonly batchSize?: number;
}

/**
 * The task of classifying the examples of a data set.
 *
 * @throws UsageError if the batch size is not a positive integer
 */
export function createClassification(dataset: Dataset, settings: ClassificationSettings = {}): LocalTask {
  const { batchSize: wanted = BATCH_SIZE, name = dataset.name } = settings;
  const size = checkInteger("batchSize", wanted, 1);
  const info: TaskInfo = {
    name,
    summary:
      settings.summary ??
      `Classify ${dataset.name}: ${dataset.inputs.length} inputs, ${dataset.classes.length} classes`,
    inputs: dataset.inputs,
    outputs: dataset.classes,
    image: dataset.image,
    outputActivation: "linear",
    reported: ACCURACY.name,
    tested: "whole",
    // No screening: one batch of 1,000 images ranks close champions wrongly, and eight cost little.
    validationEpisodes: { screen: 8, confirm: 8 },
  };
  const kept = { train: new Map<string, Batch>(), validation: new Map<string, Batch>() };
  const batchOf = (split: Split, label: string): Batch => {
    const examples = dataset[split];
    if (split === "test" || label === WHOLE || examples.count <= size) return wholeBatch(examples);
    const batches = kept[split];
    let batch = batches.get(label);
    if (batch === undefined) {
      batch = { examples, chosen: drawExamples(examples.count, size, label) };
      if (batches.size >= BATCHES_KEPT) batches.delete(batches.keys().next().value as string);
      batches.set(label, batch);
    }
    return batch;
  };

  return {
    info,
    measures: [LIKELIHOOD, ACCURACY],
    dataset,
    score(kernel, programs, trial) {
      const { weights, episodes, split, pairing } = trial;
      checkTrial(info, programs, trial);
      const count = weightCount(weights);
      const columns = pairing === "each" ? 1 : episodes.length;
      const outcomes = programs.map(() => ({ scores: new Float64Array(count * columns), steps: 0 }));
      const batches = groupByBatch(episodes.map((label) => batchOf(split, label)));
      const predicted = trial.measure === ACCURACY.name || trial.behaviour === true;
      if (trial.behaviour === true && (batches.size > 1 || pairing === "each")) {
        throw new InternalError(`Expected one batch to tell the behaviour on, got ${batches.size}.`);
      }
      let behaviours: Uint8Array[] = [];
      batches.forEach((members, batch) => {
        const some = pairing === "each" ? pickWeights(weights, members) : weights;
        let scored: ArrayLike<number>[];
        if (predicted) {
          behaviours = programs.map((program) => classifyBatch(kernel, program, some, batch));
          const labels = labelsOf(batch);
          scored = behaviours.map((classes) => accuracyByWeight(classes, labels, weightCount(some)));
        } else scored = scoreBatch(kernel, programs, some, batch);
        scored.forEach((values, program) => {
          const outcome = outcomes[program];
          outcome.steps += batchSize(batch) * weightCount(some);
          for (let weight = 0; weight < values.length; weight++) {
            if (pairing === "each") outcome.scores[members[weight]] = values[weight];
            else for (const episode of members) outcome.scores[weight * columns + episode] = values[weight];
          }
        });
      });
      if (trial.behaviour !== true) return outcomes;
      return outcomes.map((outcome, program): Outcome => ({ ...outcome, behaviour: behaviours[program] }));
    },
    vote: (behaviour) => voteOf(behaviour, dataset.test.labels, dataset.classes),
  };
}

/**
 * Predicts the class of each example at each weight: the largest output, the lowest class of equals.
 *
 * @returns classes, row-major [weights x examples]; read them with classification-report.ts
 * @throws UsageError if individual weights are not one for each connection
 */
export function classify(kernel: Kernel, program: Program, weights: WeightSets, examples: Examples): Uint8Array {
  return classifyBatch(kernel, program, weights, wholeBatch(examples));
}

/** The examples of the training episode with this label: distinct, in the order in which they are drawn. */
export function drawExamples(count: number, size: number, label: string): Int32Array {
  const rng = derive(label);
  const indices = Int32Array.from({ length: count }, (_, index) => index);
  for (let drawn = 0; drawn < size; drawn++) {
    const other = drawn + rng.integer(count - drawn);
    const kept = indices[drawn];
    indices[drawn] = indices[other];
    indices[other] = kept;
  }
  return indices.slice(0, size);
}

/** The right classes of a batch's examples. */
function labelsOf({ examples, chosen }: Batch): Uint8Array {
  return chosen === undefined ? examples.labels : Uint8Array.from(chosen, (example) => examples.labels[example]);
}

const wholeBatches = new WeakMap<Examples, Batch>();

/** All examples of a part, always as the same object, so that a kernel gathers them once. */
function wholeBatch(examples: Examples): Batch {
  let batch = wholeBatches.get(examples);
  if (batch === undefined) {
    batch = { examples };
    wholeBatches.set(examples, batch);
  }
  return batch;
}

/** The episodes that are played on each batch. */
function groupByBatch(batches: readonly Batch[]): Map<Batch, number[]> {
  const groups = new Map<Batch, number[]>();
  batches.forEach((batch, episode) => {
    const members = groups.get(batch);
    if (members === undefined) groups.set(batch, [episode]);
    else members.push(episode);
  });
  return groups;
}

/** The weights with these indices. */
function pickWeights(weights: WeightSets, indices: readonly number[]): WeightSets {
  if (weights.kind === "shared") {
    return { kind: "shared", values: Float32Array.from(indices, (index) => weights.values[index]) };
  }
  const length = weights.sets.length / weights.count;
  const sets = new Float32Array(indices.length * length);
  indices.forEach((index, at) => {
    sets.set(weights.sets.subarray(index * length, (index + 1) * length), at * length);
  });
  return { kind: "individual", sets, count: indices.length };
}
