/** `precocial tune` on the built command line, and what other commands make of what it wrote. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRunDocument } from "../../src/view/document.ts";
import { championOf, type RunData } from "../../viz/run-data.ts";
import { inProcess, type Outcome, precocial } from "../fixtures/command-line.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const RUN = join("runs", "swingup-1");
const QUICK = ["--generations", "4", "--episodes", "2", "--evaluation-episodes", "2"];
let folder: string;
let searched: Outcome;
let tuned: Outcome;
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  const search = ["search", "swingup", "--population", "24", "--evaluation-episodes", "2", "--seed", "11"];
  searched = await inProcess([...search, "--generations", "6"], folder);
  tuned = await precocial(["tune", RUN, ...QUICK, "--seed", "11"], folder);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it shows its steps, what it found, and where that is", () => {
  expect([searched.code, tuned.code]).toEqual([0, 0]);
  expect(tuned.stderr).toMatch(
    new RegExp(
      `^Tuning the \\d+ weights of ${RUN} for swingup by --method cmaes with \\d+ threads?, seed 11; run folder ${RUN}/tuning$`,
      "m",
    ),
  );
  expect(tuned.stderr).toMatch(
    /^generation \d\/4 \| kept score \d+ \| best \S+ \| median \S+ \| sigma \S+ \| tries 8 \| \S+ left$/m,
  );
  expect(tuned.stdout).toMatch(
    /^4 generations in \S+\.\n\d+ connections: score \d+ with the shared weight -?[\d.]+, \d+ with weights of generation \d, on validation data\.\n\nIts scores on what the tuning never saw:\n/,
  );
  expect(tuned.stdout).toMatch(/^trained weights +-?\d+\.\d +\d+\.\d +40$/m);
  expect(tuned.stdout).toContain(`\nTuned champion: ${RUN}/tuned.json\nRun folder: ${RUN}/tuning\n`);
});

test("tuned.json is the run's champion with a weight for each gene, and how they came about", () => {
  const [champion, result] = [JSON.parse(read(RUN, "champion.json")), JSON.parse(read(RUN, "tuned.json"))];
  expect(result.genome).toEqual(champion.genome);
  expect(result.trainedWeights).toHaveLength(champion.genome.connections.length);
  expect(result.bestSharedWeight).toBe(champion.bestSharedWeight);
  expect(result.tuning).toMatchObject({ method: "cmaes", settings: { seed: 11, weight: champion.bestSharedWeight } });
  expect(read(RUN, "tuning", "champion.json")).toBe(read(RUN, "tuned.json"));
});

test("evaluate, compare, report and draw take the trained weights of the run", async () => {
  const evaluated = await inProcess(["evaluate", RUN, "--episodes", "2", "--json"], folder);
  const [alone, kept] = [JSON.parse(evaluated.stdout), JSON.parse(read(RUN, "tuning", "evaluation.json"))];
  expect(alone.trainedWeights).toEqual(kept.figures.trainedWeights);
  const compared = await inProcess(["compare", RUN, join(RUN, "tuning"), "--json"], folder);
  const { runs } = JSON.parse(compared.stdout);
  expect(runs.map(({ network }: { network: string }) => network)).toEqual(["evolved graph", "tuned graph"]);
  for (const { scores } of runs) expect(scores.trainedWeights).toBe(kept.figures.trainedWeights.mean);
  for (const path of [RUN, join(RUN, "tuned.json"), join(RUN, "tuning")]) {
    expect((await inProcess(["draw", path, "--out", "net.svg"], folder)).code).toBe(0);
    expect((await inProcess(["report", path, "--out", "page.html"], folder)).code).toBe(0);
  }
  expect((await inProcess(["runs"], folder)).stdout).toMatch(/swingup-1/);
});

test("the page has the weights of the champion with it", () => {
  const document = readRunDocument(join(folder, RUN));
  expect(document.problems).toEqual([]);
  const { trainedWeights } = JSON.parse(read(RUN, "tuned.json"));
  expect(championOf(document as unknown as RunData)?.trainedWeights).toEqual(trainedWeights);
});

test("resume goes on with it, further, and renews tuned.json", async () => {
  const resumed = await inProcess(
    ["resume", join(RUN, "tuning"), "--generations", "12", "--evaluation-episodes", "0"],
    folder,
  );
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toMatch(/^8 generations in \S+, 12 in all\.\n/);
  expect(read(RUN, "tuned.json")).toBe(read(RUN, "tuning", "champion.json"));
  expect(JSON.parse(read(RUN, "tuned.json")).tuning.settings.generations).toBe(12);
});

test("another tuning takes its place only when that is asked for", async () => {
  const before = read(RUN, "tuned.json");
  const refused = await inProcess(["tune", RUN, ...QUICK], folder);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toBe(
    `precocial: There is a tuning at ${RUN}/tuning already: put another in its place with --again, choose another folder ` +
      `with --out, or go on with it by: precocial resume ${RUN}/tuning\n`,
  );
  expect(read(RUN, "tuned.json")).toBe(before);
  const failed = await inProcess(["tune", RUN, ...QUICK, "--again", "--sigma", "-1"], folder);
  expect(failed.stderr).toMatch(/^precocial: Expected sigma to be /);
  expect(read(RUN, "tuned.json")).toBe(before);
  expect(existsSync(join(folder, RUN, "tuning", "champion.json"))).toBe(true);
  const again = await inProcess(["tune", RUN, ...QUICK, "--again", "--seed", "12"], folder);
  expect(again.code).toBe(0);
  expect(JSON.parse(read(RUN, "tuned.json")).seed).toBe(12);
  expect(existsSync(join(folder, RUN, "tuning.before"))).toBe(false);
});

describe("weights that were tuned for another champion", () => {
  const stale = (run: string) =>
    `${join(run, "tuned.json")} has the weights of another champion than the run has by now, so they are left out. ` +
    `To tune this one: precocial tune ${run} --again`;

  test("are left out and named, by evaluate and on the page", async () => {
    const run = writeRun(folder, makeRun(12, "moved"));
    writeFileSync(join(run, "tuned.json"), read(RUN, "tuned.json"));
    const { stdout, stderr } = await inProcess(["evaluate", "moved", "--episodes", "1", "--json"], folder);
    expect(stderr).toBe(`precocial: ${stale("moved")}\n`);
    expect(JSON.parse(stdout).trainedWeights).toBeUndefined();
    const document = readRunDocument(run);
    expect(document.problems).toEqual([`${stale(run)}.`]);
    expect(championOf(document as unknown as RunData)?.trainedWeights).toBeUndefined();
  });
});

test("a champion alone is tuned into the folder that --out names", async () => {
  writeFileSync(join(folder, "alone.json"), read(RUN, "champion.json"));
  const { code } = await inProcess(["tune", "alone.json", ...QUICK, "--out", "made/here"], folder);
  expect(code).toBe(0);
  expect(JSON.parse(read("made", "here", "tuned.json")).genome).toEqual(JSON.parse(read("alone.json")).genome);
  expect(existsSync(join(folder, "made", "here", "tuning", "evaluation.json"))).toBe(true);
  const document = readRunDocument(join(folder, "made", "here", "tuned.json"));
  expect(document.champion).toMatchObject({ tuning: { method: "cmaes" } });
}, 30_000);

describe("refuses, and writes nothing", () => {
  test.each<[string[], string]>([
    [
      ["alone.json"],
      "Expected --out, the folder for tuned.json, since alone.json is no run folder: --out runs/tuned-1",
    ],
    [["nowhere.json", "--out", "made"], "Expected a champion at nowhere.json, but there is no such file."],
    [["run", "--method", "sgd"], 'Unknown method "sgd". Known: auto, adam, cmaes.'],
    [
      ["run", "--epochs", "3"],
      "Expected settings of --method cmaes, got --epochs, which is one of --method adam: leave one out.",
    ],
    [["run", "--sigma", "wide"], 'Expected sigma to be a number from 0.000001 to 1000000, got "wide"'],
    [["run", "--population", "2"], "Expected population to be an integer from 4 to 100000, or null, got 2"],
    [["run", "--task", "cartpole"], 'Expected 4 inputs and 2 outputs for task "cartpole", got 5 and 1 in run'],
  ])("%j", async (words, message) => {
    const place = temporaryFolder();
    writeRun(place, makeRun(2, "run"));
    mkdirSync(join(place, "made"));
    writeFileSync(join(place, "alone.json"), readFileSync(join(place, "run", "champion.json")));
    const { code, stdout, stderr } = await inProcess(["tune", ...words], place);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`precocial: ${message}`);
    for (const path of ["run/tuning", "run/tuned.json", "made/tuning"])
      expect(existsSync(join(place, path))).toBe(false);
  });
});

test("a method that the task cannot be tuned by is refused, and nothing is written", async () => {
  const place = temporaryFolder();
  writeRun(place, makeRun(2, "run"));
  const { code, stderr } = await inProcess(["tune", "run", "--method", "adam", "--weight", "1"], place);
  expect(code).toBe(2);
  expect(stderr).toContain(
    'precocial: Expected a task with examples for --method adam, got "swingup", which is played',
  );
  expect(existsSync(join(place, "run", "tuning"))).toBe(false);
});

test("--help shows the settings of each method", async () => {
  const { stdout } = await inProcess(["tune", "--help"]);
  for (const word of ["--method", "--again", "--generations", "--sigma", "--epochs", "Settings of --method adam:"]) {
    expect(stdout).toContain(word);
  }
});
