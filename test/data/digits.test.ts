/** The embedded digits: always the same, balanced, and neither too easy nor too hard for a linear classifier. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { argmax } from "../../src/base/stats.ts";
import { countClasses, type Examples } from "../../src/data/dataset.ts";
import { DIGITS_SIZES, digitsDataset } from "../../src/data/digits.ts";

const digits = digitsDataset();
const PARTS = ["train", "validation", "test"] as const;

describe("the data", () => {
  test("has 256 inputs, ten classes and the stated sizes", () => {
    expect(digits.inputs).toHaveLength(256);
    expect(digits.classes).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    for (const part of PARTS) {
      expect(digits[part].count).toBe(DIGITS_SIZES[part]);
      expect(digits[part].features).toHaveLength(DIGITS_SIZES[part] * 256);
      expect(countClasses(digits[part].labels, 10)).toEqual(new Array(10).fill(DIGITS_SIZES[part] / 10));
    }
  });

  test("is the same on every machine", () => {
    const hash = createHash("sha256");
    for (const part of PARTS) {
      hash.update(toBytes(digits[part].features));
      hash.update(digits[part].labels);
    }
    expect(hash.digest("hex")).toBe("aa95962f3dd09062766b170721563dfa8c5fc34cb7baafebe843df2edf602657");
  });

  test("holds multiples of 1/255, no image is faint, and no two are equal", () => {
    const seen = new Set<string>();
    for (const part of PARTS) {
      const { features, count } = digits[part];
      const bytes = toBytes(features);
      let odd = 0;
      for (let at = 0; at < bytes.length; at++) if (Math.fround(bytes[at] / 255) !== features[at]) odd++;
      expect(odd).toBe(0);
      for (let index = 0; index < count; index++) {
        const image = Buffer.from(bytes.buffer, index * 256, 256);
        expect(Math.max(...image)).toBeGreaterThan(100);
        seen.add(image.toString("latin1"));
      }
    }
    expect(seen.size).toBe(12_000);
  });

  test("smaller sizes give smaller parts", () => {
    const small = digitsDataset({ train: 20, validation: 10, test: 0 });
    expect([small.train.count, small.validation.count, small.test.count]).toEqual([20, 10, 0]);
  });
});

describe("difficulty", () => {
  test("softmax regression trained to convergence gets from 92 to 97 % of the test images right", () => {
    const weights = new Float64Array(10 * 257);
    for (const [epochs, rate] of [
      [8, 0.05],
      [8, 0.01],
      [4, 0.002],
    ]) {
      for (let epoch = 0; epoch < epochs; epoch++) train(weights, digits.train, rate);
    }
    const trainAccuracy = accuracy(weights, digits.train);
    const testAccuracy = accuracy(weights, digits.test);
    console.info(`Softmax regression on digits: train ${trainAccuracy}, test ${testAccuracy}.`);
    expect(trainAccuracy).toBeGreaterThan(0.97);
    expect(testAccuracy).toBeGreaterThan(0.92);
    expect(testAccuracy).toBeLessThan(0.97);
  });

  test("the nearest class mean gets at least 85 % right, so simple networks have something to find", () => {
    const means = new Float64Array(10 * 257);
    for (let index = 0; index < digits.train.count; index++) {
      const row = digits.train.labels[index] * 257;
      for (let at = 0; at < 256; at++) means[row + at] += digits.train.features[index * 256 + at] / 800;
    }
    // |x - m|^2 is smallest where m x - |m|^2 / 2 is largest.
    for (let digit = 0; digit < 10; digit++) {
      const row = means.subarray(digit * 257, digit * 257 + 256);
      means[digit * 257 + 256] = -row.reduce((sum, value) => sum + value * value, 0) / 2;
    }
    expect(accuracy(means, digits.test)).toBeGreaterThan(0.85);
  });
});

/** Features as multiples of 1/255. */
function toBytes(features: Float32Array): Uint8Array {
  const bytes = new Uint8Array(features.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Math.round(features[at] * 255);
  return bytes;
}

/** Outputs of ten linear units with a bias at the end of each row. */
function linear(weights: Float64Array, { features }: Examples, index: number, outputs: Float64Array): void {
  for (let unit = 0; unit < 10; unit++) {
    let sum = weights[unit * 257 + 256];
    for (let at = 0; at < 256; at++) sum += weights[unit * 257 + at] * features[index * 256 + at];
    outputs[unit] = sum;
  }
}

function accuracy(weights: Float64Array, examples: Examples): number {
  const outputs = new Float64Array(10);
  let right = 0;
  for (let index = 0; index < examples.count; index++) {
    linear(weights, examples, index, outputs);
    if (argmax(outputs) === examples.labels[index]) right++;
  }
  return right / examples.count;
}

/** One epoch of stochastic gradient descent on the cross-entropy. */
function train(weights: Float64Array, examples: Examples, rate: number): void {
  const outputs = new Float64Array(10);
  for (let index = 0; index < examples.count; index++) {
    linear(weights, examples, index, outputs);
    const top = Math.max(...outputs);
    const total = outputs.reduce((sum, value) => sum + Math.exp(value - top), 0);
    for (let unit = 0; unit < 10; unit++) {
      const wanted = unit === examples.labels[index] ? 1 : 0;
      const step = rate * (wanted - Math.exp(outputs[unit] - top) / total);
      for (let at = 0; at < 256; at++) weights[unit * 257 + at] += step * examples.features[index * 256 + at];
      weights[unit * 257 + 256] += step;
    }
  }
}
