/** Tuning by gradients: they are those of the loss, weights learn by them, and a tuning goes on where it stood. */
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import { derive } from "../../src/base/rng.ts";
import { argmax, summarize } from "../../src/base/stats.ts";
import type { RegressionDataset, RegressionExamples } from "../../src/data/dataset.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { activationCode } from "../../src/genome/activations.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { layeredGenome } from "../../src/genome/layered.ts";
import { compile } from "../../src/network/compile.ts";
import { createGradient, type Gradient } from "../../src/network/gradient.ts";
import { createClassification } from "../../src/tasks/classification/classification.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { createRegression } from "../../src/tasks/regression/regression.ts";
import type { LocalTask } from "../../src/tasks/task.ts";
import { ADAM, type AdamSettings, AdamTuner } from "../../src/tuning/adam.ts";
import type { TunedNetwork, TunerStep } from "../../src/tuning/tuner.ts";
import { patterns } from "../baseline/fixtures.ts";
import { EVERYTHING, genomeOf, randomGenome } from "../fixtures/genomes.ts";

const classes = patterns(3, { train: 90, validation: 40, test: 40 }, 6, 3);
const classification = createClassification(classes);
const [LINEAR, TANH] = ["linear", "tanh"].map((name) => activationCode(name) as number);

/** Examples of x^2 - y: targets of mean 0 and deviation 1, near enough. */
function parabola(): RegressionDataset {
  const part = (count: number, seed: string): RegressionExamples => {
    const rng = derive("parabola", seed);
    const features = Float32Array.from({ length: 2 * count }, () => rng.between(-1, 1));
    const targets = Float32Array.from(
      { length: count },
      (_, at) => (features[2 * at] ** 2 - features[2 * at + 1] - 1 / 3) / 0.65,
    );
    return { count, features, targets };
  };
  return {
    name: "parabola",
    inputs: ["x", "y"],
    target: { name: "x^2 - y", mean: 1 / 3, deviation: 0.65 },
    train: part(120, "train"),
    validation: part(40, "validation"),
    test: part(40, "test"),
  };
}

/** What is tuned: a genome on a task, from the same weight on every connection. */
async function tunedOn(task: LocalTask, genome: Genome, weight = 0.5, seed = 11): Promise<TunedNetwork> {
  const network = compile(genome);
  const evaluator = await createInlineEvaluator(task);
  return { evaluator, network, start: new Float32Array(network.genes.length).fill(weight), seed };
}

const settingsOf = (changes: Partial<AdamSettings> = {}) => ADAM.settings.parse(changes);

/** Tunes to the end of its epochs, or so many of them. */
async function run(tuner: AdamTuner, epochs: number): Promise<TunerStep[]> {
  const steps: TunerStep[] = [];
  while (tuner.count < epochs) steps.push(await tuner.step());
  return steps;
}

/** Mean score of weights on the whole of a part of the data. */
async function scoreOf({ evaluator, network }: TunedNetwork, weights: Float32Array, measure?: string) {
  const sets = { kind: "individual", sets: weights, count: 1 } as const;
  const trial = { weights: sets, episodes: ["whole"], split: "train", pairing: "all", measure } as const;
  return (await evaluator.evaluate([network.program], trial)).scores[0].values[0];
}

const layered = (task: LocalTask, layers: readonly number[]) =>
  layeredGenome({ inputCount: task.info.inputs.length, outputCount: task.info.outputs.length, layers }, TANH, LINEAR);

/** A graph of many nodes, as evolution makes them. */
const evolved = (seed: number, settings = EVERYTHING) => randomGenome(seed, 60, { inputs: 6, outputs: 3, settings });

describe("the gradients of a tuning", () => {
  const regression = createRegression(parabola());
  test.each([
    ["the cross-entropy", classification, layered(classification, [5, 4])],
    ["the cross-entropy, of an evolved graph", classification, evolved(5, smooth())],
    ["the squared error", regression, layered(regression, [6])],
  ])("are the differences of %s", async (_, task, genome) => {
    const tuned = await tunedOn(task, genome, 0.4);
    const taken: { weights: Float32Array; gradients: Float32Array }[] = [];
    const watched = (program: Parameters<typeof createGradient>[0]): Gradient => {
      const gradient = createGradient(program);
      return (inputs, weights, loss) => {
        const gradients = gradient(inputs, weights, loss);
        taken.push({ weights: (weights as Float32Array).slice(), gradients: gradients.connections.slice() });
        return gradients;
      };
    };
    // A batch of all examples, so that the loss is minus the score of the whole training part.
    const settings = settingsOf({ batch: 1000, epochs: 1 });
    const tuner = await AdamTuner.open(tuned, settings, undefined, watched);
    const start = tuner.state.values;
    await run(tuner, 1);
    expect(taken).toHaveLength(1);
    const [{ weights, gradients }] = taken;
    expect(weights).toEqual(start);
    const step = 2 ** -11;
    for (let at = 0; at < start.length; at++) {
      const shifted = (by: number) => start.map((weight, index) => (index === at ? weight + by : weight));
      const [above, below] = [await scoreOf(tuned, shifted(step)), await scoreOf(tuned, shifted(-step))];
      expect(gradients[at], `connection ${at}`).toBeCloseTo(-(above - below) / (2 * step), 2.5);
    }
    expect(Math.max(...gradients.map(Math.abs))).toBeGreaterThan(0.05);
  });

  /** Activations without kinks, which differences would straddle. */
  function smooth() {
    return {
      ...EVERYTHING,
      activations: ["linear", "tanh", "sin", "gaussian", "sigmoid", "cos", "inverse", "squared"],
    };
  }

  test("have the same bits by the kernels and in plain TypeScript, whatever the activations", async () => {
    const tuned = await tunedOn(classification, evolved(2));
    const settings = settingsOf({ batch: 16, epochs: 3 });
    const [kernel, plain] = [
      await AdamTuner.open(tuned, settings),
      await AdamTuner.open(tuned, settings, undefined, createGradient),
    ];
    expect(await run(kernel, 3)).toEqual(await run(plain, 3));
    expect(kernel.state).toEqual(plain.state);
    expect(kernel.state.values).not.toEqual(tuned.start);
  });
});

describe("a tuning", () => {
  test("learns classes, and says how well after each epoch", async () => {
    const tuned = await tunedOn(classification, layered(classification, [4]));
    const told: number[] = [];
    const tuner = await AdamTuner.open(tuned, settingsOf({ batch: 20, epochs: 40 }));
    const first = await tuner.step((share) => told.push(share));
    // 90 examples are five batches of 20.
    expect(told).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    expect(first.steps).toBe(100);
    const last = (await run(tuner, 40)).at(-1) as TunerStep;
    expect(last.line.training).toBeGreaterThan(first.line.training + 0.3);
    expect(last.line.training).toBe(await scoreOf(tuned, last.candidates[0]));
    expect(await scoreOf(tuned, last.candidates[0], "accuracy")).toBeGreaterThan(0.8);
    expect(await scoreOf(tuned, tuned.start, "accuracy")).toBeLessThan(0.6);
  });

  test("learns a number", async () => {
    const task = createRegression(parabola());
    const tuned = await tunedOn(task, layered(task, [6]));
    const tuner = await AdamTuner.open(tuned, settingsOf({ batch: 20, epochs: 60 }));
    const steps = await run(tuner, 60);
    expect(steps[0].line.training).toBeLessThan(-0.1);
    expect(steps[59].line.training).toBeGreaterThan(-0.02);
  });

  test.each([
    [null, 18, 90],
    [256, 1, 90],
    [64, 2, 128],
  ])("with a batch of %s takes %i steps over 90 examples", async (batch, steps, seen) => {
    const tuner = await AdamTuner.open(await tunedOn(classification, evolved(1)), settingsOf({ batch }));
    const told: number[] = [];
    expect((await tuner.step((share) => told.push(share))).steps).toBe(seen);
    expect(told).toHaveLength(steps);
  });

  test("takes smaller steps to the end", async () => {
    const tuned = await tunedOn(classification, layered(classification, [4]));
    const steps = await run(await AdamTuner.open(tuned, settingsOf({ batch: 30, epochs: 20 })), 20);
    const moves = steps.slice(1).map(({ candidates: [now] }, index) => {
      const [before] = steps[index].candidates;
      return Math.max(...now.map((weight, at) => Math.abs(weight - before[at])));
    });
    expect(moves[18]).toBeLessThan(0.2 * moves[0]);
  });

  test("goes on from its state bit for bit, and leaves the states that it was given and gave", async () => {
    const tuned = await tunedOn(classification, evolved(4));
    const settings = settingsOf({ batch: 25, epochs: 6 });
    const whole = await AdamTuner.open(tuned, settings);
    const steps = await run(whole, 6);
    const first = await AdamTuner.open(tuned, settings);
    await run(first, 2);
    const stood = structuredClone(first.state);
    const second = await AdamTuner.open(tuned, settings, first.state);
    expect(await run(second, 6)).toEqual(steps.slice(2));
    expect(second.state).toEqual(whole.state);
    expect(first.state).toEqual(stood);
    expect(ADAM.isState(stood)).toBe(true);
    expect(ADAM.isState({ ...stood, seconds: [0] })).toBe(false);
    expect(ADAM.isState(null)).toBe(false);
  });

  test("follows from the seed", async () => {
    const genome = layered(classification, [3]);
    const first = async (seed: number) => {
      const tuner = await AdamTuner.open(await tunedOn(classification, genome, 0.5, seed), settingsOf({ batch: 10 }));
      return (await tuner.step()).candidates[0];
    };
    expect(await first(11)).toEqual(await first(11));
    expect(await first(11)).not.toEqual(await first(12));
  });

  test("never looks at validation or test examples", async () => {
    const unseen = { count: 0, features: new Float32Array(0), labels: new Uint8Array(0) };
    const genome = layered(classification, [3]);
    const other = createClassification({ ...classes, validation: unseen, test: unseen });
    const of = async (task: LocalTask) => run(await AdamTuner.open(await tunedOn(task, genome), settingsOf()), 2);
    expect(await of(other)).toEqual(await of(classification));
  });

  test.each([
    ["one connection", [[1, 7] as const]],
    ["no connection", []],
  ])("of %s stays finite", async (_, connections) => {
    const tuned = await tunedOn(classification, genomeOf(6, 3, [], connections));
    const steps = await run(await AdamTuner.open(tuned, settingsOf({ batch: 1, epochs: 2 })), 2);
    expect(steps[1].candidates[0]).toHaveLength(connections.length);
    expect([...steps[1].candidates[0]].every(Number.isFinite)).toBe(true);
    expect(steps[1].steps).toBe(90);
  });

  test("of huge weights stays finite", async () => {
    const tuned = await tunedOn(classification, evolved(7), 2 ** 30);
    const steps = await run(await AdamTuner.open(tuned, settingsOf({ batch: 30, epochs: 3, learningRate: 1e3 })), 3);
    for (const { candidates, line } of steps) {
      expect([...candidates[0], line.training].every(Number.isFinite)).toBe(true);
    }
  });
});

describe("the first weights", () => {
  const first = async (genome: Genome, init: AdamSettings["init"]) =>
    (await AdamTuner.open(await tunedOn(classification, genome, 1.5), settingsOf({ init }))).state.values;

  test("are about the fraction of the shared weight with the least loss, each a little apart", async () => {
    const tuned = await tunedOn(classification, evolved(4), 1.5);
    const fractions = Array.from({ length: 10 }, (_, tenth) => (1.5 * (10 - tenth)) / 10);
    const scores: number[] = [];
    for (const weight of fractions)
      scores.push(
        await scoreOf(
          tuned,
          tuned.start.map(() => weight),
        ),
      );
    const best = fractions[argmax(scores)];
    expect(best).toBeLessThan(1.5);
    const values = await first(evolved(4), "shared");
    expect(Math.min(...values)).toBeGreaterThan(best - 0.0501);
    expect(Math.max(...values)).toBeLessThan(best + 0.0501);
    expect(new Set(values).size).toBe(values.length);
  });

  test("are random where that is asked for, the smaller the more sources their node has", async () => {
    const values = await first(layered(classification, [400]), "random");
    const [hidden, outputs] = [values.slice(0, 7 * 400), values.slice(7 * 400)];
    expect(summarize(hidden).mean).toBeCloseTo(0, 1);
    expect(summarize(hidden).std).toBeCloseTo(1 / Math.sqrt(7), 1.5);
    expect(summarize(outputs).std).toBeCloseTo(1 / Math.sqrt(401), 1.5);
  });

  test.each([
    ["random for dense layers", layered(classification, [4]), "random"],
    ["about the shared weight for an evolved graph", evolved(4), "shared"],
    ["about the shared weight for inputs connected to all outputs", layered(classification, []), "shared"],
    [
      "about the shared weight where every node is one of its kind",
      genomeOf(
        6,
        3,
        ["tanh"],
        [
          [1, 10],
          [10, 7],
        ],
      ),
      "shared",
    ],
  ] as const)("are %s, unless they are named", async (_, genome, init) => {
    expect(await first(genome, "auto")).toEqual(await first(genome, init));
  });
});

describe("what cannot be tuned so", () => {
  const refusal = async (tuning: Promise<AdamTuner>): Promise<UsageError> => {
    const error = await tuning.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UsageError);
    return error as UsageError;
  };

  test("is a task that is played", async () => {
    const swingup = createTask({ name: "swingup" }) as LocalTask;
    const tuned = await tunedOn(swingup, layered(swingup, [2]));
    expect((await refusal(AdamTuner.open(tuned, settingsOf()))).message).toBe(
      'Expected a task with examples for --method adam, got "swingup", which is played and has no gradient: tune by --method cmaes.',
    );
    expect(ADAM.suits(swingup)).toBe(false);
    expect(ADAM.suits(classification)).toBe(true);
  });

  test("is more or fewer epochs than a tuning was started with", async () => {
    const tuned = await tunedOn(classification, layered(classification, [2]));
    const { state } = await AdamTuner.open(tuned, settingsOf({ epochs: 3 }));
    expect((await refusal(AdamTuner.open(tuned, settingsOf({ epochs: 4 }), state))).message).toBe(
      "Expected the 3 epochs that this tuning was started with, over which its rate falls to 0, got 4: leave epochs out, or start another tuning.",
    );
  });

  test("is another network than a tuning was started with", async () => {
    const { state } = await AdamTuner.open(await tunedOn(classification, layered(classification, [2])), settingsOf());
    const other = await tunedOn(classification, layered(classification, [3]));
    expect((await refusal(AdamTuner.open(other, settingsOf(), state))).message).toBe(
      "Expected the state of a tuning of 33 connections, got one of 23: take the network that it was started with.",
    );
  });
});
