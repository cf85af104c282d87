/** Runs of baselines: the same bytes for a stop and resume, a kill, and damage; and what their folders hold. */
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decodeWeights } from "../../src/baseline/weights.ts";
import { checkFree, readMeta } from "../../src/run/folder.ts";
import { readChampionConfig, readRun } from "../../src/run/read-config.ts";
import { resumeRun, type SessionOptions, startRun } from "../../src/run/session.ts";
import { completeTrainConfig, type TrainConfig, trainSettings } from "../../src/run/train-config.ts";
import { TRAINING_STAGE, type TrainingStage } from "../../src/run/training-stage.ts";
import { createClassification } from "../../src/tasks/classification/classification.ts";
import { patterns } from "../baseline/fixtures.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const EPOCHS = 6;
const dataset = patterns(1);
const NAMES = ["config.json", "generations.jsonl", "weights.json"];
let folder: string;
/** The bytes of a run that nothing interrupted. */
let whole: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  rmSync(folder, { recursive: true });
  await startRun(optionsOf());
  whole = bytes();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  folder = join(temporaryFolder(), "run");
});

function configOf(changes: object = {}): TrainConfig {
  const small = { task: "digits", hidden: 16, batch: 10, learningRate: 0.5, init: 0.2, epochs: EPOCHS };
  return completeTrainConfig({ ...small, ...changes });
}

/** The options of a run that stops after `count` epochs. */
function optionsOf(config = configOf(), count = Number.POSITIVE_INFINITY): SessionOptions<TrainConfig, TrainingStage> {
  let done = 0;
  const workshop = {
    task: createClassification(dataset),
    evaluator: () => Promise.reject(new Error("A training scores no networks.")),
  };
  const kind = TRAINING_STAGE;
  return { folder, kind, config, workshop, shouldStop: () => done >= count, onStep: () => void done++ };
}

function bytes(): Record<string, string> {
  return Object.fromEntries(NAMES.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

async function resume(config = configOf()): Promise<string[]> {
  const warnings: string[] = [];
  const { status } = await resumeRun(optionsOf(config), (text) => warnings.push(text));
  expect(status).toBe("finished");
  return warnings;
}

test("the folder holds config, a line for each epoch, times apart, and the weights of the best epoch", async () => {
  const seen: string[] = [];
  const { status, stage } = await startRun({
    ...optionsOf(),
    onProgress: (share, { count }) => seen.push(`${count + 1}: ${share}`),
  });
  const state = stage.trainState;
  expect(status).toBe("finished");
  expect(seen.slice(9, 11)).toEqual(["1: 1", "2: 0.1"]);
  expect(await readRun(folder)).toEqual({ kind: TRAINING_STAGE, config: configOf() });
  await expect(readChampionConfig(folder)).rejects.toThrow(
    `Expected the run of a search in ${folder}, got a baseline: give the folder that a search wrote.`,
  );
  const lines = (name: string) =>
    readFileSync(join(folder, name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  expect(lines("generations.jsonl")).toEqual(state.records);
  expect(lines("timings.jsonl")).toHaveLength(EPOCHS);
  expect(Object.keys(lines("timings.jsonl")[0])).toEqual(["epoch", "totalSeconds"]);
  expect(readMeta(folder)).toMatchObject({ status: "finished", generations: EPOCHS, threads: 1 });
  const weights = decodeWeights(JSON.parse(bytes()["weights.json"]));
  expect(weights).toEqual(state.best.weights);
  expect(() => checkFree(folder)).toThrow(/^There is a run at /);
});

describe("goes on to the same bytes", () => {
  test.each([0, 1, 3, 5])("when it was stopped after %i epochs", async (count) => {
    const { status, stage } = await startRun(optionsOf(configOf(), count));
    expect(status).toBe("stopped");
    expect((await stage.evaluate()) === undefined).toBe(count === 0);
    expect(readMeta(folder)).toMatchObject({ status: "stopped", generations: count });
    expect(await resume()).toEqual([]);
    expect(bytes()).toEqual(whole);
    expect(readMeta(folder)).toMatchObject({ status: "finished", generations: EPOCHS });
  });

  test("when it was killed between a line and its checkpoint, and in the middle of a line", async () => {
    await startRun(optionsOf(configOf(), 3));
    appendFileSync(join(folder, "generations.jsonl"), '{"epoch":4,"train":1}\n{"epo');
    appendFileSync(join(folder, "timings.jsonl"), '{"epoch":4}\n');
    rmSync(join(folder, "weights.json"));
    await resume();
    expect(bytes()).toEqual(whole);
  });

  test("when it was killed before its first checkpoint", async () => {
    await startRun(optionsOf(configOf(), 1));
    rmSync(join(folder, "checkpoint.json"));
    rmSync(join(folder, "checkpoint.previous.json"), { force: true });
    await resume();
    expect(bytes()).toEqual(whole);
  });

  test("from the previous checkpoint when the newest is damaged, and the user is told", async () => {
    await startRun(optionsOf(configOf(), 3));
    const newest = join(folder, "checkpoint.json");
    copyFileSync(newest, join(folder, "checkpoint.previous.json"));
    truncateSync(newest, 1000);
    expect(await resume()).toEqual([
      expect.stringMatching(/The checkpoint is damaged; going on from the previous one/),
    ]);
    expect(bytes()).toEqual(whole);
  });

  test("when it is made longer", async () => {
    await startRun(optionsOf(configOf({ epochs: 2 })));
    await resume();
    expect(bytes()).toEqual(whole);
  });
});

test("a checkpoint of another form is refused with what is wrong", async () => {
  await startRun(optionsOf(smallest(), 0));
  const path = join(folder, "checkpoint.json");
  rmSync(join(folder, "checkpoint.previous.json"), { force: true });
  const state = JSON.parse(readFileSync(path, "utf8"));
  truncateSync(path, 0);
  appendFileSync(path, JSON.stringify({ ...state, records: 3 }));
  const warnings: string[] = [];
  await expect(resumeRun(optionsOf(smallest()), (text) => warnings.push(text))).rejects.toThrow(
    `No checkpoint of ${folder} can be read: start again with another --out.`,
  );
  expect(warnings[0]).toMatch(/^Expected a training of format 1: records: .* The checkpoint is damaged\.$/);
});

function smallest(): TrainConfig {
  return configOf({ hidden: 1, epochs: 1 });
}

describe("a training that diverges", () => {
  test("leaves the weights of the epoch before, and goes on from there", async () => {
    await startRun(optionsOf(configOf({ activation: "relu", learningRate: 0.1, epochs: 2 })));
    const before = bytes();
    const wild = configOf({ activation: "relu", learningRate: 1e5 });
    await expect(resumeRun(optionsOf(wild), () => {})).rejects.toThrow(
      /^Training diverged in epoch 3: expected a loss of at most 16\.09, got .*: lower learningRate \(100000\)\. The weights of epoch 2 are kept\.$/,
    );
    expect(readMeta(folder)).toMatchObject({ status: "stopped", generations: 2 });
    expect(bytes()).toEqual({ ...before, "config.json": bytes()["config.json"] });
    const { stage } = await resumeRun(optionsOf(configOf({ activation: "relu", learningRate: 0.1 })), () => {});
    expect(stage.trainState.records).toHaveLength(EPOCHS);
  });

  test("in the first epoch leaves no weights", async () => {
    const wild = configOf({ activation: "relu", learningRate: 1e5 });
    await expect(startRun(optionsOf(wild))).rejects.toThrow(/The first weights are kept\.$/);
    expect(existsSync(join(folder, "weights.json"))).toBe(false);
  });
});

test("settings that do not fit the data leave no folder", async () => {
  await expect(startRun(optionsOf(configOf({ batch: 101 })))).rejects.toThrow(
    "Expected batch to be at most 100, the training examples of patterns, got 101: lower batch.",
  );
  expect(existsSync(folder)).toBe(false);
});

test("a config is completed, checked, and gives the settings of the training", () => {
  expect(completeTrainConfig({})).toMatchObject({ format: 2, stage: "baseline", task: "mnist-full", hidden: 128 });
  expect(() => completeTrainConfig({ lr: 1 })).toThrow(
    'Unknown baseline setting "lr". Known: format, stage, task, taskSettings, ',
  );
  expect(trainSettings(configOf())).not.toHaveProperty("task");
});
