/**
 * Add, enable and remove connection. The first two are those of Gaier & Ha 2019, section 3 ("Topology search").
 *
 * Differs from the published code: add connection proposes every legal pair, not only those that go up a layer, and
 * also pairs whose gene exists disabled, which it enables.
 */
import { connect, legalConnections, withEnabled } from "./legal.ts";
import type { Operator } from "./operator.ts";
import { pick } from "./pick.ts";

/** Draws for a pair before all legal pairs are listed. */
const PAIR_DRAWS = 64;

/** Connects two nodes, uniformly among the pairs that are not connected and would break no invariant. */
export const addConnection: Operator = {
  weight: 0.2,
  description: "Weight of the operator that adds a connection. Paper: 0.2.",
  makeChild(parent, { rng, innovations }) {
    const nodeCount = parent.ids.length;
    const legal = legalConnections(parent);
    let pair: readonly [number, number] | undefined;
    for (let draw = 0; draw < PAIR_DRAWS && pair === undefined; draw++) {
      const source = rng.integer(nodeCount);
      const target = 1 + parent.inputCount + rng.integer(nodeCount - 1 - parent.inputCount);
      if (legal(source, target)) pair = [source, target];
    }
    if (pair === undefined) {
      const pairs: [number, number][] = [];
      for (let source = 0; source < nodeCount; source++) {
        for (let target = 0; target < nodeCount; target++) if (legal(source, target)) pairs.push([source, target]);
      }
      if (pairs.length === 0) return undefined;
      pair = pairs[rng.integer(pairs.length)];
    }
    return connect(parent, pair[0], pair[1], innovations);
  },
};

/** Enables a disabled connection. */
export const enableConnection: Operator = {
  weight: 0.05,
  description: "Weight of the operator that enables a disabled connection. Paper: 0.05.",
  makeChild(parent, { rng }) {
    const gene = pick(parent.enabled, 0, rng);
    return gene === undefined ? undefined : withEnabled(parent, gene, 1);
  },
};

/** Removes an enabled connection by disabling its gene; it goes on to count for cycles. */
export const removeConnection: Operator = {
  weight: 0,
  description: "Weight of the operator that removes a connection. Ours: 0, off.",
  makeChild(parent, { rng }) {
    const gene = pick(parent.enabled, 1, rng);
    return gene === undefined ? undefined : withEnabled(parent, gene, 0);
  },
};
