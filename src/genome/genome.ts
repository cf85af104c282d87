/**
 * A genome: the genes of one network, as a structure of typed arrays that is copied whole when a child is made.
 *
 * Nodes stand in the order bias, inputs, outputs, hidden; a connection names its ends by their positions in that
 * list. Positions stay valid in every descendant, because operators only append nodes.
 *
 *     position   0      1 .. I    I+1 .. I+O    I+O+1 ..
 *     node       bias   inputs    outputs       hidden
 *
 * Invariants (genome/validate.ts): node ids unique; every connection's ends exist; no connection into the bias or an
 * input; at most one connection from a source to a target; no cycle over all genes, enabled or not; of a graded genome
 * also those of genome/grades.ts; of a genome with weights they are finite.
 */
import type { Rng } from "../base/rng.ts";

/** The genes of one network. Treat it as immutable: operators copy. */
export interface Genome {
  readonly inputCount: number;
  readonly outputCount: number;
  /** Of a graded genome the grade of its outputs, even and at least 2; undefined of any other. */
  readonly grades?: number;
  /** Identity of each node within a run, [nodes]. Bias, inputs and outputs have their position. */
  readonly ids: Int32Array;
  /** Activation code of each node, [nodes]; 1 (linear) for bias and inputs, where it has no meaning. */
  readonly activations: Uint8Array;
  /** Position of the source node, [connections]. */
  readonly sources: Int32Array;
  /** Position of the target node, [connections]. */
  readonly targets: Int32Array;
  /** Identity of each connection within a run, [connections]. */
  readonly innovations: Int32Array;
  /** 1 where the connection is in use, [connections]. A disabled gene still counts for cycles. */
  readonly enabled: Uint8Array;
  /** Where weights evolve with the graph: that of each connection, [connections]; undefined where all share one. */
  readonly weights?: Float32Array;
}

/** Nodes that every genome of a task has: bias, inputs, outputs. */
export function fixedNodeCount(genome: Pick<Genome, "inputCount" | "outputCount">): number {
  return 1 + genome.inputCount + genome.outputCount;
}

/** Whether the node at `position` is the bias or an input, which take no connections. */
export function isInput(genome: Pick<Genome, "inputCount">, position: number): boolean {
  return position <= genome.inputCount;
}

/** Whether the node at `position` is a hidden node. */
export function isHidden(genome: Pick<Genome, "inputCount" | "outputCount">, position: number): boolean {
  return position >= fixedNodeCount(genome);
}

/** Number of enabled connections: the size by which genomes are ranked. */
export function connectionCount(genome: Genome): number {
  let count = 0;
  for (let gene = 0; gene < genome.enabled.length; gene++) count += genome.enabled[gene];
  return count;
}

/** The gene of the connection from `source` to `target` (positions), or -1. */
export function findConnection(genome: Genome, source: number, target: number): number {
  for (let gene = genome.sources.indexOf(source); gene >= 0; gene = genome.sources.indexOf(source, gene + 1)) {
    if (genome.targets[gene] === target) return gene;
  }
  return -1;
}

/**
 * A first genome: no hidden nodes, each input (and the bias) connected to each output with a probability.
 *
 * @param connectProbability in [0, 1]
 * @param outputActivation   code of the outputs' activation
 */
export function createGenome(
  inputCount: number,
  outputCount: number,
  connectProbability: number,
  outputActivation: number,
  rng: Rng,
): Genome {
  const connections: ConnectionGene[] = [];
  for (let pair = 0; pair < (1 + inputCount) * outputCount; pair++) {
    if (rng.uniform() >= connectProbability) continue;
    const source = Math.floor(pair / outputCount);
    const target = 1 + inputCount + (pair % outputCount);
    // Innovation numbers of the possible first connections are their pair number, the same in every genome.
    connections.push({ source, target, innovation: pair });
  }
  return extend(bareGenome({ inputCount, outputCount }, outputActivation), { connections });
}

/** What a genome is of, whatever its genes; of weights only whether it has some. */
export type GenomeShape = Pick<Genome, "inputCount" | "outputCount" | "grades" | "weights">;

/** A genome of the bias, inputs and outputs alone. @param outputActivation code of the outputs' activation */
export function bareGenome(shape: GenomeShape, outputActivation: number): Genome {
  const genome = allocateGenome(shape, fixedNodeCount(shape), 0);
  genome.ids.forEach((_, position) => {
    genome.ids[position] = position;
  });
  genome.activations.fill(1).fill(outputActivation, 1 + shape.inputCount);
  return genome;
}

/**
 * A genome of zeros. Its arrays lie in one buffer: a search makes thousands of genomes a second, and buffers are what
 * costs.
 *
 *     ids | sources | targets | innovations | weights, if any | activations | enabled
 */
export function allocateGenome(
  { inputCount, outputCount, grades, weights }: GenomeShape,
  nodeCount: number,
  geneCount: number,
): Genome {
  const integerCount = nodeCount + 3 * geneCount;
  const words = integerCount + (weights === undefined ? 0 : geneCount);
  const buffer = new ArrayBuffer(4 * words + nodeCount + geneCount);
  const integers = (start: number, length: number) => new Int32Array(buffer, 4 * start, length);
  return {
    inputCount,
    outputCount,
    grades,
    ids: integers(0, nodeCount),
    sources: integers(nodeCount, geneCount),
    targets: integers(nodeCount + geneCount, geneCount),
    innovations: integers(nodeCount + 2 * geneCount, geneCount),
    activations: new Uint8Array(buffer, 4 * words, nodeCount),
    enabled: new Uint8Array(buffer, 4 * words + nodeCount, geneCount),
    weights: weights && new Float32Array(buffer, 4 * integerCount, geneCount),
  };
}

/** A node that a genome gains. */
export interface NodeGene {
  readonly id: number;
  /** Code of its activation. */
  readonly activation: number;
}

/** A connection that a genome gains, enabled; its ends are positions. */
export interface ConnectionGene {
  readonly source: number;
  readonly target: number;
  readonly innovation: number;
  /** Where the genome has weights; 1 by default. */
  readonly weight?: number;
}

/** What a child gains over its parent: nodes and connections appended to the parent's. */
export interface Additions {
  readonly nodes?: readonly NodeGene[];
  readonly connections?: readonly ConnectionGene[];
}

/** A copy of `genome` with genes appended; the arrays are the child's own and may be changed by who asked for it. */
export function extend(genome: Genome, { nodes = [], connections = [] }: Additions = {}): Genome {
  const nodeCount = genome.ids.length;
  const geneCount = genome.sources.length;
  const child = allocateGenome(genome, nodeCount + nodes.length, geneCount + connections.length);
  child.ids.set(genome.ids);
  child.activations.set(genome.activations);
  child.sources.set(genome.sources);
  child.targets.set(genome.targets);
  child.innovations.set(genome.innovations);
  child.enabled.set(genome.enabled);
  child.weights?.set(genome.weights as Float32Array);
  nodes.forEach((node, index) => {
    child.ids[nodeCount + index] = node.id;
    child.activations[nodeCount + index] = node.activation;
  });
  connections.forEach((connection, index) => {
    child.sources[geneCount + index] = connection.source;
    child.targets[geneCount + index] = connection.target;
    child.innovations[geneCount + index] = connection.innovation;
    child.enabled[geneCount + index] = 1;
    if (child.weights) child.weights[geneCount + index] = connection.weight ?? 1;
  });
  return child;
}
