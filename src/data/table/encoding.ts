/**
 * How rows of a table become inputs of a network: what was fitted on the training rows, as plain JSON, and a pure
 * function that applies it to one row. It is kept with a champion, so that new rows need no training file.
 */
import { z } from "zod";
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { saturate32 } from "../../base/float32.ts";
import { isMissing, listed, numberIn, placeOf, type Table } from "./table.ts";

/** A numeric column is one input: (value - mean) / deviation, `fill` standing for a missing value. */
const numericSchema = z.strictObject({
  kind: z.literal("numeric"),
  name: z.string(),
  /** The median of the training rows. */
  fill: z.number(),
  /** Mean and standard deviation of the training rows, filled; a deviation of 0 is given as 1. */
  mean: z.number(),
  deviation: z.number().positive(),
});

/** A categorical column is an input of 0 or 1 for each value, then one for a missing value, then one for all others. */
const categoricalSchema = z.strictObject({
  kind: z.literal("categorical"),
  name: z.string(),
  values: z.array(z.string()),
  /** Whether a missing value is a category of its own. */
  missing: z.boolean(),
  /** Whether values that are not listed are a category of their own. */
  other: z.boolean(),
});

/** The form of an encoding as JSON. */
export const tableEncodingSchema = z.strictObject({
  /** The columns that are inputs, in the order of their inputs. */
  columns: z.array(z.discriminatedUnion("kind", [numericSchema, categoricalSchema])).min(1),
  /** The column to be told: one of classes, or a number, told as (value - mean) / deviation of the training rows. */
  target: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("classes"), name: z.string(), classes: z.array(z.string()).min(2) }),
    z.strictObject({ kind: z.literal("number"), name: z.string(), mean: z.number(), deviation: z.number().positive() }),
  ]),
  /** What was made of the table when this was fitted that is not plain from it, in words: missing cells, for instance. */
  notes: z.array(z.string()),
});

/** How rows become inputs, and what the outputs mean. */
export type TableEncoding = z.infer<typeof tableEncodingSchema>;

/** How one column becomes inputs. */
export type ColumnEncoding = TableEncoding["columns"][number];

/** What became of one row. */
export interface EncodedRow {
  readonly inputs: Float32Array;
  /** Columns with a value that was never seen in training and has no input: all inputs of the column are 0. */
  readonly unseen: readonly string[];
}

/** What became of all rows of a table. */
export interface EncodedTable {
  /** Row-major [rows x inputs]. */
  readonly inputs: Float32Array;
  /** How many rows had a value that was never seen in training, by column; without the columns where none had. */
  readonly unseen: ReadonlyMap<string, number>;
}

/**
 * Checks that a table is read as it was when a champion was made; where nothing is known of one, nothing is wrong.
 *
 * @throws UsageError if its inputs or outputs mean something else now
 */
export function checkSameEncoding(then?: TableEncoding, now?: TableEncoding): void {
  const facts = (encoding?: TableEncoding) => {
    const { columns, target } = tableEncodingSchema.parse(encoding);
    return JSON.stringify({ columns, target });
  };
  if (then === undefined || now === undefined || facts(then) === facts(now)) return;
  throw new UsageError(
    "Expected the table as it was when the champion was made, got one that gives other inputs: give that one with --data, " +
      "or search anew.",
  );
}

/** Names of the inputs, in order: a numeric column's own, "column=value" for each category. */
export function inputNames({ columns }: TableEncoding): string[] {
  return columns.flatMap((column) => {
    if (column.kind === "numeric") return [column.name];
    const { values, missing, other } = column;
    return [...values, ...(missing ? ["?"] : []), ...(other ? [OTHER] : [])].map((value) => `${column.name}=${value}`);
  });
}

/** What values that are not listed are called; a value of this name is never listed beside them. */
export const OTHER = "other";

/** How many inputs a column has. */
export function inputCount(column: ColumnEncoding): number {
  return column.kind === "numeric" ? 1 : column.values.length + Number(column.missing) + Number(column.other);
}

/**
 * Turns one row into inputs.
 *
 * A missing number is the training rows' median. A category that was never seen in training is "other" where there is
 * such a category, and otherwise 0 in all inputs of its column, which `unseen` tells; so is a missing one where none
 * was missing in training.
 *
 * @param cells the row's cells by column; others than the encoding's do not count, absent ones are missing
 * @param where a cell is, in words, for messages
 * @throws UsageError if a cell of a numeric column is no number
 */
export function encodeRow(
  { columns }: TableEncoding,
  cells: Readonly<Record<string, string>>,
  where: (column: string) => string = (column) => `column ${show(column)}`,
): EncodedRow {
  const inputs = new Float32Array(columns.reduce((sum, column) => sum + inputCount(column), 0));
  const unseen: string[] = [];
  let at = 0;
  for (const column of columns) {
    const cell = (Object.hasOwn(cells, column.name) ? cells[column.name] : "").trim();
    if (column.kind === "numeric") inputs[at] = standardised(column, cell, where);
    else {
      const category = categoryOf(column, cell);
      if (category === undefined) unseen.push(column.name);
      else inputs[at + category] = 1;
    }
    at += inputCount(column);
  }
  return { inputs, unseen };
}

/**
 * Turns all rows of a table into inputs.
 *
 * @param table its columns in any order, with any others among them
 * @throws UsageError naming a column that is absent, or line and column of a cell that is no number
 */
export function encodeTable(encoding: TableEncoding, table: Table): EncodedTable {
  const at = encoding.columns.map(({ name }) => [name, table.columns.indexOf(name)] as const);
  const absent = at.filter(([, index]) => index < 0).map(([name]) => name);
  if (absent.length > 0) {
    throw new UsageError(
      `Expected the columns that the network was made for in ${table.name}, got none called ` +
        `${listed(absent.map(show))}. There are: ${listed(table.columns)}.`,
    );
  }
  const width = encoding.columns.reduce((sum, column) => sum + inputCount(column), 0);
  const inputs = new Float32Array(table.rows.length * width);
  const unseen = new Map<string, number>();
  for (const [row, { cells, line }] of table.rows.entries()) {
    const named = Object.fromEntries(at.map(([name, index]) => [name, cells[index]]));
    const encoded = encodeRow(encoding, named, (column) => placeOf(table, line, column));
    inputs.set(encoded.inputs, row * width);
    for (const column of encoded.unseen) unseen.set(column, (unseen.get(column) ?? 0) + 1);
  }
  return { inputs, unseen };
}

function standardised(
  { name, fill, mean, deviation }: Extract<ColumnEncoding, { kind: "numeric" }>,
  cell: string,
  where: (column: string) => string,
): number {
  const value = isMissing(cell) ? fill : numberIn(cell);
  if (value !== undefined) return saturate32((value - mean) / deviation);
  throw new UsageError(`Expected a number (at most 1e100 in size) in ${where(name)}, got ${show(cell)}: correct it.`);
}

/** The number of a category among the inputs of its column; undefined if it has none. */
function categoryOf(column: Extract<ColumnEncoding, { kind: "categorical" }>, cell: string): number | undefined {
  const { values, missing, other } = column;
  if (isMissing(cell) && missing) return values.length;
  const index = values.indexOf(cell);
  if (index >= 0) return index;
  return other ? values.length + Number(missing) : undefined;
}
