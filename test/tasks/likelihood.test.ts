/** The log-likelihood in single precision against doubles. */
import { expect, it } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { logLikelihood, scaledOutputs, scaleOf } from "../../src/tasks/classification/likelihood.ts";

function exact(outputs: ArrayLike<number>, label: number): number {
  const max = Math.max(...Array.from(outputs));
  return outputs[label] - max - Math.log(Array.from(outputs, (x) => Math.exp(x - max)).reduce((a, b) => a + b));
}

it("logLikelihood is within 5e-7 of the value, or of one part in that of the largest output", () => {
  const rng = derive(1, "likelihood");
  let worst = 0;
  for (let round = 0; round < 20_000; round++) {
    const scale = 10 ** rng.between(-3, 4);
    const outputs = Float32Array.from({ length: 1 + rng.integer(12) }, () => rng.normal() * scale);
    const label = rng.integer(outputs.length);
    const size = Math.max(1, ...outputs.map(Math.abs));
    worst = Math.max(worst, Math.abs(logLikelihood(outputs, label) - exact(outputs, label)) / size);
  }
  expect(worst).toBeLessThan(5e-7);
});

it("logLikelihood is finite and ordered at the ends of the range", () => {
  const huge = 2 ** 60;
  expect(logLikelihood([huge, -huge], 0)).toBeCloseTo(0, 0);
  expect(logLikelihood([huge, -huge], 1) / (-2 * huge)).toBeCloseTo(1, 6);
  expect(logLikelihood([huge, huge], 1)).toBeCloseTo(-Math.LN2, 6);
  expect(logLikelihood([-0, 0, 0], 2)).toBeCloseTo(-Math.log(3), 6);
  expect(logLikelihood([-7.5], 0)).toBeCloseTo(0, 6);
});

it("scaled outputs deviate from the mean of their example by 1.5 on average, in the same order, and stay finite", () => {
  const rng = derive(1, "scaled");
  for (const size of [1e-30, 1, 1e12]) {
    const examples = Array.from({ length: 128 }, () =>
      Float32Array.from({ length: 10 }, () => 3 + rng.normal() * size),
    );
    const factor = scaleOf(examples);
    const scaled = examples.map((outputs) => scaledOutputs(outputs, factor));
    if (size === 1e-30) {
      // Lost beside 3: all outputs of an example are alike.
      expect(factor).toBe(0);
      continue;
    }
    const deviations = scaled.flatMap((outputs) => [...outputs].map(Math.abs));
    expect(deviations.reduce((sum, value) => sum + value, 0) / deviations.length).toBeCloseTo(1.5, 4);
    const order = (values: Float32Array) => [...values.keys()].sort((a, b) => values[a] - values[b]);
    examples.forEach((outputs, index) => {
      expect(order(scaled[index])).toEqual(order(outputs));
    });
  }
  // The size is told by the first examples: what comes later may be 2^180 times as large.
  const factor = scaleOf([Float32Array.of(2 ** -120, 0)]);
  expect(factor).toBe(2 ** 60);
  const huge = scaledOutputs([2 ** 60, -(2 ** 60)], factor);
  expect([...huge, logLikelihood(huge, 1)].every(Number.isFinite)).toBe(true);
});
