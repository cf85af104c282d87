/** From the options of `precocial study` to a plan. */
import { UsageError } from "../base/errors.ts";
import { describeSettings, type SettingInfo } from "../base/settings.ts";
import { readJson } from "../files/disk.ts";
import { runConfigSchema } from "../run/config.ts";
import { trainConfigSchema } from "../run/stages/train-config.ts";
import { changePlan, completePlan, quickPlan, type StudyPlan } from "../study/plan.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { integerOption, LOAD_OPTIONS, numberOrText, sharesOf, taskNamed, type Values } from "./command.ts";

/** Options that change a plan. */
export const PLAN_OPTIONS = {
  set: {
    type: "string",
    array: true,
    nargs: 1,
    describe:
      "A setting of the runs or the task with one value for all, or several to compare: population=96,192; several --set " +
      "are combined. Values that are lists themselves are parted by semicolons: weights=-1,1;-2,-1,1,2",
  },
  "vary-one": {
    type: "boolean",
    requiresArg: false,
    describe: "Vary one setting at a time from the first values, in place of all combinations",
  },
  seeds: { type: "string", describe: "Seeds of each variant: 1-20, or 1-5,11. Default: 1-5" },
  generations: {
    type: "string",
    describe: "Measure each run after so many generations (epochs), or after each of a list",
  },
  evaluations: {
    type: "string",
    describe: "The same in evaluations: a genome at a weight on an episode, or batch, is one",
  },
  "max-time": { type: "string", describe: "The same in time: 60s, or 5m,15m" },
  episodes: { type: "string", describe: "Episodes of the measurements, as of evaluate. Default: 100" },
  "evaluation-seed": { type: "string", describe: "Seed of the measurements. Default: 1" },
  reference: { type: "string", describe: "Variant that the others are compared with, by name. Default: the first" },
  quick: { type: "boolean", requiresArg: false, describe: "Of a plan with a small version, that one" },
  out: {
    type: "string",
    describe: "Study folder to make; default: studies/<task>-<number>, studies/<name of the plan>",
  },
} as const;

/** Seeds where nothing is said: few, but more than one. */
const USUAL_SEEDS = "1-5";

/**
 * The plan that a command line asks for.
 *
 * @param what a task, or the file of a plan, of which options change fields
 * @throws UsageError if it cannot be used
 */
export async function planOf(values: Values, what: string): Promise<StudyPlan> {
  const isFile = isPlanFile(what);
  const written = isFile ? readPlanFile(what) : { settings: { task: what }, seeds: USUAL_SEEDS };
  const plan = values.quick === true ? quickPlan(written) : written;
  const { settings, grid } = await chosen(values, plan.settings as Record<string, unknown> | undefined);
  const changes = {
    ...(Object.keys(settings).length > 0 && { settings: { ...(plan.settings as object | undefined), ...settings } }),
    ...(Object.keys(grid).length > 0 && { [values.varyOne === true ? "vary" : "grid"]: grid }),
    ...fieldsOf(values),
  };
  return completePlan(changePlan(plan, changes), isFile ? what : "the options", LOAD_OPTIONS);
}

/** Whether a word names a plan rather than a task. */
export function isPlanFile(what: string): boolean {
  return what.endsWith(".json");
}

function readPlanFile(path: string): Record<string, unknown> {
  const plan = readJson(path, "the plan of a study");
  if (typeof plan === "object" && plan !== null && !Array.isArray(plan)) return plan as Record<string, unknown>;
  throw new UsageError(`Expected the plan of a study as a JSON object in ${path}, got ${JSON.stringify(plan)}.`);
}

/** The fields of a plan that options give. */
function fieldsOf(values: Values): Record<string, unknown> {
  const list = (name: string) =>
    textOf(values, name)
      ?.split(",")
      .map((item) => item.trim());
  const evaluation = {
    ...(values.episodes !== undefined && { episodes: integerOption(values, "episodes", 0, 1) }),
    ...(values.evaluationSeed !== undefined && { seed: numberOrText(String(values.evaluationSeed)) }),
  };
  const fields = {
    seeds: textOf(values, "seeds"),
    generations: list("generations")?.map(numberOrText),
    evaluations: list("evaluations")?.map(numberOrText),
    maxTime: list("maxTime"),
    evaluation: Object.keys(evaluation).length > 0 ? evaluation : undefined,
    reference: textOf(values, "reference"),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function textOf(values: Values, name: string): string | undefined {
  return values[name] === undefined ? undefined : String(values[name]);
}

/** What --set says: settings with one value, and those with several. */
async function chosen(
  values: Values,
  given: Readonly<Record<string, unknown>> = {},
): Promise<Record<"settings" | "grid", Record<string, unknown>>> {
  const words = (values.set ?? []) as readonly string[];
  const task = words
    .find((word) => word.startsWith("task="))
    ?.slice("task=".length)
    .split(",") ?? [given.task];
  const known: SettingInfo[] = [...describeSettings(runConfigSchema), ...describeSettings(trainConfigSchema)];
  for (const name of task) {
    if (typeof name === "string") known.push(...describeSettings(taskDefinition(await taskNamed(name)).settings));
  }
  const settings: Record<string, unknown> = {};
  const grid: Record<string, unknown> = {};
  for (const word of words) {
    const [, option, text] = /^([\w-]+)=(.*)$/s.exec(word) ?? [];
    if (option === undefined) {
      throw new UsageError(
        `Expected --set as a setting with values, such as population=96,192, got ${JSON.stringify(word)}.`,
      );
    }
    const name = option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (name in settings || name in grid)
      throw new UsageError(`Expected --set once for each setting, got ${name} twice.`);
    const choices = choicesOf(
      text,
      known.find((setting) => setting.name === name),
    );
    if (choices.length === 1) [settings[name]] = choices;
    else grid[name] = choices;
  }
  return { settings, grid };
}

/** The values in a text, parted by commas, or, where each is a list itself, by semicolons. */
function choicesOf(text: string, setting: SettingInfo | undefined): unknown[] {
  const items = (part: string) => part.split(",").map((item) => item.trim());
  if (setting?.type === "array") return text.split(";").map((part) => items(part).map(numberOrText));
  if (setting?.type === "shares") return text.split(";").map(sharesOf);
  if (setting?.type === "string") return items(text);
  if (setting?.type === "boolean")
    return items(text).map((item) => (item === "true" ? true : item === "false" ? false : item));
  return items(text).map(numberOrText);
}
