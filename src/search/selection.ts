/** What selection did with a generation: whose children come next, and whose children live on, by operator. */
import type { Ancestor } from "./lineage.ts";
import type { Objectives } from "./objectives.ts";
import type { Population } from "./population.ts";
import { paretoFronts } from "./rankings/nsga2.ts";

/** What selection did with a generation. */
export interface Selection {
  /** Genomes that have children in the next generation. */
  readonly parents: number;
  /**
   * Children in the next generation by the front on which their parent stood, of both objectives of the ranking and all
   * islands together: the best front first, as far as there are any.
   */
  readonly fronts: readonly number[];
  /**
   * Of each operator the children of this generation that it had a part in, and how many of those go on to the next as
   * elites; in the order in which they first occur.
   */
  readonly operators: Readonly<Record<string, readonly [children: number, elites: number]>>;
}

/**
 * Tells it by the populations before and after.
 *
 * @param generation that of the population before
 */
export function selectionOf(
  { generation, objectives }: { readonly generation: number; readonly objectives: Objectives },
  before: Population,
  after: Population,
): Selection {
  const childrenOf = new Int32Array(before.genomes.length);
  after.families.forEach((parent, index) => {
    // Newcomers are families of their own, beyond the places of the population before.
    if (after.births[index] > generation && parent < childrenOf.length) childrenOf[parent]++;
  });
  const fronts = paretoFronts(objectives).map((front) => front.reduce((sum, parent) => sum + childrenOf[parent], 0));
  return {
    parents: childrenOf.filter((children) => children > 0).length,
    fronts: fronts.slice(0, fronts.findLastIndex((children) => children > 0) + 1),
    operators: operatorsOf(generation, before, new Set(after.ancestors)),
  };
}

function operatorsOf(generation: number, { births, ancestors }: Population, living: ReadonlySet<Ancestor>) {
  const counts = new Map<string, [children: number, elites: number]>();
  ancestors.forEach((ancestor, index) => {
    if (births[index] !== generation) return;
    for (const name of new Set(ancestor.operators)) {
      const [children, elites] = counts.get(name) ?? [0, 0];
      counts.set(name, [children + 1, elites + (living.has(ancestor) ? 1 : 0)]);
    }
  });
  return Object.fromEntries(counts);
}
