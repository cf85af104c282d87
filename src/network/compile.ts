/** Compiles a genome to a network: the nodes that reach an output, in topological order, as one flat program. */
import { connectionCount, type Genome, isInput } from "../genome/genome.ts";
import { groupEdges, reachable, topologicalOrder } from "../genome/topology.ts";
import { createProgram, HEADER_LENGTH, NODE_LENGTH, type Program } from "../kernel/program.ts";

/** A genome made ready to run. */
export interface Network {
  /** What the kernels run; layout in kernel/program.ts. */
  readonly program: Program;
  /** The gene of each connection of the program, so that individual weights can be put in its order. */
  readonly genes: Int32Array;
  /** The position in the genome of each slot of the program (bias, inputs, nodes). */
  readonly positions: Int32Array;
  readonly inputCount: number;
  /** Enabled connections of the genome, those that reach no output included: its size as an objective. */
  readonly connectionCount: number;
}

/**
 * Drops the nodes that cannot reach an output, orders the rest and writes the program.
 *
 * Nodes keep the order of their genes among their sources (inputs first), so a node that a child shares with its
 * parent computes the same bits in both.
 *
 * @param genome a genome whose invariants hold
 */
export function compile(genome: Genome): Network {
  const nodeCount = genome.ids.length;
  const inputs = genome.inputCount;
  const { sources, targets, geneOf } = enabledEdges(genome);
  const incoming = groupEdges(nodeCount, targets);
  const outputs = Array.from({ length: genome.outputCount }, (_, output) => 1 + inputs + output);
  const needed = reachable(incoming, sources, outputs);

  const slots = new Int32Array(nodeCount);
  const order: number[] = [];
  let used = 0;
  for (const position of topologicalOrder(nodeCount, sources, targets)) {
    if (isInput(genome, position)) {
      slots[position] = position;
    } else if (needed[position] === 1) {
      slots[position] = 1 + inputs + order.length;
      order.push(position);
      used += incoming.starts[position + 1] - incoming.starts[position];
    }
  }

  const program = createProgram(inputs, genome.outputCount, order.length, used);
  const genes = new Int32Array(used);
  const firstSource = HEADER_LENGTH + order.length * NODE_LENGTH;
  let written = 0;
  order.forEach((position, index) => {
    const start = incoming.starts[position];
    const end = incoming.starts[position + 1];
    const before = written;
    const write = (fromInputs: boolean) => {
      for (let at = start; at < end; at++) {
        const edge = incoming.edges[at];
        if (sources[edge] <= inputs !== fromInputs) continue;
        program[firstSource + written] = slots[sources[edge]];
        genes[written++] = geneOf[edge];
      }
    };
    write(true);
    const inputSources = written - before;
    write(false);
    program.set([genome.activations[position], inputSources, end - start], HEADER_LENGTH + index * NODE_LENGTH);
  });
  outputs.forEach((position, output) => {
    program[firstSource + used + output] = slots[position];
  });
  const positions = new Int32Array(1 + inputs + order.length);
  for (let slot = 0; slot <= inputs; slot++) positions[slot] = slot;
  positions.set(order, 1 + inputs);
  return { program, genes, positions, inputCount: inputs, connectionCount: connectionCount(genome) };
}

/** The ends of the enabled connections, and their genes. */
function enabledEdges(genome: Genome) {
  const count = connectionCount(genome);
  const sources = new Int32Array(count);
  const targets = new Int32Array(count);
  const geneOf = new Int32Array(count);
  let edge = 0;
  for (let gene = 0; gene < genome.enabled.length; gene++) {
    if (genome.enabled[gene] === 0) continue;
    sources[edge] = genome.sources[gene];
    targets[edge] = genome.targets[gene];
    geneOf[edge++] = gene;
  }
  return { sources, targets, geneOf };
}
