/** `precocial compare`: its tables, and what it says of runs that cannot be compared. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { comparisonTable, notesOf } from "../../src/cli/compare-table.ts";
import type { ComparisonRow } from "../../src/cli/row-makers.ts";
import { CONDITION_NAMES } from "../../src/measure/conditions.ts";
import { ACCURACY } from "../../src/tasks/classification/classification.ts";
import { TASKS, taskDefinition } from "../../src/tasks/registry.ts";
import { precocial } from "../fixtures/command-line.ts";
import { smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const EVOLVED: ComparisonRow = {
  name: "runs/<a>|b",
  kind: "evolved",
  task: "mnist",
  network: "evolved graph",
  scores: { randomShared: 0.82, ensemble: 0.916 },
  deviations: { randomShared: 0.1443 },
  measure: ACCURACY,
  size: 1849,
  seen: 12_345_678,
  seconds: 125,
};
const TRAINED: ComparisonRow = {
  ...EVOLVED,
  name: "runs/two-layer-1",
  kind: "trained",
  network: "two-layer 784-128-10",
  scores: { trainedWeights: 0.9248 },
  deviations: undefined,
  size: 101_770,
};
const REFERENCE: ComparisonRow = {
  name: "paper's WANN",
  kind: "reference",
  task: "mnist",
  scores: { randomShared: 0.82 },
  measure: ACCURACY,
};

describe("a comparison", () => {
  const rows = [EVOLVED, TRAINED, REFERENCE];

  test("as text has a column for each condition that is there, and - where nothing is known", () => {
    const lines = comparisonTable(rows, ["A note."], "table").split("\n");
    expect(lines[0]).toMatch(/^run +task +network +random shared +vote +trained +size +seen +time$/);
    expect(lines[1]).toMatch(/82\.0 ± 14\.4 % +91\.6 % +- +1,849 +12,345,678 +2m 05s$/);
    expect(lines[2]).toMatch(/^runs\/two-layer-1 +mnist +two-layer 784-128-10 +- +- +92\.5 % +101,770 /);
    expect(lines[3]).toMatch(/^paper's WANN +mnist +reference +82\.0 % +- +- +- +- +-$/);
    expect(lines.slice(4)).toEqual(["", "A note."]);
  });

  test("as Markdown and HTML keeps names from being read as marks", () => {
    const markdown = comparisonTable(rows, ["A note."], "md").split("\n");
    expect(markdown[1]).toBe("|---|---|---|---:|---:|---:|---:|---:|---:|");
    expect(markdown[2]).toContain("| runs/<a>\\|b | mnist |");
    expect(markdown.slice(-2)).toEqual(["", "A note."]);
    const html = comparisonTable(rows, ["1 < 2"], "html");
    expect(html).toContain("<td>runs/&lt;a&gt;|b</td>");
    expect(html).toContain("<p>1 &lt; 2</p>");
    expect(html.match(/<tr>/g)).toHaveLength(4);
  });

  test("says when runs are of different tasks, and what the columns count", () => {
    expect(notesOf(rows)).toHaveLength(4);
    expect(notesOf(rows)[1]).toBe(
      "± is the standard deviation over weights, and over episodes where the task has them.",
    );
    const mixed = notesOf([EVOLVED, { ...EVOLVED, task: "swingup" }]);
    expect(mixed[0]).toBe("The runs are of different tasks (mnist, swingup): scores compare only within one.");
  });

  test("scores of environments are no percentages", () => {
    const row = {
      ...EVOLVED,
      measure: taskDefinition("swingup").reported,
      scores: { standard: 611.4 },
      deviations: { standard: 210.2 },
    };
    expect(comparisonTable([row], [], "table")).toMatch(/ 611 ± 210 /);
  });
});

test("published figures are of conditions there are, accuracies as fractions", () => {
  expect(TASKS.filter(({ figures }) => figures !== undefined).map(({ name }) => name)).toEqual([
    "swingup",
    "mnist",
    "mnist-full",
  ]);
  for (const { figures = [], reported } of TASKS) {
    for (const { scores } of figures) {
      expect(CONDITION_NAMES).toEqual(expect.arrayContaining(Object.keys(scores)));
      for (const score of Object.values(scores)) expect(score <= 1).toBe(reported.unit === "share");
    }
  }
});

test("compare measures runs of both kinds, and the paper's figures stand below", async () => {
  const folder = temporaryFolder();
  await precocial(["search", "swingup", "--out", "evolved", ...smallOptions(2)], folder);
  const small = ["digits", "--hidden", "12", "--init", "0.1", "--epochs", "2", "--json", "--out", "trained"];
  const baseline = JSON.parse((await precocial(["baseline", "two-layer", ...small], folder)).stdout);
  const words = ["compare", "evolved", "trained/", "--episodes", "2", "--threads", "1"];
  const { code, stdout, stderr } = await precocial([...words, "--json"], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { runs, references, notes } = JSON.parse(stdout);
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
  expect(references.map(({ name }: ComparisonRow) => name)).toContain("paper's WANN");
  expect(notes[0]).toMatch(/^The runs are of different tasks \(swingup, digits\)/);
  expect((await precocial([...words, "--format", "md"], folder)).stdout).toMatch(/^\| run \| task \| network \| six w/);
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
  await precocial(["search", "swingup", "--out", "here", ...smallOptions(1)], folder);
  await precocial(["search", "csv", "--out", "evolved", "--data", ...table, ...size], folder);
  await precocial(
    ["baseline", "linear", "csv", "--out", "trained", "--batch", "4", "--epochs", "1", "--data", ...table, ...NOT_KEPT],
    folder,
  );
  const words = ["compare", "evolved", "trained", "here", "--episodes", "2", "--threads", "1"];
  const whole = JSON.parse((await precocial([...words, "--json"], folder)).stdout);
  expect(Object.keys(whole.runs[0].deviations)).toEqual(["standard", "randomWeights", "randomShared"]);
  expect(whole.runs[1].deviations).toBeUndefined();
  expect(Object.keys(whole.runs[2].deviations)).toEqual(["standard", "randomWeights", "randomShared", "bestShared"]);

  rmSync(join(folder, "table.csv"));
  const { code, stdout, stderr } = await precocial([...words, "--json"], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { runs, notes } = JSON.parse(stdout);
  const { deviations: _, ...evolved } = whole.runs[0];
  const reason = `Expected a readable table at ${join(folder, "table.csv")}: ENOENT`;
  expect(runs[0]).toEqual({ ...evolved, scores: {}, absent: expect.stringContaining(reason) });
  const { seen, ...trained } = whole.runs[1];
  expect(seen).toBe(18);
  expect(runs[1]).toEqual({ ...trained, scores: {}, absent: expect.stringContaining(reason) });
  expect(runs[2]).toEqual(whole.runs[2]);
  expect(notes).toContainEqual(expect.stringContaining(`evolved was not measured. ${reason}`));
  const text = (await precocial(words, folder)).stdout;
  expect(text).toMatch(/^evolved +csv +evolved graph +- +- +- +- +- +\d/m);
  expect(text).toMatch(/^here +swingup +evolved graph +\d+ ± \d+ +\d+ ± \d+ /m);
});

test("compare refuses an unknown format, and a folder that is no run", async () => {
  const folder = temporaryFolder();
  const format = await precocial(["compare", "none", "--format", "pdf"], folder);
  expect(format).toEqual({
    code: 2,
    stdout: "",
    stderr: 'precocial: Unknown format "pdf". Known: table, md, html, json.\n',
  });
  const none = await precocial(["compare", "none"], folder);
  expect(none.code).toBe(2);
  expect(none.stderr).toContain("Expected a run folder, but none is not there");
});
