/** From what a plan lists to its variants: combinations, names, and settings put where they belong. */
import { basename, isAbsolute, resolve } from "node:path";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { describeSettings } from "../base/settings.ts";
import { absoluteTask } from "../files/task-files.ts";
import type { StageKind } from "../run/stage.ts";
import { IMPORTED_STAGE } from "../run/stages/imported-stage.ts";
import { STAGES } from "../run/stages/index.ts";
import { namesOfToday } from "../search/former-names.ts";
import type { TaskDefinition } from "../tasks/definition.ts";
import { studyKind } from "./kinds.ts";

/** Settings by name, as a plan gives them. */
export type Settings = Readonly<Record<string, unknown>>;

/** A variant as it is given: what sets it apart from the others. */
export interface GivenVariant {
  readonly name?: string;
  readonly settings: Settings;
}

/** Values to try, by setting. */
export type Choices = Readonly<Record<string, readonly unknown[]>>;

/**
 * Every variant with every combination of values, the first setting changing slowest.
 *
 * @param oneAtATime only those combinations in which at most one setting has not its first value
 */
export function combine(variants: readonly GivenVariant[], choices: Choices, oneAtATime: boolean): GivenVariant[] {
  let combinations: { readonly settings: Settings; readonly changes: number }[] = [{ settings: {}, changes: 0 }];
  for (const [setting, values] of Object.entries(choices)) {
    combinations = combinations.flatMap(({ settings, changes }) =>
      values.map((value, index) => ({
        settings: { ...settings, [setting]: value },
        changes: changes + (index > 0 ? 1 : 0),
      })),
    );
  }
  const kept = oneAtATime ? combinations.filter(({ changes }) => changes <= 1) : combinations;
  return variants.flatMap(({ name, settings: own }) =>
    kept.map(({ settings }) => {
      const words = [name ?? wordsOf(own), wordsOf(settings)].filter((part) => part !== "");
      return { name: words.join(", "), settings: { ...own, ...settings } };
    }),
  );
}

/** Settings in words: "crowding range, keepSplit always". */
export function wordsOf(settings: Settings): string {
  const text = (value: unknown) => (typeof value === "object" && value !== null ? listText(value) : String(value));
  return Object.entries(settings)
    .map(([setting, value]) => `${setting} ${text(value)}`)
    .join(", ");
}

function listText(value: object): string {
  return Array.isArray(value) ? value.join(" ") : wordsOf(value as Settings);
}

/** The kind of runs that settings are of. @throws UsageError if it is unknown */
export function kindOf({ stage = STAGES[0].name }: Settings): StageKind {
  // What comes from elsewhere is the same for every seed: there is nothing to repeat.
  const names = STAGES.map(({ name }) => name).filter((name) => name !== IMPORTED_STAGE.name);
  const known = checkKnown("stage", String(stage), names);
  return STAGES.find(({ name }) => name === known) as StageKind;
}

/** The task that settings name, as a run's config has it. @throws UsageError if none */
export function taskOf({ task }: Settings): string {
  if (typeof task !== "string") throw new UsageError("Expected the settings of a study to name a task, got none.");
  return absoluteTask(task);
}

/**
 * All settings of a variant but the seed and the length: those of the task where they belong, paths absolute, those of
 * the preset it may name, defaults filled in.
 *
 * @param given      settings of runs and of the task side by side, or the latter in `taskSettings`
 * @param definition the task that they name, loaded
 * @throws UsageError if one is unknown or out of range, or says the seed or the length, which are the study's
 */
export function completeSettings(given: Settings, definition: TaskDefinition): Settings {
  const kind = kindOf(given);
  const own = Object.keys(definition.settings.shape);
  const { preset, taskSettings, ...flat } = namesOfToday(given);
  for (const name of Object.keys(flat)) checkKnown("setting", name, [...studyKind(kind.name).settings, ...own]);
  const taskValues = Object.entries(flat).filter(([name]) => own.includes(name));
  const settings: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(flat).filter(([name]) => !own.includes(name))),
    task: taskOf(given),
    taskSettings: absolute(
      { ...(taskSettings as Settings | undefined), ...Object.fromEntries(taskValues) },
      describeSettings(definition.settings).flatMap(({ name, path }) => (path ? [name] : [])),
    ),
  };
  const named = preset === null || preset === undefined ? preset : String(preset);
  if (typeof named === "string" && !kind.hasPresets) {
    throw new UsageError(
      `Expected no preset for runs of kind "${kind.name}", got "${named}": only those of kind "search" take one.`,
    );
  }
  for (const name of ["seed", kind.length]) {
    if (name in flat) {
      const what = name === "seed" ? "seeds" : "budgets";
      throw new UsageError(`Expected no setting "${name}", which the ${what} of the study say.`);
    }
    delete settings[name];
  }
  const {
    seed: _,
    [kind.length]: __,
    ...complete
  } = kind.complete(absolute(settings, ["from"]), named) as unknown as Settings;
  return complete;
}

function absolute(settings: Settings, paths: readonly string[]): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      paths.includes(name) && typeof value === "string" ? resolve(value) : value,
    ]),
  );
}

/**
 * Of each of several complete settings those in which they differ, settings of the task among them: those that two of
 * them have with other values, or that of two of the same kind and task only one has. Of paths the last part, where
 * that tells them apart.
 */
export function differences(all: readonly Settings[]): Record<string, unknown>[] {
  const flat: Settings[] = all.map(({ taskSettings, format: _, ...own }) => ({
    ...own,
    ...(taskSettings as Settings),
  }));
  const differ = (name: string) =>
    flat.some((one) =>
      flat.some((other) => {
        if (name in one && name in other) return JSON.stringify(one[name]) !== JSON.stringify(other[name]);
        return name in one && one.stage === other.stage && one.task === other.task;
      }),
    );
  const names = [...new Set(flat.flatMap(Object.keys))].filter(differ);
  const short = new Map(names.map((name) => [name, shortPaths(flat.map((own) => own[name]))]));
  return flat.map((own) =>
    Object.fromEntries(names.filter((name) => name in own).map((name) => [name, short.get(name)?.(own[name])])),
  );
}

/** How values are written: absolute paths by their last part, where no two have the same. */
function shortPaths(values: readonly unknown[]): (value: unknown) => unknown {
  const paths = [...new Set(values.filter((value) => typeof value === "string" && isAbsolute(value)))] as string[];
  const areDistinct = new Set(paths.map((path) => basename(path))).size === paths.length;
  return (value) => (areDistinct && paths.includes(value as string) ? basename(value as string) : value);
}
