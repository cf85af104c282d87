/** Runs of topologies chosen by gradient: the same bytes for a stop and resume, and what their folders hold. */
import { appendFileSync, existsSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { parseChampion } from "../../src/formats/json.ts";
import { validate } from "../../src/genome/validate.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { parseEvaluation } from "../../src/measure/evaluation.ts";
import { compile } from "../../src/network/compile.ts";
import { readMeta } from "../../src/run/folder.ts";
import { readChampionConfig, readRun } from "../../src/run/read-config.ts";
import { resumeRun, startRun } from "../../src/run/session.ts";
import { completeGradientConfig, type GradientConfig } from "../../src/run/stages/gradient-config.ts";
import { GRADIENT_STAGE } from "../../src/run/stages/gradient-stage.ts";
import { classify, createClassification } from "../../src/tasks/classification/classification.ts";
import { accuracyByWeight } from "../../src/tasks/classification/report.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { shared } from "../../src/tuning/weights.ts";
import { patterns } from "../baseline/fixtures.ts";
import { epochRuns, testKills } from "../fixtures/epoch-runs.ts";

const EPOCHS = 6;
const dataset = patterns(1);
const task = createClassification(dataset);
const NAMES = ["config.json", "generations.jsonl", "champion.json", "evaluation.json"];
const evaluation = () => ({ episodes: 4, seed: 1 });
function configOf(changes: object = {}): GradientConfig {
  return completeGradientConfig({
    task: "digits",
    hidden: 10,
    connections: 120,
    batch: 10,
    epochs: EPOCHS,
    ...changes,
  });
}

const workshop = { task, evaluator: () => createInlineEvaluator(task) };
const runs = epochRuns({ kind: GRADIENT_STAGE, configOf, workshop, evaluation, names: NAMES });

test("the folder holds config, a line for each epoch, an ordinary champion and what it comes to", async () => {
  const { status, stage } = await startRun(runs.optionsOf());
  expect(status).toBe("finished");
  expect(await readRun(runs.folder)).toEqual({ kind: GRADIENT_STAGE, config: configOf() });
  expect(await readChampionConfig(runs.folder)).toEqual(configOf());
  const lines = runs.bytes()["generations.jsonl"].trim().split("\n");
  expect(lines).toHaveLength(EPOCHS);
  expect(Object.keys(JSON.parse(lines[0]))).toEqual(["epoch", "train", "validation"]);
  expect(readMeta(runs.folder)).toMatchObject({ status: "finished", generations: EPOCHS, threads: 1 });
  const { champion, file } = parseChampion(JSON.parse(runs.bytes()["champion.json"]), "champion.json");
  expect(file).toMatchObject({ task: "digits", seed: 1, weights: [-2, -1, -0.5, 0.5, 1, 2] });
  expect(champion).toEqual(stage.champion);
  const best = JSON.parse(lines[champion.generation - 1]);
  expect(champion.reported).toBeCloseTo(best.validation.accuracy, 10);
  const { kind, size, figures, bands = [] } = parseEvaluation(JSON.parse(runs.bytes()["evaluation.json"]), "there");
  expect([kind, size]).toEqual(["gradient", compile(champion.genome).connectionCount]);
  expect(figures.randomShared).toMatchObject({ mean: figures.standard.mean, std: 0 });
  for (const { mean } of bands) expect(mean).toBe(figures.standard.mean);
});

test("the champion is graded, and answers the same at every weight", async () => {
  const { stage } = await startRun(runs.optionsOf());
  const genome = validate(stage.champion?.genome as never);
  expect(genome).toMatchObject({ grades: 4 });
  const weights = [0.01, -0.01, 0.1, -0.1, 0.5, -0.5, 1, -1, 2, -2];
  const { program } = compile(genome);
  const classes = classify(await Kernel.create(), program, shared(weights), dataset.validation);
  const accuracies = accuracyByWeight(classes, dataset.validation.labels, weights.length);
  expect(new Set(accuracies).size).toBe(1);
  expect(stage.champion?.reported).toBeCloseTo(accuracies[0], 10);
});

describe("goes on to the same bytes", () => {
  testKills(runs, configOf, "champion.json");

  test.each([0, 1, 3, 5])("when it was stopped after %i epochs", async (count) => {
    const { status } = await startRun(runs.optionsOf(configOf(), count));
    expect(status).toBe("stopped");
    expect(existsSync(join(runs.folder, "champion.json"))).toBe(count > 0);
    expect(await runs.resume()).toEqual([]);
    expect(runs.bytes()).toEqual(runs.whole);
  });
});

test("cannot be made longer, since its rate falls to 0 over its epochs; nothing of it changes", async () => {
  await startRun(runs.optionsOf());
  await expect(resumeRun(runs.optionsOf(configOf({ epochs: 9 })), () => {})).rejects.toThrow(
    "Expected the 6 epochs that this run was started with, over which its rate falls to 0, got 9: leave epochs out, or start another run.",
  );
  expect(runs.bytes()).toEqual(runs.whole);
});

test("a checkpoint of another kind of run is refused", async () => {
  await startRun(runs.optionsOf(configOf(), 0));
  const path = join(runs.folder, "checkpoint.json");
  rmSync(join(runs.folder, "checkpoint.previous.json"), { force: true });
  truncateSync(path, 0);
  appendFileSync(path, JSON.stringify({ search: {} }));
  const warnings: string[] = [];
  await expect(resumeRun(runs.optionsOf(), (text) => warnings.push(text))).rejects.toThrow(
    `No checkpoint of ${runs.folder} can be read: start again with another --out.`,
  );
  expect(warnings[0]).toBe(`Expected a checkpoint in ${path}, got JSON of another form. The checkpoint is damaged.`);
});

test("settings that do not fit leave no folder, and a task that is played has no examples", async () => {
  await expect(startRun(runs.optionsOf(configOf({ connections: 10 })))).rejects.toThrow(
    /^Expected connections to be at least /,
  );
  const played = createTask({ name: "swingup" });
  const workshop = { task: played, evaluator: () => createInlineEvaluator(played) };
  await expect(startRun({ ...runs.optionsOf(), workshop })).rejects.toThrow(
    'Expected a task with examples to train on, got "swingup", which is played: take one that classifies.',
  );
  expect(existsSync(runs.folder)).toBe(false);
  expect(() => completeGradientConfig({ task: "digits", population: 5 })).toThrow(
    'Unknown gradient setting "population". Known: format, stage, task, taskSettings, hidden, ',
  );
});
