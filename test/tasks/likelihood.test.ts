/** The log-likelihood in single precision against doubles. */
import { expect, it } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { logLikelihood } from "../../src/tasks/classification/likelihood.ts";

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
