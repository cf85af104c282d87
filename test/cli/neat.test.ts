/** `search --method neat` on the built command line, and what other commands make of its run. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inProcess, type Outcome } from "../fixtures/command-line.ts";
import { fixture } from "../fixtures/folder.ts";

let folder: string;
let first: Outcome;
const RUN = join("runs", "swingup-1");
const SMALL = ["--population", "12", "--episodes", "2", "--threads", "1", "--evaluation-episodes", "2"];
const NEAT = ["search", "swingup", "--method", "neat"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  first = await inProcess([...NEAT, "--generations", "3", ...SMALL], folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it shows each generation, and its champion with its own weights", () => {
  expect(first.code).toBe(0);
  expect(first.stderr).toContain(`Evolving graphs and weights for swingup with 1 thread, seed 1; run folder ${RUN}\n`);
  expect(first.stderr).toMatch(/^generation 1\/3 \| best .* \| champion .* connections \| /m);
  expect(first.stdout).toMatch(/^3 generations in .*\.\nChampion of generation \d: \d+ connections, score /);
  expect(first.stdout).toMatch(/^trained weights +\d/m);
});

test("resume, evaluate, draw, report and compare take its run, and name it for what it is", async () => {
  const longer = await inProcess(["resume", RUN, "--generations", "4", "--evaluation-episodes", "2"], folder);
  expect(longer.stdout).toMatch(/^1 generation in .*, 4 in all\./);
  const evaluated = await inProcess(["evaluate", RUN, "--episodes", "2", "--json"], folder);
  const { figures } = JSON.parse(readFileSync(join(folder, RUN, "evaluation.json"), "utf8"));
  expect(JSON.parse(evaluated.stdout).trainedWeights).toEqual(figures.trainedWeights);
  expect((await inProcess(["draw", RUN, "--out", "net.svg"], folder)).code).toBe(0);
  expect((await inProcess(["report", RUN], folder)).code).toBe(0);
  expect(existsSync(join(folder, RUN, "report.html"))).toBe(true);
  const listed = await inProcess(["runs"], folder);
  expect(listed.stdout).toMatch(/swingup, NEAT, weights evolved +1 +finished +4\/4 /);
  const compared = await inProcess(["compare", RUN, "--format", "md"], folder);
  expect(compared.stdout).toMatch(/^\| runs\/swingup-1 \| NEAT, weights evolved \| 1 \| /m);
  expect(compared.stdout).toContain("NEAT, weights evolved: every connection has a weight of its own");
});

test("both methods start from a champion, its own or the paper's, and tell of its genes", async () => {
  const starts = { evolution: RUN, neat: fixture("wannrelease/swing.out") ?? RUN };
  for (const [method, from] of Object.entries(starts)) {
    const words = ["search", "swingup", "--method", method, "--from", from, "--generations", "2", "--out", method];
    const { code, stderr } = await inProcess([...words, ...SMALL], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("generation 1/2") });
    expect(readFileSync(join(folder, method, "survival.jsonl"), "utf8").split("\n").length).toBe(3);
  }
});

test("--evaluations says how many generations there are; a study has it as a stage", async () => {
  const words = [...NEAT, "--evaluations", "50", ...SMALL, "--out", "counted", "--json"];
  expect(JSON.parse((await inProcess(words, folder)).stdout).generations).toBe(2);
  const plan = {
    settings: { task: "cartpole", stage: "neat", population: 8, episodes: 1 },
    vary: { speciesTarget: [2, 4] },
    seeds: [11],
    evaluations: 24,
    evaluation: { episodes: 2 },
  };
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  const { code, stderr } = await inProcess(["study", "plan.json", "--out", "study", "--parallel", "1"], folder);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { results } = JSON.parse(readFileSync(join(folder, "study", "study.json"), "utf8"));
  expect(results.map(({ variant }: { variant: string }) => variant)).toEqual(["speciesTarget 2", "speciesTarget 4"]);
});

describe("refuses", () => {
  test.each<[string[], string]>([
    [
      ["swingup", "--method", "neat", "--tournament", "5"],
      "Expected settings of --method neat, got --tournament, which is one of --method evolution: leave one out.",
    ],
    [
      ["swingup", "--stagnation", "5"],
      "Expected settings of --method evolution, got --stagnation, which is one of --method neat: leave one out.",
    ],
    [
      ["swingup", "--method", "neat", "--evaluations", "5"],
      "Expected evaluations of at least 1200, those of one generation, got 5.",
    ],
    [["swingup", "--method", "neat", "--survival", "2"], "Expected survival to be a number from 0 to 1, got 2."],
    [["cartpole", "--method", "neat", "--from", RUN], "to start from"],
  ])("%j", async (words, message) => {
    const { code, stderr } = await inProcess(["search", ...words], folder);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});
