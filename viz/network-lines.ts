/** Draws the connections of a network as curves that keep to the ways of its layout. */
import type { Layout } from "./layout.ts";
import type { DrawnGraph } from "./network-graph.ts";
import type { Sizes } from "./network-node.ts";
import { type PixelGrid, pixelExit } from "./pixels.ts";
import { append, round } from "./svg.ts";
import { colour } from "./theme.ts";

/** Where the parts of a network stand, in units of the drawing. */
export interface Placement {
  /** Of a node, by its index. */
  readonly x: (index: number) => number;
  readonly y: (index: number) => number;
  /** Of a layer. */
  readonly column: (layer: number) => number;
  /** Where heights of the layout begin. */
  readonly top: number;
  readonly layout: Layout;
  readonly sizes: Sizes;
  readonly grid?: PixelGrid;
}

/**
 * Appends every connection, and a dotted leader from each output that feeds other nodes to the place of its name.
 *
 * @param leaders outputs (index of a node) that have one; their edges follow those of the graph in the layout
 */
export function appendLines(svg: Element, graph: DrawnGraph, leaders: readonly number[], place: Placement): void {
  const { sizes, layout, grid } = place;
  const group = append(svg, "g", {
    class: "connections",
    fill: "none",
    stroke: colour("ink-soft"),
    "stroke-width": sizes.lineWidth,
    "stroke-opacity": sizes.lineOpacity,
  });
  const line = (points: Point[], source: number, target: number, gene: number) =>
    append(group, "path", {
      class: "connection",
      d: smoothPath(points),
      "data-source": source,
      "data-target": target,
      "data-gene": gene,
    });
  const way = (source: number, target: number, edge: number): Point[] => [
    [place.x(source) + radiusOf(graph, source, sizes), place.y(source)],
    ...layout.ways[edge].map(
      (height, index): Point => [place.column(layout.layers[source] + 1 + index), place.top + height],
    ),
    [place.x(target) - sizes.radius, place.y(target)],
  ];
  for (const { pixel, target, gene } of grid ? graph.pixels : []) {
    const start = pixelExit(pixel, grid as PixelGrid);
    const end: Point = [place.x(target) - sizes.radius, place.y(target)];
    const drawn = line([start, end], 1 + pixel, graph.nodes[target].position, gene);
    // Hundreds of them share the grid's edge: fainter than the others until the pointer asks.
    drawn.setAttribute("stroke-opacity", String(sizes.lineOpacity / 2));
  }
  graph.sources.forEach((source, edge) => {
    const target = graph.targets[edge];
    line(way(source, target, edge), graph.nodes[source].position, graph.nodes[target].position, graph.genes[edge]);
  });
  leaders.forEach((output, index) => {
    const end = graph.nodes.length + index;
    const points = way(output, end, graph.sources.length + index);
    append(group, "path", {
      class: "leader",
      d: smoothPath([...points, [place.x(end) + sizes.radius, place.y(end)]]),
      "stroke-dasharray": "1 4",
      "stroke-linecap": "round",
      "stroke-opacity": 0.9,
    });
  });
}

type Point = readonly [x: number, y: number];

function radiusOf(graph: DrawnGraph, index: number, { radius }: Sizes): number {
  return graph.nodes[index].kind === "input" ? Math.min(radius, 6) : radius;
}

/** A curve through the points, level at both ends and never overshooting between (Fritsch & Butland 1984). */
function smoothPath(points: readonly (readonly [number, number])[]): string {
  const slope = (at: number) => (points[at + 1][1] - points[at][1]) / (points[at + 1][0] - points[at][0]);
  const tangents = points.map((_, at) => {
    if (at === 0 || at === points.length - 1) return 0;
    const before = slope(at - 1);
    const after = slope(at);
    return before * after > 0 ? (2 * before * after) / (before + after) : 0;
  });
  let path = `M${round(points[0][0])},${round(points[0][1])}`;
  for (let at = 1; at < points.length; at++) {
    const [x0, y0] = points[at - 1];
    const [x1, y1] = points[at];
    const end = points.length === 2 ? 2 : 3;
    const reach = (x1 - x0) / end;
    path +=
      Math.abs(y1 - y0) < 0.01
        ? `H${round(x1)}`
        : `C${round(x0 + reach)},${round(y0 + reach * tangents[at - 1])},` +
          `${round(x1 - reach)},${round(y1 - reach * tangents[at])},${round(x1)},${round(y1)}`;
  }
  return path;
}
