/** Crossover by innovation: the first parent's structure, with genes both parents have taken from either. */
import { extend } from "../../genome/genome.ts";
import { gradesOf, mayChange } from "../../genome/grades.ts";
import type { Operator } from "./operator.ts";

/**
 * Matching genes (same node id, same connection innovation) are taken from either parent with equal probability;
 * what only the first, fitter parent has is kept (Stanley & Miikkulainen 2002, section 3.2). A child so has the first
 * parent's graph, hence no new cycle can arise; of a graded genome each node keeps an activation of its grade. Nothing to do if the parents differ in no matching gene.
 */
export const crossover: Operator = {
  weight: 0,
  description: "Weight of the operator that mixes a parent with a second one by innovation. Paper: 0, off.",
  makeChild(parent, { rng, otherParent }) {
    const other = otherParent();
    const child = extend(parent);
    let changed = false;
    const grades = parent.grades === undefined ? undefined : gradesOf(parent);
    const mix = (
      ours: Uint8Array,
      keys: Int32Array,
      theirs: Uint8Array,
      theirKeys: Int32Array,
      allowed: (place: number, value: number) => boolean = () => true,
    ) => {
      const places = new Map(Array.from(theirKeys, (key, place) => [key, place]));
      keys.forEach((key, place) => {
        const match = places.get(key);
        if (match === undefined || theirs[match] === ours[place] || rng.uniform() < 0.5) return;
        if (!allowed(place, theirs[match])) return;
        ours[place] = theirs[match];
        changed = true;
      });
    };
    mix(
      child.activations,
      child.ids,
      other.activations,
      other.ids,
      (node, activation) => grades === undefined || mayChange(grades[node], child.activations[node], activation),
    );
    mix(child.enabled, child.innovations, other.enabled, other.innovations);
    return changed ? child : undefined;
  },
};
