/** `baseline fixed` on the built command line: a layered network as a champion, which other commands take and tune trains. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inProcess, type Outcome } from "../fixtures/command-line.ts";

let folder: string;
let first: Outcome;
const RUN = join("runs", "fixed-1");
const DATA = ["csv", "--data", "table.csv", "--target", "kind"];
const WORDS = ["baseline", "fixed", ...DATA, "--layers", "4,3", "--evaluation-episodes", "10"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  const rows = Array.from({ length: 120 }, (_, row) => {
    const [x, y] = [((row * 7) % 13) / 6 - 1, ((row * 5) % 17) / 8 - 1];
    return `${x},${y},${Math.abs(x) > 0.5 ? "outside" : y > 0 ? "above" : "below"}`;
  });
  writeFileSync(join(folder, "table.csv"), `x,y,kind\n${rows.join("\n")}\n`);
  first = await inProcess(WORDS, folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (run: string, name: string) => readFileSync(join(folder, run, name), "utf8");

test("it makes the layers and measures them untrained, like a champion", () => {
  expect(first.code).toBe(0);
  expect(first.stderr).toContain(`Making a fixed topology for csv, seed 1; run folder ${RUN}\n`);
  expect(first.stdout).toMatch(
    /^Fixed topology 2-4-3-3 with tanh: 39 connections\.\n\nIts scores untrained:\n\ncondition +mean/,
  );
  expect(first.stdout).toMatch(/^random individual weights +\d+\.\d %/m);
  expect(JSON.parse(read(RUN, "config.json"))).toMatchObject({ stage: "fixed", task: "csv", layers: [4, 3] });
  const { genome, score } = JSON.parse(read(RUN, "champion.json"));
  expect(genome.connections).toHaveLength(39);
  expect(genome.nodes.map(({ activation }: { activation: string }) => activation)).toEqual([
    ...["linear", "linear", "linear"],
    ...Array(7).fill("tanh"),
  ]);
  expect(JSON.parse(read(RUN, "generations.jsonl"))).toEqual({ generation: 0, connections: 39, score });
});

test("any number of threads and a stop give the same bytes", async () => {
  const stopped = await inProcess([...WORDS, "--out", "again", "--threads", "1", "--max-time", "0s"], folder);
  expect(stopped.stdout).toContain("To go on: precocial resume again");
  expect(existsSync(join(folder, "again", "champion.json"))).toBe(false);
  expect((await inProcess(["resume", "again", "--evaluation-episodes", "10"], folder)).code).toBe(0);
  for (const name of ["config.json", "generations.jsonl", "champion.json", "evaluation.json"]) {
    expect(read("again", name), name).toBe(read(RUN, name));
  }
});

test("evaluate, draw, report, runs and compare take it for what it is", async () => {
  const evaluated = JSON.parse((await inProcess(["evaluate", RUN, "--episodes", "10", "--json"], folder)).stdout);
  const { figures } = JSON.parse(read(RUN, "evaluation.json"));
  expect(evaluated.randomWeights).toEqual(figures.randomWeights);
  expect((await inProcess(["draw", RUN, "--out", "net.svg"], folder)).code).toBe(0);
  expect(readFileSync(join(folder, "net.svg"), "utf8")).toContain("tanh");
  expect((await inProcess(["report", RUN], folder)).code).toBe(0);
  expect(read(RUN, "report.html")).toContain('"stage":"fixed"');
  expect((await inProcess(["runs"], folder)).stdout).toMatch(
    /^runs\/fixed-1 +csv, fixed topology +1 +finished +1\/1 +log-likelihood -\d\.\d+ +\d+\.\d % +39 .* layers 4,3,/m,
  );
  const compared = await inProcess(["compare", RUN, "--format", "md"], folder);
  expect(compared.stdout).toMatch(/^\| runs\/fixed-1 \| fixed topology 2-4-3-3 \| 1 \| \d+\.\d ± \d+\.\d % \|/m);
});

test("tune trains its weights by gradients, from random ones", async () => {
  const words = ["tune", RUN, "--epochs", "60", "--batch", "20", "--evaluation-episodes", "10", "--json"];
  const tuned = await inProcess(words, folder);
  expect(tuned.code).toBe(0);
  expect(tuned.stderr).toContain("by --method adam");
  const { figures } = JSON.parse(tuned.stdout).evaluation;
  expect(figures.trainedWeights.mean).toBeGreaterThan(0.8);
  expect(figures.trainedWeights.mean).toBeGreaterThan(figures.bestShared.mean + 0.2);
  const { trainedWeights } = JSON.parse(read(RUN, "tuned.json"));
  expect(new Set(trainedWeights).size).toBe(39);
});

test.each([
  [["--layers", "0"], "Expected layers to be a list of at least one integer from 1 to 65536, got [0]."],
  [["--layers", "4,x"], 'Expected layers to be a list of at least one integer from 1 to 65536, got [4,"x"].'],
  [
    ["--epochs", "3"],
    "Expected settings of the model fixed, got --epochs, which is one of the model two-layer: leave one out.",
  ],
  [["--activation", "tahn"], 'got "tahn". Did you mean "tanh"?'],
  [
    ["--layers", "600,600"],
    "Expected layers with at most 200,000 connections, got 364,203 in 2-600-600-3: give fewer or smaller layers.",
  ],
])("%j is refused", async (words, message) => {
  const { code, stderr } = await inProcess(["baseline", "fixed", ...DATA, "--out", "refused", ...words], folder);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("settings of fixed topologies are none of trainings, which have their model's name", async () => {
  const wrong = await inProcess(["baseline", "linear", ...DATA, "--layers", "3"], folder);
  expect(wrong.stderr).toContain(
    "Expected settings of the model linear, got --layers, which is one of the model fixed: leave one out.",
  );
  const unknown = await inProcess(["baseline", "fixd", ...DATA], folder);
  expect(unknown.stderr).toContain('Unknown model "fixd". Did you mean "fixed"? Known: two-layer, linear, fixed.');
});

test("it has one step, and cannot be made longer", async () => {
  const { code, stderr } = await inProcess(["resume", RUN, "--generations", "2"], folder);
  expect(code).toBe(2);
  expect(stderr).toContain("Expected generations to be one of 1, got 2.");
});
