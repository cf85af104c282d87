/** Reads a table from the text of a file: CSV, or records in JSON. */
import { readCsv } from "./read-csv.ts";
import { readJsonTable } from "./read-json.ts";
import type { Table } from "./table.ts";

/** How to read a table. */
export interface ReadTableOptions {
  /** What stands between cells of CSV; guessed without it. */
  readonly delimiter?: string;
}

/**
 * Reads a table: JSON if the name ends in .json or the text begins with a bracket, else CSV.
 *
 * @param name of the file, also for error messages
 * @throws UsageError naming line and column for what is wrong with its form
 */
export function readTable(text: string, name: string, { delimiter }: ReadTableOptions = {}): Table {
  const isJson = /\.json$/i.test(name) || /^\uFEFF?\s*\[/.test(text);
  return isJson ? readJsonTable(text, name) : readCsv(text, name, delimiter);
}
