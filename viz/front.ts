/** Draws the front of score against connections: for each size the best, where no other is both smaller and better. */
import { extent } from "./axis.ts";
import { appendLine, type ChartOptions, createChart } from "./chart.ts";
import type { GenerationRecord } from "./run-data.ts";
import { append } from "./svg.ts";
import { colour } from "./theme.ts";

/** Options of the front's picture. */
export interface FrontOptions extends ChartOptions {
  /** The generation to stand out; default the last. */
  readonly generation?: number;
  readonly scoreName?: string;
  /** Networks that the run keeps, by connections: larger dots, of class `kept`, with their place as `data-network`. */
  readonly kept?: readonly { readonly connections: number; readonly score: number }[];
  /** Place of the kept network that is shown. */
  readonly shown?: number;
}

/** Fronts drawn behind the chosen one, spread over the run, so that one sees it move. */
const EARLIER = 12;

export function drawFront(
  document: Document,
  generations: readonly GenerationRecord[],
  options: FrontOptions = {},
): SVGSVGElement {
  const fronts = generations.filter((line) => (line.front?.length ?? 0) > 0);
  const { kept = [], shown } = options;
  const points = kept.map(({ connections, score }) => [connections, score] as const);
  const all = [...fronts.flatMap((line) => line.front ?? []), ...points];
  const chosen = fronts.findLast((line) => line.generation <= (options.generation ?? Infinity)) ?? fronts.at(-1);
  const chart = createChart(
    document,
    "front",
    "Score against connections.",
    {
      x: { name: "connections", domain: extent(all.map(([connections]) => connections)), whole: true },
      y: { name: options.scoreName ?? "score", domain: extent(all.map(([, score]) => score)) },
    },
    options,
    [
      { name: `generation ${chosen?.generation}`, stroke: colour("accent") },
      { name: "other generations", stroke: colour("ink-soft") },
      ...(kept.length > 0 ? [{ name: "kept, on validation episodes", stroke: colour("lit") }] : []),
    ],
  );
  const stride = Math.max(1, Math.ceil(fronts.length / EARLIER));
  fronts.forEach((line, index) => {
    if (index % stride !== 0 || line === chosen) return;
    appendLine(chart, stairs(line.front ?? []), {
      stroke: colour("ink-soft"),
      width: 1,
      opacity: 0.15 + (0.35 * index) / fronts.length,
    });
  });
  if (chosen !== undefined) {
    appendLine(chart, stairs(chosen.front ?? []), { stroke: colour("accent"), width: 1.5 });
    for (const [connections, score] of chosen.front ?? []) {
      append(chart.data, "circle", { cx: chart.x(connections), cy: chart.y(score), r: 3.5, fill: colour("accent") });
    }
  }
  if (points.length > 0) appendLine(chart, stairs(points), { stroke: colour("lit"), width: 1.5 });
  points.forEach(([connections, score], index) => {
    const dot = append(chart.data, "circle", {
      class: "kept",
      "data-network": index,
      cx: chart.x(connections),
      cy: chart.y(score),
      r: index === shown ? 6.5 : 5,
      fill: colour(index === shown ? "lit" : "surface"),
      stroke: colour("lit"),
      "stroke-width": 2,
    });
    append(dot, "title", {}, `${connections} connections`);
  });
  return chart.svg;
}

/** The front as a staircase: a score is reached from its size on. */
function stairs(front: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const points = [...front].sort((a, b) => a[0] - b[0]);
  return points.flatMap((point, at) => (at === 0 ? [point] : [[point[0], points[at - 1][1]] as const, point]));
}
