/** The columns of the table of runs: what each says of a run, and what runs are sorted by. */
import type { RunRow } from "../../runs-data.ts";
import { show, showScore } from "../html.ts";

/** A column. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** Numbers stand to the right. */
  readonly number?: boolean;
  /** Left out where no run has it. */
  readonly isRare?: boolean;
  /** What to sort by; undefined stands last. */
  value(row: RunRow): string | number | undefined;
  text(row: RunRow): string;
}

const NOTHING = "–";

/** The columns, in order; the star and the name stand before them. */
export const COLUMNS: readonly Column[] = [
  word("task", "task", ({ task }) => task),
  word("method", "method", ({ model }) => model),
  number("seed", "seed", ({ seed }) => seed, String),
  word("status", "status", ({ status }) => (status === "died" ? "stopped without a word" : status)),
  {
    id: "done",
    title: "done",
    number: true,
    value: ({ generations }) => generations,
    text: ({ generations, limit }) => `${whole(generations)}${limit === null ? "" : ` of ${whole(limit)}`}`,
  },
  {
    id: "test",
    title: "test",
    number: true,
    value: ({ test }) => test?.value,
    text: ({ test }) => (test === undefined ? NOTHING : measured(test.value, test.measure)),
  },
  {
    id: "score",
    title: "validation",
    number: true,
    value: ({ score }) => score,
    text: ({ score, measure }) => (score === undefined ? NOTHING : measured(score, measure)),
  },
  number("connections", "connections", ({ size }) => size, whole),
  number("time", "time", ({ seconds }) => seconds, duration),
  number("rate", "per second", rateOf, (rate) => show(rate, rate < 10 ? 2 : 0)),
  {
    id: "started",
    title: "started",
    value: ({ started }) => started,
    text: ({ started }) => new Date(started).toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" }),
  },
  word("settings", "settings that differ", ({ settings }) => settingsText(settings)),
  { ...word("tags", "tags", ({ notes }) => notes.tags.join(", ")), isRare: true },
  { ...word("note", "note", ({ notes }) => notes.note), isRare: true },
];

/** Stars and names are sorted by, too. */
export const SORTABLE: readonly Pick<Column, "id" | "value">[] = [
  { id: "star", value: ({ notes }) => (notes.star ? 1 : 0) },
  { id: "name", value: ({ name }) => name },
  ...COLUMNS,
];

/** Settings in words: "population 96, keepSplit always". */
export function settingsText(settings: RunRow["settings"]): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(", ");
}

/** The value of a setting. */
export function valueText(value: unknown): string {
  if (value === null) return "unlimited";
  if (Array.isArray(value)) return value.map(valueText).join(" ");
  if (typeof value !== "object" || value === undefined) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} ${valueText(part)}`)
    .join(" ");
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${show(seconds, seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function rateOf({ generations, seconds }: RunRow): number | undefined {
  return seconds > 0 ? generations / seconds : undefined;
}

/** A value in the unit of its measure. */
function measured(value: number, { unit }: RunRow["measure"]): string {
  return unit === "share" ? `${show(100 * value)} %` : showScore(value);
}

function whole(value: number): string {
  return value.toLocaleString("en");
}

function word(id: string, title: string, of: (row: RunRow) => string): Column {
  return { id, title, value: (row) => of(row) || undefined, text: of };
}

function number(
  id: string,
  title: string,
  of: (row: RunRow) => number | undefined,
  text: (value: number) => string,
): Column {
  const written = (value?: number) => (value === undefined ? NOTHING : text(value));
  return { id, title, number: true, value: of, text: (row) => written(of(row)) };
}
