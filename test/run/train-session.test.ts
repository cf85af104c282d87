/** Runs of baselines: the same bytes for a stop and resume, a kill, and damage; and what their folders hold. */
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeWeights } from "../../src/baseline/weights.ts";
import { checkFree, readMeta } from "../../src/run/folder.ts";
import { readChampionConfig, readRun } from "../../src/run/read-config.ts";
import { resumeRun, startRun } from "../../src/run/session.ts";
import { completeTrainConfig, type TrainConfig, trainSettings } from "../../src/run/stages/train-config.ts";
import { TRAINING_STAGE } from "../../src/run/stages/training-stage.ts";
import { createClassification } from "../../src/tasks/classification/classification.ts";
import { patterns } from "../baseline/fixtures.ts";
import { epochRuns, testKills } from "../fixtures/epoch-runs.ts";

const EPOCHS = 6;
const dataset = patterns(1);
const NAMES = ["config.json", "generations.jsonl", "weights.json"];
function configOf(changes: object = {}): TrainConfig {
  const small = { task: "digits", hidden: 16, batch: 10, learningRate: 0.5, init: 0.2, epochs: EPOCHS };
  return completeTrainConfig({ ...small, ...changes });
}

const workshop = {
  task: createClassification(dataset),
  evaluator: () => Promise.reject(new Error("A training scores no networks.")),
};
const runs = epochRuns({ kind: TRAINING_STAGE, configOf, workshop, names: NAMES });

test("the folder holds config, a line for each epoch, times apart, and the weights of the best epoch", async () => {
  const seen: string[] = [];
  const { status, stage } = await startRun({
    ...runs.optionsOf(),
    onProgress: (share, { count }) => seen.push(`${count + 1}: ${share}`),
  });
  const state = stage.trainState;
  expect(status).toBe("finished");
  expect(seen.slice(9, 11)).toEqual(["1: 1", "2: 0.1"]);
  expect(await readRun(runs.folder)).toEqual({ kind: TRAINING_STAGE, config: configOf() });
  await expect(readChampionConfig(runs.folder)).rejects.toThrow(
    `Expected the run of a search in ${runs.folder}, got a baseline: give the folder that a search wrote.`,
  );
  const lines = (name: string) =>
    readFileSync(join(runs.folder, name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  expect(lines("generations.jsonl")).toEqual(state.records);
  expect(lines("timings.jsonl")).toHaveLength(EPOCHS);
  expect(Object.keys(lines("timings.jsonl")[0])).toEqual(["epoch", "totalSeconds"]);
  expect(readMeta(runs.folder)).toMatchObject({ status: "finished", generations: EPOCHS, threads: 1 });
  const weights = decodeWeights(JSON.parse(runs.bytes()["weights.json"]));
  expect(weights).toEqual(state.best.weights);
  expect(() => checkFree(runs.folder)).toThrow(/^There is a run at /);
});

describe("goes on to the same bytes", () => {
  testKills(runs, configOf, "weights.json");

  test.each([0, 1, 3, 5])("when it was stopped after %i epochs", async (count) => {
    const { status, stage } = await startRun(runs.optionsOf(configOf(), count));
    expect(status).toBe("stopped");
    expect((await stage.evaluate()) === undefined).toBe(count === 0);
    expect(readMeta(runs.folder)).toMatchObject({ status: "stopped", generations: count });
    expect(await runs.resume()).toEqual([]);
    expect(runs.bytes()).toEqual(runs.whole);
    expect(readMeta(runs.folder)).toMatchObject({ status: "finished", generations: EPOCHS });
  });

  test("when it was killed before its first checkpoint", async () => {
    await startRun(runs.optionsOf(configOf(), 1));
    rmSync(join(runs.folder, "checkpoint.json"));
    rmSync(join(runs.folder, "checkpoint.previous.json"), { force: true });
    await runs.resume();
    expect(runs.bytes()).toEqual(runs.whole);
  });

  test("when it is made longer", async () => {
    await startRun(runs.optionsOf(configOf({ epochs: 2 })));
    await runs.resume();
    expect(runs.bytes()).toEqual(runs.whole);
  });
});

test("a checkpoint of another form is refused with what is wrong", async () => {
  await startRun(runs.optionsOf(smallest(), 0));
  const path = join(runs.folder, "checkpoint.json");
  rmSync(join(runs.folder, "checkpoint.previous.json"), { force: true });
  const state = JSON.parse(readFileSync(path, "utf8"));
  truncateSync(path, 0);
  appendFileSync(path, JSON.stringify({ ...state, records: 3 }));
  const warnings: string[] = [];
  await expect(resumeRun(runs.optionsOf(smallest()), (text) => warnings.push(text))).rejects.toThrow(
    `No checkpoint of ${runs.folder} can be read: start again with another --out.`,
  );
  expect(warnings[0]).toMatch(/^Expected a training of format 1: records: .* The checkpoint is damaged\.$/);
});

function smallest(): TrainConfig {
  return configOf({ hidden: 1, epochs: 1 });
}

describe("a training that diverges", () => {
  test("leaves the weights of the epoch before, and goes on from there", async () => {
    await startRun(runs.optionsOf(configOf({ activation: "relu", learningRate: 0.1, epochs: 2 })));
    const before = runs.bytes();
    const wild = configOf({ activation: "relu", learningRate: 1e5 });
    await expect(resumeRun(runs.optionsOf(wild), () => {})).rejects.toThrow(
      /^Training diverged in epoch 3: expected a loss of at most 16\.09, got .*: lower learningRate \(100000\)\. The weights of epoch 2 are kept\.$/,
    );
    expect(readMeta(runs.folder)).toMatchObject({ status: "stopped", generations: 2 });
    expect(runs.bytes()).toEqual({ ...before, "config.json": runs.bytes()["config.json"] });
    const { stage } = await resumeRun(runs.optionsOf(configOf({ activation: "relu", learningRate: 0.1 })), () => {});
    expect(stage.trainState.records).toHaveLength(EPOCHS);
  });

  test("in the first epoch leaves no weights", async () => {
    const wild = configOf({ activation: "relu", learningRate: 1e5 });
    await expect(startRun(runs.optionsOf(wild))).rejects.toThrow(/The first weights are kept\.$/);
    expect(existsSync(join(runs.folder, "weights.json"))).toBe(false);
  });
});

test("settings that do not fit the data leave no folder", async () => {
  await expect(startRun(runs.optionsOf(configOf({ batch: 101 })))).rejects.toThrow(
    "Expected batch to be at most 100, the training examples of patterns, got 101: lower batch.",
  );
  expect(existsSync(runs.folder)).toBe(false);
});

test("a config is completed, checked, and gives the settings of the training", () => {
  expect(completeTrainConfig({})).toMatchObject({ format: 2, stage: "baseline", task: "mnist-full", hidden: 128 });
  expect(() => completeTrainConfig({ lr: 1 })).toThrow(
    'Unknown baseline setting "lr". Known: format, stage, task, taskSettings, ',
  );
  expect(trainSettings(configOf())).not.toHaveProperty("task");
});
