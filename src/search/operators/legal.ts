/** Which connections a genome can gain without breaking an invariant, and how it gains one. */
import { extend, findConnection, type Genome, isHidden, isInput } from "../../genome/genome.ts";
import { gradeOfValue, gradesOf } from "../../genome/grades.ts";
import type { Innovations } from "../../genome/innovation.ts";
import { groupEdges, reachable } from "../../genome/topology.ts";

/**
 * Tells which pairs of nodes may be connected: those that no enabled gene connects, whose connection leads from an input
 * or hidden node to a hidden node or output, closes no cycle, and in a graded genome goes from one grade to the next.
 *
 * @returns asks for a source and a target, by position
 */
export function legalConnections(genome: Genome): (source: number, target: number) => boolean {
  const outgoing = groupEdges(genome.ids.length, genome.sources);
  const grades = genome.grades === undefined ? undefined : gradesOf(genome);
  return (source, target) => {
    if (source === target || isOutput(genome, source) || isInput(genome, target)) return false;
    if (grades && grades[target] !== gradeOfValue(grades[source], genome.activations[source]) + 1) return false;
    const gene = findConnection(genome, source, target);
    if (gene >= 0) return genome.enabled[gene] === 0;
    return isInput(genome, source) || reachable(outgoing, genome.targets, [target])[source] === 0;
  };
}

/** Tells which nodes, by position, a node that leads to `target` may have as sources: those that it does not lead to. */
export function mayLeadTo(genome: Genome, target: number): (source: number) => boolean {
  const after = reachable(groupEdges(genome.ids.length, genome.sources), genome.targets, [target]);
  return (source) => after[source] === 0 && !isOutput(genome, source);
}

/** A child with a legal connection: its gene is enabled where there is one, else appended. */
export function connect(parent: Genome, source: number, target: number, innovations: Innovations): Genome {
  const gene = findConnection(parent, source, target);
  if (gene >= 0) return withEnabled(parent, gene, 1);
  const innovation = innovations.connection(parent.ids[source], parent.ids[target]);
  return extend(parent, { connections: [{ source, target, innovation }] });
}

/** A child in which one gene is enabled or disabled. */
export function withEnabled(parent: Genome, gene: number, enabled: 0 | 1): Genome {
  const child = extend(parent);
  child.enabled[gene] = enabled;
  return child;
}

function isOutput(genome: Genome, position: number): boolean {
  return position > genome.inputCount && !isHidden(genome, position);
}
