/** Figures of all runs to a table: median and range over seeds for each variant. */
import { median } from "precocial";
import type { Row } from "./run.ts";

const COLUMNS = ["standard", "randomShared", "bestShared", "randomWeights", "connections"] as const;

/** The table as Markdown, best median first. */
export function table(rows: readonly Row[]): string {
  const variants = [...new Set(rows.map((row) => row.variant))].map((variant) => {
    const runs = rows.filter((row) => row.variant === variant);
    return { variant, runs, standard: median(runs.map((row) => row.standard)) };
  });
  variants.sort((a, b) => b.standard - a.standard);
  const lines = variants.map(({ variant, runs }) => {
    const cells = COLUMNS.map((column) => {
      const values = runs.map((row) => row[column]);
      return `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
    });
    return `| ${variant} | ${runs.length} | ${cells.join(" | ")} |`;
  });
  return [
    `| variant | runs | ${COLUMNS.join(" | ")} |`,
    `|---|---|${COLUMNS.map(() => "---").join("|")}|`,
    ...lines,
    "| *paper's champion, re-measured* | 1 | 611 | 526 | 727 | 52 | 52 |",
  ].join("\n");
}
