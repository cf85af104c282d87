/** What one champion says about images, or rows of a table: each class's chances at each weight, the vote, and how often it is right. */
import {
  accuracy,
  accuracyByClass,
  classify,
  createForward,
  type Examples,
  ensembleVote,
  type Kernel,
  outputSlots,
  STANDARD_WEIGHTS,
} from "../src/index.ts";
import { createNodeValues, type Player } from "./player.ts";
import type { ProfilePoint } from "./profile.ts";

/** The answer for one example. */
export interface Answer {
  /** Softmax of the outputs, row-major [standard weights x classes]. */
  readonly chances: Float64Array;
  /** The class at each weight: the largest output, the lowest class of equals. */
  readonly classes: Uint8Array;
  /** The class with the most votes. */
  readonly vote: number;
  /** Share of the votes of each class. */
  readonly votes: Float64Array;
}

/** Prepares a champion to classify examples. */
export function createClassifier(player: Player) {
  const { program } = player.network;
  const forward = createForward(program);
  const slots = outputSlots(program);
  const outputsAt = (inputs: ArrayLike<number>, weight: number): number[] => {
    const values = forward(inputs, weight);
    return Array.from(slots, (slot) => values[slot]);
  };
  /** The chance of each class at one weight: softmax of the outputs. */
  const chancesAt = (inputs: ArrayLike<number>, weight: number): number[] => {
    const outputs = outputsAt(inputs, weight);
    const largest = Math.max(...outputs);
    const powers = outputs.map((output) => Math.exp(output - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  };
  /** The class of one example at one weight: the largest output, the lowest class of equals. */
  const classAt = (inputs: ArrayLike<number>, weight: number): number => {
    const outputs = outputsAt(inputs, weight);
    return outputs.indexOf(Math.max(...outputs));
  };
  return {
    chancesAt,
    classAt,
    /** The answer for one example, [inputs]. */
    classify(inputs: ArrayLike<number>): Answer {
      const chances = Float64Array.from(STANDARD_WEIGHTS.flatMap((weight) => chancesAt(inputs, weight)));
      const classes = Uint8Array.from(STANDARD_WEIGHTS, (weight) => classAt(inputs, weight));
      const votes = new Float64Array(slots.length);
      for (const label of classes) votes[label] += 1 / STANDARD_WEIGHTS.length;
      return { chances, classes, vote: ensembleVote(classes, STANDARD_WEIGHTS.length, slots.length)[0], votes };
    },
    /** The values of all nodes for one example at one weight, by position in the genome. */
    activate: createNodeValues(player),
  };
}

/** The accuracy on examples at one weight after the other. */
export interface AccuracyProfile {
  /** Accuracy over all examples, and of the class it is lowest and highest for, in percent. */
  readonly points: readonly ProfilePoint[];
  /** Accuracy of each class, 0 to 1, row-major [classes x weights]; NaN for a class without examples. */
  readonly byClass: Float64Array;
}

/** Measures the accuracy at each of these weights. */
export function accuracyProfile(
  kernel: Kernel,
  player: Player,
  examples: Examples,
  classCount: number,
  weights: readonly number[],
): AccuracyProfile {
  const shared = { kind: "shared", values: Float32Array.from(weights) } as const;
  const predictions = classify(kernel, player.network.program, shared, examples);
  const byClass = new Float64Array(classCount * weights.length);
  const points = weights.map((weight, column) => {
    const some = predictions.subarray(column * examples.count, (column + 1) * examples.count);
    const each = accuracyByClass(some, examples.labels, classCount);
    each.forEach((value, row) => {
      byClass[row * weights.length + column] = value;
    });
    const known = each.filter((value) => !Number.isNaN(value));
    return {
      weight,
      mean: 100 * accuracy(some, examples.labels),
      low: 100 * Math.min(...known),
      high: 100 * Math.max(...known),
    };
  });
  return { points, byClass };
}

/** Examples of one class that were taken for one other. */
export interface Confusion {
  readonly label: number;
  readonly taken: number;
  /** Indices of the examples, in order. */
  readonly examples: readonly number[];
}

/** Which classes are taken for which others, the most frequent first; of equals by class. */
export function rankConfusions(predictions: Uint8Array, labels: Uint8Array): Confusion[] {
  const pairs = new Map<number, { label: number; taken: number; examples: number[] }>();
  predictions.forEach((taken, index) => {
    const label = labels[index];
    if (taken === label) return;
    const key = label * 256 + taken;
    const pair = pairs.get(key) ?? { label, taken, examples: [] };
    pair.examples.push(index);
    pairs.set(key, pair);
  });
  return [...pairs.entries()]
    .sort(([keyA, a], [keyB, b]) => b.examples.length - a.examples.length || keyA - keyB)
    .map(([, pair]) => pair);
}
