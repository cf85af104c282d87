/**
 * The topological order of a graph, and what follows from it: cycles and reachability.
 *
 * Graphs are given by the positions of their edges' ends, in flat arrays.
 */

/** Edges grouped by one end: those of node n are `edges[starts[n]] .. edges[starts[n + 1]] - 1`. */
export interface Adjacency {
  /** [nodes + 1] */
  readonly starts: Int32Array;
  /** Edge numbers, [edges]; those of a node in ascending order. */
  readonly edges: Int32Array;
}

/**
 * Groups edges by the node at one of their ends, by counting sort.
 *
 * @param ends the node each edge is grouped under, [edges]
 */
export function groupEdges(nodeCount: number, ends: Int32Array): Adjacency {
  const starts = new Int32Array(nodeCount + 1);
  for (let edge = 0; edge < ends.length; edge++) starts[ends[edge] + 1]++;
  for (let node = 0; node < nodeCount; node++) starts[node + 1] += starts[node];
  const next = starts.slice(0, nodeCount);
  const edges = new Int32Array(ends.length);
  for (let edge = 0; edge < ends.length; edge++) edges[next[ends[edge]]++] = edge;
  return { starts, edges };
}

/**
 * A topological order of the nodes (Kahn 1962): sources before targets. Among nodes that are free at the same time
 * the order is first come, first served, starting from the lowest position, so it is reproducible.
 *
 * @returns positions in order, [nodes]; shorter than `nodeCount` exactly when the graph has a cycle, and then
 *          the missing nodes are those on a cycle or behind one
 */
export function topologicalOrder(nodeCount: number, sources: Int32Array, targets: Int32Array): Int32Array {
  const { starts, edges } = groupEdges(nodeCount, sources);
  const waiting = new Int32Array(nodeCount);
  for (let edge = 0; edge < targets.length; edge++) waiting[targets[edge]]++;
  const order = new Int32Array(nodeCount);
  let found = 0;
  for (let node = 0; node < nodeCount; node++) if (waiting[node] === 0) order[found++] = node;
  for (let head = 0; head < found; head++) {
    const node = order[head];
    for (let at = starts[node]; at < starts[node + 1]; at++) {
      const target = targets[edges[at]];
      if (--waiting[target] === 0) order[found++] = target;
    }
  }
  return order.subarray(0, found);
}

/** Whether the graph has a cycle: exactly when it has no topological order. */
export function hasCycle(nodeCount: number, sources: Int32Array, targets: Int32Array): boolean {
  return topologicalOrder(nodeCount, sources, targets).length < nodeCount;
}

/**
 * Marks the nodes that can be reached from `start` along edges, `start` included.
 *
 * @param from      edges grouped by the end the walk leaves
 * @param otherEnds the end the walk arrives at, [edges]
 * @returns         1 where reached, [nodes]
 */
export function reachable(from: Adjacency, otherEnds: Int32Array, starts: readonly number[]): Uint8Array {
  const reached = new Uint8Array(from.starts.length - 1);
  const stack = [...starts];
  for (const node of starts) reached[node] = 1;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (let at = from.starts[node]; at < from.starts[node + 1]; at++) {
      const next = otherEnds[from.edges[at]];
      if (reached[next] === 0) {
        reached[next] = 1;
        stack.push(next);
      }
    }
  }
  return reached;
}
