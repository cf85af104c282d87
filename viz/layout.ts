/**
 * Layered layout of a graph, left to right: layers, order within layers, heights (Sugiyama et al. 1981).
 *
 * Our own and not d3-dag's, because that takes a minute where this takes milliseconds (2,000 connections), and because
 * here the lines that leave one node over several layers share their way, which keeps a dense graph readable.
 * Heights are exact least squares under minimum distances (pool adjacent violators), swept to and fro.
 */
import { isotonic } from "./isotonic.ts";
import { assignLayers, type LayoutGraph } from "./layers.ts";

/** Least distances of neighbours in a layer: between nodes, and where only a line passes. */
export interface Spacing {
  readonly node: number;
  readonly line: number;
}

/** Where everything is. */
export interface Layout {
  readonly layerCount: number;
  /** [nodes] */
  readonly layers: Int32Array;
  /** [nodes]; the smallest is 0. */
  readonly heights: Float64Array;
  /** In how many columns, side by side, the nodes of each layer stand, [layers]. */
  readonly columns: readonly number[];
  /** The column of each node within its layer, [nodes]. */
  readonly columnOf: Int32Array;
  /** Largest height. */
  readonly height: number;
  /** For each edge the height at each layer strictly between its ends. */
  readonly ways: readonly number[][];
}

/** A node, or a place where a line passes through a layer. */
interface Place {
  readonly layer: number;
  readonly isNode: boolean;
  /** Neighbours in the layer before, and after. */
  readonly before: number[];
  readonly after: number[];
  height: number;
  order: number;
}

const ORDER_SWEEPS = 24;
const HEIGHT_SWEEPS = 30;
/** Places up to which all sweeps are made; more places, fewer sweeps. */
const UNHURRIED = 2000;

/**
 * Lays out a graph without cycles; the same graph gives the same layout.
 *
 * @param tallest a layer whose nodes would stand taller than this is parted into columns; default: none is
 */
export function layOut(graph: LayoutGraph, spacing: Spacing, tallest = Number.POSITIVE_INFINITY): Layout {
  const { layers, layerCount } = assignLayers(graph);
  const { places, chains } = placeLines(graph, layers);
  const rows: number[][] = Array.from({ length: layerCount }, () => []);
  for (const node of graph.first) rows[0].push(node);
  const fixed = new Set(graph.first);
  places.forEach((place, index) => {
    if (!fixed.has(index)) rows[place.layer].push(index);
  });
  sortRows(places, rows, graph.last);
  const columns = rows.map((row) => Math.max(1, Math.ceil((stack(row, places, spacing).at(-1) ?? 0) / tallest)));
  setHeights(places, rows, spacing, columns);
  const columnOf = new Int32Array(graph.nodeCount);
  rows.forEach((row, layer) => {
    row
      .filter((index) => places[index].isNode)
      .forEach((node, at) => {
        columnOf[node] = at % columns[layer];
      });
  });

  const least = places.reduce((lowest, place) => Math.min(lowest, place.height), Infinity);
  for (const place of places) place.height -= least;
  return {
    layerCount,
    layers,
    heights: Float64Array.from({ length: graph.nodeCount }, (_, node) => places[node].height),
    columns,
    columnOf,
    height: places.reduce((highest, place) => Math.max(highest, place.height), 0),
    ways: Array.from(graph.sources as ArrayLike<number>, (source, edge) =>
      chains[source]
        .slice(0, Math.max(0, layers[graph.targets[edge]] - layers[source] - 1))
        .map((p) => places[p].height),
    ),
  };
}

/** One place per node, and one per layer that the lines of a node pass through, shared by all its lines. */
function placeLines(graph: LayoutGraph, layers: Int32Array) {
  const places: Place[] = Array.from(layers, (layer) => newPlace(layer, true));
  const chains: number[][] = Array.from({ length: graph.nodeCount }, () => []);
  for (let edge = 0; edge < graph.sources.length; edge++) {
    const source = graph.sources[edge];
    const target = graph.targets[edge];
    const chain = chains[source];
    for (let layer = layers[source] + 1 + chain.length; layer < layers[target]; layer++) {
      const from = chain.length > 0 ? chain[chain.length - 1] : source;
      chain.push(places.length);
      join(places, from, places.push(newPlace(layer, false)) - 1);
    }
    const steps = layers[target] - layers[source] - 1;
    join(places, steps > 0 ? chain[steps - 1] : source, target);
  }
  return { places, chains };
}

/** Sweeps for a graph of this size, so that a large one is still drawn at once. */
function sweepsFor(most: number, places: readonly Place[]): number {
  return Math.max(4, Math.min(most, Math.round((most * UNHURRIED) / places.length)));
}

function newPlace(layer: number, isNode: boolean): Place {
  return { layer, isNode, before: [], after: [], height: 0, order: 0 };
}

function join(places: Place[], from: number, to: number): void {
  places[from].after.push(to);
  places[to].before.push(from);
}

/** Sweeps to and fro, sorting each layer by the mean order of its neighbours; keeps the order with fewest crossings. */
function sortRows(places: Place[], rows: number[][], last: readonly number[]): void {
  const rankOfLast = new Map(last.map((node, rank) => [node, rank]));
  const number = () => {
    for (const row of rows)
      row.forEach((place, order) => {
        places[place].order = order;
      });
  };
  number();
  let best = rows.map((row) => [...row]);
  let fewest = countCrossings(places, rows);
  for (let sweep = 0; sweep < sweepsFor(ORDER_SWEEPS, places) && fewest > 0; sweep++) {
    const forward = sweep % 2 === 0;
    for (let step = 1; step < rows.length; step++) {
      const layer = forward ? step : rows.length - 1 - step;
      if (layer === 0) continue;
      const keys = new Map(
        rows[layer].map((place) => {
          const neighbours = forward ? places[place].before : places[place].after;
          return [place, neighbours.length > 0 ? meanOf(neighbours, (n) => places[n].order) : places[place].order];
        }),
      );
      rows[layer].sort(
        (a, b) => (keys.get(a) as number) - (keys.get(b) as number) || places[a].order - places[b].order,
      );
      keepOrder(rows[layer], rankOfLast);
      rows[layer].forEach((place, order) => {
        places[place].order = order;
      });
    }
    const crossings = countCrossings(places, rows);
    if (crossings < fewest) {
      fewest = crossings;
      best = rows.map((row) => [...row]);
    }
  }
  best.forEach((row, layer) => {
    rows[layer].splice(0, row.length, ...row);
  });
  number();
}

/** Puts the ranked ones of a row, among the seats they hold, in the order of their ranks. */
function keepOrder(row: number[], ranks: ReadonlyMap<number, number>): void {
  const ranked = row.filter((place) => ranks.has(place));
  ranked.sort((a, b) => (ranks.get(a) as number) - (ranks.get(b) as number));
  let next = 0;
  row.forEach((place, at) => {
    if (ranks.has(place)) row[at] = ranked[next++];
  });
}

/** Pairs of lines that cross between neighbouring layers, by a Fenwick tree over the right-hand orders. */
function countCrossings(places: Place[], rows: number[][]): number {
  let crossings = 0;
  for (let layer = 0; layer + 1 < rows.length; layer++) {
    const tree = new Int32Array(rows[layer + 1].length + 1);
    let added = 0;
    for (const place of rows[layer]) {
      const ends = places[place].after.map((next) => places[next].order);
      for (const end of ends) {
        let notAfter = 0;
        for (let at = end + 1; at > 0; at -= at & -at) notAfter += tree[at];
        crossings += added - notAfter;
      }
      for (const end of ends) for (let at = end + 1; at < tree.length; at += at & -at) tree[at]++;
      added += ends.length;
    }
  }
  return crossings;
}

/** The heights of a row's places when they stand as close as they may, the first at 0. */
function stack(row: readonly number[], places: readonly Place[], spacing: Spacing): Float64Array {
  const gap = (a: Place, b: Place) =>
    a.isNode && b.isNode ? spacing.node : a.isNode || b.isNode ? (spacing.node + spacing.line) / 2 : spacing.line;
  const stacked = new Float64Array(row.length);
  for (let at = 1; at < row.length; at++) stacked[at] = stacked[at - 1] + gap(places[row[at - 1]], places[row[at]]);
  return stacked;
}

/**
 * Sweeps to and fro, moving each layer as near to the mean of its neighbours as the minimum distances allow.
 *
 * @param columns of each layer: neighbours that stand in different ones may come closer
 */
function setHeights(places: Place[], rows: number[][], spacing: Spacing, columns: readonly number[]): void {
  const offsets = rows.map((row, layer) => stack(row, places, spacing).map((height) => height / columns[layer]));
  rows.forEach((row, layer) => {
    const half = (offsets[layer][row.length - 1] ?? 0) / 2;
    row.forEach((place, at) => {
      places[place].height = offsets[layer][at] - half;
    });
  });
  for (let sweep = 0; sweep < sweepsFor(HEIGHT_SWEEPS, places); sweep++) {
    for (let step = 0; step < rows.length; step++) {
      const layer = sweep % 2 === 0 ? step : rows.length - 1 - step;
      const row = rows[layer];
      const wanted = row.map((index) => wantedHeight(places, places[index]));
      const weights = row.map((index) => (places[index].isNode ? 1 : 4));
      const free = isotonic(
        wanted.map((height, at) => height - offsets[layer][at]),
        weights,
      );
      row.forEach((place, at) => {
        places[place].height = free[at] + offsets[layer][at];
      });
    }
  }
}

/** The mean height of the neighbours; a place on the way of a line follows the line most. */
function wantedHeight(places: Place[], place: Place): number {
  let sum = 0;
  let weight = 0;
  for (const neighbours of [place.before, place.after]) {
    for (const index of neighbours) {
      const pull = (place.isNode ? 1 : 2) * (places[index].isNode ? 1 : 2);
      sum += pull * places[index].height;
      weight += pull;
    }
  }
  return weight > 0 ? sum / weight : place.height;
}

function meanOf(indices: readonly number[], value: (index: number) => number): number {
  let sum = 0;
  for (const index of indices) sum += value(index);
  return sum / indices.length;
}
