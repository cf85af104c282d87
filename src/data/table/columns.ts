/** Which columns of a table are inputs; refuses those that tell nothing of other rows, such as ids and dates. */
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { isDate } from "./dates.ts";
import { checkColumns, isMissing, isNumber, type Table } from "./table.ts";

/** Which columns to take. */
export interface ColumnChoice {
  /** The column to be told. */
  readonly target: string;
  /** The inputs; all but the target without it. */
  readonly columns?: readonly string[];
  /** Columns that are no inputs. */
  readonly ignore?: readonly string[];
  /** Rare values of a categorical column are grouped so that it has at most so many. */
  readonly group?: number;
}

/** Categories of a column, at most. */
export const MAX_CATEGORIES = 256;
/** Columns whose reasons a message gives, at most. */
const MOST_REASONS = 8;
/** Fewer values that are all different may be so by chance. */
const MIN_ID_VALUES = 10;
/** Names of columns that number rows: "id", "user_id", "PassengerId", "rowid", "index". */
const ID_WORD = /^(row)?(id|index|uuid|guid)$|[\s_.-](id|uuid|guid)$/i;
const ID_CAMEL = /[a-z](Id|ID)$/;

/** Whether more than half of the cells that are not missing are numbers. */
export function isNumericColumn(cells: readonly string[]): boolean {
  const present = cells.filter((cell) => !isMissing(cell));
  return 2 * present.filter(isNumber).length > present.length;
}

/**
 * The columns that are inputs, by index, in the order of the table.
 *
 * Columns of dates, and those that only name or number the rows, are refused unless `columns` names them.
 *
 * @throws UsageError for an unknown name, or listing all columns that cannot be inputs, and the remedy
 */
export function chooseColumns(table: Table, choice: ColumnChoice): number[] {
  const { target, columns, ignore = [] } = choice;
  checkColumns(table, "column to take", columns ?? []);
  checkColumns(table, "column to ignore", ignore);
  if (columns?.includes(target)) {
    throw new UsageError(
      `Expected inputs beside the target ${show(target)}, got it among them: take it out of --columns.`,
    );
  }
  const chosen = [...table.columns.keys()].filter((index) => {
    const name = table.columns[index];
    return name !== target && !ignore.includes(name) && (columns?.includes(name) ?? true);
  });
  if (chosen.length === 0) {
    throw new UsageError(`Expected columns beside the target ${show(target)} in ${table.name}, got none: add inputs.`);
  }
  const refusals = chosen.flatMap((index) => {
    const refusal = refusalOf(table, index, choice);
    return refusal === undefined ? [] : [{ name: table.columns[index], ...refusal }];
  });
  if (refusals.length > 0) throw refused(table, refusals);
  return chosen;
}

/** Why a column cannot be an input. */
interface Refusal {
  readonly reason: string;
  /** What would make an input of it. */
  readonly remedy?: "name it" | "group";
}

function refusalOf(table: Table, index: number, { columns, group }: ColumnChoice): Refusal | undefined {
  const name = table.columns[index];
  const cells = table.rows.map((row) => row.cells[index]).filter((cell) => !isMissing(cell));
  const different = new Set(cells).size;
  const isNumeric = isNumericColumn(cells);
  const isWhole = cells.length === table.rows.length;
  if (cells.length === 0) return { reason: "no value in any row" };
  const isConstant = isNumeric ? new Set(cells.map(Number)).size === 1 : different === 1 && isWhole;
  if (isConstant) return { reason: `${show(cells[0])} in every row${isWhole ? "" : " that has a value"}` };
  if (table.unit === "record" && cells.some((cell) => /^[[{]/.test(cell))) return { reason: "lists or objects" };
  const isNamed = columns?.includes(name) ?? false;
  if (!isNamed && cells.every(isDate))
    return { reason: `dates or times, such as ${show(cells[0])}`, remedy: "name it" };
  if (!isNamed && different === cells.length && different >= MIN_ID_VALUES) {
    if (!isNumeric) return { reason: "another text in every row, as of an id", remedy: "name it" };
    const values = cells.map(Number);
    if (values.every(Number.isInteger)) {
      if (isIdName(name)) return { reason: "another integer in every row, as of an id", remedy: "name it" };
      const rises = values.every((value, row) => row === 0 || value > values[row - 1]);
      if (rises) return { reason: "integers that rise from row to row, as of an index", remedy: "name it" };
    }
  }
  if (!isNumeric && different > MAX_CATEGORIES && group === undefined) {
    return { reason: `${different} different texts, more than ${MAX_CATEGORIES}`, remedy: "group" };
  }
  return undefined;
}

/** Whether a column is called an id. */
function isIdName(name: string): boolean {
  return ID_WORD.test(name) || ID_CAMEL.test(name);
}

function refused({ name }: Table, refusals: readonly (Refusal & { readonly name: string })[]): UsageError {
  const words = refusals.slice(0, MOST_REASONS).map((refusal) => `${show(refusal.name)} (${refusal.reason})`);
  if (refusals.length > MOST_REASONS) words.push(`${refusals.length - MOST_REASONS} more`);
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
  const remedies = [
    `leave ${words.length === 1 ? "it" : "them"} out with --ignore ${optionOf(refusals.map((refusal) => refusal.name))}`,
  ];
  if (refusals.some(({ remedy }) => remedy === "group")) remedies.push("or group rare values with --group 32");
  if (refusals.some(({ remedy }) => remedy === "name it"))
    remedies.push("or, to use them all the same, name all inputs with --columns");
  return new UsageError(
    `Expected columns that tell something of other rows in ${name}, got ${list}: ${remedies.join(", ")}.`,
  );
}

/** Names as an option of a command line: a,"b c". */
function optionOf(names: readonly string[]): string {
  const joined = names.map((name) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(",");
  return /^[\w,.-]+$/.test(joined) ? joined : `'${joined.replaceAll("'", "'\\''")}'`;
}
