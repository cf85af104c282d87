/** Reads the rows of a new table, as the rows of the table were read that a network was made with. */
import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { type ColumnEncoding, encodeTable, type TableEncoding } from "../data/table/encoding.ts";
import { readTable } from "../data/table/read.ts";
import { isMissing, type Table } from "../data/table/table.ts";
import { addColumns } from "../data/table/write-csv.ts";
import { dataFiles } from "../files/data-files.ts";
import { isPicturePath } from "../files/pictures.ts";
import type { NewExamples } from "./predict-examples.ts";

/**
 * Reads a table.
 *
 * @param delimiter what stands between cells; guessed without it
 * @throws UsageError if it is no table, has no rows, lacks a column, or a cell is no number where all are numbers
 */
export async function readRows(path: string, encoding: TableEncoding, delimiter?: string): Promise<NewExamples> {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (isFolder || isPicturePath(path)) {
    throw new UsageError(
      `Expected a table with the columns ${show(encoding.columns.map(({ name }) => name).join(", "))} for --data, got ` +
        `${isFolder ? "the folder" : "the picture"} ${path}: give a CSV file, or records in JSON.`,
    );
  }
  const text = await dataFiles().text(path);
  const table = readTable(text, basename(path), { delimiter });
  if (table.rows.length === 0) {
    throw new UsageError(`Expected rows below the header of ${path}, got none: add the rows to be told something of.`);
  }
  const { inputs, unseen } = encodeTable(encoding, table);
  return {
    unit: "row",
    count: table.rows.length,
    features: inputs,
    keys: table.rows.map(({ line }) => line),
    truths: truthsOf(table, encoding.target.name),
    notes: [
      ...table.notes,
      ...extraNotes(table, encoding),
      ...missingNotes(table, encoding),
      ...unseenNotes(table, unseen),
    ],
    write: (answers) => addColumns(text, table, answers, delimiter),
  };
}

/** The cells of the target, where there are any. */
function truthsOf(table: Table, target: string): NewExamples["truths"] {
  const column = table.columns.indexOf(target);
  const truths = table.rows.map(({ cells }) => (column < 0 || isMissing(cells[column]) ? undefined : cells[column]));
  return truths.some((truth) => truth !== undefined) ? truths : undefined;
}

function extraNotes({ columns }: Table, { columns: inputs, target }: TableEncoding): string[] {
  const extra = columns.filter((name) => name !== target.name && !inputs.some((input) => input.name === name));
  return extra.length === 0 ? [] : [`Columns that are no inputs and are left alone: ${extra.join(", ")}.`];
}

function missingNotes(table: Table, { columns }: TableEncoding): string[] {
  return columns.flatMap((column) => {
    const at = table.columns.indexOf(column.name);
    const count = table.rows.filter(({ cells }) => isMissing(cells[at])).length;
    return count === 0 ? [] : [`${column.name}: ${count} of ${table.rows.length} missing, ${remedyOf(column)}.`];
  });
}

function remedyOf(column: ColumnEncoding): string {
  if (column.kind === "numeric") return `filled with the median ${Number(column.fill.toPrecision(6))}`;
  return column.missing ? "a category of its own" : "which none was in training: no category";
}

function unseenNotes({ rows }: Table, unseen: ReadonlyMap<string, number>): string[] {
  return [...unseen].map(
    ([column, count]) => `${column}: ${count} of ${rows.length} with a value that training did not have: no category.`,
  );
}
