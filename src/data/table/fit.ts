/** Fits the encoding of a table's input columns on its training rows; says what was missing. */
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { median } from "../../base/stats.ts";
import { isNumericColumn } from "./columns.ts";
import { type ColumnEncoding, OTHER } from "./encoding.ts";
import { isMissing, numberIn, placeOf, type Table } from "./table.ts";
import { scaleOf, sortedValues } from "./target.ts";

/** An encoding, and what it does that is not plain from it, in words. */
export interface FittedColumn {
  readonly column: ColumnEncoding;
  readonly notes: readonly string[];
}

/**
 * Fits one column.
 *
 * @param trainRows indices of the rows that the fit sees; whether it is numeric, and what is said, is of all rows
 * @param group     the most categories, the rare ones grouped as "other"; all of them without it
 * @throws UsageError naming line and column of a cell that is no number in a numeric column
 */
export function fitColumn(table: Table, index: number, trainRows: readonly number[], group?: number): FittedColumn {
  const name = table.columns[index];
  const cells = table.rows.map((row) => row.cells[index]);
  const missing = cells.filter(isMissing).length;
  const told = (remedy: string) =>
    missing === 0 ? [] : [`${name}: ${missing} of ${cells.length} missing, ${remedy}.`];
  if (isNumericColumn(cells)) {
    const column = fitNumbers(name, readNumbers(table, index), trainRows);
    return { column, notes: told(`filled with the median ${Number(column.fill.toPrecision(6))}`) };
  }
  const { column, grouped } = fitCategories(
    name,
    trainRows.map((row) => cells[row]),
    group,
  );
  const others = grouped === 0 ? [] : [`${name}: ${grouped} rare values grouped as "${OTHER}".`];
  return {
    column,
    notes: [...told(column.missing ? "a category of its own" : "none of them in training rows"), ...others],
  };
}

/** The numbers of a column; NaN where they are missing. */
function readNumbers(table: Table, index: number): Float64Array {
  const name = table.columns[index];
  return Float64Array.from(table.rows, ({ cells, line }) => {
    const cell = cells[index];
    const value = isMissing(cell) ? Number.NaN : numberIn(cell);
    if (value !== undefined) return value;
    throw new UsageError(
      `Expected a number (at most 1e100 in size) in ${placeOf(table, line, name)}, got ${show(cell)}: ` +
        "correct it, or leave the column out with --ignore.",
    );
  });
}

function fitNumbers(
  name: string,
  values: Float64Array,
  trainRows: readonly number[],
): Extract<ColumnEncoding, { kind: "numeric" }> {
  const seen = trainRows.map((row) => values[row]);
  const present = seen.filter((value) => !Number.isNaN(value));
  const fill = present.length === 0 ? 0 : median(present);
  const filled = seen.map((value) => (Number.isNaN(value) ? fill : value));
  return { kind: "numeric", name, fill, ...scaleOf(filled) };
}

function fitCategories(name: string, cells: readonly string[], group?: number) {
  const missing = cells.some(isMissing);
  const counts = new Map<string, number>();
  for (const cell of cells) if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const other = group !== undefined && counts.size > group;
  const values = sortedValues(counts.keys());
  const kept = new Set(
    other
      ? values
          .filter((value) => value !== OTHER)
          .sort((a, b) => (counts.get(b) as number) - (counts.get(a) as number))
          .slice(0, group - 1)
      : values,
  );
  const column = {
    kind: "categorical" as const,
    name,
    values: values.filter((value) => kept.has(value)),
    missing,
    other,
  };
  return { column, grouped: values.length - kept.size };
}
