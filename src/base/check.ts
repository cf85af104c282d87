/** The input checks, hence the wording of every shape and range error. */
import { UsageError } from "./errors.ts";
import { didYouMean } from "./nearest.ts";

/** @throws UsageError unless `value` is an integer of at least `min` (and at most `max`). */
export function checkInteger(name: string, value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new UsageError(`Expected ${name} to be an integer ${range}, got ${show(value)}.`);
}

/** @throws UsageError unless `value` is a finite number in [min, max]; a `max` needs a `min`. */
export function checkNumber(name: string, value: unknown, min = -Infinity, max = Infinity): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= min && value <= max) return value;
  const least = min === -Infinity ? "a finite number" : `a number of ${min} or more`;
  const range = max === Infinity ? least : `a number from ${min} to ${max}`;
  throw new UsageError(`Expected ${name} to be ${range}, got ${show(value)}.`);
}

/** @throws UsageError unless `values` has exactly `length` entries. */
export function checkLength(name: string, values: ArrayLike<unknown>, length: number): void {
  if (values.length !== length) {
    throw new UsageError(`Expected ${length} ${name}, got ${values.length}.`);
  }
}

/** @throws UsageError unless every value is finite. */
export function checkFinite(name: string, values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) {
      throw new UsageError(`Expected finite ${name}, got ${values[index]} at index ${index}.`);
    }
  }
}

/** @throws UsageError listing the known names, the one that may be meant first, unless `name` is one of them. */
export function checkKnown<Name extends string>(kind: string, name: string, known: readonly Name[]): Name {
  if ((known as readonly string[]).includes(name)) return name as Name;
  throw new UsageError(`Unknown ${kind} ${show(name)}.${didYouMean(name, known)} Known: ${known.join(", ")}.`);
}

/** A value as an error message quotes it: short, and strings in quotes. */
export function show(value: unknown): string {
  if (typeof value === "number" || value === undefined) return String(value);
  const text = jsonOf(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A circle, or a bigint.
    return undefined;
  }
}
