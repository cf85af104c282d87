/** Draws a network: inputs left, hidden nodes with the curve of their activation, outputs right. */
import type { Genome } from "../src/index.ts";
import type { LayoutGraph } from "./layers.ts";
import { type Layout, layOut } from "./layout.ts";
import { chooseGraph, type DrawnGraph, type DrawnNode } from "./network-graph.ts";
import { appendNode, LABEL_GAP, type Sizes, sizesFrom } from "./network-node.ts";
import { appendPixels, pixelExit } from "./pixels.ts";
import { append, createDrawing, round } from "./svg.ts";
import { colour } from "./theme.ts";

/** How to draw a network. */
export interface NetworkOptions {
  /** Units of the drawing's width, at least; deep networks are drawn wider. Default 720. */
  readonly width?: number;
  /** Names of the inputs, in order; unnamed ones are numbered. */
  readonly inputNames?: readonly string[];
  /** Names of the outputs, in order; unnamed ones are numbered. */
  readonly outputNames?: readonly string[];
  /** The inputs are the pixels of an image of this size, drawn as a grid. */
  readonly image?: { readonly width: number; readonly height: number };
  /** Draw only what feeds this output, 0 is the first. */
  readonly output?: number;
}

/** A drawing may be this tall, in units and as a share of its width, before its nodes are drawn smaller. */
const LEAST_TALLEST = 520;
const TALLEST_SHARE = 0.75;
const TOP = 18;
const LETTER = 6.6;

/**
 * Draws the enabled part of a genome that feeds its outputs.
 *
 * Each node is a `g.node` with `data-position` (in the genome), each connection a `path.connection` with `data-gene`,
 * `data-source` and `data-target` (positions): see network-live.ts for what can be done with them.
 */
export function drawNetwork(document: Document, genome: Genome, options: NetworkOptions = {}): SVGSVGElement {
  const graph = chooseGraph(genome, {
    inputNames: options.inputNames ?? [],
    outputNames: options.outputNames ?? [],
    image: options.image !== undefined,
    output: options.output,
  });
  const indices = graph.nodes.map((_, index) => index);
  const first = indices.filter((index) => graph.nodes[index].kind === "input");
  const last = indices.filter((index) => graph.nodes[index].kind === "output");
  const requested = options.width ?? 720;
  const hidden = graph.nodes.length - first.length - last.length;
  const tallest = Math.max(LEAST_TALLEST, requested * TALLEST_SHARE);
  const { sizes, layout } = chooseSizes(
    { nodeCount: graph.nodes.length, ...graph, first, last },
    hidden,
    requested,
    tallest,
  );

  const gridSide = options.image === undefined ? 0 : Math.min(200, Math.max(110, requested * 0.24));
  const names = widest(graph, "input") + LABEL_GAP + sizes.radius;
  const left = 4 + (gridSide > 0 ? gridSide + 18 : 0) + names;
  const right = 4 + widest(graph, "output") + LABEL_GAP + sizes.radius;
  const steps = layout.layerCount - 1;
  const step = Math.max(sizes.step, (requested - left - right) / steps);
  const width = left + steps * step + right;
  const gridHeight = options.image === undefined ? 0 : (gridSide * options.image.height) / options.image.width;
  const bottom = sizes.glyphs && step >= 44 ? 30 : TOP;
  const height = Math.ceil(Math.max(layout.height, gridHeight, 40) + TOP + bottom);
  const top = TOP + Math.max(0, (gridHeight - layout.height) / 2);

  const svg = createDrawing(document, width, height, "network", describe(graph, hidden));
  const x = (index: number) => left + layout.layers[index] * step;
  const y = (index: number) => top + layout.heights[index];
  const place = { x, y, layout, left, top, step, sizes };
  const gridTop = TOP + Math.max(0, (layout.height - gridHeight) / 2);
  if (options.image) {
    appendPixels(svg, graph, options.image, { x: 4, y: gridTop, width: gridSide, height: gridHeight });
  }
  appendLines(svg, graph, place, options.image && { ...options.image, x: 4, y: gridTop, side: gridSide });
  const joined = new Set([...graph.sources, ...graph.targets, ...graph.pixels.map(({ target }) => target)]);
  for (const index of indices) {
    const node = appendNode(svg, graph.nodes[index], x(index), y(index), sizes, step);
    if (!joined.has(index)) node.setAttribute("opacity", "0.4");
  }
  if (graph.nodes.length === 0 || graph.sources.length + graph.pixels.length === 0) {
    append(
      svg,
      "text",
      { x: width / 2, y: height - 6, "text-anchor": "middle", fill: colour("ink-soft"), class: "note" },
      "No connections yet",
    );
  }
  return svg;
}

/** The layout with the largest sizes that keep it within a height; the smallest when none does. */
function chooseSizes(
  graph: LayoutGraph,
  hidden: number,
  width: number,
  tallest: number,
): { sizes: Sizes; layout: Layout } {
  const [sizes, ...smaller] = sizesFrom(hidden, width);
  let fitted = { sizes, layout: layOut(graph, sizes.spacing) };
  for (const next of smaller) {
    if (fitted.layout.height <= tallest) break;
    fitted = { sizes: next, layout: layOut(graph, next.spacing) };
  }
  return fitted;
}

interface Placement {
  x: (index: number) => number;
  y: (index: number) => number;
  layout: Layout;
  left: number;
  top: number;
  step: number;
  sizes: Sizes;
}

function appendLines(
  svg: Element,
  graph: DrawnGraph,
  place: Placement,
  grid?: { width: number; height: number; x: number; y: number; side: number },
): void {
  const { sizes, layout } = place;
  const group = append(svg, "g", {
    class: "connections",
    fill: "none",
    stroke: colour("ink-soft"),
    "stroke-width": sizes.lineWidth,
    "stroke-opacity": sizes.lineOpacity,
  });
  const line = (points: [number, number][], source: number, target: number, gene: number) =>
    append(group, "path", {
      class: "connection",
      d: smoothPath(points),
      "data-source": source,
      "data-target": target,
      "data-gene": gene,
    });
  for (const { pixel, target, gene } of grid ? graph.pixels : []) {
    const start = pixelExit(pixel, grid as NonNullable<typeof grid>);
    const end: [number, number] = [place.x(target) - sizes.radius, place.y(target)];
    const drawn = line([start, end], 1 + pixel, graph.nodes[target].position, gene);
    // Hundreds of them share the grid's edge: fainter than the others until the pointer asks.
    drawn.setAttribute("stroke-opacity", String(sizes.lineOpacity / 2));
  }
  graph.sources.forEach((source, edge) => {
    const target = graph.targets[edge];
    const points: [number, number][] = [[place.x(source) + sizes.radius, place.y(source)]];
    layout.ways[edge].forEach((height, index) => {
      points.push([place.left + (layout.layers[source] + 1 + index) * place.step, place.top + height]);
    });
    points.push([place.x(target) - sizes.radius, place.y(target)]);
    line(points, graph.nodes[source].position, graph.nodes[target].position, graph.genes[edge]);
  });
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

function widest(graph: DrawnGraph, kind: DrawnNode["kind"]): number {
  return LETTER * Math.max(0, ...graph.nodes.filter((node) => node.kind === kind).map((node) => node.name.length));
}

function describe(graph: DrawnGraph, hidden: number): string {
  const connections = graph.sources.length + graph.pixels.length;
  return `Network with ${hidden} hidden nodes and ${connections} connections.`;
}
