/** Choosing a topology by gradient: the kernels have the bits of the definition, and what is chosen is a graded network. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { networkOf } from "../../src/baseline/topology/network.ts";
import { chooseLargest, createPlainTopologyEngine } from "../../src/baseline/topology/plain.ts";
import { chosenCounts, type TopologySettings } from "../../src/baseline/topology/settings.ts";
import { firstScores } from "../../src/baseline/topology/state.ts";
import { startTopology, TopologyTrainer } from "../../src/baseline/topology/trainer.ts";
import { zeroWeights } from "../../src/baseline/weights.ts";
import { connectionCount } from "../../src/genome/genome.ts";
import { gradesOf } from "../../src/genome/grades.ts";
import { validate } from "../../src/genome/validate.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { patterns } from "./fixtures.ts";

const dataset = patterns(3);

describe("the kernels have the bits of the definition", () => {
  test.each<[string, Partial<TopologySettings>]>([
    ["a few connections", { hidden: 12, connections: 120, batch: 16 }],
    ["thinned out from the beginning", { hidden: 21, connections: 150, batch: 10, thinning: 0 }],
    ["every connection there is", { hidden: 3, connections: 10_000, batch: 100 }],
    ["one unit, and batches of seven", { hidden: 1, connections: 20, batch: 7 }],
    ["one connection in each layer", { hidden: 2, connections: 10, outputShare: 0.5 }],
  ])("%s", async (_, settings) => {
    const start = startTopology({ epochs: 3, ...settings }, dataset);
    const plain = await TopologyTrainer.from(start, dataset, createPlainTopologyEngine);
    const kernels = await TopologyTrainer.from(start, dataset);
    for (let epoch = 0; epoch < 3; epoch++) expect(kernels.epoch()).toEqual(plain.epoch());
    expect(kernels.state).toEqual(plain.state);
    expect(kernels.state.layers).not.toEqual(start.layers);
  });

  test("where many scores are of one size, the first are taken", async () => {
    const start = startTopology({ epochs: 1, hidden: 5, connections: 60, thinning: 0, learningRate: 1e-9 }, dataset);
    const rng = derive("ties");
    for (const { scores } of start.layers) scores.set(scores.map(() => rng.integer(5) / 4 - 0.5));
    const plain = await TopologyTrainer.from(start, dataset, createPlainTopologyEngine);
    const kernels = await TopologyTrainer.from(start, dataset);
    expect(kernels.epoch()).toEqual(plain.epoch());
    expect(kernels.best).toEqual(plain.best);
  });
});

describe("the largest scores", () => {
  test("are chosen by size, with their signs, of equal ones the first", () => {
    const scores = Float32Array.of(0.5, -2, 1, -1, 0.25, 1);
    expect([...chooseLargest(scores, 1)]).toEqual([0, -1, 0, 0, 0, 0]);
    expect([...chooseLargest(scores, 3)]).toEqual([0, -1, 1, -1, 0, 0]);
    expect([...chooseLargest(scores, 6)]).toEqual([1, -1, 1, -1, 1, 1]);
    expect([...chooseLargest(Float32Array.of(0, -0, 0), 2)]).toEqual([1, -1, 0]);
  });
});

describe("a choice", () => {
  test("finds a network for the patterns, with at most the connections wanted", async () => {
    const settings = { hidden: 12, connections: 160, epochs: 60, batch: 10, seed: 2 };
    const trainer = await TopologyTrainer.from(startTopology(settings, dataset), dataset);
    while (!trainer.done) trainer.epoch();
    const { best, records, shape } = trainer;
    if (best === undefined) throw new Error("Expected a best epoch.");
    const accuracies = records.map(({ validation }) => validation.accuracy);
    expect(best.epoch).toBe(accuracies.indexOf(Math.max(...accuracies)) + 1);
    expect(Math.max(...accuracies)).toBeGreaterThan(0.7);
    expect(connectionCount(networkOf(best.masks, shape))).toBeLessThanOrEqual(160);
  });

  test("goes on from its state bit for bit, and leaves the state it was given", async () => {
    const start = startTopology({ hidden: 6, connections: 80, epochs: 6, batch: 20 }, dataset);
    const before = structuredClone(start);
    const whole = await TopologyTrainer.from(start, dataset);
    for (let epoch = 0; epoch < 6; epoch++) whole.epoch();
    const first = await TopologyTrainer.from(start, dataset);
    for (let epoch = 0; epoch < 2; epoch++) first.epoch();
    const second = await TopologyTrainer.from(structuredClone(first.state), dataset);
    while (!second.done) second.epoch();
    expect(second.state).toEqual(whole.state);
    expect(start).toEqual(before);
  });

  test("never looks at the test examples", async () => {
    const start = startTopology({ hidden: 6, connections: 80, epochs: 2, batch: 20 }, dataset);
    const spoiled = { ...dataset, test: { ...dataset.test, features: dataset.test.features.map(() => 9) } };
    const [one, other] = await Promise.all([dataset, spoiled].map((data) => TopologyTrainer.from(start, data)));
    for (let epoch = 0; epoch < 2; epoch++) expect(one.epoch()).toEqual(other.epoch());
    expect(one.state).toEqual(other.state);
  });

  test("begins with four times the connections and ends with those wanted", async () => {
    const settings = { hidden: 10, connections: 90, epochs: 4, batch: 50, thinning: 0.5 };
    const counts: number[][] = [];
    await TopologyTrainer.from(startTopology(settings, dataset), dataset, (...given) => {
      const engine = createPlainTopologyEngine(...given);
      return {
        ...engine,
        choose: (now) => {
          counts.push([...now]);
          engine.choose(now);
        },
        step: (batch, rate, now, tally) => {
          counts.push([...now]);
          engine.step(batch, rate, now, tally);
        },
      };
    }).then((trainer) => {
      while (!trainer.done) trainer.epoch();
    });
    const { shape } = await TopologyTrainer.from(startTopology(settings, dataset), dataset);
    const [first, second] = chosenCounts({ ...startTopology(settings, dataset).settings }, shape);
    expect(counts[0]).toEqual([4 * first, 4 * second]);
    // Two steps an epoch: after the first of four thinning steps (3/4)^3 of what is too much is left.
    expect(counts[1][0]).toBe(first + Math.round(3 * first * 0.75 ** 3));
    expect(counts.at(-1)).toEqual([first, second]);
  });
});

describe("the network of the connections chosen", () => {
  const shape = { inputs: 5, hidden: 4, classes: 3 };
  const random = (length: number, seed: number) => {
    const rng = derive("masks", seed);
    return Int8Array.from({ length }, () => (rng.uniform() < 0.4 ? (rng.uniform() < 0.5 ? -1 : 1) : 0));
  };

  test("is graded, and answers relu(inputs Q1) Q2 times w^4", () => {
    for (let seed = 0; seed < 40; seed++) {
      const [first, second] = [random(20, seed), random(12, seed + 1000)];
      const genome = validate(networkOf([first, second], shape));
      expect(genome.grades).toBe(4);
      const { program } = compile(genome);
      const inputs = [0.5, -1.25, 2, 0.75];
      const hidden = Array.from({ length: 4 }, (_, unit) =>
        Math.max(
          0,
          [...inputs, 1].reduce((sum, value, row) => sum + value * first[row * 4 + unit], 0),
        ),
      );
      const expected = Array.from({ length: 3 }, (_, output) =>
        hidden.reduce((sum, value, unit) => sum + value * second[unit * 3 + output], 0),
      );
      for (const weight of [1, -1, 2, -0.5]) {
        const values = createForward(program)(inputs, weight);
        const outputs = [...outputSlots(program)].map((slot) => values[slot] + 0);
        expect(outputs, `seed ${seed}`).toEqual(expected.map((value) => value * weight ** 4 + 0));
      }
    }
  });

  test("leaves out units without connections on one side, and what leads there", () => {
    const genome = networkOf([Int8Array.of(1, 0, 1, 0, 0, 0), Int8Array.of(0, 1, -1)], {
      inputs: 2,
      hidden: 3,
      classes: 1,
    });
    // Of unit 0 nothing leads on, into unit 1 nothing leads; unit 2 has input 0 and, inverted, output 0.
    expect(genome.sources).toHaveLength(4);
    expect([...gradesOf(genome)]).toEqual([0, 0, 4, 2, 1, 3]);
    expect(networkOf([new Int8Array(6), new Int8Array(3)], { inputs: 2, hidden: 3, classes: 1 }).sources).toHaveLength(
      0,
    );
  });

  test("has its relays at the ends that need fewer", () => {
    const ones = (length: number) => new Int8Array(length).fill(1);
    // Two inputs (one the bias) and six units: a relay for each input.
    const wide = networkOf([ones(12), ones(6)], { inputs: 2, hidden: 6, classes: 1 });
    expect(wide.sources).toHaveLength(12 + 2 + 6 + 1);
    const narrow = networkOf([ones(12), ones(6)], { inputs: 6, hidden: 2, classes: 3 });
    expect(narrow.sources).toHaveLength(12 + 2 + 6 + 2);
  });
});

describe("refuses", () => {
  test.each<[Partial<TopologySettings>, string]>([
    [{ hidden: 0 }, "Expected hidden to be an integer from 1 to 65536, got 0."],
    [{ thinning: 2 }, "Expected thinning to be a number from 0 to 1, got 2."],
    [{ depth: 3 } as never, 'Unknown gradient setting "depth". Known: hidden, connections, '],
    [
      { hidden: 20, connections: 50 },
      "Expected connections to be at least 52, of which 50 may lead through relays with 20 hidden units, got 50: raise connections or lower hidden.",
    ],
  ])("%j", (settings, message) => {
    expect(() => startTopology(settings, dataset)).toThrow(message);
  });

  test("data without training examples, and a state of other data", async () => {
    const none = { count: 0, features: new Float32Array(0), labels: new Uint8Array(0) };
    expect(() => startTopology({}, { ...dataset, train: none })).toThrow(
      "Expected train examples in patterns, got none.",
    );
    const start = startTopology({ hidden: 6, connections: 80 }, dataset);
    await expect(TopologyTrainer.from(start, patterns(3, undefined, 20))).rejects.toThrow(
      "Expected the scores of 126 possible connections in layer 0, got 228: use the data and the hidden units they were trained with.",
    );
  });
});

test("first scores depend on the seed alone, a stream for each layer", () => {
  const shape = { inputs: 30, hidden: 20, classes: 5 };
  expect(firstScores(shape, 4)).toEqual(firstScores(shape, 4));
  expect(firstScores(shape, 4).layers[0].scores).not.toEqual(firstScores(shape, 5).layers[0].scores);
  const { scores } = firstScores(shape, 4).layers[0];
  expect(Math.sqrt(scores.reduce((sum, score) => sum + score * score, 0) / scores.length)).toBeCloseTo(0.05, 2);
  expect(zeroWeights(shape, "relu").layers[0].weights).toHaveLength(scores.length);
});
