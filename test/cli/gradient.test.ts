/** `search --method gradient` on the built command line, and what other commands make of its run. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inProcess, type Outcome } from "../fixtures/command-line.ts";

let folder: string;
let first: Outcome;
const RUN = join("runs", "csv-1");
const DATA = ["csv", "--data", "table.csv", "--target", "kind"];
const SMALL = [
  "--hidden",
  "8",
  "--connections",
  "60",
  "--epochs",
  "30",
  "--batch",
  "20",
  "--evaluation-episodes",
  "10",
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  const rows = Array.from({ length: 120 }, (_, row) => {
    const [x, y] = [((row * 7) % 13) / 6 - 1, ((row * 5) % 17) / 8 - 1];
    return `${x},${y},${Math.abs(x) > 0.5 ? "outside" : y > 0 ? "above" : "below"}`;
  });
  writeFileSync(join(folder, "table.csv"), `x,y,kind\n${rows.join("\n")}\n`);
  first = await inProcess(["search", ...DATA, "--method", "gradient", ...SMALL], folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it shows each epoch, and its champion, the same at every weight", () => {
  expect(first.code).toBe(0);
  expect(first.stderr).toContain(`Choosing a topology for csv by gradient, seed 1; run folder ${RUN}\n`);
  expect(first.stderr).toMatch(
    /^epoch 30\/30 \| loss \d\.\d{4} \| training \d+\.\d\d % \| validation \d+\.\d\d % \| 0s left$/m,
  );
  expect(first.stdout).toMatch(
    /^30 epochs in .*\.\nChampion of epoch \d+: \d+ connections, accuracy \d+\.\d\d % on validation examples, at every shared weight but 0\.\n\nIts scores on what the choice never saw:\n/,
  );
  const [, mean] = /six standard shared weights +(\d+\.\d %) +0\.0 %/.exec(first.stdout) ?? [];
  expect(first.stdout).toMatch(new RegExp(`random shared weight +${mean} +0\\.0 %`));
  expect(first.stdout).toMatch(
    new RegExp(`random shared weight of size +below 0\\.1 +to 0\\.5 +to 1 +to 2\\nmean( +${mean}){4}\\n`),
  );
  expect(JSON.parse(readFileSync(join(folder, RUN, "config.json"), "utf8"))).toMatchObject({
    stage: "gradient",
    task: "csv",
    hidden: 8,
    connections: 60,
    outputShare: 0.12,
  });
});

test("evaluate, draw and report take its champion, runs and compare name it for what it is", async () => {
  const evaluated = await inProcess(["evaluate", RUN, "--episodes", "10", "--json"], folder);
  const { figures, bands } = JSON.parse(evaluated.stdout);
  expect(figures ?? JSON.parse(evaluated.stdout)).toMatchObject({ standard: { std: 0 }, randomShared: { std: 0 } });
  expect(bands).toHaveLength(4);
  expect((await inProcess(["draw", RUN, "--out", "net.svg"], folder)).code).toBe(0);
  expect(readFileSync(join(folder, "net.svg"), "utf8")).toContain("relu");
  expect((await inProcess(["report", RUN], folder)).code).toBe(0);
  expect(existsSync(join(folder, RUN, "report.html"))).toBe(true);
  const listed = await inProcess(["runs"], folder);
  expect(listed.stdout).toMatch(/csv, graph chosen by gradient +1 +finished +30\/30 +accuracy \d+\.\d %/);
  const compared = await inProcess(["compare", RUN, "--format", "md"], folder);
  expect(compared.stdout).toMatch(/^\| runs\/csv-1 \| graph chosen by gradient \| 1 \| \d+\.\d ± 0\.0 % \|/m);
  expect(compared.stdout).toContain(
    "A graph chosen by gradient is not evolved: which connections it has was trained; their weights were not.",
  );
});

test("a graded search starts from it, and a resume that makes it longer is refused", async () => {
  const words = ["search", ...DATA, "--from", RUN, "--genome", "graded", "--generations", "2", "--population", "12"];
  const { code } = await inProcess([...words, "--out", "evolved", "--evaluation-episodes", "0"], folder);
  expect(code).toBe(0);
  const { genome } = JSON.parse(readFileSync(join(folder, "evolved", "champion.json"), "utf8"));
  expect(genome.grades).toBe(4);
  const longer = await inProcess(["resume", RUN, "--epochs", "40"], folder);
  expect(longer.code).toBe(2);
  expect(longer.stderr).toContain("Expected the 30 epochs that this run was started with, ");
});

describe("refuses", () => {
  test.each<[string[], string]>([
    [
      ["digits", "--method", "gradient", "--population", "5"],
      "Expected settings of --method gradient, got --population, which is one of --method evolution: leave one out.",
    ],
    [
      ["digits", "--method", "gradient", "--preset", "paper"],
      "Expected settings of --method gradient, got --preset, which is one of --method evolution: leave one out.",
    ],
    [
      ["digits", "--output-share", "0.2"],
      "Expected settings of --method evolution, got --output-share, which is one of --method gradient: leave one out.",
    ],
    [["digits", "--method", "descent"], 'Unknown method "descent". Known: evolution, gradient, es, neat.'],
    [["digits", "--genome", "graded", "--grades", "5"], "Expected grades to be an even integer from 2 to 20, got 5."],
    [
      ["swingup", "--method", "gradient"],
      'Expected a task with examples to train on, got "swingup", which is played: take one that classifies.',
    ],
  ])("%j", async (words, message) => {
    const { code, stderr } = await inProcess(["search", ...words], folder);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});
