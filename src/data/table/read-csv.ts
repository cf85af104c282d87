/** Reads a table in CSV: a header and equal rows, the delimiter guessed, decimal commas understood. */
import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { isMissing, isNumber, placeOf, type Row, type Table } from "./table.ts";

/** What may stand between cells, the usual first. */
const DELIMITERS = [",", ";", "\t", "|"];
/** Rows that the guess looks at, and characters of long texts. */
const GUESS_ROWS = 100;
const GUESS_LENGTH = 1 << 16;
/** A number written with a comma, and one whose commas may as well stand between thousands. */
const DECIMAL_COMMA = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;

/**
 * The cells of a table; blank lines and spaces around cells do not count, nor does an empty column without a name, such
 * as delimiters at the ends of lines make. Another column without a name is called by its number.
 *
 * @param name      for error messages
 * @param delimiter what stands between cells; guessed without it
 * @throws UsageError naming line and column for what is wrong with its form
 */
export function readCsv(text: string, name: string, delimiter?: string): Table {
  const guessed = delimiter ?? guessDelimiter(text);
  const [header, ...rows] = parseCells(text, name, guessed);
  if (header === undefined) {
    throw new UsageError(`Expected a header and rows in ${name}, got an empty file: give a table.`);
  }
  const ragged = rows.find((row) => row.cells.length !== header.cells.length);
  if (ragged) {
    throw new UsageError(
      `Expected ${header.cells.length} cells as in the header, got ${ragged.cells.length} in line ${ragged.line} of ${name}: ` +
        "complete the row, and put quotes around cells that hold the delimiter.",
    );
  }
  const kept = [...header.cells.keys()].filter(
    (column) => header.cells[column] !== "" || rows.some(({ cells }) => cells[column] !== ""),
  );
  const columns = kept.map((column) => header.cells[column] || `column ${column + 1}`);
  checkDifferent(columns, name);
  const table: Table = {
    name,
    columns,
    rows: rows.map(({ cells, line }) => ({ cells: kept.map((column) => cells[column]), line })),
    unit: "line",
    notes: delimiter === undefined && guessed !== "," ? [`Cells are taken to be divided by ${nameOf(guessed)}.`] : [],
  };
  return guessed === "," ? table : withDecimalPoints(table);
}

/** The delimiter that gives the header at least two cells and the most of the first rows as many as it. */
export function guessDelimiter(text: string): string {
  let best = { delimiter: DELIMITERS[0], share: 0, cells: 1 };
  for (const delimiter of DELIMITERS) {
    const [header, ...rows] = firstRows(text, delimiter);
    if (header === undefined || header.length < 2) continue;
    const share = rows.length === 0 ? 1 : rows.filter(({ length }) => length === header.length).length / rows.length;
    const cells = header.length;
    if (share > best.share || (share === best.share && cells > best.cells)) best = { delimiter, share, cells };
  }
  return best.delimiter;
}

function firstRows(text: string, delimiter: string): string[][] {
  // The start of a long text, to a line's end: that may lie between quotes.
  const start = text.length > GUESS_LENGTH ? text.slice(0, text.lastIndexOf("\n", GUESS_LENGTH) + 1) : text;
  for (const part of start === text ? [text] : [start, text]) {
    try {
      return parse(part, {
        delimiter,
        bom: true,
        trim: true,
        skip_empty_lines: true,
        relax_column_count: true,
        relax_quotes: true,
        to: GUESS_ROWS,
      });
    } catch {
      // Quotes do not close with this delimiter.
    }
  }
  return [];
}

function parseCells(text: string, name: string, delimiter: string): Row[] {
  if (text.includes("\0")) {
    throw new UsageError(
      `Expected a table as text in ${name}, got bytes 0, as in spreadsheets and other binary files: save it as CSV.`,
    );
  }
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`Expected CSV in ${name}, got text that cannot be parsed: ${error.message.slice(0, 150)}.`, {
      cause: error,
    });
  }
}

function checkDifferent(columns: readonly string[], name: string): void {
  for (const [index, column] of columns.entries()) {
    const first = columns.indexOf(column);
    if (first === index) continue;
    throw new UsageError(
      `Expected different column names in ${name}, got ${show(column)} for columns ${first + 1} and ${index + 1}: rename one.`,
    );
  }
}

/** The table with decimal points in columns of numbers that are written with commas. */
function withDecimalPoints(table: Table): Table {
  const { name, columns, rows, notes } = table;
  const written = [...columns.keys()].filter((column) => {
    const cells = rows.map((row) => row.cells[column]).filter((cell) => !isMissing(cell));
    return (
      cells.some((cell) => DECIMAL_COMMA.test(cell) || THOUSANDS.test(cell)) &&
      cells.every((cell) => isNumber(cell) || DECIMAL_COMMA.test(cell) || THOUSANDS.test(cell))
    );
  });
  if (written.length === 0) return table;
  const withComma = rows.flatMap(({ cells, line }) =>
    written.filter((column) => cells[column].includes(",")).map((column) => ({ cell: cells[column], line, column })),
  );
  if (withComma.every(({ cell }) => THOUSANDS.test(cell))) {
    const [{ cell, line, column }] = withComma;
    throw new UsageError(
      `Expected numbers with a point or a comma before their decimals, got ${show(cell)} in ${placeOf(table, line, columns[column])}, ` +
        `which may be thousands: write ${cell.replaceAll(",", "")} or ${cell.replace(",", ".")}.`,
    );
  }
  return {
    ...table,
    rows: rows.map(({ cells, line }) => ({
      cells: cells.map((cell, column) => (written.includes(column) ? cell.replace(",", ".") : cell)),
      line,
    })),
    notes: [
      ...notes,
      `Commas in numbers of ${name} are taken to stand before decimals, as in ${show(withComma[0].cell)}.`,
    ],
  };
}

function nameOf(delimiter: string): string {
  return { ";": "semicolons", "\t": "tabs", "|": "bars (|)" }[delimiter] ?? show(delimiter);
}

/** Names in a line, divided by commas: those that hold a comma stand in quotes. @throws UsageError if quotes do not close */
export function readNames(line: string): string[] {
  const [row] = parseCells(line, "names of columns", ",");
  return row === undefined ? [] : [...row.cells];
}
