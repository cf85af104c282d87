/** The dense kernels against the plain definition, bit for bit. */
import { describe, expect, it } from "vitest";
import { createPlainEngine } from "../../src/baseline/dense.ts";
import type { TrainSettings } from "../../src/baseline/settings.ts";
import { startState, Trainer } from "../../src/baseline/trainer.ts";
import { patterns } from "../baseline/fixtures.ts";

const cases: Record<string, Partial<TrainSettings>> = {
  "sigmoid units": { hidden: 32 },
  "a width that fills no block: 45": { hidden: 45 },
  "one hidden unit": { hidden: 1, batch: 7 },
  "relu units and momentum": { hidden: 21, activation: "relu", momentum: 0.9, learningRate: 0.05 },
  "strong regularisation": { hidden: 8, alpha: 0.3 },
  "batches of one": { hidden: 5, batch: 1 },
  "one batch of everything": { hidden: 12, batch: 100 },
  "softmax regression": { model: "linear", momentum: 0.5 },
};

describe("dense kernels", () => {
  it.each(Object.entries(cases))("%s: records and weights have the bits of the definition", async (_, settings) => {
    const dataset = patterns(3);
    const start = startState({ learningRate: 0.4, batch: 16, epochs: 3, init: 0.3, ...settings }, dataset);
    const plain = await Trainer.from(start, dataset, createPlainEngine);
    const kernels = await Trainer.from(start, dataset);
    for (let epoch = 0; epoch < 3; epoch++) expect(kernels.epoch()).toEqual(plain.epoch());
    expect(kernels.state).toEqual(plain.state);
    expect(kernels.report()).toEqual(plain.report());
    expect(kernels.state.weights).not.toEqual(start.weights);
  });

  it.each([1, 2, 3, 4, 10, 26])("%i classes: the same", async (classes) => {
    const dataset = patterns(4, { train: 30, validation: 10, test: 10 }, 9, classes);
    const start = startState({ hidden: 6, batch: 8, init: 1 }, dataset);
    const plain = await Trainer.from(start, dataset, createPlainEngine);
    const kernels = await Trainer.from(start, dataset);
    expect(kernels.epoch()).toEqual(plain.epoch());
    expect(kernels.state).toEqual(plain.state);
  });
});
