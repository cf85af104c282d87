/** One suite for all tuners: what a step gives, and that a tuning goes on from its state bit for bit. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { compile, type Network } from "../../src/network/compile.ts";
import { createClassification } from "../../src/tasks/classification/classification.ts";
import { createTask } from "../../src/tasks/registry.ts";
import type { LocalTask } from "../../src/tasks/task.ts";
import { ADAM } from "../../src/tuning/adam.ts";
import { CMAES } from "../../src/tuning/cma-tuner.ts";
import type { TunerKind } from "../../src/tuning/tuner.ts";
import { TUNERS, tunerFor } from "../../src/tuning/tuners.ts";
import { patterns } from "../baseline/fixtures.ts";
import { EVERYTHING, randomGenome } from "../fixtures/genomes.ts";
import { swingupNetworks } from "../fixtures/swingup-programs.ts";

const played = createTask({ name: "swingup" });
const classes = createClassification(patterns(3, { train: 60, validation: 30, test: 30 }, 6, 3));
const classifier = () => compile(randomGenome(4, 40, { inputs: 6, outputs: 3, settings: EVERYTHING }));

/** Every kind of tuner on a task that it can tune. */
const CASES: [string, TunerKind, LocalTask | typeof played, () => Network, object][] = [
  ["cmaes on episodes", CMAES, played, () => swingupNetworks(12, "tuner")[11], { episodes: 2, generations: 5 }],
  ["cmaes on examples", CMAES, classes, classifier, { episodes: 2, generations: 5 }],
  ["adam on examples", ADAM, classes, classifier, { epochs: 5, batch: 20 }],
];

test("there is a case for every tuner", () => {
  expect(new Set(CASES.map(([, kind]) => kind))).toEqual(new Set(TUNERS));
});

test("what a task is best tuned by: adam where there are examples, cmaes where it is played", () => {
  expect([tunerFor(played).name, tunerFor(classes).name]).toEqual(["cmaes", "adam"]);
});

describe.each(CASES)("%s", (_, kind, task, makeNetwork, settings) => {
  let evaluator: Evaluator;
  const network = makeNetwork();
  const open = (state?: object, seed = 11) => {
    const start = new Float32Array(network.genes.length).fill(0.7);
    return kind.open({ evaluator, network, start, seed }, kind.settings.parse(settings), state);
  };
  beforeAll(async () => {
    evaluator = await createInlineEvaluator(task);
  });

  test("has its length among its settings, and no setting of a run", () => {
    const names = Object.keys(kind.settings.shape);
    expect(names).toContain(kind.length);
    for (const name of ["format", "stage", "task", "taskSettings", "from", "result", "seed", "weight"]) {
      expect(names).not.toContain(name);
    }
  });

  test("a step gives weights for each connection, figures that are finite, and what it took", async () => {
    const tuner = await open();
    expect([tuner.count, tuner.threads]).toEqual([0, 1]);
    const { candidates, line, steps } = await tuner.step();
    expect(tuner.count).toBe(1);
    expect(candidates.length).toBeGreaterThan(0);
    for (const weights of candidates) {
      expect(weights).toHaveLength(network.genes.length);
      expect(weights.every(Number.isFinite)).toBe(true);
    }
    expect(Object.keys(line).length).toBeGreaterThan(0);
    expect(Object.values(line).every(Number.isFinite)).toBe(true);
    expect(steps).toBeGreaterThan(0);
  });

  test("goes on from its state bit for bit, and later steps change no state or candidates of before", async () => {
    const tuner = await open();
    await tuner.step();
    const second = await tuner.step();
    const state = tuner.state;
    expect(kind.isState(state)).toBe(true);
    const copies = structuredClone([state, second]);
    const third = [await tuner.step(), await tuner.step()];
    expect([state, second]).toEqual(copies);
    const again = await open(copies[0] as object);
    expect(again.count).toBe(2);
    expect([await again.step(), await again.step()]).toEqual(third);
    expect(again.state).toEqual(tuner.state);
  });

  test("another seed is another tuning", async () => {
    const [one, other] = [await open(), await open(undefined, 12)];
    await one.step();
    await other.step();
    expect(other.state).not.toEqual(one.state);
  });

  test("a step that fails leaves the state as it was, and can be taken again", async () => {
    const reference = await open();
    const expected = await reference.step();
    const { evaluate } = evaluator;
    const tuner = await open();
    const before = structuredClone(tuner.state);
    Object.assign(evaluator, { evaluate: () => Promise.reject(new Error("the pool is gone")) });
    await expect(tuner.step()).rejects.toThrow("the pool is gone");
    Object.assign(evaluator, { evaluate });
    expect(tuner.state).toEqual(before);
    expect(await tuner.step()).toEqual(expected);
  });

  test.each([null, {}, [], { generation: 1 }])("%j is no state of it", (json) => {
    expect(kind.isState(json)).toBe(false);
  });
});

test("the state of another network is refused", async () => {
  const [, small, , , large] = swingupNetworks(12, "tuner");
  const evaluator = await createInlineEvaluator(played);
  const open = (network: Network, state?: object) => {
    const start = new Float32Array(network.genes.length).fill(1);
    return CMAES.open({ evaluator, network, start, seed: 1 }, CMAES.settings.parse({}), state as never);
  };
  const { state } = await open(small);
  const [had, got] = [large, small].map(({ genes }) => genes.length);
  expect(had).not.toBe(got);
  await expect(open(large, state)).rejects.toThrow(
    `Expected the state of ${had} weights, got one of ${got}: it is another network's.`,
  );
});
