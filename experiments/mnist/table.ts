/** Accuracy on test images after each time, beside the paper's. */
import type { Row } from "./run.ts";

const percent = (value: number) => (100 * value).toFixed(1);

/** The table as Markdown. */
export function table(rows: readonly Row[]): string {
  return [
    "| settings | minutes | generations | connections | random shared weight | ensemble | best shared weight |",
    "|---|---|---|---|---|---|---|",
    ...rows.map((row) =>
      [
        `| ${row.variant} | ${row.minutes} | ${row.generations} | ${row.connections}`,
        `${percent(row.randomShared)} +- ${percent(row.randomSharedStd)}`,
        percent(row.ensemble),
        `${percent(row.bestShared)} |`,
      ].join(" | "),
    ),
    "| *the paper's champion* | | 4096 | 1849 | 82.0 +- 18.7 | 91.6 | 91.9 |",
  ].join("\n");
}
