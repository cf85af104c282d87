/** What the genomes of a generation face: episodes, how they start, and shared weights; alike for all of them. */
import type { StartShares } from "../tasks/starts.ts";
import { startsOf } from "../tasks/starts.ts";
import type { Trial, WeightSets } from "../tasks/task.ts";
import { shared, stratifiedWeights } from "../tuning/weights.ts";

/** How the weights of a generation are chosen. */
export const DRAWS = ["fixed", "stratified", "turns"] as const;

/** Of the settings of a run, those that say what its genomes face. */
export interface Training {
  readonly seed: number;
  readonly weights: readonly number[];
  /** Episodes that each weight is scored on. */
  readonly episodes: number;
  /** Kinds of start states of the episodes by share; the task's own without it. */
  readonly starts?: StartShares;
  /** The weights themselves, as many drawn ones, or both in turn. */
  readonly draws: (typeof DRAWS)[number];
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
