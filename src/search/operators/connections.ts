/**
 * Add, enable and remove connection. The first two are those of Gaier & Ha 2019, section 3 ("Topology search").
 *
 * Differs from the published code: add connection proposes every legal pair, not only those that go up a layer, and
 * also pairs whose gene exists disabled, which it enables.
 */
import { extend, findConnection, type Genome, isHidden, isInput } from "../../genome/genome.ts";
import { gradeOfValue, gradesOf } from "../../genome/grades.ts";
import { groupEdges, reachable } from "../../genome/topology.ts";
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
    const outgoing = groupEdges(nodeCount, parent.sources);
    const grades = parent.grades === undefined ? undefined : gradesOf(parent);
    const legal = (source: number, target: number): boolean => {
      if (source === target || isOutput(parent, source) || isInput(parent, target)) return false;
      if (grades && grades[target] !== gradeOfValue(grades[source], parent.activations[source]) + 1) return false;
      const gene = findConnection(parent, source, target);
      if (gene >= 0) return parent.enabled[gene] === 0;
      return isInput(parent, source) || reachable(outgoing, parent.targets, [target])[source] === 0;
    };
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
    const [source, target] = pair;
    const gene = findConnection(parent, source, target);
    if (gene >= 0) return withEnabled(parent, gene, 1);
    const innovation = innovations.connection(parent.ids[source], parent.ids[target]);
    return extend(parent, { connections: [{ source, target, innovation }] });
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

function isOutput(genome: Genome, position: number): boolean {
  return position > genome.inputCount && !isHidden(genome, position);
}

function withEnabled(parent: Genome, gene: number, enabled: 0 | 1): Genome {
  const child = extend(parent);
  child.enabled[gene] = enabled;
  return child;
}
