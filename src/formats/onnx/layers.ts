/** The nodes of a network in groups that can be computed at once: those of a layer that have the same activation. */
import type { Activation } from "../../genome/activations.ts";
import type { WiredNode, Wiring } from "../wiring.ts";

/** Nodes of one layer and activation. */
export interface Group {
  /** From 1; a node's layer is one above the highest of its sources, inputs and the bias being at 0. */
  readonly layer: number;
  readonly activation: Activation;
  readonly nodes: readonly WiredNode[];
}

/** The groups of a network, sources before targets. */
export function groupsOf({ nodes, inputs }: Pick<Wiring, "nodes" | "inputs">): Group[] {
  const layers = new Int32Array(1 + inputs.length + nodes.length);
  const groups = new Map<string, { layer: number; activation: Activation; nodes: WiredNode[] }>();
  for (const node of nodes) {
    const layer = 1 + Math.max(0, ...node.sources.map((slot) => layers[slot]));
    layers[node.slot] = layer;
    const key = `${layer} ${node.activation.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { layer, activation: node.activation, nodes: [node] });
    else group.nodes.push(node);
  }
  return [...groups.values()].sort((a, b) => a.layer - b.layer);
}
