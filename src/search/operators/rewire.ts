/** Rewire: moves one end of a connection to another node. */

import { connect, legalConnections } from "./legal.ts";
import type { Operator } from "./operator.ts";
import { pick } from "./pick.ts";

/**
 * Moves the target or the source of an enabled connection, which of both by chance, to any node that may be there; the
 * other end where there is none. The old gene is disabled and goes on to count for cycles.
 */
export const rewire: Operator = {
  weight: 0,
  description: "Weight of the operator that moves one end of a connection to another node. Ours: 0, off.",
  makeChild(parent, { rng, innovations }) {
    const gene = pick(parent.enabled, 1, rng);
    if (gene === undefined) return undefined;
    const [source, target] = [parent.sources[gene], parent.targets[gene]];
    const legal = legalConnections(parent);
    const nodes = rng.shuffle(Int32Array.from(parent.ids.keys()));
    const moves = [
      () => [source, nodes.find((node) => legal(source, node))],
      () => [nodes.find((node) => legal(node, target)), target],
    ];
    if (rng.uniform() < 0.5) moves.reverse();
    for (const move of moves) {
      const [from, to] = move();
      if (from === undefined || to === undefined) continue;
      const child = connect(parent, from, to, innovations);
      child.enabled[gene] = 0;
      return child;
    }
    return undefined;
  },
};
