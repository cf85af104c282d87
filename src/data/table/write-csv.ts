/** Writes tables in CSV: new ones, or a table as it came with columns added at its end. */
import { parse } from "csv-parse/browser/esm/sync";
import { stringify } from "csv-stringify/browser/esm/sync";
import { guessDelimiter } from "./read-csv.ts";
import type { Table } from "./table.ts";

/** A column to write. */
export interface WrittenColumn {
  readonly name: string;
  /** One cell for each row. */
  readonly cells: readonly (string | number)[];
}

/** A table of these columns: commas, line feeds, quotes where they are needed. */
export function writeColumns(columns: readonly WrittenColumn[]): string {
  return stringify(rowsOf(columns, columns[0].cells.length));
}

/**
 * A table with columns added at its end. Of one in CSV the cells stay as they were written, with its delimiter, its byte
 * order mark and its line ends, and numbers that are added have a decimal comma where it has; one in JSON becomes CSV. A
 * new name that is taken already gets a number.
 *
 * @param text      of the file
 * @param table     the same, as it was read
 * @param delimiter what stands between cells; guessed without it
 */
export function addColumns(text: string, table: Table, columns: readonly WrittenColumn[], delimiter?: string): string {
  if (table.unit === "record") {
    const own = table.columns.map((name, at) => ({ name, cells: table.rows.map(({ cells }) => cells[at]) }));
    return writeColumns([...own, ...renamed(columns, table.columns)]);
  }
  const between = delimiter ?? guessDelimiter(text);
  const options = { delimiter: between, bom: true, trim: true, skip_empty_lines: true, relax_column_count: true };
  const [header, ...rows] = parse(text, options) as string[][];
  const comma = rows.some((cells, row) => cells.some((cell) => isDecimalComma(cell, table.rows[row].cells)));
  const added = rowsOf(renamed(columns, header), rows.length, comma);
  return stringify(
    [header, ...rows].map((cells, row) => [...cells, ...added[row]]),
    { delimiter: between, bom: text.startsWith("\uFEFF"), record_delimiter: text.includes("\r\n") ? "\r\n" : "\n" },
  );
}

/** Whether a cell as it is written was read as a number with a decimal comma. */
function isDecimalComma(written: string, read: readonly string[]): boolean {
  return written.includes(",") && !read.includes(written) && read.includes(written.replace(",", "."));
}

/** The header and the rows of columns. */
function rowsOf(columns: readonly WrittenColumn[], count: number, comma = false): string[][] {
  const write = (cell: string | number) =>
    comma && typeof cell === "number" ? String(cell).replace(".", ",") : `${cell}`;
  const rows = Array.from({ length: count }, (_, row) => columns.map(({ cells }) => write(cells[row])));
  return [columns.map(({ name }) => name), ...rows];
}

/** Columns whose names are none of those taken. */
function renamed(columns: readonly WrittenColumn[], taken: readonly string[]): WrittenColumn[] {
  return columns.map((column) => {
    let name = column.name;
    for (let number = 2; taken.includes(name); number++) name = `${column.name} ${number}`;
    return { ...column, name };
  });
}
