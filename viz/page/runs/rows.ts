/** Which runs the table shows, and in which order. */
import type { RunRow } from "../../runs-data.ts";
import type { Grouping, Order } from "../address.ts";
import { COLUMNS, SORTABLE } from "./columns.ts";

/** Runs under a heading. */
export interface RowGroup {
  /** What they have in common; "" for all together. */
  readonly title: string;
  readonly rows: readonly RunRow[];
}

const KEYS: Readonly<Record<Grouping, (row: RunRow) => string>> = {
  none: () => "",
  study: ({ study }) => study ?? "no study",
  task: ({ task }) => task,
  status: ({ status }) => (status === "died" ? "stopped without a word" : status),
};

/** The runs that have every word of the filter somewhere in their line, sorted, in their groups. */
export function arrangeRows(rows: readonly RunRow[], { sort, descending, filter, group }: Order): RowGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = rows.filter((row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
  const { value } = SORTABLE.find(({ id }) => id === sort) ?? SORTABLE[1];
  const sorted = [...kept].sort((a, b) => compare(value(a), value(b), descending) || compare(a.name, b.name, false));
  const titles = [...new Set(sorted.map(KEYS[group]))];
  return titles.map((title) => ({ title, rows: sorted.filter((row) => KEYS[group](row) === title) }));
}

function textOf(row: RunRow): string {
  const star = row.notes.star ? "starred" : "";
  return [row.name, row.study ?? "", star, ...COLUMNS.map((column) => column.text(row))].join("\n").toLowerCase();
}

/** What is not known stands last, whichever way it is sorted. */
function compare(a: string | number | undefined, b: string | number | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const order =
    typeof a === "number" && typeof b === "number"
      ? a - b
      : String(a).localeCompare(String(b), "en", { numeric: true });
  return descending ? -order : order;
}
