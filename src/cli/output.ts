/** Printing: results to standard output, everything else to standard error; errors without a stack where they are the user's. */
import { UnreachableError, UsageError } from "../base/errors.ts";
import type { Values } from "./command.ts";

/** Prints a result: one JSON document with `--json`, text otherwise. */
export function printResult(values: Values, json: unknown, text: string): void {
  process.stdout.write(`${values.json === true ? JSON.stringify(json) : text}\n`);
}

/** Prints a line for the user to standard error. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Prints an error and sets the exit code: 2 for the user's mistakes, 3 where what a run depends on is gone, 1 for faults of
 * ours, which come with their stack.
 */
export function fail(error: unknown): void {
  const known = error instanceof UsageError;
  say(known ? `precocial: ${error.message}` : String((error as Error).stack ?? error));
  process.exitCode = error instanceof UnreachableError ? 3 : known ? 2 : 1;
}
