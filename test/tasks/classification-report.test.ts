/** What is counted from predictions. */
import { expect, it } from "vitest";
import {
  accuracy,
  accuracyByClass,
  accuracyByWeight,
  confusion,
  ensembleVote,
} from "../../src/tasks/classification/report.ts";

const labels = Uint8Array.of(0, 0, 1, 2);
const predictions = Uint8Array.of(0, 1, 1, 2);

it("accuracy is the share of right predictions, of all, by weight and by class", () => {
  expect(accuracy(predictions, labels)).toBe(0.75);
  expect(accuracyByWeight(Uint8Array.of(0, 1, 1, 2, 0, 0, 1, 2), labels, 2)).toEqual(Float64Array.of(0.75, 1));
  expect(accuracyByClass(predictions, labels, 4)).toEqual(Float64Array.of(0.5, 1, 1, Number.NaN));
});

it("confusion counts right class by predicted class", () => {
  expect(Array.from(confusion(predictions, labels, 3))).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 1]);
});

it("an ensemble takes the class with the most votes, the lowest of equals", () => {
  expect(ensembleVote(Uint8Array.of(2, 1, 2, 0, 0, 1), 3, 3)).toEqual(Uint8Array.of(2, 1));
  expect(ensembleVote(Uint8Array.of(2, 2, 1, 1), 2, 3)).toEqual(Uint8Array.of(1, 1));
});

it("says what does not fit", () => {
  expect(() => accuracy(predictions, labels.subarray(1))).toThrow("Expected 3 predictions, got 4.");
  expect(() => accuracy(new Uint8Array(0), new Uint8Array(0))).toThrow(
    "Expected at least 1 example to measure accuracy on, got 0.",
  );
  expect(() => ensembleVote(predictions, 3, 3)).toThrow("Expected 3 predictions, got 4.");
  expect(() => ensembleVote(predictions, 0, 3)).toThrow("Expected weightCount to be an integer of at least 1, got 0.");
  expect(() => confusion(predictions, labels, 2)).toThrow(
    "Expected every label to be a class from 0 to 1, got 2: pass the number of classes.",
  );
  expect(() => ensembleVote(predictions, 1, 2)).toThrow("Expected every prediction to be a class from 0 to 1, got 2");
});
