/** What tasks on examples say of how their score depends on the outputs: against differences of the score itself. */
import { expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { digitsDataset } from "../../src/data/digits.ts";
import { createClassification } from "../../src/tasks/classification/classification.ts";
import { logLikelihood, scaledOutputs, scaleOf } from "../../src/tasks/classification/likelihood.ts";
import { likelihoodSlopes } from "../../src/tasks/classification/slopes.ts";
import { errorSlopes } from "../../src/tasks/regression/error.ts";

const [EXAMPLES, CLASSES] = [6, 4];
const labels = Uint8Array.from({ length: EXAMPLES }, (_, example) => example % CLASSES);

function outputsOf(size: number): Float32Array {
  const rng = derive("slopes", size);
  return Float32Array.from({ length: EXAMPLES * CLASSES }, () => size * rng.normal());
}

/** Minus the mean log-likelihood in double precision. */
function loss(outputs: ArrayLike<number>, scale = 1): number {
  let sum = 0;
  for (let example = 0; example < EXAMPLES; example++) {
    const row = Array.from({ length: CLASSES }, (_, output) => scale * outputs[example * CLASSES + output]);
    sum += Math.log(row.reduce((total, output) => total + Math.exp(output), 0)) - row[labels[example]];
  }
  return sum / EXAMPLES;
}

test.each([
  ["plain", false],
  ["scaled", true],
])("slopes and curvatures of %s likelihoods are those of central differences", (_, isScaled) => {
  for (const size of [0.01, 0.3, 2]) {
    const outputs = outputsOf(size);
    const rows = Array.from(labels, (_, at) => outputs.subarray(at * CLASSES, (at + 1) * CLASSES));
    const scale = isScaled ? scaleOf(rows, labels) : 1;
    const [slopes, curvatures] = [new Float32Array(outputs.length), new Float32Array(outputs.length)];
    likelihoodSlopes(labels, CLASSES, isScaled)(outputs, slopes, curvatures);
    const step = 1e-3 / scale;
    outputs.forEach((_, at) => {
      const moved = (by: number) =>
        loss(
          Array.from(outputs, (output, place) => output + (place === at ? by : 0)),
          scale,
        );
      const [before, here, after] = [moved(-step), moved(0), moved(step)];
      expect(slopes[at] / scale).toBeCloseTo((after - before) / (2 * step) / scale, 5);
      expect(curvatures[at] / scale ** 2).toBeCloseTo((after - 2 * here + before) / step ** 2 / scale ** 2, 5);
    });
    // The loss is the score of the task with a minus.
    const scored = rows.map((row, at) => logLikelihood(isScaled ? scaledOutputs(row, scale) : row, labels[at]));
    expect(loss(outputs, scale)).toBeCloseTo(-scored.reduce((a, b) => a + b) / EXAMPLES, 5);
  }
});

test("slopes of squared errors are those of their mean", () => {
  const [slopes, curvatures] = [new Float32Array(2), new Float32Array(2)];
  errorSlopes(Float32Array.of(1, -1))(Float32Array.of(3, -1.5), slopes, curvatures);
  expect([...slopes, ...curvatures]).toEqual([2, -0.5, 1, 1]);
});

test("a lesson has so many training examples, the same for equal labels, and all where there are no more", () => {
  const dataset = digitsDataset({ train: 20, validation: 4, test: 4 });
  const task = createClassification(dataset);
  const lesson = (label: string, count: number) => task.lesson?.(label, count).inputs as Float32Array;
  expect(lesson("a", 5)).toHaveLength(5 * 256);
  expect(lesson("a", 5)).toEqual(lesson("a", 5));
  expect(lesson("a", 5)).not.toEqual(lesson("b", 5));
  expect(lesson("a", 99)).toHaveLength(20 * 256);
  const known = new Set(
    Array.from({ length: 20 }, (_, row) => dataset.train.features.subarray(row * 256, (row + 1) * 256).join()),
  );
  for (let row = 0; row < 5; row++)
    expect(known).toContain(
      lesson("b", 5)
        .subarray(row * 256, (row + 1) * 256)
        .join(),
    );
});
