/** The experiments: every plan can be used as it is, and the quick ones of the trained networks run to a table. */
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

const read = (name: string, file: string) => readFileSync(join(EXPERIMENTS, name, file), "utf8");

/** Markdown without the padding of its tables, which the formatter adds. */
function bare(markdown: string): string {
  return markdown.replace(/ *\| */g, "|").replace(/-{3,}/g, "---");
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

describe.each(TRAINED)("%s", (name) => {
  test("has its table and curves made from its results", () => {
    const plan = plansOf(name)[0] as unknown as Plan;
    const rows: Row[] = JSON.parse(read(name, "results.json"));
    expect(rows).toHaveLength(
      plan.variants.reduce((sum, { draw }) => sum + plan.seeds.length + (draw ? plan.drawSeeds.length : 0), 0),
    );
    expect(bare(read(name, "README.md"))).toContain(
      bare(`<!-- results -->\n\n${table(rows, plan)}\n\n<!-- results end`),
    );
    expect(pictures(rows, plan)["curves.svg"]).toBe(read(name, "curves.svg"));
  });

  test("runs quickly on digits, and writes nothing", async () => {
    const before = readdirSync(join(EXPERIMENTS, name));
    const main = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(EXPERIMENTS, "main.ts"), name, "--quick"];
    const { stdout } = await run(process.execPath, main, { cwd: ROOT });
    const [plan] = plansOf(name).slice(1) as unknown as Plan[];
    const draws = plan.variants.filter(({ draw }) => draw).length;
    expect(stdout.trim().split("\n")).toHaveLength(2 + plan.variants.length + draws);
    expect(stdout).toMatch(/^\| \w+ [\d.]+( \(a draw\))? \| 1 \| \.\d{4} \(\.\d{4} to \.\d{4}\) \| /m);
    expect(readdirSync(join(EXPERIMENTS, name))).toEqual(before);
  });
});

test("an unknown experiment is refused with the known ones", async () => {
  const main = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(EXPERIMENTS, "main.ts"), "none"];
  const failed = await run(process.execPath, main, { cwd: ROOT }).catch((error) => error);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain('Unknown experiment "none". Known: digits, learning-rates, ');
  expect(existsSync(join(EXPERIMENTS, "none"))).toBe(false);
});
