/** Budgets and seeds as plans write them. */
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { parseTime } from "../base/time.ts";
import { BUDGET_UNITS, type Budgets, type BudgetUnit } from "../measure/study-record.ts";

/** The field of a plan for each unit of budgets. */
export const BUDGET_FIELDS: Readonly<Record<BudgetUnit, string>> = {
  generations: "generations",
  evaluations: "evaluations",
  seconds: "maxTime",
};

/**
 * The budgets of a plan.
 *
 * @param fields the plan; one of the three fields is to be there: a number (of `maxTime`, a time such as "5m", or
 *               seconds), or a list of them
 * @throws UsageError unless exactly one is there, and its values are above 0 and rise
 */
export function parseBudgets(fields: Readonly<Record<string, unknown>>): Budgets {
  const given = BUDGET_UNITS.filter((unit) => fields[BUDGET_FIELDS[unit]] !== undefined);
  if (given.length !== 1) {
    const names = Object.values(BUDGET_FIELDS);
    const got = given.length === 0 ? "none" : given.map((unit) => BUDGET_FIELDS[unit]).join(" and ");
    throw new UsageError(`Expected one budget of a study (${names.join(", ")}), got ${got}.`);
  }
  const [unit] = given;
  const field = BUDGET_FIELDS[unit];
  const items = listOf(fields[field]);
  const values = items.map((item) => parseBudget(unit, field, item));
  const falls = values.findIndex((value, index) => index > 0 && value <= values[index - 1]);
  if (falls > 0 || values.length === 0) {
    const got = values.length === 0 ? "none" : `${show(items[falls])} after ${show(items[falls - 1])}`;
    throw new UsageError(`Expected ${field} to rise from each value to the next, got ${got}.`);
  }
  return { unit, values };
}

function parseBudget(unit: BudgetUnit, field: string, item: unknown): number {
  if (unit === "seconds") {
    const seconds = typeof item === "string" ? parseTime(item) : item;
    if (typeof seconds === "number" && Number.isFinite(seconds) && seconds > 0) return seconds;
    throw new UsageError(`Expected ${field} to be a time such as "90s", "5m" or "1h", got ${show(item)}.`);
  }
  if (typeof item === "number" && Number.isSafeInteger(item) && item >= 1) return item;
  throw new UsageError(`Expected ${field} to be an integer of at least 1, got ${show(item)}.`);
}

/**
 * Seeds: a list of them, or text such as "1-20" or "1-5,11".
 *
 * @throws UsageError unless they are integers from 0 on, each once
 */
export function parseSeeds(given: unknown): number[] {
  const words = typeof given === "string" ? given.split(",") : listOf(given);
  const seeds = words.flatMap((word) => seedsOf(word, given));
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) !== index);
  if (twice !== undefined) throw new UsageError(`Expected each seed once, got ${twice} twice in ${show(given)}.`);
  if (seeds.length > 0) return seeds;
  throw new UsageError(`Expected at least one seed, got ${show(given)}.`);
}

function seedsOf(word: unknown, given: unknown): number[] {
  const [, first, , last = first] = /^\s*(\d+)\s*(-\s*(\d+)\s*)?$/.exec(String(word)) ?? [];
  const [low, high] = [Number(first), Number(last)];
  if (Number.isSafeInteger(low) && Number.isSafeInteger(high) && low <= high) {
    return Array.from({ length: high - low + 1 }, (_, index) => low + index);
  }
  throw new UsageError(`Expected seeds such as "1-20", "1-5,11" or [1, 2, 3], got ${show(given)}.`);
}

/** A list as it is, anything else as a list of one. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
