/** Duplicate and remove a hidden node, each with the connections it has. */
import { type ConnectionGene, extend, fixedNodeCount, type Genome } from "../../genome/genome.ts";
import type { Operator } from "./operator.ts";
import { pick } from "./pick.ts";

/**
 * Puts a copy beside a hidden node in use, with the same activation, sources and targets. What depends on the node is
 * given the same again: with one shared weight this is how an effect is doubled. Both go their own ways from then on.
 */
export const duplicateNode: Operator = {
  weight: 0,
  description: "Weight of the operator that copies a hidden node with all its connections. Ours: 0, off.",
  makeChild(parent, { rng, innovations }) {
    const into = usedEnds(parent, parent.targets);
    const out = usedEnds(parent, parent.sources);
    const node = pick(
      into.map((used, at) => used & out[at]),
      1,
      rng,
    );
    if (node === undefined) return undefined;
    const original = parent.ids[node];
    let occurrence = 0;
    let id = innovations.copy(original, occurrence);
    while (parent.ids.includes(id)) id = innovations.copy(original, ++occurrence);
    const copy = parent.ids.length;
    const connections: ConnectionGene[] = [];
    const add = (source: number, target: number, innovation: number) =>
      connections.push({ source, target, innovation });
    parent.enabled.forEach((enabled, gene) => {
      const [source, target] = [parent.sources[gene], parent.targets[gene]];
      if (enabled === 0) return;
      if (target === node) add(source, copy, innovations.connection(parent.ids[source], id));
      if (source === node) add(copy, target, innovations.connection(id, parent.ids[target]));
    });
    return extend(parent, { nodes: [{ id, activation: parent.activations[node] }], connections });
  },
};

/** Takes a hidden node out of use by disabling all its connections; its genes go on to count for cycles. */
export const removeNode: Operator = {
  weight: 0,
  description: "Weight of the operator that removes a hidden node with all its connections. Ours: 0, off.",
  makeChild(parent, { rng }) {
    const into = usedEnds(parent, parent.targets);
    const out = usedEnds(parent, parent.sources);
    const node = pick(
      into.map((used, at) => used | out[at]),
      1,
      rng,
    );
    if (node === undefined) return undefined;
    const child = extend(parent);
    child.enabled.forEach((_, gene) => {
      if (child.sources[gene] === node || child.targets[gene] === node) child.enabled[gene] = 0;
    });
    return child;
  },
};

/** 1 of each hidden node that is such an end of an enabled connection, [nodes]. */
function usedEnds(genome: Genome, ends: Int32Array): Uint8Array {
  const used = new Uint8Array(genome.ids.length);
  genome.enabled.forEach((enabled, gene) => {
    if (enabled === 1) used[ends[gene]] = 1;
  });
  return used.fill(0, 0, fixedNodeCount(genome));
}
