/** The networks of a front as a few typed arrays, for checkpoints. */
import type { Champion } from "../genome/champion.ts";
import { type PackedGenomes, packGenomes, unpackGenomes } from "../genome/pack.ts";

/** Networks that are kept, the champion last. */
export interface FrontState {
  readonly genomes: PackedGenomes;
  /** [networks] */
  readonly generations: Int32Array;
  readonly scores: Float64Array;
  /** [networks x weights] */
  readonly scoresByWeight: Float64Array;
  /** NaN where it is the score itself, or not known. */
  readonly reported: Float64Array;
}

/** Packs at least one network. */
export function packFront(networks: readonly Champion[]): FrontState {
  return {
    genomes: packGenomes(networks.map(({ genome }) => genome)),
    generations: Int32Array.from(networks, ({ generation }) => generation),
    scores: Float64Array.from(networks, ({ score }) => score),
    scoresByWeight: Float64Array.from(networks.flatMap((network) => network.scoresByWeight)),
    reported: Float64Array.from(networks, ({ reported }) => reported ?? Number.NaN),
  };
}

/** The networks of `packFront`. */
export function unpackFront({ genomes, generations, scores, scoresByWeight, reported }: FrontState): Champion[] {
  const weightCount = scoresByWeight.length / scores.length;
  return unpackGenomes(genomes).map((genome, index) => ({
    genome,
    generation: generations[index],
    score: scores[index],
    scoresByWeight: [...scoresByWeight.subarray(index * weightCount, (index + 1) * weightCount)],
    ...(Number.isNaN(reported[index]) ? {} : { reported: reported[index] }),
  }));
}
