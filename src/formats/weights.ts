/** Which weights a network is written with: a shared one that is fixed, one that is left as an input, or one for each connection. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { argmax } from "../base/stats.ts";
import type { Network } from "../network/compile.ts";
import type { Weights } from "../network/forward.ts";
import type { PortableChampion } from "./format.ts";

/** Settings of the formats that state a network with its weights. */
export const WEIGHT_SETTINGS = {
  weight: z.number().optional().describe("The shared weight, fixed. Default: it is left as an input."),
  trained: z.boolean().default(false).describe("The trained weights, in place of a shared one."),
};

/** What those settings say. */
export interface WeightSettings {
  readonly weight?: number;
  readonly trained: boolean;
}

/** The weights a network is written with. */
export type ChosenWeights =
  /** A shared weight: `input` may be changed by who uses the network, and `value` is its default. */
  | { readonly kind: "input" | "fixed"; readonly value: number }
  /** One for each connection of the program, in its order. */
  | { readonly kind: "own"; readonly values: Float32Array };

/**
 * The weights a champion is written with. Where none are named, they are those that evolved with it, or else one that is
 * left as an input.
 *
 * @throws UsageError if both kinds are named, or it has no trained weights
 */
export function chooseWeights(
  { genome, trainedWeights, ...champion }: PortableChampion,
  { genes }: Network,
  { weight, trained }: WeightSettings,
): ChosenWeights {
  if (weight !== undefined && trained) {
    throw new UsageError(`Expected a shared weight or trained weights, got both (${weight}): leave one out.`);
  }
  if (weight !== undefined) return { kind: "fixed", value: Math.fround(weight) };
  const own = (trained ? trainedWeights : undefined) ?? genome.weights;
  if (own !== undefined) return { kind: "own", values: Float32Array.from(genes, (gene) => own[gene]) };
  if (!trained) return { kind: "input", value: Math.fround(bestKnownWeight(champion)) };
  throw new UsageError("Expected a champion with trained weights, got one without: train them by precocial tune.");
}

/** The best shared weight that is known: the one found, or of those it was scored at the best; 1 where none are known. */
export function bestKnownWeight({
  bestSharedWeight,
  weights = [],
  scoresByWeight = [],
}: Partial<PortableChampion>): number {
  if (bestSharedWeight !== undefined) return bestSharedWeight;
  return weights.length > 0 && weights.length === scoresByWeight.length ? weights[argmax(scoresByWeight)] : 1;
}

/** The same as a forward pass takes them, an input having its default. */
export function forwardWeights(weights: ChosenWeights): Weights {
  return weights.kind === "own" ? weights.values : weights.value;
}
