/** Many genomes as a few typed arrays, for checkpoints and for crossing threads. */
import type { Genome } from "./genome.ts";

/** Genomes of one shape, their genes one after the other. */
export interface PackedGenomes {
  readonly inputCount: number;
  readonly outputCount: number;
  /** Of graded genomes the grade of their outputs. */
  readonly grades?: number;
  /** Nodes and connections of each genome, [genomes x 2]. */
  readonly counts: Int32Array;
  readonly ids: Int32Array;
  readonly activations: Uint8Array;
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly innovations: Int32Array;
  readonly enabled: Uint8Array;
  /** Of genomes with weights. */
  readonly weights?: Float32Array;
}

/** Packs at least one genome; all have weights, or none. */
export function packGenomes(genomes: readonly Genome[]): PackedGenomes {
  const [{ inputCount, outputCount, grades, weights }] = genomes;
  const counts = Int32Array.from(genomes.flatMap((genome) => [genome.ids.length, genome.sources.length]));
  let nodes = 0;
  let connections = 0;
  for (const genome of genomes) {
    nodes += genome.ids.length;
    connections += genome.sources.length;
  }
  const packed: PackedGenomes = {
    inputCount,
    outputCount,
    grades,
    counts,
    ids: new Int32Array(nodes),
    activations: new Uint8Array(nodes),
    sources: new Int32Array(connections),
    targets: new Int32Array(connections),
    innovations: new Int32Array(connections),
    enabled: new Uint8Array(connections),
    ...(weights && { weights: new Float32Array(connections) }),
  };
  let node = 0;
  let connection = 0;
  for (const genome of genomes) {
    packed.ids.set(genome.ids, node);
    packed.activations.set(genome.activations, node);
    packed.sources.set(genome.sources, connection);
    packed.targets.set(genome.targets, connection);
    packed.innovations.set(genome.innovations, connection);
    packed.enabled.set(genome.enabled, connection);
    packed.weights?.set(genome.weights as Float32Array, connection);
    node += genome.ids.length;
    connection += genome.sources.length;
  }
  return packed;
}

/** The genomes of `packGenomes`, as copies. */
export function unpackGenomes(packed: PackedGenomes): Genome[] {
  const genomes: Genome[] = [];
  let node = 0;
  let connection = 0;
  for (let index = 0; index < packed.counts.length; index += 2) {
    const nodeEnd = node + packed.counts[index];
    const connectionEnd = connection + packed.counts[index + 1];
    genomes.push({
      inputCount: packed.inputCount,
      outputCount: packed.outputCount,
      grades: packed.grades,
      ids: packed.ids.slice(node, nodeEnd),
      activations: packed.activations.slice(node, nodeEnd),
      sources: packed.sources.slice(connection, connectionEnd),
      targets: packed.targets.slice(connection, connectionEnd),
      innovations: packed.innovations.slice(connection, connectionEnd),
      enabled: packed.enabled.slice(connection, connectionEnd),
      weights: packed.weights?.slice(connection, connectionEnd),
    });
    node = nodeEnd;
    connection = connectionEnd;
  }
  return genomes;
}
