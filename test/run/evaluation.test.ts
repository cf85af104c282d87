/** What a search has come to, measured at its end: the same bytes however the run came about, and nothing of nothing. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { parseEvaluation } from "../../src/measure/evaluation.ts";
import { readEvaluation } from "../../src/run/folder.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { builtPool } from "../fixtures/built-pool.ts";
import { smallConfig } from "../fixtures/runs.ts";
import { resumeSearch, startSearch } from "../fixtures/sessions.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const config = smallConfig(20, { population: 48, episodes: 3 });
const evaluation = () => ({ episodes: 3, seed: 5 });
const NAMES = ["evaluation.json", "champion.json", "front.json", "lineage.json"];
const bytesOf = (folder: string) => NAMES.map((name) => readFileSync(join(folder, name), "utf8"));
const whole = join(tmpdir(), `precocial-test-evaluated-${process.pid}`);
let evaluator: Evaluator;
let expected: string[];

beforeAll(async () => {
  evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const ended = await startSearch({ folder: whole, config, evaluator, evaluation });
  expected = bytesOf(whole);
  expect(readEvaluation(whole)).toEqual(ended.evaluation);
});
afterAll(() => rmSync(whole, { recursive: true, force: true }));

test.each([1, 2, 8])("%i threads leave the bytes of the inline evaluator", async (threads) => {
  const folder = join(temporaryFolder(), "run");
  const pool = await builtPool({ threads });
  try {
    await startSearch({ folder, config, evaluator: pool, evaluation });
  } finally {
    await pool.close();
  }
  expect(bytesOf(folder)).toEqual(expected);
});

test.each([0, 1, 13, 20])("stopped after %i generations, measured, and resumed: the same bytes", async (count) => {
  const folder = join(temporaryFolder(), "run");
  let done = 0;
  const options = { folder, config, evaluator, evaluation };
  const first = await startSearch({ ...options, shouldStop: () => done === count, onStep: () => void done++ });
  expect(first.evaluation === undefined).toBe(count === 0);
  expect(existsSync(join(folder, "evaluation.json"))).toBe(count > 0);
  await resumeSearch(options, () => {});
  expect(bytesOf(folder)).toEqual(expected);
});

test("a resumed run has no evaluation until its end, and none at all when nobody asks", async () => {
  const folder = join(temporaryFolder(), "run");
  await startSearch({ folder, config: smallConfig(2), evaluator, evaluation });
  const present: boolean[] = [];
  const onStep = () => void present.push(existsSync(join(folder, "evaluation.json")));
  const { evaluation: none } = await resumeSearch({ folder, config: smallConfig(4), evaluator, onStep }, () => {});
  expect({ present, none }).toEqual({ present: [false, false], none: undefined });
  expect(readEvaluation(folder)).toBeUndefined();
  expect(JSON.parse(readFileSync(join(folder, "champion.json"), "utf8"))).not.toHaveProperty("bestSharedWeight");
});

test("another form is refused by the field that is wrong; accuracies of absent classes are read as they were", () => {
  const [text] = expected;
  const good = JSON.parse(text);
  expect(() => parseEvaluation({ ...good, format: 2 }, "there")).toThrow(
    "Expected an evaluation in there: format: Invalid input: expected 1.",
  );
  expect(() => parseEvaluation({ ...good, figures: { standard: { mean: "much" } } }, "there")).toThrow(
    "Expected an evaluation in there: figures.standard.mean: Invalid input: expected number, received string.",
  );
  const absent = { name: "none", byWeight: [0.5, Number.NaN], ensemble: Number.NaN };
  const read = parseEvaluation(JSON.parse(JSON.stringify({ ...good, byClass: [absent] })), "there");
  expect(read.byClass).toEqual([absent]);
});
