/** Searching and evaluating a table and the embedded digits from the command line. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { STANDARD_WEIGHTS } from "../../src/base/scores.ts";
import { parseChampion } from "../../src/formats/json.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { loadDataset } from "../../src/run/task-source.ts";
import { classify } from "../../src/tasks/classification/classification.ts";
import { inProcess } from "../fixtures/command-line.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** Three kinds of flower, told apart by two of four columns. */
function writeTable(folder: string): void {
  const rng = derive("flowers");
  const rows = Array.from({ length: 150 }, (_, index) => {
    const kind = index % 3;
    const petal = 1.5 + 2 * kind + 0.4 * rng.normal();
    return [5.8 + rng.normal(), 3 + 0.4 * rng.normal(), petal, 0.3 * petal + 0.1 * rng.normal(), "abc"[kind]].join(",");
  });
  writeFileSync(
    join(folder, "flowers.csv"),
    `sepal length,sepal width,petal length,petal width,kind\n${rows.join("\n")}\n`,
  );
}

test("a table is searched, the champion scored by class, and the run evaluated again from elsewhere", async () => {
  const folder = temporaryFolder();
  writeTable(folder);
  const table = ["--data", "flowers.csv", "--target", "kind"];
  const size = ["--generations", "40", "--population", "64", "--threads", "1"];
  const searched = await inProcess(["search", "csv", ...table, ...size, "--out", "run", "--json"], folder);
  expect(searched.code, searched.stderr).toBe(0);
  const { evaluation, champion } = JSON.parse(searched.stdout);
  expect(evaluation.figures.ensemble.mean).toBeGreaterThan(0.7);
  expect(evaluation.byClass.map(({ name }: { name: string }) => name)).toEqual(["a", "b", "c"]);
  expect(evaluation.confusion.flat().reduce((sum: number, count: number) => sum + count, 0)).toBe(
    evaluation.figures.ensemble.count,
  );

  const { validation } = await loadDataset("csv", { data: join(folder, "flowers.csv"), target: "kind" });
  const { genome } = parseChampion(
    JSON.parse(readFileSync(join(folder, "run", "champion.json"), "utf8")),
    "run",
  ).champion;
  const weights = { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) } as const;
  const predicted = classify(await Kernel.create(), compile(genome).program, weights, validation);
  const right = [...predicted].filter((label, index) => label === validation.labels[index % validation.count]);
  expect(champion.accuracy).toBeCloseTo(right.length / predicted.length, 12);
  expect(champion.accuracy).toBeGreaterThan(0.4);
  const longer = await inProcess(["resume", "run", "--generations", "41", "--threads", "1"], folder);
  expect(longer.stderr).toMatch(/ \| champion accuracy \d+\.\d % \| \d+ connections \| /);
  expect(longer.stdout).toMatch(
    /, accuracy \d+\.\d %, log-likelihood -\d\.\d{3} on validation examples \(means over 6 shared weights\)\.$/m,
  );

  const evaluated = await inProcess(["evaluate", join(folder, "run"), "--json", "--threads", "1"]);
  expect(evaluated.code, evaluated.stderr).toBe(0);
  const result = JSON.parse(evaluated.stdout);
  for (const key of ["standard", "randomWeights", "randomShared", "ensemble", "bestShared"]) {
    expect(result[key]).toMatchObject({ mean: expect.any(Number), count: 30 });
    // A vote and one weight answer once: nothing they could differ by.
    expect("std" in result[key]).toBe(key !== "ensemble" && key !== "bestShared");
    expect(result[key].mean).toBeLessThanOrEqual(1);
  }
  expect(result.bestShared.weight).toBeGreaterThanOrEqual(-3);
});

test("a table that cannot be used leaves no run folder", async () => {
  const folder = temporaryFolder();
  writeTable(folder);
  const { code, stderr } = await inProcess(
    ["search", "csv", "--data", "flowers.csv", "--target", "colour", "--out", "run"],
    folder,
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(/^precocial: .*colour.*petal length/);
  expect(existsSync(join(folder, "run"))).toBe(false);
});

test("digits are searched without a download, and mnist without data says how to get them", async () => {
  const folder = temporaryFolder();
  const options = ["--generations", "2", "--population", "16", "--threads", "1", "--json"];
  const { code, stdout, stderr } = await inProcess(["search", "digits", ...options], folder);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ run: join("runs", "digits-1"), status: "finished", generations: 2 });
  const missing = await inProcess(["search", "mnist", "--data-dir", "nowhere", ...options], folder);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("precocial data mnist");
});
