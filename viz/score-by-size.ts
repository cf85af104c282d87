/** Draws score against size: each network a dot, those of a kind in one colour, published ones as diamonds. */
import type { SizeSeries } from "../src/index.ts";
import { type ChartOptions, createChart, extent, seriesStyle, tickText } from "./chart.ts";
import { append, linePath } from "./svg.ts";
import { colour } from "./theme.ts";

/** How to draw. */
export interface ScoreBySizeOptions extends ChartOptions {
  /** Name and unit of the score. */
  readonly axis: string;
  /** The scores are shares, written in per cent. */
  readonly percent?: boolean;
}

export function drawScoreBySize(
  document: Document,
  series: readonly SizeSeries[],
  options: ScoreBySizeOptions,
): SVGSVGElement {
  const { axis, percent = false } = options;
  const factor = percent ? 100 : 1;
  const points = series.flatMap((one) => one.points);
  const own = series.filter(({ published }) => !published);
  const legend = own.map(({ name }, index) => ({ name, stroke: seriesStyle(index).stroke }));
  const chart = createChart(
    document,
    "score-by-size",
    `${axis} against size of ${series.map(({ name }) => name).join("; ")}.`,
    {
      x: {
        name: "connections; of a trained network weights and biases",
        domain: extent(points.map(({ size }) => size)),
        log: true,
      },
      y: { name: axis, domain: extent(points.map(({ value }) => factor * value)) },
    },
    { width: 720, height: 380, ...options },
    legend,
  );
  for (const { name, published, points } of series) {
    const { stroke } = seriesStyle(own.findIndex((one) => one.name === name));
    for (const { size, value, label } of points) {
      const [x, y] = [chart.x(size), chart.y(factor * value)];
      const mark = published
        ? append(chart.data, "path", {
            d: `${diamond(x, y)}Z`,
            fill: colour("surface"),
            stroke: colour("ink-soft"),
            "stroke-width": 1.5,
          })
        : append(chart.data, "circle", { cx: x, cy: y, r: 4, fill: stroke, "fill-opacity": 0.65 });
      append(
        mark,
        "title",
        {},
        `${name}, ${label}: ${size} connections, ${tickText(factor * value)}${percent ? " %" : ""}`,
      );
      if (!published) continue;
      const isRight = x > chart.width / 2;
      append(
        chart.data,
        "text",
        {
          x: x + (isRight ? -9 : 9),
          y,
          dy: "0.35em",
          "text-anchor": isRight ? "end" : "start",
          "font-size": 11,
          fill: colour("ink-soft"),
        },
        name,
      );
    }
  }
  return chart.svg;
}

function diamond(x: number, y: number): string {
  return linePath([
    [x - 5, y],
    [x, y - 5],
    [x + 5, y],
    [x, y + 5],
  ]);
}
