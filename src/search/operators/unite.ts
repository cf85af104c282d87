/** Unite: a crossover that adds structure, so that what two siblings each gained comes together. */
import { type ConnectionGene, extend, findConnection, type Genome, type NodeGene } from "../../genome/genome.ts";
import { gradeOfValue, gradesOf } from "../../genome/grades.ts";
import { groupEdges, reachable, topologicalOrder } from "../../genome/topology.ts";
import type { Operator } from "./operator.ts";

/**
 * Takes over from a relative (a sibling, or the common parent) all connections that it uses and the parent does not, and
 * the nodes that they need; nodes are matched by id, as in the crossover of Stanley & Miikkulainen 2002, section 3.2.
 * Left out is a connection that would close a cycle with what there is by then, or in a graded genome skip a grade. Where
 * there is no relative, it is another parent.
 */
export const unite: Operator = {
  weight: 0,
  description: "Weight of the operator that adds what a sibling has and the parent lacks. Ours: 0, off.",
  makeChild(parent, { relative }) {
    const other = relative();
    const gained = gain(parent, other);
    const enabled: number[] = [];
    other.targets.forEach((target, gene) => {
      const [from, to] = [gained.places[other.sources[gene]], gained.places[target]];
      // Genes into nodes that are new are taken over already.
      if (other.enabled[gene] === 0 || from < 0 || to < 0 || to >= parent.ids.length) return;
      const own = findConnection(parent, from, to);
      if (own >= 0) {
        if (parent.enabled[own] === 0) enabled.push(own);
      } else if (gained.fits(from, to) && !closesCycle(parent, gained.connections, from, to)) {
        gained.connections.push({ source: from, target: to, innovation: other.innovations[gene] });
      }
    });
    if (enabled.length + gained.connections.length === 0) return undefined;
    const child = extend(parent, gained);
    for (const gene of enabled) child.enabled[gene] = 1;
    return child;
  },
};

/** What a child is to gain over its parent. */
interface Gained {
  readonly nodes: NodeGene[];
  readonly connections: ConnectionGene[];
  /** Position in the child of each node of the other, -1 where it has none. */
  readonly places: Int32Array;
  /** Whether grades allow a connection, by positions in the child. */
  readonly fits: (from: number, to: number) => boolean;
}

/** The nodes that only the other has, sources first, each with what leads into it: so it closes no cycle. */
function gain(parent: Genome, other: Genome): Gained {
  const known = new Map(Array.from(parent.ids, (id, position) => [id, position]));
  const places = other.ids.map((id) => known.get(id) ?? -1);
  const grades = parent.grades === undefined ? undefined : { own: [...gradesOf(parent)], other: gradesOf(other) };
  const activations = [...parent.activations];
  const fits = (from: number, to: number) =>
    grades === undefined || gradeOfValue(grades.own[from], activations[from]) + 1 === grades.own[to];
  const nodes: NodeGene[] = [];
  const connections: ConnectionGene[] = [];
  const { starts, edges } = groupEdges(other.ids.length, other.targets);
  for (const node of topologicalOrder(other.ids.length, other.sources, other.targets)) {
    if (places[node] >= 0) continue;
    const position = parent.ids.length + nodes.length;
    if (grades) grades.own[position] = grades.other[node];
    const genes = edges.subarray(starts[node], starts[node + 1]).filter((gene) => {
      const from = places[other.sources[gene]];
      return other.enabled[gene] === 1 && from >= 0 && fits(from, position);
    });
    if (genes.length === 0) continue;
    places[node] = position;
    activations[position] = other.activations[node];
    nodes.push({ id: other.ids[node], activation: other.activations[node] });
    for (const gene of genes) {
      const source = places[other.sources[gene]];
      connections.push({ source, target: position, innovation: other.innovations[gene] });
    }
  }
  return { nodes, connections, places, fits };
}

function closesCycle(parent: Genome, connections: readonly ConnectionGene[], from: number, to: number): boolean {
  const sources = Int32Array.from([...parent.sources, ...connections.map(({ source }) => source)]);
  const targets = Int32Array.from([...parent.targets, ...connections.map(({ target }) => target)]);
  const nodeCount = 1 + connections.reduce((most, { target }) => Math.max(most, target), parent.ids.length - 1);
  return reachable(groupEdges(nodeCount, sources), targets, [to])[from] === 1;
}
