/**
 * A data set as a one-step task: an episode is a batch of examples, a score the mean over it.
 *
 * Episodes of the training and validation parts are random batches, named by their labels; of the test part there is
 * one episode, the whole part, whatever the label.
 */
import { checkInteger } from "../../base/check.ts";
import { InternalError } from "../../base/errors.ts";
import { derive } from "../../base/rng.ts";
import type { Dataset, Examples, RegressionDataset, RegressionExamples } from "../../data/dataset.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Program } from "../../network/program.ts";
import type { Lesson } from "../../network/seen.ts";
import {
  checkTrial,
  type LocalTask,
  type Measure,
  type Outcome,
  type Split,
  type TaskInfo,
  type Vote,
  type WeightSets,
  WHOLE,
  weightCount,
} from "../task.ts";
import { answerBatch, type Batch, batchSize, type ScoreHead, scoreBatch } from "./kernel.ts";

const BATCH_SIZE = 1000;
/** Batches kept of each part, so that a thread gathers each once; those of validation come up again and again. */
const BATCHES_KEPT = 16;

/** What may differ from the paper's settings on MNIST. */
export interface ExamplesSettings {
  /** Default: the data set's. */
  readonly name?: string;
  readonly summary?: string;
  /** Examples of a training episode, at least 1, or all there are if they are fewer; 1,000 (the paper's) by default. */
  readonly batchSize?: number;
}

/** What networks are to tell, and how well they tell it. Answers are row-major [weights x examples]. */
export interface Judge<Part, Answers> {
  /** What the outputs are. */
  readonly outputs: readonly string[];
  /** What selection goes by, and how the kernel adds it up. */
  readonly selected: Measure;
  readonly head: ScoreHead;
  /** What is made of answers. */
  readonly reported: Measure;
  /** Room for answers: bytes for classes, singles for outputs. */
  room(length: number): Answers;
  /** The reported measure of the answers at each weight to a batch, [weights]. */
  report(answers: Answers, batch: Batch & { readonly examples: Part }, weightCount: number): ArrayLike<number>;
  /** The slopes of a lesson (network/seen.ts) on these examples. */
  slopes(batch: Batch & { readonly examples: Part }): Lesson["slopes"];
  /** What the answers at all weights to all test examples come to together; from the bytes of the answers. */
  vote(bytes: Uint8Array): Vote;
}

/**
 * The task of telling something of the examples of a data set.
 *
 * @throws UsageError if the batch size is not a positive integer
 */
export function examplesTask<Part extends Examples | RegressionExamples, Answers extends Uint8Array | Float32Array>(
  dataset: (Dataset | RegressionDataset) & Readonly<Record<Split, Part>>,
  judge: Judge<Part, Answers>,
  { batchSize: wanted = BATCH_SIZE, name = dataset.name, summary }: ExamplesSettings & { readonly summary: string },
): LocalTask {
  const size = checkInteger("batchSize", wanted, 1);
  const { selected, reported, head } = judge;
  const info: TaskInfo = {
    name,
    summary,
    inputs: dataset.inputs,
    outputs: judge.outputs,
    image: dataset.image,
    table: dataset.table,
    outputActivation: "linear",
    reported: reported.name,
    tested: "whole",
    // No screening: one batch of 1,000 images ranks close champions wrongly, and eight cost little.
    validationEpisodes: { screen: 8, confirm: 8 },
  };
  const kept = { train: new Map<string, Batch<Part>>(), validation: new Map<string, Batch<Part>>() };
  const batchOf = (split: Split, label: string): Batch<Part> => {
    const examples: Part = dataset[split];
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
  const answer = (kernel: Kernel, program: Program, weights: WeightSets, batch: Batch) =>
    answerBatch(kernel, program, weights, batch, judge.room(weightCount(weights) * batchSize(batch)));

  return {
    info,
    measures: [selected, reported],
    dataset,
    score(kernel, programs, trial) {
      const { weights, episodes, split, pairing } = trial;
      checkTrial(info, programs, trial);
      const count = weightCount(weights);
      const columns = pairing === "each" ? 1 : episodes.length;
      const outcomes = programs.map(() => ({ scores: new Float64Array(count * columns), steps: 0 }));
      const batches = groupByBatch(episodes.map((label) => batchOf(split, label)));
      const answered = trial.measure === reported.name || trial.behaviour === true;
      if (trial.behaviour === true && (batches.size > 1 || pairing === "each")) {
        throw new InternalError(`Expected one batch to tell the behaviour on, got ${batches.size}.`);
      }
      let behaviours: Answers[] = [];
      batches.forEach((members, batch) => {
        const some = pairing === "each" ? pickWeights(weights, members) : weights;
        let scored: ArrayLike<number>[];
        if (answered) {
          behaviours = programs.map((program) => answer(kernel, program, some, batch));
          scored = behaviours.map((answers) => judge.report(answers, batch, weightCount(some)));
        } else scored = scoreBatch(kernel, programs, some, batch, head);
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
      return outcomes.map((outcome, program): Outcome => ({ ...outcome, behaviour: bytesOf(behaviours[program]) }));
    },
    lesson(label, count) {
      const examples: Part = dataset.train;
      const chosen = drawExamples(examples.count, Math.min(count, examples.count), label);
      const width = dataset.inputs.length;
      const inputs = new Float32Array(chosen.length * width);
      chosen.forEach((example, row) => {
        inputs.set(examples.features.subarray(example * width, (example + 1) * width), row * width);
      });
      return { inputs, slopes: judge.slopes({ examples, chosen }) };
    },
    vote: judge.vote,
  };
}

/** The examples of the training episode with this label: distinct, in the order in which they are drawn. */
export function drawExamples(count: number, size: number, label: string): Int32Array {
  const rng = derive(label);
  const indices = new Int32Array(count);
  for (let index = 1; index < count; index++) indices[index] = index;
  for (let drawn = 0; drawn < size; drawn++) {
    const other = drawn + rng.integer(count - drawn);
    const kept = indices[drawn];
    indices[drawn] = indices[other];
    indices[other] = kept;
  }
  return indices.slice(0, size);
}

function bytesOf(answers: Uint8Array | Float32Array): Uint8Array {
  return new Uint8Array(answers.buffer, answers.byteOffset, answers.byteLength);
}

const wholeBatches = new WeakMap<object, object>();

/** All examples of a part, always as the same object, so that a kernel gathers them once. */
export function wholeBatch<Part extends Examples | RegressionExamples>(examples: Part): Batch<Part> {
  let batch = wholeBatches.get(examples) as Batch<Part> | undefined;
  if (batch === undefined) {
    batch = { examples };
    wholeBatches.set(examples, batch);
  }
  return batch;
}

/** The episodes that are played on each batch. */
function groupByBatch<B extends Batch>(batches: readonly B[]): Map<B, number[]> {
  const groups = new Map<B, number[]>();
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
