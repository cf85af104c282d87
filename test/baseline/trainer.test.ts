/** Training: gradients, quality, determinism, resuming, and each message. */
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import { derive } from "../../src/base/rng.ts";
import { decodeTrainState, encodeTrainState } from "../../src/baseline/checkpoint.ts";
import { logarithm } from "../../src/baseline/dense.ts";
import { type TrainSettings, trainSettingsSchema } from "../../src/baseline/settings.ts";
import { crossEntropy } from "../../src/baseline/softmax.ts";
import { evaluateDense, startState, Trainer } from "../../src/baseline/trainer.ts";
import {
  checkWeights,
  copyWeights,
  type DenseWeights,
  decodeWeights,
  encodeWeights,
  shapeName,
  weightTotal,
} from "../../src/baseline/weights.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { patterns } from "./fixtures.ts";

const dataset = patterns(1);
const small = { hidden: 16, batch: 10, learningRate: 0.5, init: 0.2, epochs: 6 };

/** Mean loss on the training examples plus alpha / 2 x the squares of the weights, all in double precision. */
function objective({ shape, activation, layers }: DenseWeights, { train }: Dataset, alpha: number): number {
  const apply = activation === "relu" ? (x: number) => Math.max(0, x) : (x: number) => 1 / (1 + Math.exp(-x));
  const layer = (index: number, inputs: ArrayLike<number>) => {
    const { weights, biases } = layers[index];
    return Array.from(biases, (bias, unit) => {
      let sum = bias;
      for (let row = 0; row < inputs.length; row++) sum += inputs[row] * weights[row * biases.length + unit];
      return sum;
    });
  };
  let total = 0;
  for (let example = 0; example < train.count; example++) {
    const first = layer(0, train.features.subarray(example * shape.inputs, (example + 1) * shape.inputs));
    total += crossEntropy(shape.hidden > 0 ? layer(1, first.map(apply)) : first, train.labels[example]);
  }
  const squares = layers.reduce((sum, { weights }) => weights.reduce((part, weight) => part + weight ** 2, sum), 0);
  return total / train.count + (alpha / 2) * squares;
}

describe("one step", () => {
  it.each<Partial<TrainSettings>>([
    { hidden: 6, activation: "sigmoid", alpha: 0.01 },
    { hidden: 6, activation: "relu", alpha: 0 },
    { model: "linear", alpha: 0.1 },
  ])("follows the numerical gradient of the whole network: %o", async (settings) => {
    const data = patterns(2, { train: 20, validation: 4, test: 4 }, 8, 3);
    const start = startState({ ...settings, batch: 20, learningRate: 1, init: 0.5 }, data);
    // Off 0, where the relu of the row of zeros has a kink.
    for (const { biases } of start.weights.layers) biases.fill(0.1);
    const trainer = await Trainer.from(start, data);
    trainer.epoch();
    const after = trainer.state.weights;
    for (const [index, layer] of start.weights.layers.entries()) {
      for (const kind of ["weights", "biases"] as const) {
        for (let at = 0; at < layer[kind].length; at++) {
          const moved = (by: number) => {
            const layers = start.weights.layers.map(({ weights, biases }) => ({
              weights: Float64Array.from(weights),
              biases: Float64Array.from(biases),
            }));
            layers[index][kind][at] += by;
            return objective({ ...start.weights, layers } as unknown as DenseWeights, data, settings.alpha as number);
          };
          const numerical = (moved(1e-5) - moved(-1e-5)) / 2e-5;
          const taken = layer[kind][at] - after.layers[index][kind][at];
          expect(taken, `layer ${index} ${kind} ${at}`).toBeCloseTo(numerical, 5);
        }
      }
    }
  });

  it("with momentum adds the share of the step before", async () => {
    const settings = { ...small, batch: 100, momentum: 0.5 };
    const trainer = await Trainer.create(settings, dataset);
    trainer.epoch();
    const { weights, velocities } = trainer.state;
    const plain = await Trainer.from({ ...trainer.state, settings: { ...trainer.settings, momentum: 0 } }, dataset);
    trainer.epoch();
    plain.epoch();
    const at = 7;
    const step = weights.layers[0].weights[at] - plain.state.weights.layers[0].weights[at];
    const expected = step + 0.5 * 0.5 * velocities[0].weights[at];
    expect(weights.layers[0].weights[at] - trainer.state.weights.layers[0].weights[at]).toBeCloseTo(expected, 5);
  });
});

describe("Trainer", () => {
  it("learns patterns, and reports the best epoch on validation and test", async () => {
    const trainer = await Trainer.create(small, dataset);
    const seen: number[] = [];
    while (!trainer.done) trainer.epoch((count) => seen.push(count));
    expect(seen.slice(0, 10)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    const { best, records } = trainer.state;
    const accuracies = records.map(({ validation }) => validation.accuracy);
    expect(records.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(best.epoch).toBe(1 + accuracies.indexOf(Math.max(...accuracies)));
    const report = trainer.report();
    expect(report.train).toEqual(records[5].train);
    expect(report.validation).toEqual(records[best.epoch - 1].validation);
    expect(report.test.accuracy).toBeGreaterThan(0.8);
    expect(report.test).toEqual(await evaluateDense(best.weights, dataset, "test"));
    expect(report.train.loss).toBeLessThan(records[0].train.loss);
  });

  it("keeps the last batch when it is smaller than the others", async () => {
    const trainer = await Trainer.create({ ...small, batch: 64 }, dataset);
    const seen: number[] = [];
    trainer.epoch((count) => seen.push(count));
    expect(seen).toEqual([64, 100]);
  });

  it("gives the same bytes for the same seed, others for another", async () => {
    const bytes = async (seed: number) => {
      const trainer = await Trainer.create({ ...small, seed }, dataset);
      trainer.epoch();
      return JSON.stringify(encodeTrainState(trainer.state));
    };
    expect(await bytes(7)).toBe(await bytes(7));
    expect(await bytes(7)).not.toBe(await bytes(8));
  });

  it("goes on from its JSON after any epoch as if it had never stopped", async () => {
    for (const settings of [
      small,
      { ...small, momentum: 0.9, learningRate: 0.05 },
      { ...small, model: "linear" as const },
    ]) {
      const whole = await Trainer.create(settings, dataset);
      let parts = await Trainer.create(settings, dataset);
      while (!whole.done) {
        expect(parts.epoch()).toEqual(whole.epoch());
        parts = await Trainer.from(
          decodeTrainState(JSON.parse(JSON.stringify(encodeTrainState(parts.state)))),
          dataset,
        );
      }
      expect(parts.done).toBe(true);
      expect(JSON.stringify(encodeTrainState(parts.state))).toBe(JSON.stringify(encodeTrainState(whole.state)));
    }
  });

  it("does not change a state it gave out", async () => {
    const trainer = await Trainer.create(small, dataset);
    const before = trainer.state;
    const copy = structuredClone(before);
    trainer.epoch();
    expect(before).toEqual(copy);
  });
});

describe("a training that diverges", () => {
  it("stops with the epoch and what to lower, and keeps the last good weights", async () => {
    const good = await Trainer.create({ ...small, activation: "relu", learningRate: 0.1 }, dataset);
    good.epoch();
    const trainer = await Trainer.from({ ...good.state, settings: { ...good.settings, learningRate: 1e5 } }, dataset);
    expect(() => trainer.epoch()).toThrow(
      /^Training diverged in epoch 2: expected a loss of at most 16\.09, got .*: lower learningRate \(100000\)\. The weights of epoch 1 are kept\.$/,
    );
    expect(trainer.state.weights).toEqual(good.state.weights);
    expect(trainer.state.best).toEqual(good.state.best);
    expect(trainer.report()).toEqual(good.report());
  });

  it("names the momentum too, and the first weights in the first epoch", async () => {
    const trainer = await Trainer.create({ ...small, learningRate: 1e5, momentum: 0.9 }, dataset);
    expect(() => trainer.epoch()).toThrow(
      /lower learningRate \(100000\) or momentum \(0\.9\)\. The first weights are kept\.$/,
    );
    expect(() => trainer.epoch()).toThrow(UsageError);
  });

  it("notices weights that become infinite", async () => {
    const huge = Float32Array.from(dataset.train.features, (x) => x * 1e30);
    const trainer = await Trainer.create(
      { ...small, activation: "relu", learningRate: 1e6 },
      { ...dataset, train: { ...dataset.train, features: huge } },
    );
    expect(() => trainer.epoch()).toThrow(/^Training diverged in epoch 1/);
  });
});

describe("bad input", () => {
  it.each<[Record<string, unknown>, string]>([
    [{ learningRate: 0 }, "Expected learningRate to be a number from 1e-9 to 1000000, got 0."],
    [{ learningRate: -0.1 }, "Expected learningRate to be a number from 1e-9 to 1000000, got -0.1."],
    [{ learningRate: Number.NaN }, "Expected learningRate to be a number from 1e-9 to 1000000, got NaN."],
    [{ hidden: 0 }, "Expected hidden to be an integer from 1 to 65536, got 0."],
    [{ batch: 0 }, "Expected batch to be an integer from 1 to 1000000, got 0."],
    [{ batch: 101 }, "Expected batch to be at most 100, the training examples of patterns, got 101: lower batch."],
    [{ epochs: 0 }, "Expected epochs to be an integer from 1 to 1000000, got 0."],
    [{ momentum: 1 }, "Expected momentum to be a number from 0 to 0.999, got 1."],
    [{ activation: "tanh" }, 'Expected activation to be one of sigmoid, relu, got "tanh".'],
    [{ lr: 1 }, 'Unknown baseline setting "lr". Known: '],
  ])("%o: %s", async (settings, message) => {
    await expect(Trainer.create(settings, dataset)).rejects.toThrow(message);
    await expect(Trainer.create(settings, dataset)).rejects.toThrow(UsageError);
  });

  it("names wrong data", async () => {
    const none = { count: 0, features: new Float32Array(0), labels: new Uint8Array(0) };
    const { validation } = dataset;
    const create = (part: object) => Trainer.create({ batch: 10 }, { ...dataset, ...part });
    await expect(create({ test: none })).rejects.toThrow("Expected test examples in patterns, got none.");
    await expect(create({ validation: { ...validation, features: new Float32Array(3) } })).rejects.toThrow(
      "Expected 40 validation examples of 37 inputs in patterns, got 3 inputs and 40 labels.",
    );
    await expect(create({ validation: { ...validation, labels: new Uint8Array(40).fill(5) } })).rejects.toThrow(
      "Expected labels below 5 in patterns, got 5 in validation example 0.",
    );
    await expect(
      create({ validation: { ...validation, features: validation.features.slice().fill(Number.NaN, 6, 7) } }),
    ).rejects.toThrow("Expected finite validation inputs of patterns, got NaN at index 6.");
  });

  it("names weights of another shape", async () => {
    const { weights } = startState(small, dataset);
    const other = patterns(1, { train: 10, validation: 5, test: 5 }, 36);
    await expect(evaluateDense(weights, other, "test")).rejects.toThrow(
      "Expected weights of a 36-16-5 network, got 37-16-5: use the data and the hidden units they were trained with.",
    );
    await expect(Trainer.from(startState({ ...small, batch: 5 }, dataset), other)).rejects.toThrow("got 37-16-5");
    const cut = copyWeights(weights);
    expect(() => checkWeights({ ...cut, layers: cut.layers.slice(1) }, weights.shape)).toThrow(
      "Expected 2 layers of weights, got 1.",
    );
    const short = [{ ...cut.layers[0], weights: cut.layers[0].weights.slice(1) }, cut.layers[1]];
    expect(() => checkWeights({ ...cut, layers: short }, weights.shape)).toThrow(
      "Expected layer 0 to have 592 weights and 16 biases, got 591 and 16.",
    );
    cut.layers[1].biases[0] = Number.POSITIVE_INFINITY;
    expect(() => checkWeights(cut, weights.shape)).toThrow(
      "Expected finite weights, got NaN or infinity: the training diverged.",
    );
  });

  it("wants an epoch before a report", async () => {
    const trainer = await Trainer.create(small, dataset);
    expect(() => trainer.report()).toThrow("report() before epoch(): call epoch() to train first.");
  });
});

describe("weights and trainings as JSON", () => {
  it("come back bit for bit", () => {
    const { weights } = startState(small, dataset);
    weights.layers[0].biases.set([-0, 1e-45, 3.4e38]);
    expect(decodeWeights(JSON.parse(JSON.stringify(encodeWeights(weights))))).toEqual(weights);
    expect(shapeName(weights.shape)).toBe("37-16-5");
    expect(weightTotal({ inputs: 784, hidden: 128, classes: 10 })).toBe(101_770);
  });

  it("say what is wrong", () => {
    const state = startState(small, dataset);
    const json = encodeWeights(state.weights);
    expect(() => decodeWeights({ ...json, format: 2 })).toThrow(
      /^Expected the weights of a dense network, format 1: format: /,
    );
    expect(() => decodeWeights({ ...json, hidden: 15 })).toThrow(
      "Expected layer 0 to have 555 weights and 15 biases, got 592 and 16.",
    );
    const training = encodeTrainState(state);
    expect(() => decodeTrainState({ ...training, records: 3 })).toThrow(/^Expected a training of format 1: records: /);
    expect(() => decodeTrainState({ ...training, best: { ...training.best, epoch: 2 } })).toThrow(
      "Expected the records of epochs 1 to 2: some are missing.",
    );
  });
});

describe("settings", () => {
  it("have a description each, with where the default comes from", () => {
    for (const [name, setting] of Object.entries(trainSettingsSchema.shape)) {
      expect(setting.description, name).toMatch(/(Reference|Ours): /);
    }
  });
});

describe("logarithm", () => {
  it("agrees with Math.log to the last digits from 1 to 256", () => {
    const rng = derive("logarithm test");
    expect(logarithm(1)).toBe(0);
    for (let trial = 0; trial < 1000; trial++) {
      const x = rng.between(1, 256);
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThan(2e-15 * Math.max(1, Math.log(x)));
    }
  });
});
