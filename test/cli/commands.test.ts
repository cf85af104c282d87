/** The commands of the command line: help, JSON on standard output, and the published champion's scores. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { fixture } from "../fixtures/folder.ts";
import { SMALL, smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

test.each([
  ["search", ["--population", "--max-time", "--threads", "--out", "--config", "precocial search swingup"]],
  ["resume", ["--generations", "--threads", "precocial resume runs/swingup-1"]],
  ["study", ["--set", "--seeds", "--evaluations", "--vary-one", "precocial study plan.json"]],
  ["evaluate", ["--task", "--weights", "--episodes", "--seed", "precocial evaluate swing.out --task swingup"]],
  ["baseline", ["--learning-rate, --lr", "--data-dir", "--epochs", "precocial baseline two-layer"]],
  ["compare", ["--format", "--episodes", "precocial compare runs/mnist-1 runs/two-layer-1"]],
  ["runs", ["--runs", "--yes", "precocial runs rename swingup-1 first-try", "precocial runs delete swingup-4"]],
  ["tasks", ["precocial tasks --json"]],
])("%s --help shows its options and examples", async (command, words) => {
  const { code, stdout, stderr } = await inProcess([command, "--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const word of ["Examples:", "--json", ...words]) expect(stdout).toContain(word);
});

test("--help lists all commands, --version says the version", async () => {
  const { stdout } = await inProcess(["--help"]);
  for (const word of ["search", "resume", "evaluate", "baseline", "compare", "runs", "tasks"])
    expect(stdout).toContain(`precocial ${word}`);
  expect((await precocial(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("tasks lists each task, as text and as JSON", async () => {
  expect((await inProcess(["tasks"])).stdout).toMatch(/^swingup +Cart-pole swing-up: /m);
  const { stdout, stderr } = await inProcess(["tasks", "--json"]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({
      name: "swingup",
      presets: {
        standing: expect.objectContaining({ population: 576, select: "lexicase" }),
        paper: expect.objectContaining({ population: 192 }),
      },
    }),
  );
});

describe("search, resume and evaluate", () => {
  test("print one JSON document on standard output and all else on standard error", async () => {
    const folder = temporaryFolder();
    const search = await precocial(["search", "swingup", "--json", ...smallOptions(2)], folder);
    expect(search.code).toBe(0);
    expect(search.stdout.split("\n")).toHaveLength(2);
    const run = join("runs", "swingup-1");
    const summary = JSON.parse(search.stdout);
    expect(summary).toMatchObject({ run, status: "finished", generations: 2 });
    expect(summary.champion).toMatchObject({ generation: expect.any(Number), score: expect.any(Number) });
    const names = ["validation", "standard", "randomWeights", "randomShared", "bestShared"];
    expect(Object.keys(summary.evaluation.figures)).toEqual(names);
    expect(search.stderr).toContain(`Searching swingup with 1 thread, seed ${SMALL.seed}; run folder ${run}`);
    expect(search.stderr).toMatch(/generation 1\/2 \| best .* \| median .* connections \| .* episodes\/s \| .* left/);

    const words = ["--generations", "3", "--evaluation-episodes", "4", "--threads", "1", "--json"];
    const longer = await inProcess(["resume", run, ...words], folder);
    expect(longer.code).toBe(0);
    expect(JSON.parse(longer.stdout)).toMatchObject({ run, status: "finished", generations: 3 });
    expect(longer.stderr).toContain(`Resuming ${run} with 1 thread`);

    const evaluate = await inProcess(["evaluate", run, "--episodes", "2", "--threads", "1", "--json"], folder);
    expect({ code: evaluate.code, stderr: evaluate.stderr }).toEqual({ code: 0, stderr: "" });
    const scores = JSON.parse(evaluate.stdout);
    expect(scores).toMatchObject({ champion: run, task: "swingup" });
    for (const key of ["standard", "randomWeights", "randomShared", "bestShared"]) {
      expect(scores[key]).toMatchObject({ mean: expect.any(Number), std: expect.any(Number) });
    }
    expect(scores.standard.count).toBe(12);
    expect(scores.bestShared.weight).toEqual(expect.any(Number));
  });

  test("--max-time ends a search, which says how to go on", async () => {
    const folder = temporaryFolder();
    const few = ["--evaluation-episodes", "2"];
    const { code, stdout } = await inProcess(
      ["search", "swingup", "--population", "6", "--max-time", "300ms", ...few, "--threads", "1", "--out", "quick"],
      folder,
    );
    expect(code).toBe(0);
    expect(stdout).toContain("stopped before the end.");
    expect(stdout).toContain(
      "Run folder: quick\nTo see it: precocial view quick, or as a file: precocial report quick\nTo go on: precocial resume quick --max-time 60s\n",
    );
    expect(existsSync(join(folder, "quick", "checkpoint.json"))).toBe(true);
    const config = () => JSON.parse(readFileSync(join(folder, "quick", "config.json"), "utf8"));
    expect(config().generations).toBe(null);

    // As version 0.1.0 wrote it.
    const { stage: _, taskSettings: __, ...settings } = config();
    const old = { ...settings, format: 1, generations: 100_000_000 };
    writeFileSync(join(folder, "quick", "config.json"), JSON.stringify(old));
    const words = ["resume", "quick", "--max-time", "1s", ...few, "--threads", "1"];
    const resumed = await inProcess(words, folder);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toMatch(/^generation \d+ \| .* left$/m);
    expect(resumed.stdout).toContain("To go on: precocial resume quick --max-time 60s\n");
    expect(config().generations).toBe(null);
    const done = JSON.parse(readFileSync(join(folder, "quick", "meta.json"), "utf8")).generations;
    const last = await inProcess(["resume", "quick", "--generations", String(done + 1), ...few], folder);
    expect(last.stdout).toMatch(new RegExp(`^1 generations? in .*, ${done + 1} in all\\.`));
    expect(config().generations).toBe(done + 1);
  });

  test("--evaluations runs the generations that so many plays allow, and says so where it cannot", async () => {
    const folder = temporaryFolder();
    const small = ["--population=16", "--tournament=4", "--episodes=2", "--weights=-1,1", "--evaluation-episodes=0"];
    const searched = await inProcess(["search", "swingup", "--out", "a", ...small, "--evaluations", "200"], folder);
    expect(searched.stdout).toMatch(/^3 generations in /);
    expect(JSON.parse(readFileSync(join(folder, "a/config.json"), "utf8")).generations).toBe(3);
    const refusal = async (...words: string[]) =>
      (await inProcess(["search", "swingup", ...small, ...words], folder)).stderr;
    expect(await refusal("--evaluations", "63")).toBe(
      "precocial: Expected evaluations of at least 64, those of one generation, got 63.\n",
    );
    expect(await refusal("--evaluations", "64", "--generations", "1")).toBe(
      "precocial: Expected --generations or --evaluations, which both say how long a search is to be, got both.\n",
    );
  });

  test("the last of equal options counts, and options come before a config file", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "settings.json"), '{"population": 4, "tournament": 3, "elites": 0.5}');
    const words = [...smallOptions(0), "--population", "5", "--population", "6", "--config", "settings.json"];
    const { stdout } = await inProcess(["search", "swingup", "--json", "--out", "a", ...words], folder);
    expect(JSON.parse(stdout)).toMatchObject({ status: "finished", generations: 0 });
    expect(JSON.parse(readFileSync(join(folder, "a/config.json"), "utf8"))).toMatchObject({
      population: 6,
      tournament: SMALL.tournament,
      elites: 0.5,
    });
  });
});

const champion = fixture("wannrelease/swing.out");
const weights = fixture("wannrelease/cartpole_swingup.wann.json");

test.skipIf(!champion || !weights)("evaluate gives the published champion the paper's scores", async () => {
  const words = ["evaluate", String(champion), "--task", "swingup", "--weights", String(weights), "--json"];
  const { code, stdout } = await inProcess(words);
  expect(code).toBe(0);
  const { standard, randomShared, randomWeights, bestShared, trainedWeights, connections } = JSON.parse(stdout);
  expect(connections).toBe(52);
  expect(Math.abs(standard.mean - 611)).toBeLessThan(20);
  expect(Math.abs(randomShared.mean - 526)).toBeLessThan(25);
  expect(Math.abs(randomWeights.mean - 52)).toBeLessThan(25);
  expect(bestShared.mean).toBeGreaterThanOrEqual(700);
  expect(Math.abs(trainedWeights.mean - 932)).toBeLessThan(4);
});
