/** A genome with fewer connections and without what has no part in its outputs any more. */
import { activationOf } from "../genome/activations.ts";
import { allocateGenome, type Genome, isHidden } from "../genome/genome.ts";
import { compile } from "./compile.ts";

/**
 * A copy without these connections. Left out too are disabled genes, hidden nodes that reach no output, and those into
 * which nothing leads and whose activation of 0 is 0, since they add 0 to every sum. So the network computes the same as with
 * these connections disabled, but for the sign of a zero. Ids and innovation numbers stay, and the order of genes.
 *
 * @param without genes to leave out
 */
export function reduce(genome: Genome, without: ReadonlySet<number> = new Set()): Genome {
  const enabled = genome.enabled.map((value, gene) => (without.has(gene) ? 0 : value));
  for (;;) {
    const network = compile({ ...genome, enabled });
    const fed = new Set(Array.from(network.genes, (gene) => genome.targets[gene]));
    const isSilent = (position: number) =>
      isHidden(genome, position) && !fed.has(position) && activationOf(genome.activations[position]).apply(0) === 0;
    const silent = network.genes.filter((gene) => isSilent(genome.sources[gene]));
    if (silent.length === 0) return partOf(genome, network.genes.slice().sort(), network.positions.slice().sort());
    for (const gene of silent) enabled[gene] = 0;
  }
}

/** The genome of these genes and nodes alone, [genes] and [positions] in ascending order. */
function partOf(genome: Genome, genes: Int32Array, positions: Int32Array): Genome {
  const part = allocateGenome(genome, positions.length, genes.length);
  const places = new Map(Array.from(positions, (position, place) => [position, place]));
  positions.forEach((position, place) => {
    part.ids[place] = genome.ids[position];
    part.activations[place] = genome.activations[position];
  });
  genes.forEach((gene, place) => {
    part.sources[place] = places.get(genome.sources[gene]) as number;
    part.targets[place] = places.get(genome.targets[gene]) as number;
    part.innovations[place] = genome.innovations[gene];
    part.enabled[place] = 1;
    if (part.weights && genome.weights) part.weights[place] = genome.weights[gene];
  });
  return part;
}
