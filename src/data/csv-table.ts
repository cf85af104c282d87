/** Reads the cells of a table in CSV and checks its form: a header, equal rows, nothing missing. */
import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";

/** One row of cells. */
export interface Row {
  readonly cells: readonly string[];
  /** Line in the file where the row ends, from 1. */
  readonly line: number;
}

/** A table whose rows all have one cell for each column. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** Cells that stand for a missing value, in small letters. */
const MISSING = new Set(["", "?", "na", "n/a", "nan", "null"]);

/**
 * The cells of a table; blank lines and spaces around cells do not count.
 *
 * @param name for error messages
 * @throws UsageError naming line and column for what is wrong with its form
 */
export function readTable(text: string, name: string, delimiter: string): Table {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter,
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`Expected CSV in ${name}, got text that cannot be parsed: ${error.message}.`, {
      cause: error,
    });
  }
  if (records.length === 0) {
    throw new UsageError(`Expected a header and rows in ${name}, got an empty file: give a table.`);
  }
  const columns = records[0].record;
  for (const [index, column] of columns.entries()) {
    if (column === "") {
      throw new UsageError(`Expected a name for column ${index + 1} in the header of ${name}, got none: name it.`);
    }
    if (columns.indexOf(column) < index) {
      throw new UsageError(
        `Expected different column names in ${name}, got ${show(column)} for columns ${columns.indexOf(column) + 1} and ` +
          `${index + 1}: rename one.`,
      );
    }
  }
  const rows = records.slice(1).map(({ record, info }) => ({ cells: record, line: info.lines }));
  const ragged = rows.find((row) => row.cells.length !== columns.length);
  if (ragged) {
    throw new UsageError(
      `Expected ${columns.length} cells as in the header, got ${ragged.cells.length} in line ${ragged.line} of ${name}: ` +
        "complete the row, and put quotes around cells that hold the delimiter.",
    );
  }
  return { name, columns, rows };
}

/** @throws UsageError naming the first cell that is empty or stands for a missing value. */
export function checkMissing(table: Table): void {
  for (const row of table.rows) {
    const column = row.cells.findIndex((cell) => MISSING.has(cell.toLowerCase()));
    if (column >= 0) {
      throw new UsageError(
        `Expected a value in ${place(table, row, column)}, got ${show(row.cells[column])} (missing): ` +
          "fill it in or leave the row out.",
      );
    }
  }
}

/** Where a cell is, in words. */
export function place({ name, columns }: Table, row: Row, column: number): string {
  return `line ${row.line}, column ${show(columns[column])} of ${name}`;
}
