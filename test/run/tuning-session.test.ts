/** Runs of tunings: the same bytes for a stop and resume and for any number of threads, and what their folders hold. */
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { parseChampion } from "../../src/formats/json.ts";
import { encodeGenome } from "../../src/genome/codec.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { parseEvaluation } from "../../src/measure/evaluation.ts";
import { compile } from "../../src/network/compile.ts";
import { readMeta } from "../../src/run/folder.ts";
import { readChampionConfig, readRun } from "../../src/run/read-config.ts";
import { resumeRun, startRun } from "../../src/run/session.ts";
import { completeTuningConfig, type TuningConfig } from "../../src/run/stages/tuning-config.ts";
import { TUNING_STAGES } from "../../src/run/stages/tuning-stage.ts";
import { readTuned } from "../../src/run/tuned.ts";
import { runPoints } from "../../src/study/kinds.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { CMAES } from "../../src/tuning/cma-tuner.ts";
import { builtPool } from "../fixtures/built-pool.ts";
import { epochRuns, testKills } from "../fixtures/epoch-runs.ts";
import { randomGenome } from "../fixtures/genomes.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const GENERATIONS = 6;
const [KIND] = TUNING_STAGES.filter(({ name }) => name === "cmaes");
const RESULT = join("..", "tuned.json");
const NAMES = ["config.json", "generations.jsonl", "champion.json", "evaluation.json", RESULT];
/** Its first connection is not in use. */
const genome = withoutFirst(randomGenome(5, 30, { inputs: 5, outputs: 1 }));
const network = compile(genome);
const task = createTask({ name: "swingup" });
const workshop = { task, evaluator: () => createInlineEvaluator(task), founder: { genome } };

function withoutFirst(genome: Genome): Genome {
  return { ...genome, enabled: genome.enabled.map((is, gene) => (gene === 0 ? 0 : is)) };
}

function configOf(changes: object = {}): TuningConfig {
  return completeTuningConfig(CMAES, {
    task: "swingup",
    from: "/somewhere/run",
    result: RESULT,
    weight: 0.75,
    episodes: 2,
    generations: GENERATIONS,
    ...changes,
  });
}

const evaluation = () => ({ episodes: 2, seed: 1 });
const runs = epochRuns({ kind: KIND, configOf, workshop, evaluation, names: NAMES });
const tuned = () => parseChampion(JSON.parse(readFileSync(join(runs.folder, RESULT), "utf8")), RESULT);

test("the folder holds config, a line for each generation, the tuned champion and what it comes to", async () => {
  const { status, stage } = await startRun(runs.optionsOf());
  expect(status).toBe("finished");
  expect(await readRun(runs.folder)).toEqual({ kind: KIND, config: configOf() });
  expect(await readChampionConfig(runs.folder)).toEqual(configOf());
  expect(readMeta(runs.folder)).toMatchObject({ status: "finished", generations: GENERATIONS, threads: 1 });
  const lines = runs.bytes()["generations.jsonl"].trim().split("\n");
  expect(lines).toHaveLength(GENERATIONS);
  expect(Object.keys(JSON.parse(lines[0]))).toEqual(["step", "best", "median", "sigma", "tries", "steps", "champion"]);
  expect(lines.map((line) => JSON.parse(line).step)).toEqual([1, 2, 3, 4, 5, 6]);
  const { file, champion } = tuned();
  expect(file).toMatchObject({
    task: "swingup",
    seed: 1,
    weights: [0.75],
    bestSharedWeight: 0.75,
    tuning: {
      method: "cmaes",
      settings: { seed: 1, weight: 0.75, generations: GENERATIONS, population: null, episodes: 2 },
    },
  });
  expect(champion).toMatchObject({ generation: stage.kept.step, score: stage.kept.score });
  expect(JSON.parse(lines[GENERATIONS - 1]).champion).toEqual({ generation: stage.kept.step, score: stage.kept.score });
  const { kind, size, figures } = parseEvaluation(JSON.parse(runs.bytes()["evaluation.json"]), "there");
  expect([kind, size]).toEqual(["cmaes", network.connectionCount]);
  expect(figures.trainedWeights).toMatchObject({ count: 40 });
  expect(figures.validation.mean).toBe(champion.score);
});

test("what is kept is never worse than the shared weight on validation episodes, and not that any more", async () => {
  const { stage } = await startRun(runs.optionsOf());
  const { file, champion } = tuned();
  expect(champion.score).toBeGreaterThan(champion.scoresByWeight[0]);
  expect(stage.kept.step).toBeGreaterThan(0);
  const trained = file.trainedWeights as number[];
  expect(trained).toHaveLength(genome.enabled.length);
  expect([...network.genes].map((gene) => trained[gene])).toEqual([...stage.kept.weights]);
  const unused = [...trained.keys()].filter((gene) => !network.genes.includes(gene));
  expect(unused.length).toBeGreaterThan(0);
  for (const gene of unused) expect(trained[gene]).toBe(0.75);
});

test("without a step it is the shared weight everywhere", async () => {
  await startRun(runs.optionsOf(configOf({ generations: 0 })));
  const { file, champion } = tuned();
  expect(new Set(file.trainedWeights)).toEqual(new Set([0.75]));
  expect([champion.generation, champion.score]).toEqual([0, champion.scoresByWeight[0]]);
});

test("without a weight the best shared one is looked for", async () => {
  const { stage } = await startRun({
    ...runs.optionsOf(configOf({ generations: 0, weight: null })),
    evaluation: undefined,
  });
  const { weight } = stage.beginning;
  expect(Math.abs(weight)).toBeLessThanOrEqual(3);
  expect(tuned().file).toMatchObject({ bestSharedWeight: weight, tuning: { settings: { weight } } });
});

describe("goes on to the same bytes", () => {
  testKills(runs, configOf, "champion.json");

  test.each([0, 1, 3, 5])("when it was stopped after %i generations", async (count) => {
    const { status } = await startRun(runs.optionsOf(configOf(), count));
    expect(status).toBe("stopped");
    expect(existsSync(join(runs.folder, RESULT))).toBe(true);
    expect(await runs.resume()).toEqual([]);
    expect(runs.bytes()).toEqual(runs.whole);
  });

  test("when it was to be shorter at first, with weights that were looked for", async () => {
    const config = configOf({ weight: null });
    await startRun(runs.optionsOf(config));
    const whole = runs.bytes();
    rmSync(runs.folder, { recursive: true });
    await startRun(runs.optionsOf({ ...config, generations: 2 } as TuningConfig));
    await resumeRun(runs.optionsOf(config), () => {});
    expect(runs.bytes()).toEqual(whole);
  });

  test.each([1, 2])("on %i threads", async (threads) => {
    const pool = await builtPool({ threads });
    try {
      const { stage } = await startRun({ ...runs.optionsOf(), workshop: { ...workshop, evaluator: async () => pool } });
      expect(stage.threads).toBe(threads);
      expect(runs.bytes()).toEqual(runs.whole);
    } finally {
      await pool.close();
    }
  });
});

test("a step that fails leaves the state and the champion of before", async () => {
  const evaluator = await createInlineEvaluator(task);
  const stage = await KIND.open(configOf(), { task, evaluator: async () => evaluator, founder: { genome } });
  await stage.step();
  const before = structuredClone(stage.state);
  const { evaluate } = evaluator;
  // The generation is scored, its candidates are not.
  Object.assign(evaluator, {
    evaluate: (...given: Parameters<typeof evaluate>) =>
      given[1].split === "train" ? evaluate(...given) : Promise.reject(new Error("the pool is gone")),
  });
  await expect(stage.step()).rejects.toThrow("the pool is gone");
  expect(stage.state).toEqual(before);
});

test("a study can tell how it went", async () => {
  await startRun(runs.optionsOf());
  const points = runPoints("cmaes", runs.folder);
  expect(points.map(({ generation }) => generation)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(points[5]).toMatchObject({ score: tuned().champion.score, connections: network.connectionCount });
  expect(points[5].steps).toBeGreaterThan(points[4].steps as number);
});

describe("tuned weights fit the champion that they are of", () => {
  test("a run without any has none", () => {
    expect(readTuned(temporaryFolder(), genome)).toBeUndefined();
  });

  test("they are found in the folder, and left out of another champion's", async () => {
    await startRun(runs.optionsOf());
    const folder = join(runs.folder, "..");
    expect(readTuned(folder, genome)).toEqual({ weights: tuned().file.trainedWeights });
    expect(readTuned(folder, randomGenome(6, 30, { inputs: 5, outputs: 1 }))).toEqual({
      stale:
        `${join(folder, "tuned.json")} has the weights of another champion than the run has by now, so they are left ` +
        `out. To tune this one: precocial tune ${folder} --again`,
    });
  });

  test("a damaged file is told", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "tuned.json"), '{"genome": 1}');
    expect(() => readTuned(folder, genome)).toThrow(`Expected a champion in ${join(folder, "tuned.json")}: `);
  });
});

describe("refuses", () => {
  test("to begin without a champion, and leaves no folder", async () => {
    await expect(startRun({ ...runs.optionsOf(), workshop: { ...workshop, founder: undefined } })).rejects.toThrow(
      "Expected a champion whose weights are to be tuned, got none: read it from /somewhere/run.",
    );
    expect(existsSync(runs.folder)).toBe(false);
  });

  test("a network without a connection", async () => {
    const bare = { ...genome, enabled: new Uint8Array(genome.enabled.length) };
    expect(encodeGenome(bare).connections.every(({ enabled }) => !enabled)).toBe(true);
    await expect(
      startRun({ ...runs.optionsOf(), workshop: { ...workshop, founder: { genome: bare } } }),
    ).rejects.toThrow("Expected connections whose weights can be tuned, got a network without one.");
    expect(existsSync(runs.folder)).toBe(false);
  });

  test("settings that are unknown or out of range", () => {
    expect(() => configOf({ sigma: 0 })).toThrow(/^Expected sigma to be .*, got 0/);
    expect(() => configOf({ tries: 0 })).toThrow("Expected tries to be an integer from 1 to 1000, or null, got 0");
    expect(() => configOf({ batch: 5 })).toThrow('Unknown cmaes setting "batch". Known: stage, format, task, ');
  });

  test("a checkpoint of another kind of run", async () => {
    await startRun(runs.optionsOf(configOf(), 1));
    const path = join(runs.folder, "checkpoint.json");
    rmSync(join(runs.folder, "checkpoint.previous.json"), { force: true });
    truncateSync(path, 0);
    appendFileSync(path, JSON.stringify({ search: {} }));
    const before = readFileSync(join(runs.folder, "generations.jsonl"), "utf8");
    await expect(resumeRun(runs.optionsOf(), () => {})).rejects.toThrow(
      `No checkpoint of ${runs.folder} can be read: start again with another --out.`,
    );
    expect(readFileSync(join(runs.folder, "generations.jsonl"), "utf8")).toBe(before);
  });
});
