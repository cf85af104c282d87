/** `precocial compare`: its tables, and what it says of runs that cannot be compared. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MeasuredRun } from "../../src/cli/compare-row.ts";
import { runSamples, studySamples } from "../../src/cli/compare-samples.ts";
import type { ComparisonRow } from "../../src/cli/row-makers.ts";
import type { TaskSummary } from "../../src/index.ts";
import { CONDITION_NAMES } from "../../src/measure/conditions.ts";
import { TASKS, taskDefinition } from "../../src/tasks/registry.ts";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { smallOptions } from "../fixtures/runs.ts";
import { makeStudy, writeStudy } from "../fixtures/study.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** A run with these settings and seed, and a score. */
function run(name: string, settings: Record<string, unknown>, seed: number, standard: number): MeasuredRun {
  const row: ComparisonRow = {
    name,
    kind: "evolved",
    task: "swingup",
    network: "evolved graph",
    scores: { standard },
    deviations: { standard: 10 },
    measure: taskDefinition("swingup").reported,
    size: 30,
    seconds: 125,
  };
  return { row, config: { format: 2, stage: "search", task: "swingup", taskSettings: {}, seed, ...settings } };
}

/** A study as if it had been of another task. */
function inTask({ record, timings }: ReturnType<typeof makeStudy>, task: string): ReturnType<typeof makeStudy> {
  const variants = record.variants.map((variant) => ({ ...variant, task }));
  const measure = taskDefinition(task).reported;
  return { record: { ...record, variants, tasks: { [task]: measure } }, timings };
}

describe("what is compared", () => {
  const small = [1, 2, 3].map((seed) => run(`runs/a-${seed}`, { population: 48 }, seed, 100 * seed));
  const large = [1, 2].map((seed) => run(`runs/b-${seed}`, { population: 96 }, seed, 100 * seed + 50));

  test("runs that differ only in their seed are one sample, called by what sets it apart", () => {
    const samples = runSamples([small[0], large[0], small[1], large[1], small[2]]);
    expect(samples.map(({ task, sample }) => [task, sample.name])).toEqual([
      ["swingup", "population 48"],
      ["swingup", "population 96"],
    ]);
    expect(samples[0].sample.runs).toEqual(
      [1, 2, 3].map((seed) => ({
        seed,
        figures: { standard: 100 * seed, connections: 30, seconds: 125 },
        deviations: { standard: 10 },
      })),
    );
  });

  test("a run by itself is called by its folder, and so are runs that nothing else is compared with", () => {
    expect(runSamples([...small, large[0]]).map(({ sample }) => sample.name)).toEqual(["population 48", "runs/b-1"]);
    expect(runSamples(small).map(({ sample }) => sample.name)).toEqual(["runs/a-1 and 2 more"]);
  });
});

describe("a study that is compared", () => {
  const study = makeStudy({ budgets: [20, 100], crowdings: ["range"] });

  test("has a sample for each variant at its last budget, called as in the study where it is alone", () => {
    const folder = writeStudy(temporaryFolder(), "mine", study);
    const samples = studySamples(folder, true);
    expect(samples.map(({ task, sample }) => [task, sample.name, sample.network])).toEqual([
      ["swingup", "population 48, crowding range", "evolved graph"],
      ["swingup", "population 96, crowding range", "evolved graph"],
    ]);
    expect(samples[0].sample.runs.map(({ figures }) => figures.generations)).toEqual(Array(6).fill(100));
    expect(studySamples(folder, false)[0].sample.name).toBe(`${folder}: population 48, crowding range`);
  });

  test("of topologies chosen by gradient says so", () => {
    const { record, timings } = study;
    const chosen = { ...record, variants: record.variants.map((variant) => ({ ...variant, stage: "gradient" })) };
    const [{ sample }] = studySamples(writeStudy(temporaryFolder(), "mine", { record: chosen, timings }), true);
    expect(sample.network).toBe("graph chosen by gradient");
  });

  test("of trainings has the test accuracy among the conditions", () => {
    const { record, timings } = study;
    const figures = { connections: 7, train: 0.99, validation: 0.98, test: 0.97 };
    const trained = {
      ...record,
      variants: record.variants.map((variant) => ({ ...variant, stage: "baseline" })),
      results: record.results.map((result) => ({ ...result, figures })),
    };
    const [{ sample }] = studySamples(writeStudy(temporaryFolder(), "mine", { record: trained, timings }), true);
    expect(sample.network).toBe("trained");
    expect(sample.runs[0].figures).toEqual({ connections: 7, trainedWeights: 0.97, seconds: 12 });
  });

  test("gives the tables of its task, with the paper's figures and differences", async () => {
    const folder = temporaryFolder();
    writeStudy(folder, "mine", study);
    const { code, stdout, stderr } = await inProcess(["compare", "mine"], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^swingup\n\n +network +runs +six weights /);
    expect(stdout).toMatch(/^population 96, crowding range +evolved graph +6 +\d+ \(\d+ to \d+\) /m);
    expect(stdout).toMatch(/^paper's WANN +- +- +- +515 +723 +52 /m);
    expect(stdout).toMatch(/^swingup: six weights, against population 48, crowding range$/m);
    expect(stdout).toMatch(/^population 96, crowding range +6 +\+[\d.]+ +\+[\d.]+ to \+[\d.]+ +0\.031 +6 of 6$/m);
    const words = ["compare", "mine", "--picture", "sizes.svg", "--json"];
    const { runs, tasks } = JSON.parse((await inProcess(words, folder)).stdout);
    const svg = readFileSync(join(folder, "sizes.svg"), "utf8");
    expect(svg.match(/<circle[^>]*><title>population 96, crowding range, seed \d: /g)).toHaveLength(6);
    expect(svg).toContain("paper's WANN, published: 52 connections, 723");
    expect(svg).toContain(">score, at the best shared weight, or trained<");
    expect(runs).toEqual([]);
    expect(tasks[0].comparisons[0]).toMatchObject({ name: "population 96, crowding range", p: 0.03125, greater: 6 });
  });
});

test("published figures are of conditions there are, accuracies as fractions", () => {
  expect(TASKS.filter(({ figures }) => figures !== undefined).map(({ name }) => name)).toEqual([
    "swingup",
    "biped",
    "racer",
    "mnist",
    "mnist-full",
  ]);
  for (const { figures = [], reported } of TASKS) {
    for (const { scores } of figures) {
      expect(CONDITION_NAMES).toEqual(expect.arrayContaining(Object.keys(scores)));
      for (const score of Object.values(scores)) expect(score >= 0 && score <= 1).toBe(reported.unit === "share");
    }
  }
});

test("compare measures runs of both kinds, and the paper's figures stand below", async () => {
  const folder = temporaryFolder();
  await inProcess(["search", "swingup", "--out", "evolved", ...smallOptions(2)], folder);
  const small = ["digits", "--hidden", "12", "--init", "0.1", "--epochs", "2", "--json", "--out", "trained"];
  const baseline = JSON.parse((await inProcess(["baseline", "two-layer", ...small], folder)).stdout);
  const words = ["compare", "evolved", "trained/", "--episodes", "2", "--threads", "1"];
  const { code, stdout, stderr } = await inProcess([...words, "--json"], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { runs, tasks } = JSON.parse(stdout);
  expect(runs[0]).toMatchObject({ name: "evolved", kind: "evolved", task: "swingup", measure: { unit: "score" } });
  expect(Object.keys(runs[0].scores)).toEqual(["standard", "randomWeights", "randomShared", "bestShared"]);
  expect(runs[0].seen).toBeGreaterThan(2 * 16 * 2);
  expect(runs[1]).toMatchObject({
    name: "trained",
    kind: "trained",
    task: "digits",
    network: "two-layer 256-12-10",
    scores: { trainedWeights: baseline.evaluation.figures.test.mean },
    size: 3214,
    seen: 16_000,
  });
  expect(runs[1].seconds).toBeGreaterThan(0);
  expect(tasks.map(({ task, samples }: TaskSummary) => [task, samples.map(({ name }) => name)])).toEqual([
    ["swingup", ["evolved"]],
    ["digits", ["trained"]],
  ]);
  expect(tasks[0].references.map(({ name }: { name: string }) => name)).toContain("paper's WANN");
  const markdown = (await inProcess([...words, "--format", "md"], folder)).stdout;
  expect(markdown).toMatch(/^swingup:\n\n\| {2}\| network \| runs \| six weights \|/);
  expect(markdown).toMatch(/^\| evolved \| evolved graph \| 1 \| \d+ ± \d+ \|/m);
  expect(markdown).toMatch(/^\| paper's WANN \| - \| - \| - \| 57 \| 515 \| 723 \| 52 \| - \| - \|$/m);
  expect(markdown).toMatch(/^digits:\n\n\| {2}\| network \| runs \| trained \| size \|/m);
  expect((await precocial([...words, "--format", "html"], folder)).stdout).toMatch(/^<table>\n<caption>swingup</);
  expect(existsSync(join(folder, "trained/weights.json"))).toBe(true);
});

/** A run that does not keep what it has come to. */
const NOT_KEPT = ["--evaluation-episodes", "0"];

test("compare leaves the cells empty of runs whose data set is absent, and says why", async () => {
  const folder = temporaryFolder();
  const size = ["--population", "8", "--tournament", "2", "--generations", "1", "--threads", "1"];
  const rows = Array.from({ length: 30 }, (_, row) => `${row % 3},${row % 7},${"abc"[row % 3]}`);
  writeFileSync(join(folder, "table.csv"), `x,y,kind\n${rows.join("\n")}\n`);
  const table = ["table.csv", "--target", "kind"];
  await inProcess(["search", "swingup", "--out", "here", ...smallOptions(1)], folder);
  await inProcess(["search", "csv", "--out", "evolved", "--data", ...table, ...size], folder);
  await inProcess(
    ["baseline", "linear", "csv", "--out", "trained", "--batch", "4", "--epochs", "1", "--data", ...table, ...NOT_KEPT],
    folder,
  );
  const words = ["compare", "evolved", "trained", "here", "--episodes", "2", "--threads", "1"];
  const whole = JSON.parse((await inProcess([...words, "--json"], folder)).stdout);
  expect(Object.keys(whole.runs[0].deviations)).toEqual(["standard", "randomWeights", "randomShared"]);
  expect(whole.runs[1].deviations).toBeUndefined();
  expect(Object.keys(whole.runs[2].deviations)).toEqual(["standard", "randomWeights", "randomShared", "bestShared"]);

  rmSync(join(folder, "table.csv"));
  const { code, stdout, stderr } = await inProcess([...words, "--json"], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { runs } = JSON.parse(stdout);
  const { deviations: _, ...evolved } = whole.runs[0];
  const reason = `Expected a readable table at ${join(folder, "table.csv")}: ENOENT`;
  expect(runs[0]).toEqual({ ...evolved, scores: {}, absent: expect.stringContaining(reason) });
  const { seen, ...trained } = whole.runs[1];
  expect(seen).toBe(18);
  expect(runs[1]).toEqual({ ...trained, scores: {}, absent: expect.stringContaining(reason) });
  expect(runs[2]).toEqual(whole.runs[2]);
  const text = (await inProcess(words, folder)).stdout;
  expect(text).toContain(`evolved was not measured. ${reason}`);
  expect(text).toMatch(/^evolved +evolved graph +1 +\d+ +\d+ +[\d.]+s$/m);
  expect(text).toMatch(/^trained +linear 2-3 +1 +9 +- +[\d.]+s$/m);
  expect(text).toMatch(/^here +evolved graph +1 +[\d.]+ ± [\d.]+ +[\d.]+ ± [\d.]+ /m);
});

test("compare refuses an unknown format and figure, and a folder that is no run", async () => {
  const folder = temporaryFolder();
  writeStudy(folder, "mine", makeStudy({ seeds: 2, crowdings: ["range"] }));
  const figure = await inProcess(["compare", "mine", "--figure", "bestshared"], folder);
  expect(figure.code).toBe(2);
  expect(figure.stderr).toMatch(
    /^precocial: Unknown figure "bestshared"\. Did you mean "?bestShared"?\? Known: standard, /,
  );
  const picture = await inProcess(["compare", "mine", "--picture", "sizes.gif"], folder);
  expect(picture.stderr).toBe("precocial: Expected the picture's file to end in .svg or .png, got sizes.gif.\n");
  const nothing = await inProcess(["compare", "mine", "--picture", "sizes.svg", "--figure", "ensemble"], folder);
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toBe(
    "precocial: Expected networks with a size and ensemble for --picture, got none: name another figure.\n",
  );
  writeStudy(folder, "digits", inTask(makeStudy({ seeds: 2, crowdings: ["range"] }), "digits"));
  const several = await inProcess(["compare", "mine", "digits", "--picture", "sizes.svg"], folder);
  expect(several.stderr).toBe(
    "precocial: Expected runs of one task for --picture, got swingup, digits: a picture has one scale.\n",
  );
  expect(readdirSync(folder).sort()).toEqual(["digits", "mine"]);
  const format = await inProcess(["compare", "none", "--format", "pdf"], folder);
  expect(format).toEqual({
    code: 2,
    stdout: "",
    stderr: 'precocial: Unknown format "pdf". Known: table, md, html, json.\n',
  });
  const none = await inProcess(["compare", "none"], folder);
  expect(none.code).toBe(2);
  expect(none.stderr).toContain("Expected a run folder, but none is not there");
});
