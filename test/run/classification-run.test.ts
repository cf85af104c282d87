/** Whole runs on classification: shared work, threads and resume never change a byte. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { digitsDataset } from "../../src/data/digits.ts";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { completeConfig } from "../../src/run/config.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { builtPool } from "../fixtures/built-pool.ts";
import { bytesOf } from "../fixtures/runs.ts";
import { resumeSearch, startSearch } from "../fixtures/sessions.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const dataset = digitsDataset({ train: 300, validation: 120, test: 60 });
const source = { name: "digits", data: dataset, settings: { batchSize: 50 } };
const config = completeConfig({
  task: "digits",
  generations: 25,
  population: 24,
  tournament: 6,
  taskSettings: { batchSize: 50 },
  seed: 4,
  connectProbability: 0.05,
  // Gradients are taken in the main thread, and those of elites again after a resume.
  followGradient: 0.5,
  gradientExamples: 20,
  gradientParents: 3,
});

async function bytesWith(evaluator: Evaluator): Promise<Record<string, string>> {
  const folder = join(temporaryFolder(), "run");
  await startSearch({ folder, config, evaluator });
  return bytesOf(folder);
}

const evaluator = await createInlineEvaluator(createTask(source));
let whole: Promise<Record<string, string>> | undefined;

/** The bytes of a run in this thread, which is made once. */
function expectedBytes(): Promise<Record<string, string>> {
  whole ??= bytesWith(evaluator);
  return whole;
}

test("sharing the work of relatives leaves the bytes of scoring each network alone", async () => {
  const alone: Evaluator = { ...evaluator, evaluate: (programs, trial) => evaluator.evaluate(programs, trial) };
  expect(await bytesWith(alone)).toEqual(await expectedBytes());
});

test("1, 2 and 8 threads leave the bytes of none", async () => {
  const expected = await expectedBytes();
  for (const threads of [1, 2, 8]) {
    const pool = await builtPool({ threads }, source);
    expect(await bytesWith(pool), `${threads} threads`).toEqual(expected);
    await pool.close();
  }
});

test("a run that is stopped and resumed leaves the bytes of one that is not", async () => {
  const folder = join(temporaryFolder(), "run");
  let done = 0;
  await startSearch({ folder, config, evaluator, shouldStop: () => done === 11, onStep: () => void done++ });
  await resumeSearch({ folder, config, evaluator }, () => {});
  expect(bytesOf(folder)).toEqual(await expectedBytes());
});
