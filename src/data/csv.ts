/**
 * A data set from a table in CSV: numeric columns standardised, categorical ones one input per value, one column the class.
 *
 * A column is numeric if any of its cells is a number, else categorical. Means and deviations come from the training
 * part only, so nothing of the validation and test rows reaches the inputs of another row.
 */
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { saturate32 } from "../base/float32.ts";
import { derive, type Label } from "../base/rng.ts";
import { summarize } from "../base/stats.ts";
import { checkMissing, place, readTable, type Table } from "./csv-table.ts";
import { type Dataset, type Examples, sharedBytes, sharedFloats } from "./dataset.ts";

/** How to read a table. */
export interface CsvSettings {
  /** Name of the column that holds the class. */
  readonly target: string;
  /** For reports and error messages; "csv" without it. */
  readonly name?: string;
  /** Decides which rows go to which part; 1 without it. */
  readonly seed?: Label;
  /** What stands between cells; a comma without it. */
  readonly delimiter?: string;
}

/** An input: its name and its value in a row, by index. */
interface Input {
  readonly name: string;
  readonly values: Float64Array;
}

/** Parts of each class, in rows out of the whole; training gets the rest. */
const HELD_OUT_SHARE = 0.2;
const MIN_ROWS_PER_CLASS = 5;
const MAX_CATEGORIES = 256;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Parses a table with a header line and splits its rows 60/20/20 into train, validation and test, each class alike.
 *
 * Inputs are in the order of the columns; a categorical column gives an input "column=value" of 0 or 1 for each of
 * its values, sorted. Classes are sorted: as numbers where all are numbers, else as text.
 *
 * @param text the file's text; blank lines and spaces around cells do not count
 * @throws UsageError naming line and column for anything that cannot be used
 */
export function csvDataset(text: string, { target, name = "csv", seed = 1, delimiter = "," }: CsvSettings): Dataset {
  const table = readTable(text, name, delimiter);
  const targetIndex = table.columns.indexOf(target);
  if (targetIndex < 0) {
    throw new UsageError(`Unknown target column ${show(target)} in ${name}. Known: ${table.columns.join(", ")}.`);
  }
  if (table.columns.length < 2) {
    throw new UsageError(`Expected columns beside the target ${show(target)} in ${name}, got none: add inputs.`);
  }
  checkMissing(table);
  const cells = table.rows.map((row) => row.cells[targetIndex]);
  const classes = classNames(table, target, cells);
  const labels = Uint8Array.from(cells, (cell) => classes.indexOf(cell));
  const split = splitRows(table, target, classes, labels, seed);
  const inputs = table.columns.flatMap((_, index) =>
    index === targetIndex ? [] : readColumn(table, index, split.train),
  );
  const part = (rows: readonly number[]): Examples => collect(inputs, labels, rows);
  return {
    name,
    inputs: inputs.map((input) => input.name),
    classes,
    train: part(split.train),
    validation: part(split.validation),
    test: part(split.test),
  };
}

function classNames({ name }: Table, target: string, cells: readonly string[]): string[] {
  const classes = sortedValues(cells);
  if (classes.length > 256) {
    throw new UsageError(
      `Expected at most 256 classes in column ${show(target)} of ${name}, got ${classes.length} different values: ` +
        "choose a column of classes as the target.",
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

/** Rows of each part, in the order of the file: a fifth of each class to validate, a fifth to test, the rest to train. */
function splitRows({ name, rows }: Table, target: string, classes: readonly string[], labels: Uint8Array, seed: Label) {
  if (rows.length < 2 * MIN_ROWS_PER_CLASS) {
    throw new UsageError(
      `Expected at least ${2 * MIN_ROWS_PER_CLASS} rows in ${name} to split, got ${rows.length}: give a larger table.`,
    );
  }
  const train: number[] = [];
  const validation: number[] = [];
  const test: number[] = [];
  for (const [label, className] of classes.entries()) {
    const members = [...labels.keys()].filter((row) => labels[row] === label);
    if (members.length < MIN_ROWS_PER_CLASS) {
      throw new UsageError(
        `Expected at least ${MIN_ROWS_PER_CLASS} rows of each class to split, got ${members.length} with ` +
          `${show(target)} ${show(className)} in ${name}: add rows, or leave the class out.`,
      );
    }
    derive(seed, "csv split", className).shuffle(members);
    const heldOut = Math.round(members.length * HELD_OUT_SHARE);
    validation.push(...members.slice(0, heldOut));
    test.push(...members.slice(heldOut, 2 * heldOut));
    train.push(...members.slice(2 * heldOut));
  }
  for (const part of [train, validation, test]) part.sort((a, b) => a - b);
  return { train, validation, test };
}

/** The inputs of one column. */
function readColumn(table: Table, column: number, trainRows: readonly number[]): Input[] {
  const cells = table.rows.map((row) => row.cells[column]);
  const name = table.columns[column];
  if (cells.every((cell) => cell === cells[0])) throw constantColumn(table, name, cells[0]);
  if (!cells.some((cell) => NUMBER.test(cell))) {
    const values = sortedValues(cells);
    if (values.length > MAX_CATEGORIES) {
      throw new UsageError(
        `Expected at most ${MAX_CATEGORIES} different values in the categorical column ${show(name)} of ${table.name}, ` +
          `got ${values.length}: leave the column out, or group its values.`,
      );
    }
    return values.map((value) => ({
      name: `${name}=${value}`,
      values: Float64Array.from(cells, (cell) => (cell === value ? 1 : 0)),
    }));
  }
  const numbers = Float64Array.from(cells, (cell, index) => {
    const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
    if (Math.abs(value) <= 1e100) return value;
    throw new UsageError(
      `Expected a number (at most 1e100 in size) in ${place(table, table.rows[index], column)}, got ${show(cell)}: ` +
        "correct it, or make every cell of the column text.",
    );
  });
  if (numbers.every((value) => value === numbers[0])) throw constantColumn(table, name, cells[0]);
  standardise(numbers, trainRows);
  return [{ name, values: numbers }];
}

/**
 * Subtracts the mean of the training rows and divides by their standard deviation (by 1 if they are all equal), within
 * the limits of a single.
 */
function standardise(values: Float64Array, trainRows: readonly number[]): void {
  const { mean, std } = summarize(trainRows.map((row) => values[row]));
  const isConstant = trainRows.every((row) => values[row] === values[trainRows[0]]);
  for (let row = 0; row < values.length; row++) {
    values[row] = saturate32((values[row] - mean) / (isConstant ? 1 : std));
  }
}

function collect(inputs: readonly Input[], labels: Uint8Array, rows: readonly number[]): Examples {
  const features = sharedFloats(rows.length * inputs.length);
  const chosen = sharedBytes(rows.length);
  for (const [index, row] of rows.entries()) {
    chosen[index] = labels[row];
    for (const [input, { values }] of inputs.entries()) features[index * inputs.length + input] = values[row];
  }
  return { count: rows.length, features, labels: chosen };
}

/** Different values in order: as numbers where all are numbers, else by their UTF-16 codes. */
function sortedValues(cells: readonly string[]): string[] {
  const values = [...new Set(cells)].sort();
  return values.every((value) => NUMBER.test(value)) ? values.sort((a, b) => Number(a) - Number(b)) : values;
}

function constantColumn({ name }: Table, column: string, value: string): UsageError {
  return new UsageError(
    `Expected different values in column ${show(column)} of ${name}, got ${show(value)} in every row: leave it out.`,
  );
}
