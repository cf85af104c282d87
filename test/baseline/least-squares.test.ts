/** Linear regression: known coefficients come back, and no other line does better. */
import { expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { answerLinear, fitLinear } from "../../src/baseline/least-squares.ts";
import type { RegressionExamples } from "../../src/data/dataset.ts";

/** Examples of `3 - 2 a + 0.5 b`, with noise. */
function line(noise: number, count = 60): RegressionExamples {
  const rng = derive("line");
  const features = Float32Array.from({ length: 2 * count }, () => rng.normal());
  const targets = Float32Array.from(
    { length: count },
    (_, row) => 3 - 2 * features[2 * row] + 0.5 * features[2 * row + 1] + noise * rng.normal(),
  );
  return { count, features, targets };
}

const squaredErrors = (answers: Float64Array, { targets }: RegressionExamples) =>
  answers.reduce((sum, answer, row) => sum + (answer - targets[row]) ** 2, 0);

test("a line without noise is found", () => {
  const { weights, bias } = fitLinear(line(0));
  expect(weights[0]).toBeCloseTo(-2, 6);
  expect(weights[1]).toBeCloseTo(0.5, 6);
  expect(bias).toBeCloseTo(3, 6);
});

test("no line near it has smaller squared errors", () => {
  const examples = line(1);
  const best = fitLinear(examples);
  const least = squaredErrors(answerLinear(best, examples), examples);
  for (const change of [1e-3, -1e-3]) {
    for (const moved of [
      { ...best, bias: best.bias + change },
      { ...best, weights: best.weights.with(0, best.weights[0] + change) },
      { ...best, weights: best.weights.with(1, best.weights[1] + change) },
    ]) {
      expect(squaredErrors(answerLinear(moved, examples), examples)).toBeGreaterThan(least);
    }
  }
});

test("inputs that depend on each other, as categories do, leave the answers what they are", () => {
  const rng = derive("categories");
  const kinds = Array.from({ length: 30 }, () => rng.integer(3));
  const targets = Float32Array.from(kinds, (kind) => [1, 5, -2][kind] + 0.1 * rng.normal());
  const whole = {
    count: 30,
    targets,
    features: Float32Array.from(kinds.flatMap((kind) => [0, 1, 2].map((each) => Number(each === kind)))),
  };
  const fewer = {
    count: 30,
    targets,
    features: Float32Array.from(kinds.flatMap((kind) => [0, 1].map((each) => Number(each === kind)))),
  };
  const [a, b] = [whole, fewer].map((examples) => answerLinear(fitLinear(examples), examples));
  for (const [row, answer] of a.entries()) expect(answer).toBeCloseTo(b[row], 8);
});

test("targets that are all the same, or inputs that are, leave a model of the bias alone", () => {
  const same = { count: 3, features: new Float32Array(3), targets: Float32Array.of(1, 2, 6) };
  expect(fitLinear(same)).toEqual({ weights: Float64Array.of(0), bias: expect.closeTo(3, 12) });
  const none = { count: 3, features: Float32Array.of(1, 2, 4), targets: new Float32Array(3) };
  expect(fitLinear(none)).toEqual({ weights: Float64Array.of(0), bias: 0 });
});
