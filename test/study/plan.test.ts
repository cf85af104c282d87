/** Plans of studies: what they say is completed and is a plan again; what is wrong is named, with its variant. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { completeConfig } from "../../src/run/config.ts";
import { completeTrainConfig } from "../../src/run/stages/train-config.ts";
import { loadTaskSource } from "../../src/run/task-source.ts";
import { readPlan } from "../../src/study/folder.ts";
import { ordersOf, runFolders, runsOf } from "../../src/study/orders.ts";
import { changePlan, checkTasks, completePlan, planJson, quickPlan } from "../../src/study/plan.ts";
import { differences } from "../../src/study/variants.ts";
import { TASKS } from "../../src/tasks/registry.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const complete = (plan: unknown) => completePlan(plan, "plan.json");
const SWINGUP = { settings: { task: "swingup" }, generations: 10 };
const namesOf = async (plan: object) => (await complete({ ...SWINGUP, ...plan })).variants.map(({ name }) => name);

test("the least plan is one variant, one seed, one budget", async () => {
  const { variants, budgets, evaluation, reference } = await complete(SWINGUP);
  expect(variants.map(({ name, seeds }) => ({ name, seeds }))).toEqual([{ name: "default", seeds: [1] }]);
  const { seed: _, generations: __, ...settings } = completeConfig({ task: "swingup" });
  expect(variants[0].settings).toEqual(settings);
  expect({ budgets, evaluation, reference }).toEqual({
    budgets: { unit: "generations", values: [10] },
    evaluation: { episodes: 100, seed: 1 },
    reference: "default",
  });
});

test("a plan written when the setting select was called ranking is read as what it meant", async () => {
  const settings = (name: string) => complete({ settings: { task: "swingup", [name]: "nsga2" }, generations: 10 });
  const former = await settings("ranking");
  expect(former).toEqual(await settings("select"));
  expect(former.variants[0].settings).toMatchObject({ select: "nsga2" });
});

test("a study of an earlier version goes on without settings that came later, whatever the task's preset says by now", async () => {
  const plan = planJson(await complete({ settings: { task: "swingup", preset: "paper" }, generations: 10 })) as {
    variants: { settings: Record<string, unknown> }[];
  };
  const { islands: _, select: __, starts: ___, ...settings } = plan.variants[0].settings;
  const folder = temporaryFolder();
  const written = { ...plan, variants: [{ ...plan.variants[0], settings }] };
  writeFileSync(join(folder, "plan.json"), JSON.stringify(written));
  expect((await readPlan(folder)).variants[0].settings).toMatchObject({ islands: 1, select: "nsga2", starts: null });
});

test("a complete plan is a plan, which completes to itself", async () => {
  const good = await complete({
    question: "Which?",
    settings: { task: "swingup", episodes: 1 },
    variants: [{ name: "few", settings: { population: 8 }, seeds: [7] }, {}],
    grid: { keepSplit: ["never", "always"] },
    seeds: "1-3,9",
    maxTime: ["500ms", "1m", 90],
    evaluation: { episodes: 3, seed: "mine" },
    reference: "few, keepSplit always",
    target: 300,
  });
  const written = JSON.parse(JSON.stringify(planJson(good)));
  expect(await complete(written)).toEqual(good);
  expect(written).toMatchObject({ maxTime: [0.5, 60, 90], reference: "few, keepSplit always", target: 300 });
  expect(good.variants.map(({ name, seeds }) => [name, seeds])).toEqual([
    ["few, keepSplit never", [7]],
    ["few, keepSplit always", [7]],
    ["keepSplit never", [1, 2, 3, 9]],
    ["keepSplit always", [1, 2, 3, 9]],
  ]);
});

test("a grid has every combination, the first setting changing slowest; vary changes one at a time", async () => {
  const choices = { population: [8, 16], weights: [[-1, 1], [1]] };
  expect(await namesOf({ grid: choices })).toEqual([
    "population 8, weights -1 1",
    "population 8, weights 1",
    "population 16, weights -1 1",
    "population 16, weights 1",
  ]);
  expect(await namesOf({ vary: choices })).toEqual([
    "population 8, weights -1 1",
    "population 8, weights 1",
    "population 16, weights -1 1",
  ]);
});

test("settings of the task stand among the others or apart, and paths are absolute", async () => {
  const { variants } = await complete({
    settings: { task: "csv", target: "kind", taskSettings: { delimiter: ";" } },
    variants: [
      { settings: { data: "a.csv" } },
      { settings: { taskSettings: { data: "b.csv" }, from: "champion.json" } },
    ],
    generations: 1,
  });
  expect(variants.map(({ settings }) => settings.taskSettings)).toEqual([
    expect.objectContaining({ target: "kind", delimiter: ";", data: resolve("a.csv") }),
    expect.objectContaining({ target: "kind", delimiter: ";", data: resolve("b.csv") }),
  ]);
  expect(variants[1].settings.from).toBe(resolve("champion.json"));
  // A preset that is not the task's first has nothing of that one.
  const { variants: others } = await complete({ settings: { task: "swingup", preset: "paper" }, generations: 1 });
  expect(others[0].settings).toMatchObject({ population: 192, select: "nsga2", islands: 1 });
  expect(others[0].settings).toMatchObject({ starts: null });
});

test.each(
  TASKS.filter(({ name }) => name !== "csv").flatMap(({ name, presets }) =>
    Object.keys(presets).map((preset) => ({ task: name, preset })),
  ),
)("preset $preset of $task is in a study what it is in a search, settings of the task included", async (named) => {
  const { variants } = await complete({ settings: named, generations: 1 });
  const { seed: _, generations: __, ...settings } = completeConfig({ task: named.task }, { preset: named.preset });
  expect(variants[0].settings).toEqual(settings);
});

test("settings of the task stand over those of the preset", async () => {
  const settings = { task: "mnist", preset: "informed", batchSize: 250 };
  const { variants } = await complete({ settings, generations: 1 });
  expect(variants[0].settings.taskSettings).toMatchObject({ scores: "scaled", batchSize: 250 });
});

test("trainings are variants like any other; a study may have both, and several tasks", async () => {
  const plan = await complete({
    settings: { task: "digits" },
    variants: [
      { settings: { preset: "quick" } },
      { name: "trained", settings: { stage: "baseline", hidden: 8 } },
      { name: "other", settings: { task: "swingup" } },
    ],
    generations: [2, 5],
  });
  const { seed: _, epochs: __, ...trained } = completeTrainConfig({ task: "digits", hidden: 8 });
  expect(plan.variants[1].settings).toEqual(trained);
  expect(differences(plan.variants.map(({ settings }) => settings))[1]).toEqual({ stage: "baseline", task: "digits" });
  const [first, second] = ordersOf(plan, { variant: "trained", seed: 4 }, "runs/trained-4");
  expect(first).toMatchObject({ config: { epochs: 5, seed: 4, stage: "baseline" }, until: { steps: 2 }, budget: 2 });
  expect(second).toMatchObject({ config: { epochs: 5, seed: 4 }, until: { steps: 5 }, budget: 5 });
});

test("variants differ in the settings that two of them have with other values, given or not", () => {
  const search = { stage: "search", task: "a", taskSettings: { friction: 1 }, population: 192 };
  expect(differences([search, { ...search, population: 96 }])).toEqual([{ population: 192 }, { population: 96 }]);
  expect(differences([search, { ...search, from: "b" }])).toEqual([{}, { from: "b" }]);
  const paths = (...tasks: string[]) => differences(tasks.map((task) => ({ ...search, task }))).map(({ task }) => task);
  expect(paths("a", "/b/c.js", "/b/d.js")).toEqual(["a", "c.js", "d.js"]);
  expect(paths("a", "/b/c.js", "/d/c.js")).toEqual(["a", "/b/c.js", "/d/c.js"]);
  expect(differences([search, { ...search, taskSettings: { friction: 2 } }])).toEqual([
    { friction: 1 },
    { friction: 2 },
  ]);
  expect(differences([search, { stage: "baseline", task: "a", taskSettings: {}, hidden: 3 }])).toEqual([
    { stage: "search" },
    { stage: "baseline" },
  ]);
});

test("a budget of evaluations is the generations that fit, whatever the population", async () => {
  const plan = await complete({
    settings: { task: "swingup", weights: [-1, 1], episodes: 3 },
    grid: { population: [10, 25] },
    evaluations: [150, 1000],
  });
  const steps = plan.variants.map(({ name }) =>
    ordersOf(plan, { variant: name, seed: 1 }, "").map(({ until }) => until),
  );
  expect(steps).toEqual([
    [{ steps: 2 }, { steps: 16 }],
    [{ steps: 1 }, { steps: 6 }],
  ]);
});

test("with a budget of time runs have no other end", async () => {
  const plan = await complete({
    settings: { task: "digits" },
    variants: [{ name: "search" }, { name: "training", settings: { stage: "baseline" } }],
    maxTime: "2m",
  });
  const lastOf = (variant: string) => ordersOf(plan, { variant, seed: 1 }, "")[0];
  expect(lastOf("search")).toMatchObject({ config: { generations: null }, until: { seconds: 120 } });
  expect(lastOf("training")).toMatchObject({ config: { epochs: 1_000_000 }, until: { seconds: 120 } });
});

test("runs go seed by seed, each in a folder that is called after its variant", async () => {
  const plan = await complete({
    ...SWINGUP,
    variants: [{ name: "A: b/c" }, { name: "../x", seeds: [5] }],
    seeds: "2-3",
  });
  const runs = runsOf(plan);
  expect(runs).toEqual([
    { variant: "A: b/c", seed: 2 },
    { variant: "../x", seed: 5 },
    { variant: "A: b/c", seed: 3 },
  ]);
  expect(runs.map(runFolders("s", plan))).toEqual(["s/runs/A-b-c-2", "s/runs/x-5", "s/runs/A-b-c-3"]);
  const alike = await complete({ ...SWINGUP, variants: [{ name: "a b" }, { name: "A/b" }, { name: "?" }] });
  expect(runsOf(alike).map(runFolders("s", alike))).toEqual(["s/runs/1-a-b-1", "s/runs/2-A-b-1", "s/runs/3-variant-1"]);
});

test("{seed} in what runs start from is the seed of each", async () => {
  const plan = await complete({
    ...SWINGUP,
    settings: { ...SWINGUP.settings, from: "a/{seed}/b-{seed}.json" },
    seeds: "2-3",
  });
  const fromOf = (seed: number) => ordersOf(plan, { variant: "default", seed }, "")[0].config as { from?: string };
  expect(fromOf(2).from).toBe(resolve("a/2/b-2.json"));
  expect(fromOf(3).from).toBe(resolve("a/3/b-3.json"));
});

test("changes of a plan stand for its fields, a budget for any other; its quick version is such changes", () => {
  const plan = { settings: { task: "a" }, maxTime: "1h", seeds: "1-9", quick: { seeds: [1], generations: 2 } };
  expect(changePlan(plan, { evaluations: 5 })).toEqual({
    settings: { task: "a" },
    seeds: "1-9",
    quick: plan.quick,
    evaluations: 5,
  });
  expect(quickPlan(plan)).toEqual({ settings: { task: "a" }, seeds: [1], generations: 2 });
  expect(() => quickPlan({})).toThrow('Expected "quick" in the plan, the fields of its small version, got none.');
});

test.each<[string, unknown, string]>([
  ["no object", [], "Expected the plan of a study in plan.json: Invalid input: expected object, received array."],
  [
    "a field that is none",
    { ...SWINGUP, sedes: 1 },
    'Unknown field of a plan "sedes". Did you mean "seeds"? Known: format, ',
  ],
  [
    "a field of a variant",
    { ...SWINGUP, variants: [{ seed: 3 }] },
    'in plan.json: variants.0: Unrecognized key: "seed".',
  ],
  ["no task", { generations: 1 }, "Expected the settings of a study to name a task, got none."],
  [
    "an unknown task",
    { settings: { task: "swingpu" }, generations: 1 },
    'Unknown task "swingpu". Did you mean "swingup"?',
  ],
  [
    "an unknown kind",
    { ...SWINGUP, settings: { task: "swingup", stage: "x" } },
    'Unknown stage "x". Known: search, baseline, gradient, es, neat, fixed, adam, cmaes.',
  ],
  [
    "no budget",
    { settings: { task: "swingup" } },
    "Expected one budget of a study (generations, evaluations, maxTime), got none.",
  ],
  ["two budgets", { ...SWINGUP, maxTime: "1s" }, "(generations, evaluations, maxTime), got generations and maxTime."],
  [
    "budgets that fall",
    { ...SWINGUP, generations: [3, 2] },
    "Expected generations to rise from each value to the next, got 2 after 3.",
  ],
  [
    "an empty list of budgets",
    { ...SWINGUP, generations: [] },
    "Expected generations to rise from each value to the next, got none.",
  ],
  [
    "half a generation",
    { ...SWINGUP, generations: 0.5 },
    "Expected generations to be an integer of at least 1, got 0.5.",
  ],
  [
    "no time",
    { settings: { task: "swingup" }, maxTime: "5" },
    'Expected maxTime to be a time such as "90s", "5m" or "1h", got "5".',
  ],
  [
    "seeds that are none",
    { ...SWINGUP, seeds: "5-1" },
    'Expected seeds such as "1-20", "1-5,11" or [1, 2, 3], got "5-1".',
  ],
  ["a seed twice", { ...SWINGUP, seeds: "1-3,2" }, 'Expected each seed once, got 2 twice in "1-3,2".'],
  ["no seeds", { ...SWINGUP, seeds: [] }, "Expected at least one seed, got []."],
  ["a grid of nothing", { ...SWINGUP, grid: { population: [] } }, "in plan.json: grid.population: "],
  [
    "both grid and vary",
    { ...SWINGUP, grid: { cull: [0] }, vary: { cull: [0] } },
    "Expected grid or vary in plan.json, got both: name the combinations in variants.",
  ],
  [
    "variants of one name",
    { ...SWINGUP, variants: [{ name: "a" }, { name: "a" }] },
    'Expected variants of different names, got "a" twice.',
  ],
  ["an unknown reference", { ...SWINGUP, reference: "b" }, 'Unknown variant "b". Known: default.'],
  ["no episodes", { ...SWINGUP, evaluation: { episodes: 0 } }, "in plan.json: evaluation.episodes: "],
  [
    "a wrong value",
    { ...SWINGUP, grid: { population: [8, 1] } },
    'Variant "population 1": Expected population to be an integer from 2 to 100000, got 1.',
  ],
  [
    "an unknown setting",
    { ...SWINGUP, grid: { keepSplits: ["never"] } },
    'Variant "keepSplits never": Unknown setting "keepSplits". Did you mean "keepSplit"?',
  ],
  [
    "a seed as a setting",
    { ...SWINGUP, variants: [{ name: "a", settings: { seed: 3 } }] },
    'Variant "a": Expected no setting "seed", which the seeds of the study say.',
  ],
  [
    "a length as a setting",
    { ...SWINGUP, settings: { task: "digits", stage: "baseline", epochs: 3 } },
    'Expected no setting "epochs", which the budgets of the study say.',
  ],
  [
    "a preset for runs that have none",
    { ...SWINGUP, settings: { task: "swingup", stage: "es", preset: "paper" } },
    'Expected no preset for runs of kind "es", got "paper": only those of kind "search" take one.',
  ],
  [
    "an unknown preset",
    { ...SWINGUP, settings: { task: "swingup", preset: "x" } },
    'Unknown preset of swingup "x". Known: ',
  ],
  [
    "too few evaluations",
    { settings: { task: "swingup" }, evaluations: 100 },
    "Expected evaluations of at least 6912, those of one generation, got 100.",
  ],
  [
    "evaluations of a training",
    { settings: { task: "digits", stage: "baseline" }, evaluations: 100 },
    "Expected a budget of generations or maxTime, since evaluations of a baseline are not counted.",
  ],
])("%s is refused", async (_, plan, message) => {
  await expect(complete(plan)).rejects.toThrow(message);
});

test("a task that tells classes in one variant and numbers in another is refused", async () => {
  const data = (name: string, target: string) => ({
    data: resolve(`node_modules/vega-datasets/data/${name}.json`),
    target,
    ignore: "Name,Year",
  });
  const plan = await complete({
    settings: { task: "csv" },
    variants: [
      { name: "penguins", settings: { ...data("penguins", "Species"), ignore: "" } },
      { name: "cars", settings: data("cars", "Miles_per_Gallon") },
    ],
    generations: 1,
  });
  await expect(checkTasks(plan, (config) => loadTaskSource(config))).rejects.toThrow(
    'Variant "cars": Expected accuracy to be what "csv" reports, as in "penguins", got R2: make a study of each.',
  );
});
