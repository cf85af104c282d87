/** What a command is, and how settings become options. */
import { resolve } from "node:path";
import type { Options, PositionalOptions } from "yargs";
import { UsageError } from "../base/errors.ts";
import { describeSettings, type SettingInfo } from "../base/settings.ts";
import { runConfigSchema } from "../run/config.ts";
import { TASKS } from "../tasks/registry.ts";

/** Values of options and positionals by name. */
export type Values = Readonly<Record<string, unknown>>;

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** Positionals as yargs writes them: "<task>", "[run..]". */
  readonly usage: string;
  readonly summary: string;
  readonly positionals: Readonly<Record<string, PositionalOptions>>;
  readonly options: Readonly<Record<string, Options>>;
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [string, string])[];
  readonly run: (values: Values) => Promise<void>;
}

/** Settings that are no options of their own. */
const NOT_OPTIONS = ["format", "task"];

/** Settings whose defaults differ by task. */
const BY_TASK = new Set(TASKS.flatMap(({ defaults }) => Object.keys(defaults)));

/** The settings of a run that can be given as options. */
export const RUN_SETTINGS: readonly SettingInfo[] = describeSettings(runConfigSchema).filter(
  ({ name }) => !NOT_OPTIONS.includes(name),
);

/** Options for the settings of a run. */
export const RUN_OPTIONS: Readonly<Record<string, Options>> = optionsFor(RUN_SETTINGS, "Settings of the run:");

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

/** Those of the `known` settings that are among `values`, with numbers and lists in place of text. */
export function settingsOf(values: Values, known: readonly SettingInfo[] = RUN_SETTINGS): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const { name, type } of known) {
    const value = values[name];
    if (typeof value !== "string") continue;
    if (type === "array") settings[name] = value.split(",").map((item) => numberOrText(item.trim()));
    else settings[name] = type === "number" ? numberOrText(value) : value;
  }
  return settings;
}

/** Paths of data as they are from anywhere, so that the run can be resumed from another folder. */
export function absolutePaths(settings: Record<string, unknown>): Record<string, unknown> {
  const paths = ["data", "dataDir"].filter((name) => typeof settings[name] === "string");
  return { ...settings, ...Object.fromEntries(paths.map((name) => [name, resolve(String(settings[name]))])) };
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

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds of a time such as 90s, 5m, 1.5h or 500ms; infinite if none is given. @throws UsageError */
export function timeOption(values: Values, name: string): number {
  const text = values[name];
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(String(text));
  if (match === null) {
    throw new UsageError(`Expected --${kebab(name)} to be a time such as 90s, 5m or 1h, got ${JSON.stringify(text)}.`);
  }
  return Number(match[1]) * UNITS[match[2]];
}

/** The option of a setting: "maxTime" is --max-time. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
