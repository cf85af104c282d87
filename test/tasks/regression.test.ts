/** Regression scored by the kernel against plain TypeScript, bit for bit; R2 and the mean of several weights. */
import { beforeAll, describe, expect, it } from "vitest";
import { derive, type Rng } from "../../src/base/rng.ts";
import type { RegressionDataset, RegressionExamples } from "../../src/data/dataset.ts";
import { createGenome } from "../../src/genome/genome.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots, type Weights } from "../../src/network/forward.ts";
import { type Program, programHeader } from "../../src/network/program.ts";
import { squaredError } from "../../src/tasks/regression/error.ts";
import { createRegression, regress } from "../../src/tasks/regression/regression.ts";
import { ensembleMean, r2ByWeight, r2Of } from "../../src/tasks/regression/report.ts";
import type { Trial, WeightSets } from "../../src/tasks/task.ts";
import { randomChild, randomGenome } from "../fixtures/graphs.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

function randomDataset(train: number, inputs: number, seed: number, scale = 1): RegressionDataset {
  const rng = derive(seed, "data");
  const part = (count: number) => randomExamples(count, inputs, rng, scale);
  return {
    name: "random",
    inputs: Array.from({ length: inputs }, (_, input) => `x${input}`),
    target: { name: "y", mean: 3, deviation: 2 },
    train: part(train),
    validation: part(21),
    test: part(7),
  };
}

function randomExamples(count: number, inputs: number, rng: Rng, scale: number): RegressionExamples {
  const features = Float32Array.from({ length: count * inputs }, () => rng.normal() * scale);
  return { count, features, targets: Float32Array.from({ length: count }, () => rng.normal()) };
}

/** The output for each example, by the definition of a network. */
function plainOutputs(program: Program, weights: Weights, { features, count }: RegressionExamples): number[] {
  const forward = createForward(program);
  const [slot] = outputSlots(program);
  const inputs = features.length / count;
  return Array.from(
    { length: count },
    (_, example) => forward(features.subarray(example * inputs, (example + 1) * inputs), weights)[slot],
  );
}

/** The score by definition. */
function plainScore(program: Program, weights: Weights, examples: RegressionExamples): number {
  const outputs = plainOutputs(program, weights, examples);
  let sum = 0;
  for (const [index, output] of outputs.entries()) sum -= squaredError(output, examples.targets[index]);
  return sum / outputs.length;
}

const shared = (...values: number[]): WeightSets => ({ kind: "shared", values: Float32Array.from(values) });
const trial = (weights: WeightSets, settings: Partial<Trial> = {}): Trial => ({
  weights,
  episodes: ["whole"],
  split: "train",
  pairing: "all",
  ...settings,
});

describe("score", () => {
  it("equals plain TypeScript bit for bit, for relatives and strangers, any number of weights and examples", () => {
    for (let seed = 0; seed < 20; seed++) {
      const rng = derive(seed, "graph");
      const inputs = 1 + rng.integer(9);
      // Large inputs drive values to saturation.
      const dataset = randomDataset([1, 3, 16, 17, 100][seed % 5], inputs, seed, seed % 4 === 3 ? 1e6 : 1);
      const parent = randomGenome(inputs, 1, rng.integer(25), rng);
      const genomes = [parent, randomChild(parent, rng), randomGenome(inputs, 1, 5, rng), randomChild(parent, rng)];
      const programs = genomes.map((genome) => compile(genome).program);
      const values = Array.from({ length: 1 + (seed % 9) }, () => rng.between(-2, 2));
      const outcomes = createRegression(dataset).score(kernel, programs, trial(shared(...values)));
      programs.forEach((program, index) => {
        expect(outcomes[index].steps).toBe(values.length * dataset.train.count);
        outcomes[index].scores.forEach((score, weight) => {
          expect(Number.isFinite(score)).toBe(true);
          const expected = plainScore(program, Math.fround(values[weight]), dataset.train);
          expect(score, `seed ${seed}, program ${index}, weight ${weight}`).toBe(expected);
        });
      });
    }
  });

  it("equals plain TypeScript for individual weights", () => {
    for (let seed = 0; seed < 6; seed++) {
      const rng = derive(seed, "individual");
      const dataset = randomDataset(5, 4, seed);
      const { program } = compile(randomGenome(4, 1, 12, rng));
      const length = programHeader(program).connectionCount;
      const count = 1 + seed * 2;
      const sets = Float32Array.from({ length: count * length }, () => rng.normal());
      const weights: WeightSets = { kind: "individual", sets, count };
      const [{ scores }] = createRegression(dataset).score(kernel, [program], trial(weights));
      scores.forEach((score, set) => {
        expect(score).toBe(plainScore(program, sets.subarray(set * length, (set + 1) * length), dataset.train));
      });
    }
  });

  it("is minus the mean square of the targets for a network without connections", () => {
    const dataset = randomDataset(30, 2, 1);
    const genome = createGenome(2, 1, 0, 1, derive(1));
    const [{ scores }] = createRegression(dataset).score(kernel, [compile(genome).program], trial(shared(1)));
    const squares = [...dataset.train.targets].reduce((sum, target) => sum + squaredError(0, target), 0);
    expect(scores[0]).toBe(-squares / 30);
  });
});

describe("answers", () => {
  const dataset = randomDataset(20, 3, 5);
  const { program } = compile(randomGenome(3, 1, 8, derive(5, "answers")));
  const values = [-2, -1, -0.5, 0.5, 1, 2, 1.5, 0.25, -0.25];

  it("are the outputs at each weight", () => {
    const answers = regress(kernel, program, shared(...values), dataset.test);
    const expected = values.flatMap((weight) => plainOutputs(program, weight, dataset.test));
    expect([...answers]).toEqual(expected);
  });

  it("give R2 by weight as the reported measure, and as behaviour what votes", () => {
    const task = createRegression(dataset);
    const weights = shared(...values);
    const answers = regress(kernel, program, weights, dataset.test);
    const settings = { split: "test", measure: "R2", behaviour: true } as const;
    const [{ scores, behaviour }] = task.score(kernel, [program], trial(weights, settings));
    expect([...scores]).toEqual([...r2ByWeight(answers, dataset.test.targets, values.length)]);
    const together = r2Of(ensembleMean(answers, values.length), dataset.test.targets);
    // Bytes need not stand at a multiple of four.
    const moved = new Uint8Array((behaviour as Uint8Array).length + 1);
    moved.set(behaviour as Uint8Array, 1);
    expect(task.vote?.(behaviour as Uint8Array)).toEqual({ value: together });
    expect(task.vote?.(moved.subarray(1))).toEqual({ value: together });
  });
});

describe("R2", () => {
  it("is 1 for the targets, 0 for their mean, and below for worse", () => {
    expect(r2Of([1, 2, 6], [1, 2, 6])).toBe(1);
    expect(r2Of([3, 3, 3], [1, 2, 6])).toBe(0);
    expect(r2Of([6, 2, 1], [1, 2, 6])).toBeCloseTo(1 - 50 / 14, 12);
  });

  it("is 1 or 0 where all targets are equal", () => {
    expect(r2Of([2, 2], [2, 2])).toBe(1);
    expect(r2Of([2, 3], [2, 2])).toBe(0);
  });

  it("refuses nothing to measure, and answers that are not one for each target", () => {
    expect(() => r2Of([], [])).toThrow("Expected at least 1 example to measure R2 on, got 0.");
    expect(() => r2Of([1], [1, 2])).toThrow("Expected 2 answers, got 1.");
    expect(() => r2ByWeight(new Float32Array(3), [1, 2], 2)).toThrow("Expected 4 answers, got 3.");
    expect(() => ensembleMean(new Float32Array(3), 2)).toThrow("Expected 2 answers, got 3.");
  });
});
