/** Draws how the runs of several variants go: the median of each as a line, its quartiles as a band. */
import type { BandPoint } from "../src/index.ts";
import { extent } from "./axis.ts";
import {
  appendBand,
  appendCursor,
  appendLine,
  type Chart,
  type ChartOptions,
  createChart,
  seriesStyle,
} from "./chart.ts";

/** Runs of a variant. */
export interface BandSeries {
  readonly name: string;
  /** Its colour and dash, by its place among all variants. */
  readonly index: number;
  readonly points: readonly BandPoint[];
}

/** What the axes are. */
export interface BandOptions extends ChartOptions {
  /** Name and unit of the horizontal axis. */
  readonly x: string;
  /** Only whole numbers of it are marked. */
  readonly whole?: boolean;
  readonly y: string;
  /** Names of the lines above; default true. */
  readonly legend?: boolean;
}

export function chartBands(document: Document, series: readonly BandSeries[], options: BandOptions): Chart {
  const points = series.flatMap((one) => one.points);
  const chart = createChart(
    document,
    "bands",
    `${options.y} by ${options.x}: median and quartiles of ${series.length} variants.`,
    {
      x: { name: options.x, domain: extent(points.map(({ x }) => x)), whole: options.whole, exact: true },
      y: { name: options.y, domain: extent(points.flatMap(({ low, high }) => [low, high])) },
    },
    options,
    options.legend === false ? [] : series.map(({ name, index }) => ({ name, ...seriesStyle(index) })),
  );
  for (const { points, index } of series) {
    const quartiles = points.map(({ x, low, high }) => [x, low, high] as const);
    appendBand(chart, quartiles, seriesStyle(index).stroke, 0.14);
  }
  for (const { points, index } of series) {
    appendLine(
      chart,
      points.map(({ x, median }) => [x, median]),
      seriesStyle(index),
    );
  }
  appendCursor(chart);
  return chart;
}

/** The bands as a picture alone. */
export const drawBands = (...given: Parameters<typeof chartBands>): SVGSVGElement => chartBands(...given).svg;
