/** A comparison as text, Markdown or HTML. */
import { CONDITION_NAMES, type ConditionName } from "../measure/conditions.ts";
import type { Measure } from "../tasks/task.ts";
import { alignColumns } from "./output.ts";
import { formatPlain, time } from "./progress.ts";
import type { ComparisonRow } from "./row-makers.ts";

/** The forms a comparison can take. */
export const FORMATS = ["table", "md", "html", "json"] as const;

/** Columns of the conditions. */
export const CONDITION_COLUMNS: Readonly<Record<ConditionName, string>> = {
  standard: "six weights",
  randomWeights: "random weights",
  randomShared: "random shared",
  ensemble: "vote",
  bestShared: "best shared",
  trainedWeights: "trained",
  linear: "linear regression",
};

/** What must be said of a comparison. */
export function notesOf(rows: readonly ComparisonRow[]): string[] {
  const tasks = [...new Set(rows.map(({ task }) => task))];
  const notes: string[] = [];
  if (tasks.length > 1) {
    notes.push(`The runs are of different tasks (${tasks.join(", ")}): scores compare only within one.`);
  }
  for (const { name, absent } of rows) if (absent !== undefined) notes.push(`${name} was not measured. ${absent}`);
  const shares = new Set(rows.flatMap(({ measure }) => (measure.unit === "share" ? [measure.name] : [])));
  for (const name of shares) notes.push(`Percentages are ${name} on test examples.`);
  const named = new Map(rows.map(({ measure }) => [measure.name, measure]));
  for (const { name, description } of named.values()) {
    if (!shares.has(name) && name !== "score") notes.push(`${name}: ${description}.`);
  }
  if (rows.some(({ deviations = {} }) => Object.keys(deviations).length > 0)) {
    notes.push("± is the standard deviation over weights, and over episodes where the task has them.");
  }
  if (rows.some(({ kind }) => kind === "trained")) {
    notes.push("A trained network's size counts its weights and biases; an evolved one's its connections.");
  }
  notes.push(
    "Seen: examples or environment steps, counted once for each network and weight scored on them; in training, once an epoch.",
  );
  return notes;
}

/** A comparison as a table; columns that no row fills are left out. */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  notes: readonly string[],
  format: "table" | "md" | "html",
): string {
  const cells = cellsOf(rows);
  if (format === "table") return [alignColumns(cells), "", ...notes].join("\n").trimEnd();
  if (format === "md") return markdown(cells, notes);
  return html(cells, notes);
}

function cellsOf(rows: readonly ComparisonRow[]): string[][] {
  const conditions = CONDITION_NAMES.filter((condition) => rows.some(({ scores }) => scores[condition] !== undefined));
  return [
    ["run", "task", "network", ...conditions.map((condition) => CONDITION_COLUMNS[condition]), "size", "seen", "time"],
    ...rows.map(({ name, task, network, kind, scores, measure, deviations = {}, size, seen, seconds }) => [
      name,
      task,
      network ?? kind,
      ...conditions.map((condition) => score(scores[condition], deviations[condition], measure)),
      count(size),
      count(seen),
      seconds === undefined ? "-" : time(seconds),
    ]),
  ];
}

/** 611 ± 210, or 82.0 ± 14.4 % */
function score(value: number | undefined, deviation: number | undefined, measure: Measure): string {
  if (value === undefined) return "-";
  const write = (number: number) => formatPlain(number, measure, 0);
  return `${write(value)}${deviation === undefined ? "" : ` ± ${write(deviation)}`}${measure.unit === "share" ? " %" : ""}`;
}

/** 101,770 */
function count(value: number | undefined): string {
  return value === undefined ? "-" : value.toLocaleString("en-US");
}

function markdown([head, ...rows]: readonly (readonly string[])[], notes: readonly string[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `|${head.map((_, column) => (column < 3 ? "---" : "---:")).join("|")}|`;
  return [line(head), rule, ...rows.map(line), ...notes.flatMap((note) => ["", note])].join("\n");
}

function html([head, ...rows]: readonly (readonly string[])[], notes: readonly string[]): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join("")}</tr>`;
  return [
    "<table>",
    `<thead>${row(head, "th")}</thead>`,
    "<tbody>",
    ...rows.map((cells) => row(cells, "td")),
    "</tbody>",
    "</table>",
    ...notes.map((note) => `<p>${escapeText(note)}</p>`),
  ].join("\n");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
