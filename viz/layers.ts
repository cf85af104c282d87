/** The layer of each node of a graph: longest paths, then shorter lines where there is room to move. */
import { groupEdges, topologicalOrder } from "../src/index.ts";

/** What to lay out; nodes are 0 .. nodeCount - 1. */
export interface LayoutGraph {
  readonly nodeCount: number;
  readonly sources: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** Nodes of the first layer, top to bottom; they keep this order. */
  readonly first: readonly number[];
  /** Nodes that stand as far right as possible, top to bottom; those of one layer keep this order. */
  readonly last: readonly number[];
  /** The layer of each node, where it is known beforehand. */
  readonly layers?: readonly number[];
}

const PASSES = 4;

/**
 * Every edge goes from a lower layer to a higher one; the `first` nodes stand in layer 0, the others behind it, and
 * the `last` nodes in the highest layer that their own lines allow. Layers that are known are taken as they are.
 */
export function assignLayers(graph: LayoutGraph): { layers: Int32Array; layerCount: number } {
  if (graph.layers !== undefined) {
    return { layers: Int32Array.from(graph.layers), layerCount: 1 + Math.max(...graph.layers) };
  }
  const sources = Int32Array.from(graph.sources);
  const targets = Int32Array.from(graph.targets);
  const order = topologicalOrder(graph.nodeCount, sources, targets);
  const incoming = groupEdges(graph.nodeCount, targets);
  const outgoing = groupEdges(graph.nodeCount, sources);
  const isFirst = new Uint8Array(graph.nodeCount);
  const isLast = new Uint8Array(graph.nodeCount);
  for (const node of graph.first) isFirst[node] = 1;
  for (const node of graph.last) isLast[node] = 1;
  const layers = new Int32Array(graph.nodeCount);

  const lowest = (node: number): number => {
    let layer = isFirst[node] === 1 ? 0 : 1;
    for (let at = incoming.starts[node]; at < incoming.starts[node + 1]; at++) {
      layer = Math.max(layer, layers[sources[incoming.edges[at]]] + 1);
    }
    return layer;
  };
  for (const node of order) layers[node] = lowest(node);
  let highestLayer = 1;
  for (const node of order) highestLayer = Math.max(highestLayer, layers[node]);
  const highest = (node: number): number => {
    let layer = highestLayer;
    for (let at = outgoing.starts[node]; at < outgoing.starts[node + 1]; at++) {
      layer = Math.min(layer, layers[targets[outgoing.edges[at]]] - 1);
    }
    return layer;
  };

  for (let pass = 0; pass < PASSES; pass++) {
    const forward = pass % 2 === 1;
    for (let step = 0; step < order.length; step++) {
      const node = order[forward ? step : order.length - 1 - step];
      if (isFirst[node] === 1) continue;
      const ins = incoming.starts[node + 1] - incoming.starts[node];
      // Lines that leave a node share their way, so one is what they weigh together.
      const outs = Math.min(1, outgoing.starts[node + 1] - outgoing.starts[node]);
      if (isLast[node] === 1 || outs > ins) layers[node] = highest(node);
      else if (outs < ins || forward) layers[node] = lowest(node);
    }
  }
  // Nodes that nothing in the graph feeds (only pixels, or the bias) may stand anywhere before their targets.
  const crowd = new Int32Array(highestLayer + 1);
  const free = Array.from(order).filter(
    (node) => isFirst[node] === 0 && isLast[node] === 0 && incoming.starts[node + 1] === incoming.starts[node],
  );
  const isFree = new Set(free);
  for (const node of order) if (!isFree.has(node)) crowd[layers[node]]++;
  for (const node of free.reverse()) {
    let best = highest(node);
    for (let layer = best - 1; layer >= 1; layer--) if (crowd[layer] < crowd[best]) best = layer;
    layers[node] = best;
    crowd[best]++;
  }
  return { layers, layerCount: highestLayer + 1 };
}
