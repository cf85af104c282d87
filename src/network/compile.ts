/** Compiles a genome to a network: the nodes that reach an output, in topological order, as one flat program. */
import type { Genome } from "../genome/genome.ts";
import { createProgram, HEADER_LENGTH, NODE_LENGTH, type Program } from "./program.ts";

/** A genome made ready to run. */
export interface Network {
  /** What the kernels run; layout in kernel/program.ts. */
  readonly program: Program;
  /** The gene of each connection of the program, so that individual weights can be put in its order. */
  readonly genes: Int32Array;
  /** The position in the genome of each slot of the program (bias, inputs, nodes). */
  readonly positions: Int32Array;
  /** Of a genome with weights: that of each connection of the program, in its order. */
  readonly weights?: Float32Array;
  readonly inputCount: number;
  /** Enabled connections of the genome, those that reach no output included: its size as an objective. */
  readonly connectionCount: number;
}

/** Enabled connections grouped by target: those of node n are at `starts[n] .. starts[n + 1] - 1`, in order of genes. */
interface Incoming {
  readonly starts: Int32Array;
  readonly genes: Int32Array;
  readonly connectionCount: number;
}

/**
 * Drops the nodes that cannot reach an output, orders the rest and writes the program.
 *
 * The order is the post-order of a walk from the outputs against the connections (Tarjan 1976): it needs one pass,
 * visits only nodes that are needed, and is a topological order whenever there is one. Among a node's sources, inputs
 * come first, then the order of genes, so a node that a child shares with its parent computes the same bits in both.
 *
 * @param genome a genome whose invariants hold; that it has no cycle is checked by `validate`, not here
 */
export function compile(genome: Genome): Network {
  const { inputCount, outputCount, sources } = genome;
  const incoming = groupByTarget(genome);
  const { order, slots } = orderNeeded(genome, incoming);
  const { starts, genes: grouped } = incoming;

  let used = 0;
  for (const position of order) used += starts[position + 1] - starts[position];
  const program = createProgram(inputCount, outputCount, order.length, used);
  const mapping = new Int32Array(used + 1 + inputCount + order.length);
  const genes = mapping.subarray(0, used);
  const firstSource = HEADER_LENGTH + order.length * NODE_LENGTH;
  let written = 0;
  let entry = HEADER_LENGTH;
  for (const position of order) {
    const start = starts[position];
    const end = starts[position + 1];
    const first = written;
    for (let at = start; at < end; at++) {
      const source = sources[grouped[at]];
      if (source > inputCount) continue;
      program[firstSource + written] = source;
      genes[written++] = grouped[at];
    }
    program[entry++] = genome.activations[position];
    program[entry++] = written - first;
    program[entry++] = end - start;
    for (let at = start; at < end; at++) {
      const source = sources[grouped[at]];
      if (source <= inputCount) continue;
      program[firstSource + written] = slots[source];
      genes[written++] = grouped[at];
    }
  }
  for (let output = 0; output < outputCount; output++) {
    program[firstSource + used + output] = slots[1 + inputCount + output];
  }
  const positions = mapping.subarray(used);
  for (let slot = 0; slot <= inputCount; slot++) positions[slot] = slot;
  positions.set(order, 1 + inputCount);
  const network = { program, genes, positions, inputCount, connectionCount: incoming.connectionCount };
  const { weights } = genome;
  return weights === undefined ? network : { ...network, weights: Float32Array.from(genes, (gene) => weights[gene]) };
}

function groupByTarget({ ids, targets, enabled }: Genome): Incoming {
  const starts = scratch(0, ids.length + 1).fill(0);
  for (let gene = 0; gene < enabled.length; gene++) starts[targets[gene] + 1] += enabled[gene];
  for (let node = 0; node < ids.length; node++) starts[node + 1] += starts[node];
  const connectionCount = starts[ids.length];
  const next = scratch(1, ids.length + 1);
  next.set(starts);
  const genes = scratch(2, connectionCount);
  for (let gene = 0; gene < enabled.length; gene++) if (enabled[gene] === 1) genes[next[targets[gene]]++] = gene;
  return { starts, genes, connectionCount };
}

/** The nodes that reach an output, sources before targets, and the slot of each position. */
function orderNeeded({ ids, inputCount, outputCount, sources }: Genome, { starts, genes }: Incoming) {
  const slots = scratch(3, ids.length).fill(0);
  const next = scratch(1, ids.length + 1);
  next.set(starts);
  const stack = scratch(4, ids.length);
  const order = scratch(5, ids.length - 1 - inputCount);
  let found = 0;
  // A slot of -1 marks a node on the stack.
  for (let output = 1 + inputCount; output <= inputCount + outputCount; output++) {
    if (slots[output] !== 0) continue;
    let depth = 0;
    stack[0] = output;
    slots[output] = -1;
    while (depth >= 0) {
      const node = stack[depth];
      if (next[node] === starts[node + 1]) {
        order[found++] = node;
        slots[node] = inputCount + found;
        depth--;
        continue;
      }
      const source = sources[genes[next[node]++]];
      if (source > inputCount && slots[source] === 0) {
        slots[source] = -1;
        stack[++depth] = source;
      }
    }
  }
  for (let input = 0; input <= inputCount; input++) slots[input] = input;
  return { order: order.subarray(0, found), slots };
}

/** Arrays that compile works in, kept from call to call: making them anew took longer than the work. */
const scratches: Int32Array[] = Array.from({ length: 6 }, () => new Int32Array(1024));

/** The scratch array of this number, `length` long, its contents left over. */
function scratch(number: number, length: number): Int32Array {
  if (scratches[number].length < length) scratches[number] = new Int32Array(2 * length);
  return scratches[number].subarray(0, length);
}
