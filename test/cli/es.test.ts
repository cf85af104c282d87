/** `search --method es` on the built command line, and what other commands make of its run. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inProcess, type Outcome } from "../fixtures/command-line.ts";

let folder: string;
let first: Outcome;
const RUN = join("runs", "swingup-1");
const SMALL = ["--population", "12", "--episodes", "2", "--threads", "1", "--evaluation-episodes", "2"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  first = await inProcess(["search", "swingup", "--method", "es", "--generations", "3", ...SMALL], folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it shows each generation, and its champion on what the search never saw", () => {
  expect(first.code).toBe(0);
  expect(first.stderr).toContain(`Searching swingup among graded forms with 1 thread, seed 1; run folder ${RUN}\n`);
  expect(first.stderr).toMatch(/^generation 1\/3 \| best .* \| champion .* connections \| /m);
  expect(first.stdout).toMatch(/^3 generations in .*\.\nChampion of generation \d: \d+ connections, score /);
  expect(first.stdout).toContain("six standard shared weights");
  expect(JSON.parse(readFileSync(join(folder, RUN, "config.json"), "utf8"))).toMatchObject({
    stage: "es",
    outputs: "signs",
    weights: [1],
    starts: { hang: 0.5, up: 0.5 },
  });
});

test("resume, evaluate, draw and report take its run; runs and compare name it for what it is", async () => {
  const longer = await inProcess(["resume", RUN, "--generations", "4", "--evaluation-episodes", "2"], folder);
  expect(longer.stdout).toMatch(/^1 generation in .*, 4 in all\./);
  const evaluated = await inProcess(["evaluate", RUN, "--episodes", "2", "--json"], folder);
  expect(JSON.parse(evaluated.stdout).randomShared.mean).toBeGreaterThan(0);
  expect((await inProcess(["draw", RUN, "--out", "net.svg"], folder)).code).toBe(0);
  expect(existsSync(join(folder, "net.svg"))).toBe(true);
  expect((await inProcess(["report", RUN], folder)).code).toBe(0);
  expect(existsSync(join(folder, RUN, "report.html"))).toBe(true);
  const listed = await inProcess(["runs"], folder);
  expect(listed.stdout).toMatch(/swingup, evolved graded form +1 +finished +4\/4 /);
  const compared = await inProcess(["compare", RUN, "--format", "md"], folder);
  expect(compared.stdout).toMatch(/^\| runs\/swingup-1 \| evolved graded form \| 1 \| /m);
  expect(compared.stdout).toContain(
    "An evolved graded form hardly depends on the shared weight by its making: it is not selected for that.",
  );
});

test("a search by evolution starts from its champion, graded or not", async () => {
  for (const genome of ["graded", "any"]) {
    const words = ["search", "swingup", "--from", RUN, "--genome", genome, "--generations", "2", "--islands", "1"];
    const { code, stderr } = await inProcess([...words, ...SMALL, "--out", genome], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("generation 1/2") });
  }
});

test("a search over codes starts from its champion, whose signs may become switches", async () => {
  const words = ["search", "swingup", "--method", "es", "--from", RUN, "--outputs", "switches", "--generations", "2"];
  const { code, stderr } = await inProcess([...words, ...SMALL, "--out", "switches"], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("generation 1/2") });
  const [start] = readFileSync(join(folder, "switches", "generations.jsonl"), "utf8").split("\n");
  const champion = JSON.parse(readFileSync(join(folder, RUN, "champion.json"), "utf8"));
  expect(JSON.parse(start).scores.best).toBeGreaterThan(champion.score / 2);
  expect(existsSync(join(folder, "switches", "survival.jsonl"))).toBe(false);
});

test("--evaluations says how many generations there are; a study has it as a stage", async () => {
  // Of 12 codes one lives on, and is played again: 12 codes on 2 episodes at one weight are 24.
  const words = ["search", "swingup", "--method", "es", "--evaluations", "50", ...SMALL, "--out", "counted", "--json"];
  expect(JSON.parse((await inProcess(words, folder)).stdout).generations).toBe(2);
  const plan = {
    settings: { task: "cartpole", stage: "es", population: 8, episodes: 1 },
    vary: { multiplicity: [1, 2] },
    seeds: [11],
    generations: 2,
    evaluation: { episodes: 2 },
  };
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  const { code } = await inProcess(["study", "plan.json", "--out", "study", "--parallel", "1"], folder);
  expect(code).toBe(0);
  const { results } = JSON.parse(readFileSync(join(folder, "study", "study.json"), "utf8"));
  expect(results.map(({ variant }: { variant: string }) => variant)).toEqual(["multiplicity 1", "multiplicity 2"]);
  const compared = await inProcess(["compare", "study"], folder);
  expect(compared.stdout).toContain("evolved graded form");
});

describe("refuses", () => {
  test.each<[string[], string]>([
    [
      ["swingup", "--method", "es", "--tournament", "5"],
      "Expected settings of --method es, got --tournament, which is one of --method evolution: leave one out.",
    ],
    [["swingup", "--method", "es", "--from", "champion.json"], "champion.json, but there is no such file."],
    [
      ["swingup", "--method", "es", "--from", "any"],
      "Expected a champion of --method es to start from, got one whose graph no code of a form means: search from it by --method evolution.",
    ],
    [
      ["swingup", "--method", "es", "--from", RUN, "--features", "1"],
      "Expected a champion of at most 1 features to start from, got ",
    ],
    [
      ["swingup", "--method", "es", "--preset", "paper"],
      "Expected settings of --method es, got --preset, which is one of --method evolution: leave one out.",
    ],
    [
      ["swingup", "--features", "5"],
      "Expected settings of --method evolution, got --features, which is one of --method es: leave one out.",
    ],
    [
      ["digits", "--method", "gradient", "--evaluations", "5"],
      "Expected settings of --method gradient, got --evaluations, which is one of --method evolution: leave one out.",
    ],
    [
      ["swingup", "--method", "es", "--generations", "5", "--evaluations", "5"],
      "Expected --generations or --evaluations, which both say how long a search is to be, got both.",
    ],
    [
      ["swingup", "--method", "es", "--evaluations", "5"],
      "Expected evaluations of at least 1536, those of one generation, got 5.",
    ],
    [
      ["swingup", "--method", "es", "--multiplicity", "0"],
      "Expected multiplicity to be an integer from 1 to 100, got 0.",
    ],
    [
      ["csv", "--data", "numbers.csv", "--target", "y", "--method", "es"],
      'Expected a task that is played or classifies for --method es, got "csv" with a number to tell (y): ',
    ],
  ])("%j", async (words, message) => {
    writeFileSync(
      join(folder, "numbers.csv"),
      `x,y\n${Array.from({ length: 60 }, (_, row) => `${(row * 7) % 13},${((row * 7) % 13) + (row % 5) / 7}`).join("\n")}\n`,
    );
    const { code, stderr } = await inProcess(["search", ...words], folder);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});
