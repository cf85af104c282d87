/** Weights to try networks at, drawn from the paper's range. */
import { derive } from "../base/rng.ts";
import type { Network } from "../network/compile.ts";
import type { WeightSets } from "../tasks/task.ts";

/** Weights are drawn from the uniform distribution over this range (Gaier & Ha 2019, section 4). */
export const WEIGHT_RANGE: readonly [number, number] = [-2, 2];

/** Values of the shared weight as a trial takes them. */
export function shared(values: ArrayLike<number>): WeightSets {
  return { kind: "shared", values: Float32Array.from(values) };
}

/** Sets of individual weights, one weight for each connection of the program. */
export function randomSets({ genes }: Network, count: number, seed: number | string): WeightSets {
  const rng = derive(seed, "random-weights");
  const sets = Float32Array.from({ length: genes.length * count }, () => rng.between(...WEIGHT_RANGE));
  return { kind: "individual", count, sets };
}

/** Shared weights, one from each of `count` equal slices of the range. */
export function stratifiedWeights(count: number, seed: number | string): Float32Array {
  const rng = derive(seed, "random-shared");
  const [low, high] = WEIGHT_RANGE;
  return Float32Array.from({ length: count }, (_, slice) => low + ((high - low) * (slice + rng.uniform())) / count);
}

/** Sets of individual weights as a trial takes them. @param sets at least one, each of all connections in their order */
export function individual(sets: readonly Float32Array[]): WeightSets {
  const [{ length }] = sets;
  const all = new Float32Array(sets.length * length);
  for (const [index, set] of sets.entries()) all.set(set, index * length);
  return { kind: "individual", sets: all, count: sets.length };
}
