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

it("the scale of outputs is the one of best likelihood where they tell little, whatever their size, and keeps their order", () => {
  const rng = derive(1, "scaled");
  const labels = Array.from({ length: 128 }, () => rng.integer(10));
  const noise = labels.map((label) =>
    Array.from({ length: 10 }, (_, index) => rng.normal() + (index === label ? 0.5 : 0)),
  );
  for (const size of [2 ** -40, 1, 2 ** 40]) {
    const examples = noise.map((outputs) => Float32Array.from(outputs, (output) => output * size));
    const factor = scaleOf(examples, labels);
    const likelihood = (by: number) =>
      examples.reduce((sum, outputs, index) => sum + logLikelihood(scaledOutputs(outputs, by), labels[index]), 0) / 128;
    expect(factor * size).toBeCloseTo(
      scaleOf(
        noise.map((outputs) => Float32Array.from(outputs)),
        labels,
      ),
      6,
    );
    expect(likelihood(factor)).toBeGreaterThan(-Math.log(10) + 0.05);
    expect(likelihood(factor)).toBeGreaterThan(likelihood(factor * 2));
    expect(likelihood(factor)).toBeGreaterThan(likelihood(factor / 2));
    const order = (values: Float32Array) => [...values.keys()].sort((a, b) => values[a] - values[b]);
    for (const outputs of examples) expect(order(scaledOutputs(outputs, factor))).toEqual(order(outputs));
  }
});

it("a scale is above 0 for outputs that mislead, 0 for those that are all alike, and keeps what is huge finite", () => {
  const misleading = Array.from({ length: 8 }, () => Float32Array.of(0, 1));
  // A standard deviation of 0.5 is made one of 0.1.
  expect(scaleOf(misleading, new Array(8).fill(0))).toBeCloseTo(0.2, 6);
  expect(scaleOf([Float32Array.of(3, 3)], [0])).toBe(0);
  // The scale is fitted on the first examples: what comes later may be far larger.
  const factor = scaleOf([Float32Array.of(2 ** -61, 0)], [0]);
  expect(factor).toBe(2 ** 60);
  const huge = scaledOutputs([2 ** 60, -(2 ** 60)], factor);
  expect([...huge, logLikelihood(huge, 1)].every(Number.isFinite)).toBe(true);
});
