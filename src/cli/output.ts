/** Printing: results to standard output, everything else to standard error; errors without a stack where they are the user's. */
import { UsageError } from "../base/errors.ts";
import type { Conditions } from "../tuning/conditions.ts";
import type { Values } from "./command.ts";

/** Prints a result: one JSON document with `--json`, text otherwise. */
export function printResult(values: Values, json: unknown, text: string): void {
  process.stdout.write(`${values.json === true ? JSON.stringify(json) : text}\n`);
}

/** Prints a line for the user to standard error. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints an error and sets the exit code: 2 for the user's mistakes, 1 for ours, which come with their stack. */
export function fail(error: unknown): void {
  const known = error instanceof UsageError;
  say(known ? `precocial: ${error.message}` : String((error as Error).stack ?? error));
  process.exitCode = known ? 2 : 1;
}

/** Rows of columns, aligned; numbers to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The conditions as a table. */
export function conditionsTable(conditions: Conditions): string {
  const rows: [string, Conditions["standard"] | undefined][] = [
    ["six standard shared weights", conditions.standard],
    ["random individual weights", conditions.randomWeights],
    ["random shared weight", conditions.randomShared],
    [`best shared weight (${conditions.bestShared.weight})`, conditions.bestShared],
    ["trained weights", conditions.trainedWeights],
  ];
  return alignColumns([
    ["condition", "mean", "std", "episodes"],
    ...rows.flatMap(([name, condition]) =>
      condition === undefined
        ? []
        : [[name, condition.mean.toFixed(1), condition.std.toFixed(1), String(condition.episodes)]],
    ),
  ]);
}
