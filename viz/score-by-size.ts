/** Draws score against size: each network a dot, those of a kind in one colour, published ones as diamonds. */
import type { SizeSeries } from "../src/index.ts";
import { extent, tickText } from "./axis.ts";
import { appendDiamond, type Chart, type ChartOptions, createChart, seriesStyle } from "./chart.ts";
import { isotonic } from "./isotonic.ts";
import { append } from "./svg.ts";
import { colour } from "./theme.ts";

/** How to draw. */
export interface ScoreBySizeOptions extends ChartOptions {
  /** Name and unit of the score. */
  readonly axis: string;
  /** The scores are shares, written in per cent. */
  readonly percent?: boolean;
}

/** Between the middles of two names. */
const NAME_ROW = 13;

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
  const place = ({ size, value }: SizeSeries["points"][number]) => [chart.x(size), chart.y(factor * value)] as const;
  const describe = (mark: Element, name: string, { size, value, label }: SizeSeries["points"][number]) =>
    append(
      mark,
      "title",
      {},
      `${name}, ${label}: ${size} connections, ${tickText(factor * value)}${percent ? " %" : ""}`,
    );
  const names = series
    .filter(({ published }) => published)
    .flatMap(({ name, points }) =>
      points.map((point) => {
        const [x, y] = place(point);
        describe(appendDiamond(chart.data, x, y), name, point);
        return { name, x, y };
      }),
    );
  const isLeft = ({ x }: { readonly x: number }) => x > chart.width / 2;
  appendNames(
    chart,
    names.filter((name) => !isLeft(name)),
    9,
  );
  appendNames(chart, names.filter(isLeft), -9);
  // Last, so that no name hides one.
  own.forEach(({ name, points }, index) => {
    const { stroke } = seriesStyle(index);
    for (const point of points) {
      const [cx, cy] = place(point);
      describe(append(chart.data, "circle", { cx, cy, r: 4, fill: stroke, "fill-opacity": 0.65 }), name, point);
    }
  });
  return chart.svg;
}

/** Writes names beside their places, to the left where `side` is below 0, moved apart where they would be on each other. */
function appendNames(
  chart: Chart,
  names: readonly { readonly name: string; readonly x: number; readonly y: number }[],
  side: number,
): void {
  const sorted = [...names].sort((a, b) => a.y - b.y);
  const apart = isotonic(
    sorted.map(({ y }, index) => y - index * NAME_ROW),
    sorted.map(() => 1),
  );
  sorted.forEach(({ name, x }, index) => {
    const anchor = side < 0 ? "end" : "start";
    const halo = { stroke: colour("surface"), "stroke-width": 3, "paint-order": "stroke" };
    const at = { x: x + side, y: apart[index] + index * NAME_ROW, dy: "0.35em", "text-anchor": anchor };
    append(chart.data, "text", { ...at, ...halo, "font-size": 11, fill: colour("ink-soft") }, name);
  });
}
