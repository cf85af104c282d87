/** Test accuracy on penguins, and R2 on cars beside that of linear regression; a line of medians for each time. */
import { median } from "precocial";
import type { Row } from "../clock.ts";

/** Figures of a row, in the order of the columns. */
const FIGURES = ["randomShared", "ensemble", "bestShared", "linear"] as const;

/** The table as Markdown. */
export function table(rows: readonly Row[]): string {
  const keyOf = ({ variant, minutes }: Row) => `${variant} ${minutes}`;
  const groups = [...new Set(rows.map(keyOf))].map((key) => rows.filter((row) => keyOf(row) === key));
  return [
    "| table | seconds | seed | generations | connections | random shared weight | vote | best shared weight | linear regression |",
    "|---|---|---|---|---|---|---|---|---|",
    ...groups.flatMap((group) => [...group.map(lineOf), medianOf(group)]),
  ].join("\n");
}

function lineOf(row: Row): string {
  const { variant, seed, generations, connections } = row;
  return cells([
    variant,
    seconds(row),
    seed,
    generations,
    connections,
    ...FIGURES.map((name) => figure(row, row[name])),
  ]);
}

function medianOf(group: readonly Row[]): string {
  const [first] = group;
  const of = (name: (typeof FIGURES)[number]) => {
    const values = group.flatMap((row) => row[name] ?? []);
    return values.length === 0 ? "" : `*${figure(first, median(values))}*`;
  };
  const number = (name: "generations" | "connections") => `*${median(group.map((row) => row[name])).toFixed(0)}*`;
  return cells([
    first.variant,
    seconds(first),
    "*median*",
    number("generations"),
    number("connections"),
    ...FIGURES.map(of),
  ]);
}

/** R2, or accuracy in percent. */
function figure({ linear }: Row, value: number | undefined): string {
  if (value === undefined) return "";
  return linear === undefined ? `${(100 * value).toFixed(1)} %` : value.toFixed(3);
}

function seconds({ minutes }: Row): number {
  return Math.round(minutes * 60);
}

function cells(line: readonly (string | number)[]): string {
  return `| ${line.join(" | ")} |`;
}
