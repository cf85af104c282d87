/** Checks the invariants of a genome; for everything that comes from outside, and after every operator in tests. */
import { alg, Graph } from "@dagrejs/graphlib";
import { UsageError } from "../base/errors.ts";
import { ACTIVATIONS } from "./activations.ts";
import { fixedNodeCount, type Genome, isInput } from "./genome.ts";
import { checkGrades } from "./grades.ts";
import { hasCycle } from "./topology.ts";

/**
 * @returns `genome`, if every invariant holds
 * @throws UsageError naming the broken invariant and the gene; for a cycle, the ids of its nodes
 */
export function validate(genome: Genome): Genome {
  checkNodes(genome);
  checkConnections(genome);
  if (hasCycle(genome.ids.length, genome.sources, genome.targets)) {
    throw new UsageError(
      `Expected a graph without cycles, got the cycle ${findCycle(genome).join(" -> ")}: remove one of its connections.`,
    );
  }
  checkGrades(genome);
  checkWeights(genome);
  return genome;
}

function checkNodes(genome: Genome): void {
  const fixed = fixedNodeCount(genome);
  if (genome.ids.length < fixed || genome.activations.length !== genome.ids.length) {
    throw new UsageError(
      `Expected at least ${fixed} nodes (bias, ${genome.inputCount} inputs, ${genome.outputCount} outputs), ` +
        `each with an activation, got ${genome.ids.length} nodes and ${genome.activations.length} activations.`,
    );
  }
  const seen = new Set<number>();
  genome.ids.forEach((id, position) => {
    if (seen.has(id)) throw new UsageError(`Expected unique node ids, got ${id} twice.`);
    seen.add(id);
    if (position < fixed && id !== position) {
      throw new UsageError(`Expected node ${position} (bias, input or output) to have the id ${position}, got ${id}.`);
    }
    const code = genome.activations[position];
    if (code < 1 || code > ACTIVATIONS.length) {
      throw new UsageError(`Expected an activation code from 1 to ${ACTIVATIONS.length} at node ${id}, got ${code}.`);
    }
  });
}

function checkConnections(genome: Genome): void {
  const nodeCount = genome.ids.length;
  const seen = new Set<number>();
  genome.sources.forEach((source, gene) => {
    const target = genome.targets[gene];
    for (const end of [source, target]) {
      if (end < 0 || end >= nodeCount) {
        throw new UsageError(
          `Connection ${gene} has an end that is not a node: position ${end} of ${nodeCount} nodes.`,
        );
      }
    }
    const name = `${genome.ids[source]} -> ${genome.ids[target]}`;
    if (isInput(genome, target)) {
      throw new UsageError(`Connection ${name} ends in an input or the bias, which take no connections.`);
    }
    const pair = source * nodeCount + target;
    if (seen.has(pair)) throw new UsageError(`Expected at most one connection ${name}, got two.`);
    seen.add(pair);
  });
}

function checkWeights({ weights, innovations }: Genome): void {
  if (weights === undefined) return;
  if (weights.length !== innovations.length) {
    throw new UsageError(
      `Expected a weight for each of ${innovations.length} connections, or none at all, got ${weights.length}.`,
    );
  }
  const wrong = weights.findIndex((weight) => !Number.isFinite(weight));
  if (wrong < 0) return;
  throw new UsageError(`Expected finite weights, got ${weights[wrong]} for connection ${innovations[wrong]}.`);
}

/** The ids of the nodes of one cycle, the first repeated at the end. */
function findCycle(genome: Genome): number[] {
  const graph = new Graph({ directed: true });
  genome.sources.forEach((source, gene) => {
    graph.setEdge(String(source), String(genome.targets[gene]));
  });
  // A strongly connected component, walked inside itself until a node comes up again.
  const looped = graph.nodes().find((node) => graph.hasEdge(node, node));
  const members = new Set(looped === undefined ? alg.findCycles(graph)[0] : [looped]);
  const walk: string[] = [];
  let node = [...members].reduce((low, member) => (Number(member) < Number(low) ? member : low));
  while (!walk.includes(node)) {
    walk.push(node);
    node = (graph.successors(node) ?? []).find((next) => members.has(next)) as string;
  }
  return [...walk.slice(walk.indexOf(node)), node].map((position) => genome.ids[Number(position)]);
}
