/** Draws several runs on the same axes: the champion's or best score by generation, or of a baseline by epoch. */
import { appendLine, type ChartOptions, createChart, extent, seriesStyle } from "./chart.ts";
import { epochsOf, generationsOf, type RunData } from "./run-data.ts";

/** What to compare. */
export type Comparison = "best" | "median" | "connections";

const NAMES: Record<Comparison, string> = {
  best: "best score",
  median: "median score",
  connections: "connections of the best",
};

/**
 * A baseline's epochs stand on the same axes as a search's generations; its score is the mean log-likelihood, the
 * negative of its validation loss.
 */
export function drawComparison(
  document: Document,
  runs: readonly RunData[],
  options: ChartOptions & { readonly show?: Comparison } = {},
): SVGSVGElement {
  const show = options.show ?? "best";
  const lines = runs.map((run) => ({ name: run.name, points: pointsOf(run, show) }));
  const steps = runs.some((run) => epochsOf(run).length > 0) ? "generation, or epoch of a baseline" : "generation";
  const drawn = lines
    .map(({ name, points }, index) => ({ name, points, ...seriesStyle(index) }))
    .filter(({ points }) => points.length > 0);
  const chart = createChart(
    document,
    "comparison",
    `${NAMES[show]} of ${runs.length} runs by generation.`,
    {
      x: {
        name: steps,
        domain: extent(lines.flatMap(({ points }) => points.map(([x]) => x))),
        whole: true,
        exact: true,
      },
      y: { name: NAMES[show], domain: extent(lines.flatMap(({ points }) => points.map(([, y]) => y))) },
    },
    options,
    drawn,
  );
  for (const { points, ...style } of drawn) appendLine(chart, points, style);
  return chart.svg;
}

function pointsOf(run: RunData, show: Comparison): [number, number][] {
  const epochs = epochsOf(run);
  if (epochs.length > 0) {
    return show === "connections" ? [] : epochs.map((line) => [line.epoch, -line.validation.loss]);
  }
  return generationsOf(run).map((line) => [
    line.generation,
    show === "connections" ? line.connections.best : line.scores[show],
  ]);
}
