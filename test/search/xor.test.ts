/** NEAT solves XOR, which no network without hidden nodes does. */
import { expect, test } from "vitest";
import { solveXor } from "../../bench/xor.ts";

test.each([1, 2, 3, 4])("seed %i: within twice the paper's worst of 13,459 evaluations, with a hidden node", (seed) => {
  const { evaluations = Number.POSITIVE_INFINITY, hidden = 0 } = solveXor(seed) ?? {};
  expect(evaluations).toBeLessThan(2 * 13_459);
  expect(hidden).toBeGreaterThanOrEqual(1);
});
