/** A table in memory: named columns, and rows of cells as text, from whatever file it came. */
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";

/** One row of cells. */
export interface Row {
  /** A cell for each column, in order, without spaces around it. */
  readonly cells: readonly string[];
  /** Where it stands in the file, from 1: the line where it ends, or the number of its record. */
  readonly line: number;
}

/** A table whose rows all have one cell for each column. */
export interface Table {
  /** For messages. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What `line` of a row counts. */
  readonly unit: "line" | "record";
  /** What was made of the file that is not plain from it, in words. */
  readonly notes: readonly string[];
}

/** Cells that stand for a missing value, in small letters. */
const MISSING = new Set(["", "?", ".", "-", "na", "n/a", "#n/a", "nan", "null"]);

/** Names of columns in a message, at most. */
const MOST_LISTED = 20;
/** Numbers larger in size than this have no square in doubles. */
const LARGEST = 1e100;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a cell is empty or stands for a missing value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.toLowerCase());
}

/** Whether a cell is written as a number. */
export function isNumber(cell: string): boolean {
  return NUMBER.test(cell);
}

/** The number in a cell; undefined if it is none, or larger than 1e100 in size. */
export function numberIn(cell: string): number | undefined {
  const value = isNumber(cell) ? Number(cell) : Number.NaN;
  return Math.abs(value) <= LARGEST ? value : undefined;
}

/** Where a cell is, in words. */
export function placeOf({ name, unit }: Pick<Table, "name" | "unit">, line: number, column: string): string {
  return `${unit} ${line}, column ${show(column)} of ${name}`;
}

/** @throws UsageError listing the columns, the one that may be meant first, unless all `names` are among them */
export function checkColumns({ name, columns }: Table, what: string, names: readonly string[]): void {
  const unknown = names.find((wanted) => !columns.includes(wanted));
  if (unknown === undefined) return;
  const remedy = columns.some(isNumber) ? " The first line is to name the columns." : "";
  throw new UsageError(
    `Unknown ${what} ${show(unknown)} in ${name}.${didYouMean(unknown, columns)} Known: ${listed(columns)}.${remedy}`,
  );
}

/** Names of columns for a message: the first of them, where they are many, and the start of those that are long. */
export function listed(columns: readonly string[]): string {
  const names = columns.slice(0, MOST_LISTED).map((name) => (name.length > 40 ? `${name.slice(0, 37)}...` : name));
  return `${names.join(", ")}${columns.length > MOST_LISTED ? `, and ${columns.length - MOST_LISTED} more` : ""}`;
}
