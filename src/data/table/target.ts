/** The column to be told: of which kind it is, its classes or numbers, and which rows go to which part. */
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { derive, type Label } from "../../base/rng.ts";
import { summarize } from "../../base/stats.ts";
import type { TableEncoding } from "./encoding.ts";
import { checkColumns, isMissing, isNumber, numberIn, placeOf, type Table } from "./table.ts";

/** Whether a target is told as one of classes, or as a number. */
export const TARGET_KINDS = ["classes", "regression"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** The target of each row. */
export interface Targets {
  /** Names of the classes; undefined where a number is to be told. */
  readonly classes?: readonly string[];
  /** The number of the class, or the number itself, [rows]. */
  readonly numbers: Float64Array;
  /** As what the target is taken, in words, where that was decided by its values and might be otherwise. */
  readonly notes: readonly string[];
}

/** Indices of rows, in the order of the file. */
export interface RowSplit {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/** Share of the rows that validates, and of those that test; the rest train. */
const HELD_OUT_SHARE = 0.2;
const MIN_ROWS_PER_CLASS = 5;
/** Neighbours by value that are dealt out together, one of them to validate and one to test. */
const NEIGHBOURS = 5;
const MIN_ROWS = 10;
const MAX_CLASSES = 256;
/** Whole numbers with more different values than this are a quantity. */
const MAX_NUMERIC_CLASSES = 20;

/**
 * The table without the rows whose target is missing, which a note tells.
 *
 * @throws UsageError if there is no such column, or too few rows are left
 */
export function withTarget(table: Table, target: string): Table {
  checkColumns(table, "target column", [target]);
  const column = table.columns.indexOf(target);
  const rows = table.rows.filter(({ cells }) => !isMissing(cells[column]));
  const without = table.rows.length - rows.length;
  if (rows.length < MIN_ROWS) {
    throw new UsageError(
      `Expected at least ${MIN_ROWS} rows in ${table.name} to split, got ${rows.length}` +
        `${without > 0 ? ` with a value of ${show(target)}, and ${without} without` : ""}: give a larger table.`,
    );
  }
  if (without === 0) return table;
  const note = `${target}: ${without} of ${table.rows.length} missing, these rows are left out.`;
  return { ...table, rows, notes: [...table.notes, note] };
}

/**
 * The targets of rows that have one.
 *
 * @param kind decided by the values without it: numbers are a quantity if some are not whole, if there are more than
 *             20 different ones, or too many for each to come up five times; all else are classes
 * @throws UsageError if there is nothing to tell apart, or too much, or a cell is no number where all must be
 */
export function readTargets(table: Table, target: string, kind?: TargetKind): Targets {
  const column = table.columns.indexOf(target);
  const cells = table.rows.map((row) => row.cells[column]);
  const decided = kind ?? (isQuantity(cells) ? "regression" : "classes");
  const told = (words: string) => (kind === undefined ? [`${target}: ${words}.`] : []);
  if (decided === "regression") {
    const notes = told("taken as a number (for classes: --kind classes)");
    return { numbers: readNumbers(table, target, cells), notes };
  }
  const classes = classNames(table, target, cells);
  const notes = classes.every(isNumber)
    ? told(`${classes.length} numbers taken as classes (else: --kind regression)`)
    : [];
  const numberOf = new Map(classes.map((name, label) => [name, label]));
  return { classes, numbers: Float64Array.from(cells, (cell) => numberOf.get(cell) as number), notes };
}

function isQuantity(cells: readonly string[]): boolean {
  if (!cells.every(isNumber)) return false;
  const different = new Set(cells.map(Number));
  return (
    different.size > MAX_NUMERIC_CLASSES ||
    different.size * MIN_ROWS_PER_CLASS > cells.length ||
    [...different].some((value) => !Number.isInteger(value))
  );
}

function readNumbers(table: Table, target: string, cells: readonly string[]): Float64Array {
  const values = cells.map((cell, index) => {
    const value = numberIn(cell);
    if (value !== undefined) return value;
    throw new UsageError(
      `Expected a number (at most 1e100 in size) in ${placeOf(table, table.rows[index].line, target)}, got ${show(cell)}: ` +
        "correct it, or take the values as classes with --kind classes.",
    );
  });
  if (values.some((value) => value !== values[0])) return Float64Array.from(values);
  throw new UsageError(
    `Expected different numbers in column ${show(target)} of ${table.name}, got only ${show(cells[0])}: there is nothing to tell.`,
  );
}

function classNames({ name }: Table, target: string, cells: readonly string[]): string[] {
  const classes = sortedValues(cells);
  if (classes.length > MAX_CLASSES) {
    throw new UsageError(
      `Expected at most ${MAX_CLASSES} classes in column ${show(target)} of ${name}, got ${classes.length} different values: ` +
        "choose a column of classes as the target, or one of numbers.",
    );
  }
  if (classes.length === 1) {
    throw new UsageError(
      `Expected at least 2 classes in column ${show(target)} of ${name}, got only ${show(classes[0])}: ` +
        "there is nothing to tell apart.",
    );
  }
  return classes;
}

/** Different values in order: as numbers where all are numbers, else by their UTF-16 codes. */
export function sortedValues(cells: Iterable<string>): string[] {
  const values = [...new Set(cells)].sort();
  return values.every(isNumber) ? values.sort((a, b) => Number(a) - Number(b)) : values;
}

/**
 * Splits rows 60/20/20: each class alike, or numbers of each size alike.
 *
 * @throws UsageError if a class has too few rows to be in all parts
 */
export function splitRows({ name, rows }: Table, target: string, targets: Targets, seed: Label): RowSplit {
  const split = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  const deal = (members: number[], label: Label) => {
    derive(seed, "csv split", label).shuffle(members);
    const heldOut = Math.round(members.length * HELD_OUT_SHARE);
    split.validation.push(...members.slice(0, heldOut));
    split.test.push(...members.slice(heldOut, 2 * heldOut));
    split.train.push(...members.slice(2 * heldOut));
  };
  const { classes, numbers } = targets;
  if (classes === undefined) {
    const byValue = [...rows.keys()].sort((a, b) => numbers[a] - numbers[b] || a - b);
    for (let first = 0; first < byValue.length; first += NEIGHBOURS)
      deal(byValue.slice(first, first + NEIGHBOURS), first);
  }
  for (const [label, className] of (classes ?? []).entries()) {
    const members = [...rows.keys()].filter((row) => numbers[row] === label);
    if (members.length < MIN_ROWS_PER_CLASS) {
      throw new UsageError(
        `Expected at least ${MIN_ROWS_PER_CLASS} rows of each class to split, got ${members.length} with ` +
          `${show(target)} ${show(className)} in ${name}: add rows, or leave the class out.`,
      );
    }
    deal(members, className);
  }
  for (const part of Object.values(split)) part.sort((a, b) => a - b);
  return split;
}

/** What the outputs mean: the classes, or a number by mean and deviation of the training rows. */
export function fitTarget(
  name: string,
  { classes, numbers }: Targets,
  trainRows: readonly number[],
): TableEncoding["target"] {
  if (classes !== undefined) return { kind: "classes", name, classes: [...classes] };
  return { kind: "number", name, ...scaleOf(trainRows.map((row) => numbers[row])) };
}

/** Mean and standard deviation, that of equal numbers, or of numbers too close to tell, given as 1. */
export function scaleOf(values: readonly number[]): { mean: number; deviation: number } {
  const { mean, std } = summarize(values);
  // The deviation of equal numbers need not come out as 0.
  const isConstant = std === 0 || values.every((value) => value === values[0]);
  return { mean, deviation: isConstant ? 1 : std };
}
