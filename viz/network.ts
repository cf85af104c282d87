/** Draws a network: inputs left, hidden nodes with the curve of their activation, outputs right. */
import type { Genome } from "../src/index.ts";
import type { LayoutGraph } from "./layers.ts";
import { type Layout, layOut } from "./layout.ts";
import { chooseGraph, type DrawnGraph, type DrawnNode } from "./network-graph.ts";
import { appendKey, arrangeKey } from "./network-key.ts";
import { appendLines, type Placement } from "./network-lines.ts";
import { appendNode, LABEL_GAP, type Sizes, sizesFrom } from "./network-node.ts";
import { appendPixels } from "./pixels.ts";
import { append, createDrawing } from "./svg.ts";
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
  /** Number the columns of hidden nodes: grades of a graded genome, layers of another. Default false. */
  readonly columns?: boolean;
}

/** A drawing may be this tall, in units and as a share of its width, before its nodes are drawn smaller. */
const LEAST_TALLEST = 520;
const TALLEST_SHARE = 0.75;
const TOP = 18;
/** Between the network and its key. */
const KEY_GAP = 20;
/** A step that leaves many lines room to part: those of pixels, those of a layer of several columns. */
const FAN = 90;
/** From the grid of pixels down to the bias. */
const BIAS_GAP = 20;
/** Room for the words of a network without connections. */
const NOTE = 8;
const LETTER = 6.8;

/**
 * Draws the enabled part of a genome that feeds its outputs.
 *
 * Each node is a `g.node` with `data-position` (in the genome), each connection a `path.connection` with `data-gene`,
 * `data-source` and `data-target` (positions): see network-live.ts for what can be done with them. No line runs through
 * a name: hidden nodes are named by the key below, outputs at the right edge, and the bias of an image stands below it.
 */
export function drawNetwork(document: Document, genome: Genome, options: NetworkOptions = {}): SVGSVGElement {
  const { image, width: requested = 720 } = options;
  const graph = chooseGraph(genome, {
    inputNames: options.inputNames ?? [],
    outputNames: options.outputNames ?? [],
    image: image !== undefined,
    output: options.output,
  });
  const indices = graph.nodes.map((_, index) => index);
  const first = indices.filter((index) => graph.nodes[index].kind === "input");
  const outputs = indices.filter((index) => graph.nodes[index].kind === "output");
  const hidden = graph.nodes.length - first.length - outputs.length;
  const feeding = new Set(graph.sources);
  const leaders = outputs.filter((output) => feeding.has(output));
  const { sizes, layout } = chooseSizes(withLeaders(graph, leaders, first, outputs), hidden, requested);
  const place = arrange(graph, layout, sizes, requested, image);
  const { x, y, width, inner, grid } = place;

  const joined = new Set([...graph.sources, ...graph.targets, ...graph.pixels.map(({ target }) => target)]);
  const key = arrangeKey(graph, width - 8);
  const height = Math.ceil(TOP + inner + (joined.size > 0 ? KEY_GAP + key.height + 4 : TOP + NOTE));
  const svg = createDrawing(document, width, height, "network", describe(graph, hidden));
  if (grid) appendPixels(svg, graph, grid);
  if (options.columns) appendColumns(svg, place, graph.layers === undefined ? "layer" : "grade");
  appendLines(svg, graph, leaders, place);
  for (const index of indices) {
    const leader = leaders.indexOf(index);
    const end = leader < 0 ? index : graph.nodes.length + leader;
    const name = { x: x(end) - x(index) + sizes.radius + LABEL_GAP, y: y(end) - y(index) };
    const node = appendNode(svg, graph.nodes[index], x(index), y(index), sizes, name);
    if (!joined.has(index)) node.setAttribute("opacity", "0.4");
  }
  if (joined.size > 0) {
    appendKey(svg, key, width, TOP + inner + KEY_GAP);
  } else {
    const note = { x: width / 2, y: height - 6, "text-anchor": "middle", fill: colour("ink-soft"), class: "note" };
    append(svg, "text", note, "No connections yet");
  }
  return svg;
}

/** Numbers the columns of hidden nodes above them. */
function appendColumns(svg: Element, { column, layout, sizes }: Placement, name: string): void {
  const group = append(svg, "g", {
    class: "columns",
    "font-size": 9,
    fill: colour("ink-soft"),
    "text-anchor": "middle",
  });
  for (let layer = 1; layer < layout.layerCount; layer++) {
    const room = column(layer) - column(layer - 1);
    append(
      group,
      "text",
      { x: column(layer), y: 8 },
      layer === 1 && room > 5 * sizes.radius ? `${name} 1` : String(layer),
    );
  }
}

/** Where everything stands in a drawing of at least the width asked for. */
function arrange(
  graph: DrawnGraph,
  layout: Layout,
  sizes: Sizes,
  requested: number,
  image: NetworkOptions["image"],
): Placement & { readonly width: number /** Height of network and grid. */; readonly inner: number } {
  const side = Math.min(240, Math.max(110, requested * 0.22));
  const left = 4 + (image === undefined ? widest(graph, "input") + LABEL_GAP + sizes.radius : side);
  const right = 4 + widest(graph, "output") + LABEL_GAP + sizes.radius;
  const fan = image === undefined ? 0 : FAN;
  const steps = layout.layerCount - 1;
  const spread = (requested - left - right - fan) / Math.max(1, fan === 0 ? steps : steps - 1);
  const step = Math.max(sizes.step, spread);
  const { columns, columnOf } = layout;
  /** Half of what the columns of a layer take beside one. */
  const half = (layer: number) => ((columns[layer] - 1) * sizes.spacing.node) / 2;
  const middles = [left];
  for (let layer = 1; layer <= steps; layer++) {
    const single = columns[layer - 1] === 1 && columns[layer] === 1;
    const least = layer === 1 ? Math.max(fan, step) : step;
    middles.push(middles[layer - 1] + Math.max(least, single ? 0 : half(layer - 1) + half(layer) + FAN));
  }
  const column = (layer: number) => middles[layer];

  const gridHeight = image === undefined ? 0 : (side * image.height) / image.width;
  const foot = graph.nodes.some(({ kind }) => kind === "input") ? BIAS_GAP + 8 : 0;
  const imageHeight = image === undefined ? 0 : gridHeight + foot;
  const inner = Math.max(layout.height, imageHeight, 40);
  const top = TOP + Math.max(0, (imageHeight - layout.height) / 2);
  const gridTop = TOP + Math.max(0, (layout.height - imageHeight) / 2);
  const isBelowGrid = (index: number) => image !== undefined && graph.nodes[index]?.kind === "input";
  return {
    x(index) {
      if (isBelowGrid(index)) return left - 12;
      const layer = layout.layers[index];
      return column(layer) - half(layer) + columnOf[index] * sizes.spacing.node;
    },
    y: (index) => (isBelowGrid(index) ? gridTop + gridHeight + BIAS_GAP : top + layout.heights[index]),
    column,
    top,
    layout,
    sizes,
    grid: image && { pixels: image, x: 4, y: gridTop, width: side, height: gridHeight },
    width: Math.ceil(column(steps) + right),
    inner,
  };
}

/** The graph with a place at its right edge for the name of each output that feeds other nodes. */
function withLeaders(
  graph: DrawnGraph,
  leaders: readonly number[],
  first: readonly number[],
  outputs: readonly number[],
): LayoutGraph {
  const placeOf = new Map(leaders.map((output, index) => [output, graph.nodes.length + index]));
  return {
    nodeCount: graph.nodes.length + leaders.length,
    sources: [...graph.sources, ...leaders],
    targets: [...graph.targets, ...placeOf.values()],
    first,
    last: outputs.map((output) => placeOf.get(output) ?? output),
    // Graded outputs feed nothing, so there are no leaders where layers are known.
    layers: graph.layers,
  };
}

/**
 * The layout with the largest sizes that keep it within a height; the smallest when none does, tall layers then parted
 * into columns.
 */
function chooseSizes(graph: LayoutGraph, hidden: number, width: number): { sizes: Sizes; layout: Layout } {
  const tallest = Math.max(LEAST_TALLEST, width * TALLEST_SHARE);
  const choices = sizesFrom(hidden, width);
  const layOutWith = (sizes: Sizes) => {
    const isLeast = sizes === choices.at(-1);
    return { sizes, layout: layOut(graph, sizes.spacing, isLeast ? tallest : undefined) };
  };
  let fitted = layOutWith(choices[0]);
  for (const sizes of choices.slice(1)) {
    if (fitted.layout.height <= tallest) break;
    fitted = layOutWith(sizes);
  }
  return fitted;
}

function widest(graph: DrawnGraph, kind: DrawnNode["kind"]): number {
  return LETTER * Math.max(0, ...graph.nodes.filter((node) => node.kind === kind).map((node) => node.name.length));
}

function describe(graph: DrawnGraph, hidden: number): string {
  const connections = graph.sources.length + graph.pixels.length;
  return `Network with ${hidden} hidden nodes and ${connections} connections.`;
}
