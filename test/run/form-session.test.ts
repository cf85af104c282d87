/** Runs over codes of a graded form: the same bytes for any threads, a stop, a kill and a resume; what their folders hold. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { parseChampion } from "../../src/formats/json.ts";
import { validate } from "../../src/genome/validate.ts";
import { parseEvaluation } from "../../src/measure/evaluation.ts";
import type { GenerationRecord } from "../../src/measure/generation.ts";
import { compile } from "../../src/network/compile.ts";
import { readRun } from "../../src/run/read-config.ts";
import { resumeRun, startRun } from "../../src/run/session.ts";
import { completeFormConfig, type FormConfig } from "../../src/run/stages/form-config.ts";
import { FORM_STAGE } from "../../src/run/stages/form-stage.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { createRegression } from "../../src/tasks/regression/regression.ts";
import { shared } from "../../src/tuning/weights.ts";
import { builtPool } from "../fixtures/built-pool.ts";
import { epochRuns, testKills } from "../fixtures/epoch-runs.ts";

const GENERATIONS = 6;
const NAMES = ["config.json", "generations.jsonl", "champions.jsonl", "champion.json", "front.json"];
const task = createTask({ name: "swingup" });
const workshop = { task, evaluator: () => createInlineEvaluator(task) };

function configOf(changes: object = {}): FormConfig {
  return completeFormConfig({
    task: "swingup",
    population: 12,
    episodes: 2,
    elites: 0.2,
    generations: GENERATIONS,
    seed: 3,
    ...changes,
  });
}

const runs = epochRuns({ kind: FORM_STAGE, configOf, workshop, evaluation: undefined, names: NAMES });
const linesOf = (name: string) =>
  runs
    .bytes()
    [name].trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("the folder holds the settings, a line for each generation, a graded champion and where it comes from", async () => {
  const { status, stage } = await startRun({
    ...runs.optionsOf(),
    evaluation: () => ({ episodes: 3, seed: 1 }),
  });
  expect(status).toBe("finished");
  expect(await readRun(runs.folder)).toEqual({ kind: FORM_STAGE, config: configOf() });
  const lines = linesOf("generations.jsonl") as GenerationRecord[];
  expect(lines.map(({ generation, objective }) => [generation, objective])).toEqual(
    Array.from({ length: GENERATIONS }, (_, generation) => [generation, "connections"]),
  );
  expect(Object.keys(lines[1].selection?.operators ?? {}).sort()).toEqual(["change", "recombine"]);
  const { champion, file } = parseChampion(JSON.parse(runs.bytes()["champion.json"]), "champion.json");
  expect(validate(champion.genome).grades).toBe(2);
  expect(file).toMatchObject({ task: "swingup", seed: 3, weights: [1] });
  expect([champion.genome, champion.score]).toEqual([stage.champion?.genome, stage.champion?.score]);
  const evaluation = parseEvaluation(JSON.parse(readFileSync(join(runs.folder, "evaluation.json"), "utf8")), "there");
  expect(evaluation.size).toBe(compile(champion.genome).connectionCount);
  const { steps } = JSON.parse(readFileSync(join(runs.folder, "lineage.json"), "utf8"));
  expect(steps.at(-1)).toMatchObject({ generation: champion.generation, score: champion.score });
  expect(FORM_STAGE.summarize(runs.folder, configOf())).toMatchObject({
    model: "evolved graded form",
    score: champion.score,
    size: compile(champion.genome).connectionCount,
  });
});

test("the champion does the same, step by step, at every weight of at least 1 / sqrt(strength)", async () => {
  const { stage } = await startRun(runs.optionsOf());
  const evaluator = await createInlineEvaluator(task);
  const { program } = compile(stage.champion?.genome as never);
  const weights = [0.25, -0.25, 0.5, -0.5, 1, -1, 2, -2];
  const { scores } = await evaluator.evaluate([program], {
    weights: shared(weights),
    episodes: ["a", "b", "c"],
    split: "test",
    pairing: "all",
  });
  const rows = weights.map((_, weight) => Array.from(scores[0].values.subarray(3 * weight, 3 * weight + 3)));
  for (const row of rows) expect(row).toEqual(rows[0]);
});

test.each([1, 2])("%i threads leave the bytes of the inline evaluator", async (threads) => {
  const pool = await builtPool({ threads });
  try {
    await startRun({ ...runs.optionsOf(), workshop: { task, evaluator: async () => pool } });
  } finally {
    await pool.close();
  }
  expect(runs.bytes()).toEqual(runs.whole);
});

describe("goes on to the same bytes", () => {
  testKills(runs, configOf, "champion.json");

  test.each([0, 1, 5])("when it was stopped after %i generations", async (count) => {
    const { status } = await startRun(runs.optionsOf(configOf(), count));
    expect(status).toBe("stopped");
    expect(await runs.resume()).toEqual([]);
    expect(runs.bytes()).toEqual(runs.whole);
  });

  test("when a shorter run was made longer", async () => {
    await startRun(runs.optionsOf(configOf({ generations: 2 })));
    await runs.resume();
    expect(runs.bytes()).toEqual(runs.whole);
  });
});

test("with the same episodes for some generations, those that live on keep their scores, also in a run resumed", async () => {
  const held = configOf({ hold: 3 });
  await startRun(runs.optionsOf(held));
  const whole = runs.bytes();
  const steps = (linesOf("generations.jsonl") as GenerationRecord[]).map((line) => line.steps);
  // 2 of 12 live on.
  expect(steps[1]).toBeLessThanOrEqual(10 * 2 * 1000);
  expect(steps.some((count) => count > 10 * 2 * 1000 * 0.1)).toBe(true);
  const folder = `${runs.folder}-resumed`;
  await startRun({ ...runs.optionsOf(held, 2), folder });
  await resumeRun({ ...runs.optionsOf(held), folder }, () => {});
  for (const name of NAMES) expect(readFileSync(join(folder, name), "utf8")).toBe(whole[name]);
});

test("a checkpoint of another form is refused, and nothing of the run changes", async () => {
  await startRun(runs.optionsOf(configOf(), 2));
  const before = runs.bytes();
  await expect(resumeRun(runs.optionsOf(configOf({ features: 9 })), () => {})).rejects.toThrow(
    "Expected codes of 72 numbers, which is what 9 features have, got 64: go on with the settings that the search was started with.",
  );
  expect(runs.bytes()).toEqual(before);
});

describe("defaults", () => {
  test("are signs and the starts of the preset for a force, sums for a choice of actions or classes", () => {
    expect(completeFormConfig({ task: "swingup" })).toMatchObject({
      outputs: "signs",
      starts: { hang: 0.5, up: 0.5 },
      weights: [1],
      episodes: 8,
    });
    expect(completeFormConfig({ task: "pendulum" })).toMatchObject({ outputs: "signs" });
    expect(completeFormConfig({ task: "cartpole" })).toMatchObject({ outputs: "sums", starts: null });
    expect(completeFormConfig({ task: "digits" })).toMatchObject({ outputs: "sums", starts: null });
  });

  test("that depend on the task are not filled into settings that were complete", () => {
    expect(completeFormConfig({ task: "swingup" }, null)).toMatchObject({ outputs: "sums", starts: null });
  });
});

describe("refuses", () => {
  test.each<[object, string]>([
    [
      { task: "cartpole", outputs: "signs" },
      "Expected outputs of cartpole to be sums, of which the largest is taken, got signs, which are for actions within a range: leave outputs out.",
    ],
    [
      { task: "digits", outputs: "switches" },
      "Expected outputs of digits to be sums, of which the largest is taken, got switches, which are for actions within a range: leave outputs out.",
    ],
    [{ task: "digits", starts: { up: 1 } }, 'Expected no starts for task "digits", which has no kinds of start states'],
    [{ task: "swingup", starts: { down: 1 } }, 'Unknown swingup start "down".'],
    [{ task: "swingup", tournament: 8 }, 'Unknown es setting "tournament".'],
    [{ task: "swing" }, 'Unknown task "swing".'],
    [{}, "Expected task to be a string, got undefined."],
  ])("settings such as %j", (settings, message) => {
    expect(() => completeFormConfig(settings as Record<string, unknown>)).toThrow(message);
  });

  test("a task with a number to tell, before there is a folder", async () => {
    const part = { count: 2, features: Float32Array.of(1, 2), values: Float32Array.of(1, 2) };
    const numbers = createRegression({
      name: "numbers",
      inputs: ["x"],
      target: { name: "y", mean: 0, deviation: 1 },
      train: part,
      validation: part,
      test: part,
    } as never);
    const evaluator = () => createInlineEvaluator(numbers);
    await expect(startRun({ ...runs.optionsOf(), workshop: { task: numbers, evaluator } })).rejects.toThrow(
      'Expected a task that is played or classifies for --method es, got "numbers" with a number to tell (y): the outputs of graded networks grow with the shared weight. For classes give --kind classes, or search by --method evolution.',
    );
    expect(existsSync(runs.folder)).toBe(false);
  });

  test("a checkpoint of a search by evolution", async () => {
    await startRun(runs.optionsOf(configOf(), 0));
    const path = join(runs.folder, "checkpoint.json");
    writeFileSync(path, JSON.stringify({ search: { generation: 0 } }));
    await expect(resumeRun(runs.optionsOf(), () => {})).rejects.toThrow(
      `No checkpoint of ${runs.folder} can be read: start again with another --out.`,
    );
  });
});
