/** Classification scored by the kernel against plain TypeScript, bit for bit. */
import { beforeAll, describe, expect, it } from "vitest";
import { derive, type Rng } from "../../src/base/rng.ts";
import type { Dataset, Examples } from "../../src/data/dataset.ts";
import { createGenome } from "../../src/genome/genome.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots, type Weights } from "../../src/network/forward.ts";
import { mergeInGroups } from "../../src/network/merge.ts";
import { type Program, programHeader } from "../../src/network/program.ts";
import { classify, createClassification } from "../../src/tasks/classification/classification.ts";
import { logLikelihood, scaledOutputs, scaleOf } from "../../src/tasks/classification/likelihood.ts";
import { drawExamples } from "../../src/tasks/examples/task.ts";
import { taskDefinition } from "../../src/tasks/registry.ts";
import type { Trial, WeightSets } from "../../src/tasks/task.ts";
import { randomChild, randomGenome } from "../fixtures/graphs.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

function randomExamples(count: number, inputs: number, classes: number, rng: Rng, scale = 1): Examples {
  const features = Float32Array.from({ length: count * inputs }, () => rng.normal() * scale);
  return { count, features, labels: Uint8Array.from({ length: count }, () => rng.integer(classes)) };
}

function randomDataset(train: number, inputs: number, classes: number, seed: number, scale = 1): Dataset {
  const rng = derive(seed, "data");
  const part = (count: number) => randomExamples(count, inputs, classes, rng, scale);
  return {
    name: "random",
    inputs: Array.from({ length: inputs }, (_, input) => `x${input}`),
    classes: Array.from({ length: classes }, (_, index) => `class ${index}`),
    train: part(train),
    validation: part(21),
    test: part(3),
  };
}

function outputsOf(program: Program, weights: Weights, { features, count }: Examples): Float32Array[] {
  const forward = createForward(program);
  const slots = outputSlots(program);
  const inputs = features.length / count;
  return Array.from({ length: count }, (_, example) => {
    const values = forward(features.subarray(example * inputs, (example + 1) * inputs), weights);
    return Float32Array.from(slots, (slot) => values[slot]);
  });
}

function weightsOf(weights: WeightSets, index: number): Weights {
  if (weights.kind === "shared") return weights.values[index];
  const length = weights.sets.length / weights.count;
  return weights.sets.subarray(index * length, (index + 1) * length);
}

/** The score by definition. */
function plainScore(
  program: Program,
  weights: Weights,
  examples: Examples,
  chosen?: Int32Array,
  scores: "plain" | "scaled" = "plain",
): number {
  const outputs = outputsOf(program, weights, examples);
  const indices = Array.from(chosen ?? outputs.keys());
  const factor = scaleOf(
    indices.map((index) => outputs[index]),
    indices.map((index) => examples.labels[index]),
  );
  let sum = 0;
  for (const index of indices) {
    const judged = scores === "scaled" ? scaledOutputs(outputs[index], factor) : outputs[index];
    sum += logLikelihood(judged, examples.labels[index]);
  }
  return sum / indices.length;
}

const shared = (...values: number[]): WeightSets => ({ kind: "shared", values: Float32Array.from(values) });
const trial = (weights: WeightSets, settings: Partial<Trial> = {}): Trial => ({
  weights,
  episodes: ["a"],
  split: "validation",
  pairing: "all",
  ...settings,
});

describe("score", () => {
  it.each(["plain", "scaled"] as const)(
    "equals %s TypeScript bit for bit, for relatives and strangers, any number of weights and images",
    (scores) => {
      for (let seed = 0; seed < 24; seed++) {
        const rng = derive(seed, "graph");
        const classes = 1 + rng.integer(11);
        const inputs = 1 + rng.integer(9);
        // Large inputs drive values to saturation.
        const dataset = randomDataset(
          [1, 3, 16, 17, 100, 150][seed % 6],
          inputs,
          classes,
          seed,
          seed % 4 === 3 ? 1e6 : 1,
        );
        const parent = randomGenome(inputs, classes, rng.integer(25), rng);
        const genomes = [
          parent,
          randomChild(parent, rng),
          randomGenome(inputs, classes, 5, rng),
          randomChild(parent, rng),
        ];
        const programs = genomes.map((genome) => compile(genome).program);
        const weights = shared(...Array.from({ length: 1 + (seed % 9) }, () => rng.between(-2, 2)));
        const outcomes = createClassification(dataset, { scores }).score(
          kernel,
          programs,
          trial(weights, { split: "train" }),
        );
        const chosen = Int32Array.from({ length: dataset.train.count }, (_, index) => index);
        expect(outcomes.map(({ steps }) => steps)).toEqual(outcomes.map(() => (1 + (seed % 9)) * dataset.train.count));
        programs.forEach((program, index) => {
          outcomes[index].scores.forEach((score, weight) => {
            expect(Number.isFinite(score)).toBe(true);
            const expected = plainScore(program, weightsOf(weights, weight), dataset.train, chosen, scores);
            expect(score, `seed ${seed}, program ${index}, weight ${weight}`).toBe(expected);
          });
        });
      }
    },
  );

  it("of scaled outputs is the same at every weight that only scales them, and of plain ones vanishes at small weights", () => {
    const dataset = randomDataset(200, 6, 4, 1);
    // Outputs that are sums of inputs: w times the same, so that only the bits below the last differ.
    const { program } = compile(createGenome(6, 4, 0.7, 1, derive(2, "linear")));
    const weights = shared(2 ** -40, 0.25, 1, 2, 2 ** 20);
    const score = (scores: "plain" | "scaled") => [
      ...createClassification(dataset, { scores }).score(kernel, [program], trial(weights, { split: "train" }))[0]
        .scores,
    ];
    expect(new Set(score("scaled")).size).toBe(1);
    expect(score("plain")[0]).toBeCloseTo(-Math.log(4), 6);
    expect(Math.abs(score("scaled")[0] + Math.log(4))).toBeGreaterThan(0.001);
  });

  it("of outputs that are all alike is that of guessing", () => {
    const dataset = randomDataset(20, 3, 5, 1);
    const { program } = compile(createGenome(3, 5, 0, 1, derive(1, "none")));
    const task = createClassification(dataset, { scores: "scaled" });
    const [{ scores }] = task.score(kernel, [program], trial(shared(1), { split: "train" }));
    expect(scores[0]).toBeCloseTo(-Math.log(5), 6);
  });

  it("equals plain TypeScript for individual weights", () => {
    for (let seed = 0; seed < 8; seed++) {
      const rng = derive(seed, "individual");
      const dataset = randomDataset(5, 4, 3, seed);
      const { program } = compile(randomGenome(4, 3, 12, rng));
      const count = 1 + seed * 2;
      const sets = Float32Array.from({ length: count * programHeader(program).connectionCount }, () => rng.normal());
      const weights: WeightSets = { kind: "individual", sets, count };
      const [first, scores] = createClassification(dataset)
        .score(kernel, [program, program], trial(weights))
        .map((outcome) => outcome.scores);
      expect(first).toEqual(scores);
      scores.forEach((score, weight) => {
        expect(score, `seed ${seed}`).toBe(plainScore(program, weightsOf(weights, weight), dataset.validation));
      });
    }
  });

  it("does not depend on the company a program is scored in", () => {
    const rng = derive(3, "company");
    const parent = randomGenome(8, 4, 60, rng);
    // Grandchildren and strangers: enough nodes for several groups.
    const programs = Array.from(
      { length: 200 },
      (_, index) =>
        compile(index % 2 === 0 ? randomChild(randomChild(parent, rng), rng) : randomGenome(8, 4, 100, rng)).program,
    );
    const task = createClassification(randomDataset(40, 8, 4, 3));
    const weights = shared(-2, -1, -0.5, 0.5, 1, 2, 1.5, 0.1);
    expect(mergeInGroups(programs, 8192).length).toBeGreaterThan(1);
    const together = task.score(kernel, programs, trial(weights));
    const alone = programs.map((program) => task.score(kernel, [program], trial(weights))[0]);
    expect(together).toEqual(alone);
  });

  it("lays scores out as weights x episodes, and plays the same batch for the same label", () => {
    const dataset = randomDataset(50, 3, 2, 5);
    const task = createClassification(dataset, { batchSize: 10 });
    const { program } = compile(randomGenome(3, 2, 5, derive(5)));
    const weights = shared(-1, 0.5, 2);
    const episodes = ["a", "b", "a"];
    const [{ scores, steps }] = task.score(kernel, [program], trial(weights, { episodes, split: "train" }));
    episodes.forEach((label, episode) => {
      for (let weight = 0; weight < 3; weight++) {
        const expected = plainScore(program, weightsOf(weights, weight), dataset.train, drawExamples(50, 10, label));
        expect(scores[weight * 3 + episode]).toBe(expected);
      }
    });
    expect(steps).toBe(10 * 3 * 2);
    const [each] = task.score(kernel, [program], trial(weights, { episodes, split: "train", pairing: "each" }));
    expect(Array.from(each.scores)).toEqual([scores[0], scores[4], scores[8]]);
  });

  it("has one episode of validation and test, whatever the label", () => {
    const task = createClassification(randomDataset(50, 3, 2, 5));
    const { program } = compile(randomGenome(3, 2, 5, derive(5)));
    const [{ scores }] = task.score(kernel, [program], trial(shared(1), { episodes: ["a", "b"], split: "test" }));
    expect(scores[0]).toBe(scores[1]);
  });

  it("gives -log(classes) to a network without connections, and 0 where there is one class", () => {
    const score = (classes: number) => {
      const { program } = compile(createGenome(3, classes, 0, 1, derive(1)));
      return createClassification(randomDataset(9, 3, classes, 1)).score(kernel, [program], trial(shared(1)))[0]
        .scores[0];
    };
    expect(score(4)).toBeCloseTo(-Math.log(4), 6);
    expect(score(1)).toBe(0);
  });

  it("refuses as many episodes as weights to be missed, and a batch of nothing", () => {
    const dataset = randomDataset(9, 3, 2, 1);
    const { program } = compile(createGenome(3, 2, 1, 1, derive(1)));
    const wrong = trial(shared(1, 2), { pairing: "each" });
    expect(() => createClassification(dataset).score(kernel, [program], wrong)).toThrow(
      'Expected as many episodes as weights for pairing "each", got 1 and 2.',
    );
    expect(() => createClassification(dataset, { batchSize: 0 })).toThrow(
      "Expected batchSize to be an integer of at least 1, got 0.",
    );
  });

  it("refuses individual weights that are not one for each connection, in scores and in classes", () => {
    const dataset = randomDataset(9, 3, 2, 1);
    const { program } = compile(createGenome(3, 2, 1, 1, derive(1)));
    for (const [length, count, message] of [
      [5, 1, "Expected 8 individual weights, one for each of the program's 8 connections, got 5: take those of the "],
      [9, 1, "Expected 8 individual weights, one for each of the program's 8 connections, got 9: take those of the "],
      [
        15,
        2,
        "Expected 16 individual weights, one for each of the program's 8 connections in each of 2 sets, got 15: ",
      ],
    ] as const) {
      const weights: WeightSets = { kind: "individual", sets: new Float32Array(length), count };
      expect(() => createClassification(dataset).score(kernel, [program], trial(weights))).toThrow(message);
      expect(() => classify(kernel, program, weights, dataset.test)).toThrow(message);
    }
  });
});

describe("classify", () => {
  it("predicts the largest output, the lowest class of equals, at each weight", () => {
    for (let seed = 0; seed < 8; seed++) {
      const rng = derive(seed, "classify");
      const examples = randomExamples([1, 3, 40, 1000][seed % 4], 4, 5, rng);
      const { program } = compile(randomGenome(4, 5, 10, rng));
      const sets = Float32Array.from({ length: 2 * programHeader(program).connectionCount }, () => rng.normal());
      const many = shared(...Array.from({ length: 13 }, () => rng.between(-2, 2)));
      for (const weights of [many, { kind: "individual", sets, count: 2 } as const]) {
        const count = weights.kind === "shared" ? weights.values.length : weights.count;
        const predictions = classify(kernel, program, weights, examples);
        const expected = Array.from({ length: count }, (_, weight) =>
          outputsOf(program, weightsOf(weights, weight), examples).map((outputs) =>
            outputs.indexOf(Math.max(...outputs)),
          ),
        ).flat();
        expect(predictions, `seed ${seed}`).toEqual(Uint8Array.from(expected));
      }
    }
    const { program } = compile(createGenome(4, 5, 0, 1, derive(1)));
    expect(classify(kernel, program, shared(1), randomExamples(3, 4, 5, derive(2)))).toEqual(new Uint8Array(3));
  });
});

describe("drawExamples", () => {
  it("draws distinct examples, the same for the same label", () => {
    const drawn = drawExamples(100, 60, "a");
    expect(new Set(drawn).size).toBe(60);
    expect(Math.max(...drawn)).toBeLessThan(100);
    expect(drawExamples(100, 60, "a")).toEqual(drawn);
    expect(drawExamples(100, 60, "b")).not.toEqual(drawn);
  });
});

describe("task info", () => {
  it("has the data set's inputs and classes, the paper's settings, and what is overridden", () => {
    const { info } = createClassification(randomDataset(9, 2, 3, 1), { name: "mine", summary: "My table" });
    expect(info).toMatchObject({
      name: "mine",
      summary: "My table",
      inputs: ["x0", "x1"],
      outputs: ["class 0", "class 1", "class 2"],
      outputActivation: "linear",
      validationEpisodes: { screen: 8, confirm: 8 },
      reported: "accuracy",
      tested: "whole",
    });
    expect(taskDefinition("mnist").presets.paper).toMatchObject({
      population: 960,
      generations: 4096,
      tournament: 32,
      connectProbability: 0.05,
      episodes: 1,
    });
  });
});
