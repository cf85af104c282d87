/** Crossover by innovation: the first parent's structure, with genes both parents have taken from either. */
import { extend, type Genome } from "../genome/genome.ts";
import type { OperatorContext } from "./operator-context.ts";

/**
 * Matching genes (same node id, same connection innovation) are taken from either parent with equal probability;
 * what only the first, fitter parent has is kept (Stanley & Miikkulainen 2002, section 3.2). A child so has the first
 * parent's graph, hence no new cycle can arise.
 *
 * @returns undefined if the parents do not differ in any matching gene
 */
export function crossover(parent: Genome, { rng, otherParent }: OperatorContext): Genome | undefined {
  const other = otherParent();
  const child = extend(parent);
  let changed = false;
  const mix = (ours: Uint8Array, keys: Int32Array, theirs: Uint8Array, theirKeys: Int32Array) => {
    const places = new Map(Array.from(theirKeys, (key, place) => [key, place]));
    keys.forEach((key, place) => {
      const match = places.get(key);
      if (match === undefined || theirs[match] === ours[place] || rng.uniform() < 0.5) return;
      ours[place] = theirs[match];
      changed = true;
    });
  };
  mix(child.activations, child.ids, other.activations, other.ids);
  mix(child.enabled, child.innovations, other.enabled, other.innovations);
  return changed ? child : undefined;
}
