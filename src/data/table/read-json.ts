/** Reads a table in JSON: an array of records, whose values by name are the cells. */
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import type { Table } from "./table.ts";

/**
 * The cells of a table in JSON; null, or a name that a record does not have, is a missing cell. Columns are in the
 * order in which their names first come.
 *
 * @param name for error messages
 * @throws UsageError naming the record for what is wrong with its form
 */
export function readJsonTable(text: string, name: string): Table {
  const records = parseRecords(text, name);
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const unnamed = columns.find((column) => column.trim() === "");
  if (unnamed !== undefined) {
    throw new UsageError(`Expected names for all values of the records in ${name}, got ${show(unnamed)}: name it.`);
  }
  const rows = records.map((record, index) => ({
    cells: columns.map((column) => cellOf(Object.hasOwn(record, column) ? record[column] : null)),
    line: index + 1,
  }));
  return { name, columns, rows, unit: "record", notes: [] };
}

function parseRecords(text: string, name: string): Record<string, unknown>[] {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(`Expected JSON in ${name}, got text that is not: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  if (!Array.isArray(content)) {
    throw new UsageError(
      `Expected a list of records in ${name}, such as [{"size": 1, "kind": "a"}], got ${show(content)}.`,
    );
  }
  if (content.length === 0) throw new UsageError(`Expected records in ${name}, got an empty list: give a table.`);
  const wrong = content.findIndex((record) => typeof record !== "object" || record === null || Array.isArray(record));
  if (wrong >= 0) {
    throw new UsageError(
      `Expected record ${wrong + 1} of ${name} to be values by name, such as {"size": 1, "kind": "a"}, got ${show(content[wrong])}.`,
    );
  }
  return content;
}

/** Lists and objects become their JSON: whether that can be used is asked of the columns that are. */
function cellOf(value: unknown): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}
