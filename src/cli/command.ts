/** What a command is, and how settings become options. */
import { resolve } from "node:path";
import type { Options, PositionalOptions } from "yargs";
import { UsageError } from "../base/errors.ts";
import { describeSettings, type SettingInfo } from "../base/settings.ts";
import { parseTime } from "../base/time.ts";
import { type LoadOptions, loadOwnTask } from "../evaluation/threads-load.ts";
import { absoluteTask } from "../files/task-files.ts";
import { runConfigSchema } from "../run/config.ts";
import type { TaskDefinition } from "../tasks/definition.ts";
import { isCommandLine, joinWords } from "../tasks/process/command-line.ts";
import { TASKS, taskDefinition } from "../tasks/registry.ts";
import { kebab } from "./kebab.ts";

/** Values of options and positionals by name. */
export type Values = Readonly<Record<string, unknown>>;

/** A command of the command line. */
export interface Command {
  readonly name: string;
  readonly positionals: Readonly<Record<string, PositionalOptions>>;
  readonly options: Readonly<Record<string, Options>>;
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [string, string])[];
  /** The task that a command line names, where its own settings are options of the command too. */
  readonly task?: (positionals: readonly string[], values: Values) => Promise<string | undefined>;
  readonly run: (values: Values) => Promise<void>;
}

/** Options of every command. */
const COMMON_OPTIONS = ["json", "help", "version"];

/** Settings that are no options of their own. */
const NOT_OPTIONS = ["format", "stage", "task", "taskSettings"];

/** Settings whose defaults differ by task. */
const BY_TASK = new Set(TASKS.flatMap(({ presets }) => Object.values(presets).flatMap(Object.keys)));

/** The settings of a run that can be given as options. */
export const RUN_SETTINGS: readonly SettingInfo[] = optionSettings(runConfigSchema);

/** Options for the settings of a run. */
export const RUN_OPTIONS: Readonly<Record<string, Options>> = optionsFor(RUN_SETTINGS, "Settings of the run:");

/** The settings of a kind of run that can be given as options. */
export function optionSettings(schema: Parameters<typeof describeSettings>[0]): readonly SettingInfo[] {
  return describeSettings(schema).filter(({ name }) => !NOT_OPTIONS.includes(name));
}

/** Says so where the module of a task takes long. */
export const LOAD_OPTIONS: LoadOptions = {
  onSlow: (words) => void process.stderr.write(`precocial: ${words}\n`),
};

/** How Python is called here. */
export const PYTHON = process.platform === "win32" ? "python" : "python3";

/**
 * A task as a word of the command line names it, loaded: a built-in name, the absolute path of a module, or a command
 * whose files are named by absolute paths.
 */
export async function taskNamed(word: string): Promise<string> {
  if (/\.py$/.test(word) && !isCommandLine(word)) {
    throw new UsageError(
      `Expected the command that runs ${word}, in quotes, got the file alone: "${joinWords([PYTHON, word])}"`,
    );
  }
  const name = absoluteTask(word);
  await loadOwnTask(name, LOAD_OPTIONS);
  return name;
}

/** Options for the settings of a task itself. @throws UsageError if one is called as an option of the command */
export function taskOptions({ name, settings }: TaskDefinition, command: Command): Readonly<Record<string, Options>> {
  const known = describeSettings(settings);
  const names = [...Object.keys(command.options), ...Object.keys(command.positionals), ...COMMON_OPTIONS];
  const taken = known.find((setting) => names.includes(kebab(setting.name)));
  if (taken === undefined) return optionsFor(known, `Settings of the task ${name}:`);
  throw new UsageError(
    `The setting "${taken.name}" of the task ${name} is called like an option of ${command.name}: rename it.`,
  );
}

/** The values of a task's own settings that are among the options. */
export function taskSettingsOf(values: Values, task: string): Record<string, unknown> {
  return settingsOf(values, describeSettings(taskDefinition(task).settings));
}

/** Options for settings, under a heading of the help; values stay text, so that errors can quote them. */
export function optionsFor(settings: readonly SettingInfo[], group: string): Readonly<Record<string, Options>> {
  return Object.fromEntries(
    settings.map((setting) => [kebab(setting.name), { type: "string", describe: describe(setting), group }]),
  );
}

/** A setting's meaning, its choices and its default. */
function describe({ name, description, choices, type, default: value }: SettingInfo): string {
  const known = choices && type !== "array" ? ` One of ${choices.join(", ")}.` : "";
  if (value === undefined) return description;
  return `${description}${known} Default: ${BY_TASK.has(name) ? "the task's" : value}.`;
}

/** Those of the `known` settings that are among `values`: numbers, lists and absolute paths in place of text. */
export function settingsOf(values: Values, known: readonly SettingInfo[] = RUN_SETTINGS): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const { name, type, path } of known) {
    const value = values[name];
    if (typeof value !== "string") continue;
    if (type === "array") settings[name] = value.split(",").map((item) => numberOrText(item.trim()));
    else if (type === "shares") settings[name] = sharesOf(value);
    else if (type === "boolean") settings[name] = value === "true" ? true : value === "false" ? false : value;
    else if (type === "number") settings[name] = numberOrText(value);
    else settings[name] = path ? resolve(value) : value;
  }
  return settings;
}

/** Shares as the command line has them, "hang=0.5,up=0.5"; a name alone has a share of 1. */
export function sharesOf(text: string): Record<string, number | string> {
  return Object.fromEntries(
    text.split(",").map((item) => {
      const [name, share = "1"] = item.split("=", 2);
      return [name.trim(), numberOrText(share)];
    }),
  );
}

/** Text as a number where it is one; otherwise as it is, for the error message. */
export function numberOrText(text: string): number | string {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A whole number option, as text or a default. @throws UsageError naming the option */
export function integerOption(values: Values, name: string, fallback: number, min: number): number {
  if (values[name] === undefined) return fallback;
  const value = numberOrText(String(values[name]));
  if (typeof value === "number" && Number.isInteger(value) && value >= min) return value;
  throw new UsageError(`Expected --${kebab(name)} to be an integer of at least ${min}, got ${JSON.stringify(value)}.`);
}

/** A whole number option that need not be given. @throws UsageError naming the option */
export function optionalInteger(values: Values, name: string, min: number): number | undefined {
  return values[name] === undefined ? undefined : integerOption(values, name, min, min);
}

/** What a command on a champion is given. */
export const CHAMPION_POSITIONAL: Readonly<Record<string, PositionalOptions>> = {
  champion: {
    type: "string",
    demandOption: true,
    describe: "A run folder, a champion.json, or a .out file of the paper's code",
  },
};

/** Takes another network than the champion of a run. */
export const PICK_OPTION: Readonly<Record<string, Options>> = {
  pick: {
    type: "string",
    describe: "Of a run, its best network with at most so many connections, in place of the champion",
  },
};

/** Seconds of a time such as 90s, 5m, 1.5h or 500ms; infinite if none is given. @throws UsageError */
export function timeOption(values: Values, name: string): number {
  const text = values[name];
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const seconds = parseTime(String(text));
  if (seconds !== undefined) return seconds;
  throw new UsageError(`Expected --${kebab(name)} to be a time such as 90s, 5m or 1h, got ${JSON.stringify(text)}.`);
}
