/** Draws how the champions of a study came on: their scores on validation data by what had been played. */
import type { StudyRecord } from "precocial";
import { extent } from "../viz/axis.ts";
import { appendLine, createChart, seriesStyle } from "../viz/chart.ts";
import { appendLevels } from "../viz/levels.ts";
import { createPlainDocument } from "../viz/plain-document.ts";
import { svgFile } from "../viz/svg-file.ts";
import { colour } from "../viz/theme.ts";

/** The courses of all runs of a study, of one colour for a variant, with its target as a level; an SVG file. */
export function drawCourse({ variants, curves, target, question }: StudyRecord): string {
  const lines = curves.map(({ variant, steps = [], score = [] }) => ({
    variant: variants.findIndex(({ name }) => name === variant),
    // A champion stays until the next.
    points: steps.flatMap((step, place) => [
      ...(place > 0 ? [[step / 1e6, score[place - 1]] as const] : []),
      [step / 1e6, score[place]] as const,
    ]),
  }));
  const points = lines.flatMap((line) => line.points);
  const chart = createChart(
    createPlainDocument(),
    "course",
    `The score of the champion by the steps played: ${question}`,
    {
      x: { name: "environment steps (millions)", domain: extent([0, ...points.map(([x]) => x)]) },
      y: { name: "champion's score, validation", domain: extent([...points.map(([, y]) => y), target ?? 0]) },
    },
    { height: 280 },
    variants.map(({ name }, index) => ({ name, ...seriesStyle(index) })),
  );
  if (target !== undefined) appendLevels(chart, [{ name: "target", value: target }], colour("ink-soft"));
  for (const line of lines) appendLine(chart, line.points, { ...seriesStyle(line.variant), width: 2 });
  return svgFile(chart.svg.outerHTML);
}
