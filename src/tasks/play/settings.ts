/** What an environment must be to be played at all, and its settings: checked once, before anything is played. */
import { checkInteger, checkKnown, show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { type Actions, actionRange } from "../actions.ts";
import type { Behaviour, Description, Environment, EnvironmentSettings } from "../environment.ts";

/**
 * Checks that a value, such as the export of a user's module, is an environment.
 *
 * @throws UsageError saying what is missing or wrong
 */
export function checkEnvironment(value: unknown): Environment {
  const environment = checkDescription(value) as Environment;
  const { name, starts, settings, pilot, behaviours, scene } = environment;
  const task = `of task ${show(name)}`;
  if (starts !== undefined) checkNames(`starts ${task}`, starts);
  if (settings !== undefined && (typeof settings !== "object" || settings === null || Array.isArray(settings))) {
    throw new UsageError(`Expected settings ${task} to be an object of defaults, got ${show(settings)}.`);
  }
  for (const [key, setting] of Object.entries(settings ?? {})) {
    if (!/^[a-z][\w-]*$/.test(key)) {
      throw new UsageError(
        `Expected settings ${task} to be named by a small letter, then letters, digits, - and _, got ${show(key)}.`,
      );
    }
    if (typeof setting === "string" || typeof setting === "boolean" || Number.isFinite(setting)) continue;
    throw new UsageError(
      `Expected setting ${show(key)} ${task} to be a finite number, a string or a boolean, got ${show(setting)}.`,
    );
  }
  for (const part of ["start", "step", "observe"] as const) {
    const given = environment[part];
    if (typeof given === "function" || (part === "observe" && given === undefined)) continue;
    throw new UsageError(`Expected ${part} ${task} to be a function, got ${show(given)}.`);
  }
  if (pilot !== undefined && !(typeof pilot?.act === "function" && Number.isFinite(pilot.reaches))) {
    throw new UsageError(
      `Expected the pilot ${task} to be { act, reaches }, a function and a finite number, got ${show(pilot)}.`,
    );
  }
  if (behaviours !== undefined) checkBehaviours(task, behaviours);
  if (scene !== undefined && typeof scene !== "string" && !isScene(scene)) {
    throw new UsageError(`Expected the scene ${task} to be a name, or draw and show as functions, got ${show(scene)}.`);
  }
  return environment;
}

/**
 * Checks what an environment says of itself, wherever it is played.
 *
 * @throws UsageError saying what is missing or wrong
 */
export function checkDescription(value: unknown): Description {
  if (typeof value !== "object" || value === null) {
    throw new UsageError(`Expected an environment (an object with name, inputs, actions, ...), got ${show(value)}.`);
  }
  const description = value as Description;
  const { name, inputs, actions, maxSteps, summary, score, timeStep, presets } = description;
  if (typeof name !== "string" || name === "") {
    throw new UsageError(`Expected an environment's name to be a word, got ${show(name)}.`);
  }
  const task = `of task ${show(name)}`;
  checkNames(`inputs ${task}`, inputs);
  checkActions(name, actions);
  checkInteger(`maxSteps ${task}`, maxSteps, 1);
  for (const [part, text] of Object.entries({ summary, score })) {
    if (text === undefined || typeof text === "string") continue;
    throw new UsageError(`Expected the ${part} ${task} to be text, got ${show(text)}.`);
  }
  if (timeStep !== undefined && !(Number.isFinite(timeStep) && timeStep > 0)) {
    throw new UsageError(`Expected the timeStep ${task} to be a number of seconds above 0, got ${show(timeStep)}.`);
  }
  if (presets !== undefined && (typeof presets !== "object" || presets === null)) {
    throw new UsageError(`Expected the presets ${task} to be settings of a search, got ${show(presets)}.`);
  }
  return description;
}

function checkBehaviours(task: string, behaviours: unknown): void {
  const all = Array.isArray(behaviours) ? (behaviours as Partial<Behaviour>[]) : [undefined];
  for (const behaviour of all) {
    const { description, unit, of } = behaviour ?? {};
    if (typeof description === "string" && (unit === "score" || unit === "share") && typeof of === "function") continue;
    throw new UsageError(
      `Expected the behaviours ${task} to be a list of { name, description, unit, of }, the unit "score" or "share" and ` +
        `of a function, got ${show(behaviour ?? behaviours)}.`,
    );
  }
  checkNames(`the names of the behaviours ${task} and of its score`, ["score", ...all.map((one) => one?.name)]);
}

function isScene(scene: Environment["scene"]): boolean {
  const { draw, show: put } = (scene ?? {}) as { draw?: unknown; show?: unknown };
  return typeof draw === "function" && typeof put === "function";
}

function checkNames(what: string, names: unknown): void {
  const isList = Array.isArray(names) && names.length > 0;
  if (isList && names.every((name) => typeof name === "string") && new Set(names).size === names.length) return;
  throw new UsageError(`Expected ${what} to be a list of different names, got ${show(names)}.`);
}

function checkActions(task: string, actions: Actions | undefined): void {
  const what = `actions of task ${show(task)}`;
  if (typeof actions === "object" && actions !== null && "discrete" in actions) {
    if (typeof actions.discrete === "number") checkInteger(`the number of ${what}`, actions.discrete, 2);
    else checkNames(what, actions.discrete);
    return;
  }
  if (typeof actions !== "object" || actions === null || !("names" in actions)) {
    throw new UsageError(`Expected ${what} to be { discrete } or { names, low, high }, got ${show(actions)}.`);
  }
  checkNames(what, actions.names);
  const { names, low, high } = actions;
  for (const [limit, values] of Object.entries({ low, high })) {
    if (typeof values === "number" || (Array.isArray(values) && values.length === names.length)) continue;
    throw new UsageError(
      `Expected ${limit} of ${what} to be a number or ${names.length} numbers, got ${show(values)}.`,
    );
  }
  const range = actionRange(actions);
  names.forEach((name, index) => {
    if (range.low[index] < range.high[index] && Number.isFinite(range.high[index] - range.low[index])) return;
    throw new UsageError(
      `Expected a range from low to high for action ${show(name)} of task ${show(task)}, got ${range.low[index]} to ${range.high[index]}.`,
    );
  });
}

/**
 * An environment's settings: its defaults, changed by what is given.
 *
 * @throws UsageError for an unknown name or a value of another type
 */
export function completeSettings<Settings extends EnvironmentSettings>(
  { name, settings: defaults }: { readonly name: string; readonly settings?: Settings },
  given: Readonly<Record<string, unknown>> = {},
): Settings {
  const known = Object.keys(defaults ?? {});
  const settings: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(given)) {
    if (known.length === 0) throw new UsageError(`Expected no settings for task ${show(name)}, got ${show(key)}.`);
    checkKnown(`${name} setting`, key, known);
    const type = typeof settings[key];
    if (typeof value !== type || (type === "number" && !Number.isFinite(value))) {
      const wanted = type === "number" ? "a finite number" : `a ${type}`;
      throw new UsageError(`Expected setting ${show(key)} of task ${show(name)} to be ${wanted}, got ${show(value)}.`);
    }
    settings[key] = value;
  }
  return settings as Settings;
}

/** The kind of start that is the environment's own. */
export function ownStart({ starts }: Pick<Environment, "starts">): string {
  return starts?.[0] ?? "default";
}

/** Checks a kind of start. @throws UsageError listing the known ones */
export function checkStart({ name, starts = ["default"] }: Environment, kind: string): string {
  return checkKnown(`${name} start`, kind, starts);
}
