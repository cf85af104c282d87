/**
 * Counts what predictions are worth: accuracy, accuracy by class, the confusion matrix, the vote of an ensemble.
 *
 * Predictions are those of one weight set, [examples], or of several, row-major [weights x examples].
 */
import { checkInteger, checkLength } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import type { Vote } from "../task.ts";

/** The share of examples whose class was predicted, 0 to 1. */
export function accuracy(predictions: Uint8Array, labels: Uint8Array): number {
  checkPredictions(predictions, labels, 1);
  let right = 0;
  for (let index = 0; index < labels.length; index++) if (predictions[index] === labels[index]) right++;
  return right / labels.length;
}

/** The accuracy of each weight, [weights]. */
export function accuracyByWeight(predictions: Uint8Array, labels: Uint8Array, weightCount: number): Float64Array {
  checkPredictions(predictions, labels, weightCount);
  return Float64Array.from({ length: weightCount }, (_, weight) =>
    accuracy(predictions.subarray(weight * labels.length, (weight + 1) * labels.length), labels),
  );
}

/** The share of each class's examples that were predicted as such, [classes]; NaN for a class without examples. */
export function accuracyByClass(predictions: Uint8Array, labels: Uint8Array, classCount: number): Float64Array {
  const counts = confusion(predictions, labels, classCount);
  return Float64Array.from({ length: classCount }, (_, label) => {
    const row = counts.subarray(label * classCount, (label + 1) * classCount);
    return row[label] / row.reduce((sum, count) => sum + count, 0);
  });
}

/** The confusion matrix: examples by right class (row) and predicted class (column), row-major [classes x classes]. */
export function confusion(predictions: Uint8Array, labels: Uint8Array, classCount: number): Int32Array {
  checkPredictions(predictions, labels, 1);
  const counts = new Int32Array(classCount * classCount);
  for (let index = 0; index < labels.length; index++) {
    checkClass("label", labels[index], classCount);
    checkClass("prediction", predictions[index], classCount);
    counts[labels[index] * classCount + predictions[index]]++;
  }
  return counts;
}

/**
 * The class with the most votes for each example, one vote per weight; of equals the lowest class.
 *
 * @param predictions row-major [weights x examples]
 * @returns           [examples]
 */
export function ensembleVote(predictions: Uint8Array, weightCount: number, classCount: number): Uint8Array {
  checkInteger("weightCount", weightCount, 1);
  const exampleCount = Math.floor(predictions.length / weightCount);
  checkLength("predictions", predictions, weightCount * exampleCount);
  const winners = new Uint8Array(exampleCount);
  const votes = new Int32Array(classCount);
  for (let example = 0; example < exampleCount; example++) {
    votes.fill(0);
    for (let weight = 0; weight < weightCount; weight++) {
      const choice = predictions[weight * exampleCount + example];
      checkClass("prediction", choice, classCount);
      votes[choice]++;
    }
    let winner = 0;
    for (let index = 1; index < classCount; index++) if (votes[index] > votes[winner]) winner = index;
    winners[example] = winner;
  }
  return winners;
}

/**
 * What the predictions at several weights come to by vote, and each weight's accuracy by class beside it.
 *
 * @param predictions row-major [weights x examples]
 * @param labels      the right classes, [examples]
 * @param classes     names of the classes
 */
export function voteOf(predictions: Uint8Array, labels: Uint8Array, classes: readonly string[]): Vote {
  const count = labels.length;
  const weightCount = predictions.length / count;
  const votes = ensembleVote(predictions, weightCount, classes.length);
  const byWeight = Array.from({ length: weightCount }, (_, weight) =>
    accuracyByClass(predictions.subarray(weight * count, (weight + 1) * count), labels, classes.length),
  );
  const together = accuracyByClass(votes, labels, classes.length);
  const matrix = confusion(votes, labels, classes.length);
  return {
    value: accuracy(votes, labels),
    byClass: classes.map((name, index) => ({
      name,
      byWeight: byWeight.map((accuracies) => accuracies[index]),
      ensemble: together[index],
    })),
    confusion: classes.map((_, row) => [...matrix.subarray(row * classes.length, (row + 1) * classes.length)]),
  };
}

function checkPredictions(predictions: Uint8Array, labels: Uint8Array, weightCount: number): void {
  if (labels.length === 0) throw new UsageError("Expected at least 1 example to measure accuracy on, got 0.");
  checkInteger("weightCount", weightCount, 1);
  checkLength("predictions", predictions, labels.length * weightCount);
}

function checkClass(name: string, value: number, classCount: number): void {
  if (value >= classCount) {
    throw new UsageError(
      `Expected every ${name} to be a class from 0 to ${classCount - 1}, got ${value}: pass the number of classes.`,
    );
  }
}
