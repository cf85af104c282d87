/** How far apart two genomes are, by their innovations and weights (Stanley & Miikkulainen 2002, section 3.3, equation 1). */
import type { Genome } from "../../genome/genome.ts";
import type { NeatSettings } from "./settings.ts";

/** The settings that a distance follows from. */
export type Coefficients = Pick<NeatSettings, "excess" | "disjoint" | "weightDifference" | "smallGenome">;

/**
 * Tells the distance of genomes from one of them: excess E/N + disjoint D/N + weightDifference W, where E are the genes
 * beyond the newest innovation of the other, D those between that only one has, W is the mean absolute difference of the
 * weights of matching genes, and N the genes of the larger genome, 1 if both have fewer than `smallGenome`.
 *
 * @param first a genome with weights, at 1 where it has none
 */
export function distanceFrom(first: Genome, coefficients: Coefficients): (other: Genome) => number {
  const { excess, disjoint, weightDifference, smallGenome } = coefficients;
  const genes = new Map(Array.from(first.innovations, (innovation, gene) => [innovation, gene]));
  const newest = newestOf(first);
  return (other) => {
    const { innovations } = other;
    const newestOther = newestOf(other);
    let matching = 0;
    let beyond = 0;
    let difference = 0;
    for (let gene = 0; gene < innovations.length; gene++) {
      const match = genes.get(innovations[gene]);
      if (match !== undefined) {
        matching++;
        difference += Math.abs((first.weights?.[match] ?? 1) - (other.weights?.[gene] ?? 1));
      } else if (innovations[gene] > newest) beyond++;
    }
    if (newest > newestOther) beyond = countBeyond(first, newestOther);
    const larger = Math.max(genes.size, innovations.length);
    const size = larger < smallGenome ? 1 : larger;
    const single = genes.size + innovations.length - 2 * matching - beyond;
    const apart = matching > 0 ? difference / matching : 0;
    return (excess * beyond + disjoint * single) / size + weightDifference * apart;
  };
}

function newestOf({ innovations }: Genome): number {
  return innovations.reduce((newest, innovation) => Math.max(newest, innovation), -1);
}

function countBeyond({ innovations }: Genome, newest: number): number {
  return innovations.reduce((count, innovation) => count + (innovation > newest ? 1 : 0), 0);
}
