/**
 * The operators: each makes a child that differs from its parent by one change, or says that it has nothing to do.
 *
 * Insert node, add connection, change activation and enable connection are those of Gaier & Ha 2019, section 3
 * ("Topology search"); remove connection and crossover (Stanley & Miikkulainen 2002, section 3.2) are off by default.
 * Differs from the published code: add connection proposes every legal pair, not only those that go up a layer, and
 * also pairs whose gene exists disabled, which it enables.
 */
import type { Rng } from "../base/rng.ts";
import { activationCode } from "../genome/activations.ts";
import { extend, findConnection, fixedNodeCount, type Genome, isHidden, isInput } from "../genome/genome.ts";
import { groupEdges, reachable } from "../genome/topology.ts";
import { crossover } from "./crossover.ts";
import type { OperatorContext } from "./operator-context.ts";

/** Makes a child, or undefined if there is nothing to do in this genome. Never changes the parent. */
export type Operator = (parent: Genome, context: OperatorContext) => Genome | undefined;

/** All operators by the name of the setting that holds their weight. */
export const OPERATORS = {
  insertNode,
  addConnection,
  changeActivation,
  enableConnection,
  removeConnection,
  crossover,
} satisfies Record<string, Operator>;

/** Draws for a pair before all legal pairs are listed. */
const PAIR_DRAWS = 64;

/** Splits an enabled connection by a new node with a random activation; `keepSplit` says if the old one stays enabled. */
function insertNode(parent: Genome, { rng, innovations, settings }: OperatorContext): Genome | undefined {
  const gene = pick(parent.enabled, 1, rng);
  if (gene === undefined) return undefined;
  const source = parent.sources[gene];
  const target = parent.targets[gene];
  let occurrence = 0;
  let id = innovations.split(parent.innovations[gene], occurrence);
  while (parent.ids.includes(id)) id = innovations.split(parent.innovations[gene], ++occurrence);
  const name = settings.activations[rng.integer(settings.activations.length)];
  const node = parent.ids.length;
  const child = extend(parent, {
    nodes: [{ id, activation: activationCode(name) as number }],
    connections: [
      { source, target: node, innovation: innovations.connection(parent.ids[source], id) },
      { source: node, target, innovation: innovations.connection(id, parent.ids[target]) },
    ],
  });
  const between = isHidden(parent, source) && isHidden(parent, target);
  const kept = settings.keepSplit === "always" || (settings.keepSplit === "hidden" && between);
  if (!kept) child.enabled[gene] = 0;
  return child;
}

/** Connects two nodes, uniformly among the pairs that are not connected and would not close a cycle. */
function addConnection(parent: Genome, { rng, innovations }: OperatorContext): Genome | undefined {
  const nodeCount = parent.ids.length;
  const outgoing = groupEdges(nodeCount, parent.sources);
  const legal = (source: number, target: number): boolean => {
    if (source === target || isOutput(parent, source) || isInput(parent, target)) return false;
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
}

/** Gives a hidden node another activation. */
function changeActivation(parent: Genome, { rng, settings }: OperatorContext): Genome | undefined {
  const fixed = fixedNodeCount(parent);
  const hiddenCount = parent.ids.length - fixed;
  if (hiddenCount === 0) return undefined;
  const node = fixed + rng.integer(hiddenCount);
  const others = settings.activations
    .map((name) => activationCode(name) as number)
    .filter((code) => code !== parent.activations[node]);
  if (others.length === 0) return undefined;
  const child = extend(parent);
  child.activations[node] = others[rng.integer(others.length)];
  return child;
}

/** Enables a disabled connection. */
function enableConnection(parent: Genome, { rng }: OperatorContext): Genome | undefined {
  const gene = pick(parent.enabled, 0, rng);
  return gene === undefined ? undefined : withEnabled(parent, gene, 1);
}

/** Removes an enabled connection by disabling its gene; it goes on to count for cycles. */
function removeConnection(parent: Genome, { rng }: OperatorContext): Genome | undefined {
  const gene = pick(parent.enabled, 1, rng);
  return gene === undefined ? undefined : withEnabled(parent, gene, 0);
}

function isOutput(genome: Genome, position: number): boolean {
  return position > genome.inputCount && !isHidden(genome, position);
}

function withEnabled(parent: Genome, gene: number, enabled: 0 | 1): Genome {
  const child = extend(parent);
  child.enabled[gene] = enabled;
  return child;
}

/** A random index at which `values` holds `wanted`, or undefined. */
function pick(values: Uint8Array, wanted: number, rng: Rng): number | undefined {
  let count = 0;
  for (let index = 0; index < values.length; index++) if (values[index] === wanted) count++;
  if (count === 0) return undefined;
  let skip = rng.integer(count);
  for (let index = 0; ; index++) if (values[index] === wanted && skip-- === 0) return index;
}
