/** The mathematics of softmax and cross-entropy, as properties. */
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import { derive, type Rng } from "../../src/base/rng.ts";
import {
  crossEntropy,
  crossEntropyGradient,
  logSumExp,
  softmax,
  softmaxGradient,
  softmaxJacobian,
} from "../../src/baseline/softmax.ts";

const rng = derive("softmax test");
const logitsOf = (count: number, size = 2) => Array.from({ length: count }, () => size * rng.normal());
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
const sizes = [1, 2, 3, 10, 40];

/** A random point of the simplex: normalised exponential variables are uniform on it. */
function simplexPoint(count: number, stream: Rng): number[] {
  const parts = Array.from({ length: count }, () => -Math.log(1 - stream.uniform()));
  const total = parts.reduce((sum, x) => sum + x, 0);
  return parts.map((x) => x / total);
}

/** -x.p - H(p), with 0 log 0 = 0. */
function objective(x: ArrayLike<number>, p: ArrayLike<number>): number {
  return -dot(x, p) + Array.from(p).reduce((sum, y) => sum + (y === 0 ? 0 : y * Math.log(y)), 0);
}

/** The derivative of `f` at `x` in each direction, by central differences. */
function differences(f: (x: number[]) => number, x: readonly number[], h = 1e-5): number[] {
  return x.map((_, i) => {
    const moved = (by: number) => f(x.map((value, j) => (i === j ? value + by : value)));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

describe("softmax", () => {
  it.each(sizes)("is a distribution that keeps the order of %i logits", (count) => {
    const x = logitsOf(count);
    const s = softmax(x);
    expect(
      dot(
        s,
        s.map(() => 1),
      ),
    ).toBeCloseTo(1, 14);
    const order = (values: ArrayLike<number>) => Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
    expect(order(s)).toEqual(order(x));
  });

  it.each(sizes)("has the Jacobian diag(s) - s s^T for %i logits, and its rows sum to 0", (count) => {
    const x = logitsOf(count);
    const s = softmax(x);
    const jacobian = softmaxJacobian(x);
    for (let i = 0; i < count; i++) {
      const row = jacobian.subarray(i * count, (i + 1) * count);
      const expected = Array.from(s, (value, j) => (i === j ? value : 0) - s[i] * value);
      const numerical = differences((y) => softmax(y)[i], x);
      for (let j = 0; j < count; j++) {
        expect(row[j]).toBeCloseTo(expected[j], 14);
        expect(row[j]).toBeCloseTo(numerical[j], 8);
      }
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 14);
    }
  });

  it("passes a gradient back as the product with its Jacobian", () => {
    const x = logitsOf(7);
    const g = logitsOf(7);
    const jacobian = softmaxJacobian(x);
    softmaxGradient(x, g).forEach((value, i) => {
      expect(value).toBeCloseTo(dot(jacobian.subarray(i * 7, (i + 1) * 7), g), 12);
    });
  });

  it.each(sizes)("minimises -x.p - H(p) on the simplex of %i: no random point does better", (count) => {
    const x = logitsOf(count);
    const least = objective(x, softmax(x));
    expect(least).toBeCloseTo(-logSumExp(x), 12);
    for (let trial = 0; trial < 2000; trial++) {
      const point = simplexPoint(count, rng);
      const near = softmax(x).map((value, i) => 0.99 * value + 0.01 * point[i]);
      expect(objective(x, point)).toBeGreaterThanOrEqual(least - 1e-12);
      expect(objective(x, near)).toBeGreaterThanOrEqual(least - 1e-12);
    }
  });

  it.each(sizes)("meets the KKT conditions of that problem for %i logits", (count) => {
    const x = logitsOf(count);
    const s = softmax(x);
    // Stationarity: -x_i + log s_i + 1 = multiplier of the sum, equal for all i; the bounds p_i >= 0 are slack.
    const multipliers = Array.from(s, (value, i) => -x[i] + Math.log(value) + 1);
    for (const multiplier of multipliers) expect(multiplier).toBeCloseTo(1 - logSumExp(x), 12);
    for (const value of s) expect(value).toBeGreaterThan(0);
    expect(s.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
  });

  it("is stable for logits of 1e4 and more", () => {
    expect(Array.from(softmax([1e4, 0, -1e4]))).toEqual([1, 0, 0]);
    expect(Array.from(softmax([1e300, 1e300]))).toEqual([0.5, 0.5]);
    expect(logSumExp([1e4, 1e4])).toBe(1e4 + Math.LN2);
    expect(crossEntropy([1e4, -1e4], 0)).toBe(0);
    expect(crossEntropy([1e4, -1e4], 1)).toBe(2e4);
    expect(Array.from(crossEntropyGradient([1e4, -1e4], 1))).toEqual([1, -1]);
    for (const value of softmaxJacobian([1e4, -1e4])) expect(Math.abs(value)).toBe(0);
  });

  it("is 1 for one class, with loss and gradient 0", () => {
    expect(Array.from(softmax([-1e4]))).toEqual([1]);
    expect(crossEntropy([1e4], 0)).toBe(0);
    expect(Array.from(crossEntropyGradient([3], 0))).toEqual([0]);
  });

  it("says what is wrong with its inputs", () => {
    expect(() => softmax([])).toThrow(new UsageError("Expected at least 1 logit, got 0."));
    expect(() => softmax([0, Number.NaN])).toThrow("Expected finite logits, got NaN at index 1.");
    expect(() => crossEntropy([0, 1], 2)).toThrow("Expected the label to be an integer from 0 to 1, got 2.");
    expect(() => softmaxGradient([0, 1], [1])).toThrow("Expected 2 derivatives, one for each logit, got 1.");
  });
});

describe("crossEntropy", () => {
  it.each(sizes)("has the gradient softmax - label for %i logits", (count) => {
    const x = logitsOf(count);
    const label = rng.integer(count);
    expect(crossEntropy(x, label)).toBeCloseTo(-Math.log(softmax(x)[label]), 12);
    const numerical = differences((y) => crossEntropy(y, label), x);
    crossEntropyGradient(x, label).forEach((value, i) => {
      expect(value).toBeCloseTo(numerical[i], 8);
    });
  });

  it("has a gradient orthogonal to its level curves", () => {
    // Walk along the level curve through x, in the plane of two random directions, and compare with the gradient.
    for (let trial = 0; trial < 20; trial++) {
      const x = logitsOf(6, 1);
      const label = rng.integer(6);
      const level = crossEntropy(x, label);
      const along = logitsOf(6, 1);
      const across = Array.from(crossEntropyGradient(x, label));
      // The curve: for a step t along, the amount u of the gradient that returns to the level, by Newton's method.
      const point = (t: number) => {
        let u = 0;
        for (let iteration = 0; iteration < 50; iteration++) {
          const y = x.map((value, i) => value + t * along[i] + u * across[i]);
          u -= (crossEntropy(y, label) - level) / dot(crossEntropyGradient(y, label), across);
        }
        return x.map((value, i) => value + t * along[i] + u * across[i]);
      };
      const ahead = point(1e-4);
      const behind = point(-1e-4);
      expect(crossEntropy(ahead, label)).toBeCloseTo(level, 12);
      const tangent = ahead.map((value, i) => (value - behind[i]) / 2e-4);
      const length = Math.sqrt(dot(tangent, tangent) * dot(across, across));
      expect(dot(tangent, across) / length).toBeCloseTo(0, 6);
    }
  });
});
