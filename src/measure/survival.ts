/** Which genes of the genome that a search started from are still in use: how many genomes of a generation have each. */
import { encodeGenome } from "../genome/codec.ts";
import type { Genome } from "../genome/genome.ts";
import { compile, type Network } from "../network/compile.ts";

/** Version of founder.json. */
export const FOUNDER_FORMAT = 1;

/** The genes of a founder that are in use: those of its network. */
export interface FounderGenes {
  /** Innovation of each connection, [connections]. */
  readonly connections: Int32Array;
  /** Hidden nodes and outputs: id and activation of each, [nodes]. */
  readonly nodes: Int32Array;
  readonly activations: Uint8Array;
}

/** A line of survival.jsonl. */
export interface SurvivalRecord {
  readonly generation: number;
  /** Genomes in the generation. */
  readonly genomes: number;
  /** Of each connection of the founder's network, in the order of founder.json, the genomes whose network has it. */
  readonly connections: readonly number[];
  /** Of each node the genomes whose network has it with the activation it had. */
  readonly nodes: readonly number[];
}

/** Genes of a founder that are told every generation; of so many times more, every so many generations. */
const TOLD_AT_ONCE = 250;

/** The genes of a founder's network, in order of genes and positions. */
export function founderGenes(founder: Genome): FounderGenes {
  const { genes, positions, inputCount } = compile(founder);
  const hidden = positions.slice(1 + inputCount).sort();
  return {
    connections: Int32Array.from(genes.slice().sort(), (gene) => founder.innovations[gene]),
    nodes: Int32Array.from(hidden, (position) => founder.ids[position]),
    activations: Uint8Array.from(hidden, (position) => founder.activations[position]),
  };
}

/** Whether a generation is told: all are, but of founders of very many genes. */
export function isTold({ connections, nodes }: FounderGenes, generation: number): boolean {
  return generation % Math.ceil((connections.length + nodes.length) / TOLD_AT_ONCE) === 0;
}

/** The text of founder.json: the genome that a search started from. */
export function founderText(founder: Genome): string {
  return `${JSON.stringify({ format: FOUNDER_FORMAT, genome: encodeGenome(founder) }, null, 1)}\n`;
}

/** Counts the genomes of a generation whose networks have each gene. */
export function survivalOf(
  founder: FounderGenes,
  genomes: readonly Genome[],
  networks: readonly Network[],
  generation: number,
): SurvivalRecord {
  const connections = new Map(Array.from(founder.connections, (innovation) => [innovation, 0]));
  const nodes = new Map(Array.from(founder.nodes, (id) => [id, 0]));
  const activations = new Map(Array.from(founder.nodes, (id, node) => [id, founder.activations[node]]));
  genomes.forEach((genome, index) => {
    const { genes, positions, inputCount } = networks[index];
    for (const gene of genes) add(connections, genome.innovations[gene]);
    for (const position of positions.subarray(1 + inputCount)) {
      const id = genome.ids[position];
      if (genome.activations[position] === activations.get(id)) add(nodes, id);
    }
  });
  return { generation, genomes: genomes.length, connections: [...connections.values()], nodes: [...nodes.values()] };
}

function add(counts: Map<number, number>, key: number): void {
  const count = counts.get(key);
  if (count !== undefined) counts.set(key, count + 1);
}
