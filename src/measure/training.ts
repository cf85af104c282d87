/** What the genomes of a generation face: episodes, how they start, and shared weights; alike for all of them. */
import { z } from "zod";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import type { PopulationTrial } from "../evaluation/trial.ts";
import type { Network } from "../network/compile.ts";
import type { StartShares } from "../tasks/starts.ts";
import { startsOf } from "../tasks/starts.ts";
import type { Trial, WeightSets } from "../tasks/task.ts";
import { shared, stratifiedWeights } from "../tuning/weights.ts";

/** The settings of a run that say what its genomes face. */
export const TRAINING_SETTINGS = {
  episodes: z
    .int()
    .min(1)
    .max(10_000)
    .default(3)
    .describe("Episodes (or batches of images) each weight is scored on. Paper: 3, 1 (MNIST)."),
  weights: z
    .array(z.number())
    .min(1)
    .default([...STANDARD_WEIGHTS])
    .describe("Shared weights each genome is scored at. Paper: -2, -1, -0.5, 0.5, 1, 2."),
  draws: z
    .enum(["fixed", "stratified", "turns"])
    .default("fixed")
    .describe(
      "Where the weights of a generation come from: those of the setting, as many drawn from equal slices of -2 to 2, or both in turn. Paper: fixed.",
    ),
  hold: z
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .describe("Generations that face the same episodes and weights; elites are not played again then. Paper: 1."),
  starts: z
    .record(z.string(), z.number().min(0))
    .refine((shares) => Object.values(shares).some((share) => share > 0))
    .nullable()
    .default(null)
    .describe(
      "Kinds of start states of training episodes by share, such as hang=0.5,up=0.5; null: the task's own, as the paper's.",
    ),
};

/** Of the settings of a run, those that say what its genomes face. */
export interface Training {
  readonly seed: number;
  readonly weights: readonly number[];
  /** Episodes that each weight is scored on. */
  readonly episodes: number;
  /** Kinds of start states of the episodes by share; the task's own without them. */
  readonly starts?: StartShares | null;
  /** The weights themselves, as many drawn ones, or both in turn. */
  readonly draws: "fixed" | "stratified" | "turns";
  /** Generations that face the same trial before there is a new one. */
  readonly hold: number;
}

/** Whether a generation faces what the one before it did. */
export function isHeld({ hold }: Pick<Training, "hold">, generation: number): boolean {
  return generation % hold !== 0;
}

/** What all genomes of a generation face. Episodes and drawn weights are those of the first that they are held for. */
export function generationTrial(training: Training, generation: number): Trial {
  const { seed, episodes, starts, hold } = training;
  const round = Math.floor(generation / hold);
  const first = round * hold;
  return {
    weights: weightsOf(training, round, first),
    episodes: Array.from({ length: episodes }, (_, episode) => `${seed}/train/${first}/${episode}`),
    ...(starts && { starts: startsOf(starts, episodes, round) }),
    split: "train",
    pairing: "all",
  };
}

/** The settings' weights, or as many others: one from each of equal slices of -2 to 2, new in each round. */
function weightsOf({ seed, weights, draws }: Training, round: number, first: number): WeightSets {
  const isDrawn = draws === "stratified" || (draws === "turns" && round % 2 === 1);
  return isDrawn
    ? { kind: "shared", values: stratifiedWeights(weights.length, `${seed}/train/${first}`) }
    : shared(weights);
}

/** The trial as networks face it that have weights of their own, each at these; that of all others as it is. */
export function withOwnWeights(trial: Trial, networks: readonly Network[]): PopulationTrial {
  const sets = networks.flatMap(({ weights }) => weights ?? []);
  if (networks.length === 0 || sets.length < networks.length) return trial;
  const joined = new Float32Array(sets.reduce((length, set) => length + set.length, 0));
  let at = 0;
  for (const set of sets) {
    joined.set(set, at);
    at += set.length;
  }
  return { ...trial, weights: { kind: "own", sets: joined } };
}
