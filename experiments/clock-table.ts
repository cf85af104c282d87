/** Rows of searches by the clock as a table. */
import type { Row } from "./clock.ts";

const percent = (value: number) => (100 * value).toFixed(1);

/** The table as Markdown. */
export function clockTable(rows: readonly Row[]): string {
  return [
    "| settings | seed | minutes | generations | connections | random shared weight | ensemble | best shared weight |",
    "|---|---|---|---|---|---|---|---|",
    ...rows.map((row) =>
      [
        `| ${row.variant} | ${row.seed} | ${row.minutes} | ${row.generations} | ${row.connections}`,
        `${percent(row.randomShared)} +- ${percent(row.randomSharedStd)}`,
        percent(row.ensemble),
        `${percent(row.bestShared)} |`,
      ].join(" | "),
    ),
  ].join("\n");
}
