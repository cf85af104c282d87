/** The experiments: every plan makes the rows of its results, tables are made from them, and quick plans run to a table. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { completePlan, quickPlan, type StudyPlan, type StudyRecord } from "precocial";
import { describe, expect, test } from "vitest";
import { type Experiment, picturesOf, readExperiment, tableOf } from "../experiments/results.ts";
import { figure, rows, table } from "../experiments/scale/run.ts";

const ROOT = join(import.meta.dirname, "..");
const EXPERIMENTS = join(ROOT, "experiments");
const run = promisify(execFile);

const NAMES = readdirSync(EXPERIMENTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(EXPERIMENTS, entry.name, "plan.json")))
  .map(({ name }) => name);

/** Experiments whose tables stand in README.md too. */
const IN_README = ["mnist", "mnist-30m", "search-defaults"];

/** Those that nobody has run yet: their tables say so. Whoever runs one takes it off the list. */
const NOT_RUN: string[] = [];

/** One of each kind: a search, one of a table, a training, a choice by gradient, codes of a form. Of all others the quick plan is completed. */
const QUICK = ["search-defaults", "penguins", "tuned", "topologies", "graded"];

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
async function plansOf(name: string): Promise<[StudyPlan, StudyPlan]> {
  const plan = JSON.parse(read(name, "plan.json"));
  return [await completePlan(plan, name), await completePlan(quickPlan(plan), name)];
}

/** What a plan makes a result of, and what results there are. */
const rowsOf = ({
  variants,
  budgets,
}: Pick<StudyPlan, "budgets"> & { variants: readonly { name: string; seeds: readonly number[] }[] }) =>
  variants.flatMap(({ name, seeds }) =>
    seeds.flatMap((seed) => budgets.values.map((budget) => ({ variant: name, seed, budget }))),
  );
const keysOf = ({ results }: StudyRecord) => results.map(({ variant, seed, budget }) => ({ variant, seed, budget }));

test.each(NAMES)("%s has a question, a command, and its results beside it", async (name) => {
  const [{ question }] = await plansOf(name);
  const readme = read(name, "README.md");
  expect(readme).toContain(`# ${question}\n`);
  expect(question).toMatch(/\?$/);
  expect(readme).toContain("**Question.**");
  expect(readme).toContain(`npm run experiment ${name}`);
  expect(readme.split(/<!-- results(?: end)? -->/)).toHaveLength(3);
});

describe.each(NAMES)("%s", (name) => {
  const experiment = readExperiment(join(EXPERIMENTS, name));
  const { record, recorded, references } = experiment;

  test("has a plan that makes the rows of its results, all of them and no others", async () => {
    const [plan] = await plansOf(name);
    const wanted = rowsOf(plan);
    expect(record === undefined && recorded === undefined).toBe(NOT_RUN.includes(name));
    if (record !== undefined) {
      expect(keysOf(record)).toEqual(wanted);
      expect(record.curves.map(({ variant, seed }) => ({ variant, seed }))).toEqual(
        wanted
          .filter(({ budget }) => budget === plan.budgets.values[0])
          .map(({ variant, seed }) => ({ variant, seed })),
      );
      expect({ ...record, results: [], curves: [] }).toMatchObject({
        budgets: plan.budgets,
        evaluation: plan.evaluation,
      });
    }
    if (recorded !== undefined) {
      const keys = keysOf(recorded);
      expect(wanted.filter((row) => keys.some((key) => JSON.stringify(key) === JSON.stringify(row)))).toEqual(keys);
      expect(keys.length).toBeGreaterThan(0);
      expect(recorded.made).toMatch(/\bcommits? [0-9a-f]{7}\b/);
    }
    for (const reference of Object.keys(references?.variants ?? {})) {
      expect(plan.variants.map((variant) => variant.name)).toContain(reference);
    }
  });

  test("has its table made from its results, here and in the README", () => {
    const made = bare(tableOf(experiment));
    expect(between(read(name, "README.md"), "<!-- results -->", "<!-- results end -->")).toBe(made);
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const [start, end] = [`<!-- results of ${name} -->`, `<!-- results of ${name} end -->`];
    expect(readme.includes(start)).toBe(IN_README.includes(name));
    if (IN_README.includes(name)) expect(between(readme, start, end)).toBe(made);
  });

  test.runIf(!NOT_RUN.includes(name))("shows a changed figure in its table", () => {
    const changed = (study: StudyRecord | undefined) =>
      study && {
        ...study,
        results: study.results.map((result) => ({
          ...result,
          figures: Object.fromEntries(Object.entries(result.figures).map(([figure, value]) => [figure, value * 0.9])),
        })),
      };
    const other = { ...experiment, record: changed(record), recorded: changed(recorded) } as Experiment;
    expect(tableOf(other)).not.toBe(tableOf(experiment));
  });

  test.runIf(QUICK.includes(name))("runs quickly without a download, writes nothing, and shows every row", async () => {
    const contents = () =>
      readdirSync(join(EXPERIMENTS, name)).map((file) => [file, readFileSync(join(EXPERIMENTS, name, file), "utf8")]);
    const before = contents();
    const main = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(EXPERIMENTS, "main.ts"), name, "--quick"];
    const { stdout } = await run(process.execPath, main, { cwd: ROOT });
    const [, quick] = await plansOf(name);
    for (const variant of quick.variants) expect(stdout).toMatch(new RegExp(`^\\| ${variant.name} .*\\d`, "m"));
    expect(contents()).toEqual(before);
    expect(existsSync(join(ROOT, "studies", name, "lock.json"))).toBe(false);
  });
});

test.each(["learning-rates", "regularization", "tuned"])(
  "%s has its curves made from its results, and shows figures of accuracy",
  (name) => {
    const experiment = readExperiment(join(EXPERIMENTS, name));
    expect(picturesOf(experiment)["curves.svg"]).toBe(read(name, "curves.svg"));
    expect(tableOf(experiment)).toMatch(/^\| \w+ [\d.]+( \(a draw\))? \| \d+ \| \.\d{4} \(\.\d{4} to \.\d{4}\) \| /m);
  },
);

test("racer and racer-graded have the courses of their champions drawn from their results", () => {
  for (const name of ["racer", "racer-graded"]) {
    const experiment = readExperiment(join(EXPERIMENTS, name));
    const { "course.svg": course } = picturesOf(experiment);
    expect(course).toBe(read(name, "course.svg"));
    const { record } = experiment;
    const shorter = record && { ...record, curves: record.curves.map((curve) => ({ ...curve, steps: [0, 1e6] })) };
    expect(picturesOf({ ...experiment, record: shorter })["course.svg"]).not.toBe(course);
  }
});

test("scale, which is a simulation, has its table and figure made from the times that were measured", () => {
  const all = rows();
  expect(between(read("scale", "README.md"), "<!-- results -->", "<!-- results end -->")).toBe(bare(table(all)));
  expect(read("scale", "scale.svg")).toBe(figure(all));
  const shares = all.flatMap((row) => row.shares).filter((share) => !Number.isNaN(share));
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  expect(Math.min(...shares)).toBeGreaterThan(0);
});

test("an unknown experiment is refused with the known ones", async () => {
  const main = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(EXPERIMENTS, "main.ts"), "none"];
  const failed = await run(process.execPath, main, { cwd: ROOT }).catch((error) => error);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain(
    'Unknown experiment "none". Known: biped, biped-hardcore, biped-rest, cars, classifiers, digits, graded, graded-10m, ',
  );
  expect(existsSync(join(EXPERIMENTS, "none"))).toBe(false);
});
