/** The experiments: every plan makes the rows of its results, tables are made from them, and quick plans run to a table. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Plan, Row } from "../experiments/baseline.ts";
import { pictures, table } from "../experiments/baseline-table.ts";
import { completeConfig, parseTrainSettings } from "../src/index.ts";

const ROOT = join(import.meta.dirname, "..");
const EXPERIMENTS = join(ROOT, "experiments");
const run = promisify(execFile);

const NAMES = readdirSync(EXPERIMENTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const TRAINED = ["learning-rates", "regularization", "tuned"];

/** Experiments whose tables stand in README.md too. */
const IN_README = ["mnist", "search-defaults"];

const read = (name: string, file: string) => readFileSync(join(EXPERIMENTS, name, file), "utf8");

/** Markdown without what a formatter does to a table: padding, and other marks of emphasis. */
function bare(markdown: string): string {
  return markdown
    .replace(/ *\| */g, "|")
    .replace(/-{3,}/g, "---")
    .replace(/\|_([^|]*)_\|/g, "|*$1*|");
}

/** What stands between two markers of a document, bare. */
function between(text: string, start: string, end: string): string {
  return bare(text.slice(text.indexOf(start) + start.length, text.indexOf(end)).trim());
}

/** The plan of an experiment, and its quick one. */
function plansOf(name: string): Record<string, unknown>[] {
  const plan = JSON.parse(read(name, "config.json"));
  return [plan, { ...plan, ...plan.quick }];
}

test.each(NAMES)("%s has a question, a command, a plan that can be used, and its results beside it", (name) => {
  const readme = read(name, "README.md");
  expect(readme).toMatch(/^# .*\?$/m);
  expect(readme).toContain("**Question.**");
  expect(readme).toContain(`npm run experiment ${name}`);
  expect(readme.split(/<!-- results(?: end)? -->/)).toHaveLength(3);
  for (const { settings, variants } of plansOf(name)) {
    for (const variant of variants as Record<string, unknown>[]) {
      const all = { ...(settings as object), ...((variant.settings as object | undefined) ?? variant) };
      if (TRAINED.includes(name)) parseTrainSettings(all);
      else completeConfig(all);
    }
  }
});

describe.each(NAMES)("%s", (name) => {
  const [plan, quick] = plansOf(name);
  const rows: Record<string, unknown>[] = JSON.parse(read(name, "results.json"));
  /** What identifies a row among those that the plan makes. */
  const planned = async (made: Record<string, unknown>): Promise<Record<string, unknown>[]> =>
    (await import(join(EXPERIMENTS, name, "run.ts"))).plannedRows(made);
  const tableOf = async (shown: unknown[]): Promise<string> =>
    (await import(join(EXPERIMENTS, name, "table.ts"))).table(shown, plan);

  test("has a plan that makes the rows of its results, all of them and no others", async () => {
    const wanted = await planned(plan);
    const keys = Object.keys(wanted[0]);
    expect(rows.map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])))).toEqual(wanted);
  });

  test("has its table made from its results, here and in the README", async () => {
    const made = bare(await tableOf(rows));
    expect(between(read(name, "README.md"), "<!-- results -->", "<!-- results end -->")).toBe(made);
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const [start, end] = [`<!-- results of ${name} -->`, `<!-- results of ${name} end -->`];
    expect(readme.includes(start)).toBe(IN_README.includes(name));
    if (IN_README.includes(name)) expect(between(readme, start, end)).toBe(made);
  });

  test("shows a changed figure in its table", async () => {
    const changed = rows.map((row) => ({
      ...row,
      ...Object.fromEntries(["standard", "ensemble", "test"].map((key) => [key, Number(row[key]) * 0.9])),
    }));
    expect(await tableOf(changed)).not.toBe(await tableOf(rows));
  });

  test("runs quickly without a download, writes nothing, and shows every row of the quick plan", async () => {
    const contents = () =>
      readdirSync(join(EXPERIMENTS, name)).map((file) => [file, readFileSync(join(EXPERIMENTS, name, file), "utf8")]);
    const before = contents();
    const main = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(EXPERIMENTS, "main.ts"), name, "--quick"];
    const { stdout, stderr } = await run(process.execPath, main, { cwd: ROOT });
    const made = stderr.split("\n").filter((line) => line.startsWith("{"));
    const wanted = await planned(quick);
    expect(made.map((line) => JSON.parse(line))).toEqual(wanted.map((row) => expect.objectContaining(row)));
    for (const { variant } of wanted) expect(stdout).toContain(`| ${variant} `);
    expect(contents()).toEqual(before);
  });
});

test.each(TRAINED)("%s has its curves made from its results, and shows figures of accuracy", (name) => {
  const plan = plansOf(name)[0] as unknown as Plan;
  const rows: Row[] = JSON.parse(read(name, "results.json"));
  expect(pictures(rows, plan)["curves.svg"]).toBe(read(name, "curves.svg"));
  expect(table(rows, plan)).toMatch(/^\| \w+ [\d.]+( \(a draw\))? \| \d+ \| \.\d{4} \(\.\d{4} to \.\d{4}\) \| /m);
});

test("an unknown experiment is refused with the known ones", async () => {
  const main = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(EXPERIMENTS, "main.ts"), "none"];
  const failed = await run(process.execPath, main, { cwd: ROOT }).catch((error) => error);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain('Unknown experiment "none". Known: digits, learning-rates, ');
  expect(existsSync(join(EXPERIMENTS, "none"))).toBe(false);
});
