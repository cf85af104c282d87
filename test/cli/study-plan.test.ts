/** From the options of `precocial study` to a plan, and what is refused of them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planOf } from "../../src/cli/study-plan.ts";
import { inProcess } from "../fixtures/command-line.ts";
import { planFolder } from "../fixtures/studies.ts";

const SETTINGS = ["population", "keepSplit", "weights", "pushForce"];

/** The variants of a plan, with some of their settings. */
async function variantsOf(values: object, what = "swingup") {
  const { variants } = await planOf({ generations: "3", ...values }, what);
  return variants.map(({ name, settings }) => [
    name,
    Object.fromEntries(Object.entries(settings).filter(([setting]) => SETTINGS.includes(setting))),
  ]);
}

test("--set gives all variants a value, or makes a variant of each", async () => {
  const common = { population: 8, weights: [-1, 1] };
  expect(await variantsOf({ set: ["population=8", "weights=-1,1", "keep-split=never,always"] })).toEqual([
    ["keepSplit never", { ...common, keepSplit: "never" }],
    ["keepSplit always", { ...common, keepSplit: "always" }],
  ]);
  const two = ["keepSplit=never,always", "weights=1;-1, 1"];
  const names = async (values: object) => (await variantsOf(values)).map(([name]) => name);
  expect(await names({ set: two })).toEqual([
    "keepSplit never, weights 1",
    "keepSplit never, weights -1 1",
    "keepSplit always, weights 1",
    "keepSplit always, weights -1 1",
  ]);
  expect(await names({ set: two, varyOne: true })).toEqual([
    "keepSplit never, weights 1",
    "keepSplit never, weights -1 1",
    "keepSplit always, weights 1",
  ]);
  expect(await names({ set: ["task=swingup,cartpole"] })).toEqual(["task swingup", "task cartpole"]);
  const starts = await planOf({ generations: "3", set: ["starts=hang;up,anywhere=0.5"] }, "swingup");
  expect(starts.variants.map(({ settings }) => settings.starts)).toEqual([{ hang: 1 }, { up: 1, anywhere: 0.5 }]);
});

test("seeds, budgets and measurements are as options say, with few seeds where nothing is said", async () => {
  const { variants, budgets, evaluation, reference } = await planOf(
    {
      seeds: "2-4,9",
      maxTime: "5m, 15m",
      episodes: "7",
      evaluationSeed: "x",
      set: ["cull=0,0.1"],
      reference: "cull 0.1",
    },
    "swingup",
  );
  expect({ seeds: variants[0].seeds, budgets, evaluation, reference }).toEqual({
    seeds: [2, 3, 4, 9],
    budgets: { unit: "seconds", values: [300, 900] },
    evaluation: { episodes: 7, seed: "x" },
    reference: "cull 0.1",
  });
  const usual = await planOf({ evaluations: "7000,90000" }, "swingup");
  expect(usual.variants[0].seeds).toEqual([1, 2, 3, 4, 5]);
  expect(usual.budgets).toEqual({ unit: "evaluations", values: [7000, 90000] });
});

test("options stand for fields of a file, and --quick for its small version", async () => {
  const path = join(planFolder({ quick: { seeds: [7], maxTime: "1s" } }), "plan.json");
  const quick = await planOf({ quick: true }, path);
  expect([quick.budgets, quick.variants[1].seeds]).toEqual([{ unit: "seconds", values: [1] }, [7]]);
  const changed = await planOf({ seeds: "3", evaluations: "64", set: ["population=4"] }, path);
  expect(changed.budgets).toEqual({ unit: "evaluations", values: [64] });
  expect(changed.variants.map(({ name, seeds }) => [name, seeds])).toEqual([
    ["keepSplit always", [3]],
    ["keepSplit never", [3]],
  ]);
  expect(changed.variants[0].settings).toMatchObject({ population: 4, tournament: 2 });
});

test.each<[string, object, string, string]>([
  [
    "a wrong value",
    { set: ["population=8,1"] },
    "swingup",
    'Variant "population 1": Expected population to be an integer from 2 to 100000, got 1.',
  ],
  [
    "a setting without a value",
    { set: ["population"] },
    "swingup",
    'Expected --set as a setting with values, such as population=96,192, got "population".',
  ],
  [
    "a setting twice",
    { set: ["keep-split=never", "keepSplit=always"] },
    "swingup",
    "Expected --set once for each setting, got keepSplit twice.",
  ],
  [
    "no budget",
    { generations: undefined },
    "swingup",
    "Expected one budget of a study (generations, evaluations, maxTime), got none.",
  ],
  ["an unknown task", {}, "swingpu", 'Unknown task "swingpu". Did you mean "swingup"?'],
  ["no such plan", {}, "other.json", "Expected the plan of a study at other.json, but there is no such file."],
  [
    "episodes that are none",
    { episodes: "0" },
    "swingup",
    "Expected --episodes to be an integer of at least 1, got 0.",
  ],
])("%s is refused", async (_, values, what, message) => {
  await expect(planOf({ generations: "3", ...values }, what)).rejects.toThrow(message);
});

test("a file that holds no plan is refused, and one without a small version if that is asked for", async () => {
  const folder = planFolder();
  const path = join(folder, "list.json");
  writeFileSync(path, "[1]");
  await expect(planOf({}, path)).rejects.toThrow(`Expected the plan of a study as a JSON object in ${path}, got [1].`);
  await expect(planOf({ quick: true }, join(folder, "plan.json"))).rejects.toThrow(
    'Expected "quick" in the plan, the fields of its small version, got none.',
  );
});

test("the command line takes --set again and again, and refuses a target that is none", async () => {
  const words = ["study", "swingup", "--generations", "1", "--set", "cull=0", "--set", "elites=2"];
  expect(await inProcess(words, planFolder())).toMatchObject({
    code: 2,
    stderr: "precocial: Expected elites to be a number from 0 to 0.9, got 2.\n",
  });
  const target = await inProcess(["study", "swingup", "--generations", "1", "--target", "high"], planFolder());
  expect(target.stderr).toBe('precocial: Expected --target to be a finite number, got "high".\n');
});
