/** Checks what a module of somebody's own exports as an environment, part by part, before anything is played. */
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import type { Environment } from "./environment.ts";

/** Most inputs or outputs of an environment: beyond that a kernel's memory is not the right place. */
const MOST = 65_536;

const PARTS = [
  "name",
  "summary",
  "inputs",
  "actions",
  "maxSteps",
  "timeStep",
  "score",
  "starts",
  "settings",
  "presets",
  "scene",
  "pilot",
  "start",
  "observe",
  "step",
  "default",
];

/**
 * The environment that a module exports.
 *
 * @param path of the module, for messages
 * @throws UsageError naming the first part that is missing, wrong or unknown
 */
export function checkEnvironment(exported: Readonly<Record<string, unknown>>, path: string): Environment {
  const wrong = (part: string, expected: string, hint: string): never => {
    throw new UsageError(`Expected ${part} of the task in ${path} to be ${expected}, got ${show(exported[part])}: ${hint}.`);
  };
  const { inputs, actions, maxSteps, start, step, observe, settings, starts, timeStep, pilot } = exported;
  const unknown = Object.keys(exported).find((part) => !PARTS.includes(part));
  if (inputs === undefined && actions === undefined && step === undefined) {
    throw new UsageError(
      `Expected ${path} to export a task (inputs, actions, maxSteps, start and step, or a dataset), got ` +
        `${Object.keys(exported).filter((part) => part !== "name").join(", ") || "nothing"}. A template: precocial new my-task.js`,
    );
  }
  if (!isNames(inputs)) wrong("inputs", "a list of names", "name each observation");
  if (!isActions(actions)) {
    wrong("actions", "{ discrete: names } or { names, low, high }", "say which actions there are");
  }
  if (!Number.isInteger(maxSteps) || (maxSteps as number) < 1 || (maxSteps as number) > 1e9) {
    wrong("maxSteps", "an integer of at least 1", "give the steps after which an episode ends");
  }
  if (typeof start !== "function") wrong("start", "a function", "give start(rng, kind, settings), which makes a state");
  if (typeof step !== "function") wrong("step", "a function", "give step(state, action, settings)");
  if (observe !== undefined && typeof observe !== "function") wrong("observe", "a function", "or leave it out");
  if (timeStep !== undefined && !(typeof timeStep === "number" && timeStep > 0 && timeStep < 1e6)) {
    wrong("timeStep", "a number of seconds above 0", "or leave it out");
  }
  if (starts !== undefined && !isNames(starts)) wrong("starts", "a list of names", "or leave it out");
  if (settings !== undefined && !isSettings(settings)) {
    wrong("settings", "an object of numbers, texts and true or false", "give each setting its default");
  }
  if (pilot !== undefined && typeof (pilot as { act?: unknown }).act !== "function") {
    wrong("pilot", "{ act(observation), reaches }", "or leave it out");
  }
  if (unknown !== undefined) {
    throw new UsageError(`Unknown part ${show(unknown)} of the task in ${path}. Known: ${PARTS.join(", ")}.`);
  }
  return exported as unknown as Environment;
}

function isNames(value: unknown): value is readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST) return false;
  return value.every((name) => typeof name === "string" && name !== "");
}

function isActions(value: unknown): boolean {
  const { discrete, names, low, high } = (value ?? {}) as Record<string, unknown>;
  if (discrete !== undefined) {
    return isNames(discrete) ? discrete.length >= 2 : Number.isInteger(discrete) && (discrete as number) >= 2;
  }
  if (!isNames(names)) return false;
  const bounds = [low, high].map((bound) => (typeof bound === "number" ? names.map(() => bound) : bound));
  if (!bounds.every((bound): bound is number[] => Array.isArray(bound) && bound.length === names.length)) return false;
  return names.every((_, index) => bounds[0][index] < bounds[1][index]);
}

function isSettings(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) =>
    typeof entry === "number" ? Number.isFinite(entry) : typeof entry === "string" || typeof entry === "boolean",
  );
}
