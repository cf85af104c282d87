/** Noise on the weights: none is the shared weight itself, and levels differ in the size of the same draws alone. */
import { expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { scoreNoise } from "../../src/measure/noise.ts";
import { compile } from "../../src/network/compile.ts";
import { loadTaskSource } from "../../src/run/task-source.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { randomGenome } from "../fixtures/genomes.ts";

const network = compile(randomGenome(4, 30, { inputs: 5, outputs: 1 }));

test("none is what the shared weights score on the same episodes; a level is the same alone or among others", async () => {
  const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const options = { evaluator, network, bestWeight: 2, episodes: 4, seed: 3 };
  const [none, some, much] = await scoreNoise({ ...options, levels: [0.1, 1] });
  const episodes = Array.from({ length: 4 }, (_, episode) => `3/test/weight-noise/${episode}`);
  const weights = { kind: "shared", values: Float32Array.of(2) } as const;
  // Powers of two, by which sums are multiplied as their terms are.
  const trial = { weights, episodes, split: "test", pairing: "all" } as const;
  const [{ values }] = (await evaluator.evaluate([network.program], trial)).scores;
  expect([none.noise, none.best.mean, none.best.count, none.standard.count]).toEqual([
    0,
    values.reduce((sum, value) => sum + value, 0) / 4,
    4,
    24,
  ]);
  expect(some.best.mean).not.toBe(none.best.mean);
  expect((await scoreNoise({ ...options, levels: [1] }))[1]).toEqual(much);
});

test("of examples, each draw is measured on the whole test part", async () => {
  const evaluator = await createInlineEvaluator(createTask(await loadTaskSource({ task: "digits", taskSettings: {} })));
  const digits = compile(randomGenome(1, 10, { inputs: 256, outputs: 10 }));
  const [none, noisy] = await scoreNoise({
    evaluator,
    network: digits,
    bestWeight: 1,
    levels: [0.3],
    episodes: 3,
    seed: 1,
  });
  expect([none.best.count, noisy.standard.count]).toEqual([3, 18]);
  expect(none.best.std).toBe(0);
  expect(noisy.best.std).toBeGreaterThan(0);
});

test("levels below 0 and no draws are refused in words", async () => {
  const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const options = { evaluator, network, bestWeight: 1, episodes: 1, seed: 1 };
  await expect(scoreNoise({ ...options, levels: [-0.1] })).rejects.toThrow(
    "Expected a level of weight noise to be a number of 0 or more, got -0.1.",
  );
  await expect(scoreNoise({ ...options, levels: [0.1], episodes: 0 })).rejects.toThrow(
    "Expected episodes to be an integer of at least 1, got 0",
  );
});
