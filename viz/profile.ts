/** Draws the weight profile: the score against the value of the shared weight, with its spread over episodes. */
import { STANDARD_WEIGHTS } from "../src/index.ts";
import { extent } from "./axis.ts";
import { appendBand, appendCursor, appendLine, type Chart, type ChartOptions, createChart } from "./chart.ts";
import { append } from "./svg.ts";
import { colour } from "./theme.ts";

/** The score at one value of the shared weight. */
export interface ProfilePoint {
  readonly weight: number;
  readonly mean: number;
  /** Lowest and highest of the episodes, or of the classes. */
  readonly low: number;
  readonly high: number;
}

/** Options of the profile's picture. */
export interface ProfileOptions extends ChartOptions {
  readonly scoreName?: string;
  /** What the line and the band are; without the second there is no band. Default "mean over episodes" and "lowest to highest". */
  readonly names?: readonly [line: string, band?: string];
  /** Range of scores, so that profiles of different champions compare; default that of the data. */
  readonly range?: readonly [number, number];
  /** Range of weights; default that of the points. */
  readonly weights?: readonly number[];
  /** A score that no shared weight has, drawn as a level, such as that with trained weights. */
  readonly level?: { readonly name: string; readonly value: number };
}

/** Draws the profile; the six standard weights are marked where the profile has them. */
export function chartProfile(document: Document, points: readonly ProfilePoint[], options: ProfileOptions = {}): Chart {
  const { level } = options;
  const levels = level === undefined ? [] : [level.value];
  const [line, band] = options.names ?? ["mean over episodes", "lowest to highest"];
  const chart = createChart(
    document,
    "profile",
    "Score against shared weight.",
    {
      x: { name: "shared weight", domain: options.weights ?? extent(points.map((point) => point.weight)), exact: true },
      y: {
        name: options.scoreName ?? "score",
        domain:
          points.length === 0
            ? []
            : (options.range ?? extent([...points.flatMap(({ low, high }) => [low, high]), ...levels])),
      },
    },
    options,
    [
      { name: line, stroke: colour("accent") },
      ...(band === undefined ? [] : [{ name: band, stroke: colour("accent"), band: true }]),
      ...(level === undefined ? [] : [{ name: level.name, stroke: colour("series-3"), dash: "5 4" }]),
    ],
  );
  if (band !== undefined) {
    appendBand(
      chart,
      points.map(({ weight, low, high }) => [weight, low, high]),
      colour("accent"),
    );
  }
  if (level !== undefined && points.length > 0) {
    const ends = [points[0].weight, points[points.length - 1].weight];
    appendLine(
      chart,
      ends.map((weight) => [weight, level.value]),
      { stroke: colour("series-3"), dash: "5 4", width: 1.5 },
    );
  }
  appendLine(
    chart,
    points.map(({ weight, mean }) => [weight, mean]),
    { stroke: colour("accent") },
  );
  for (const { weight, mean } of points) {
    if (!STANDARD_WEIGHTS.includes(weight)) continue;
    append(chart.data, "circle", {
      class: "standard",
      cx: chart.x(weight),
      cy: chart.y(mean),
      r: 4.5,
      fill: colour("surface"),
      stroke: colour("accent"),
      "stroke-width": 2,
    });
  }
  appendCursor(chart);
  return chart;
}

/** The profile as a picture alone. */
export const drawProfile = (...given: Parameters<typeof chartProfile>): SVGSVGElement => chartProfile(...given).svg;
