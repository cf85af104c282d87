/** What the genomes of a generation face: episodes, how they start, and shared weights; alike for all of them. */
import { z } from "zod";
import { derive } from "../base/rng.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { ownWeights, type PopulationTrial } from "../evaluation/trial.ts";
import type { Genome } from "../genome/genome.ts";
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
  episodesDouble: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe(
      "Generations after which each weight is scored on twice as many episodes (or batches), again and again, up to 64 times as many; null: always on as many, as in the paper.",
    ),
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
  weightNoise: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      "Standard deviation of the weight of each connection around the shared one, drawn anew for each generation, the same for all genomes that have the connection. Paper: 0.",
    ),
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
  /** Episodes that each weight is scored on, at first. */
  readonly episodes: number;
  /** Generations after which there are twice as many, again and again. Default: never. */
  readonly episodesDouble?: number | null;
  /** Kinds of start states of the episodes by share; the task's own without them. */
  readonly starts?: StartShares | null;
  /** The weights themselves, as many drawn ones, or both in turn. */
  readonly draws: "fixed" | "stratified" | "turns";
  /** Generations that face the same trial before there is a new one. */
  readonly hold: number;
  /** Standard deviation of the weight of each connection around the shared one. Default: 0. */
  readonly weightNoise?: number;
}

/** The most times that the episodes of a generation double. */
const DOUBLINGS = 6;

/** Of the settings of a run, those that say how many episodes a generation has. */
export type Growing = Pick<Training, "episodes" | "episodesDouble">;

/** Episodes that each weight is scored on in a generation. */
export function episodesOf({ episodes, episodesDouble }: Growing, generation: number): number {
  if (episodesDouble == null) return episodes;
  return episodes * 2 ** Math.min(Math.floor(generation / episodesDouble), DOUBLINGS);
}

/** Episodes that each weight is scored on in all generations before one. */
export function episodesUntil(growing: Growing, generation: number): number {
  const { episodes, episodesDouble } = growing;
  if (episodesDouble == null) return episodes * generation;
  const doublings = Math.min(Math.floor(generation / episodesDouble), DOUBLINGS);
  const before = episodes * episodesDouble * (2 ** doublings - 1);
  return before + (generation - doublings * episodesDouble) * episodesOf(growing, generation);
}

/** Whether a generation faces what the one before it did. */
export function isHeld({ hold }: Pick<Training, "hold">, generation: number): boolean {
  return generation % hold !== 0;
}

/** What all genomes of a generation face. Episodes and drawn weights are those of the first that they are held for. */
export function generationTrial(training: Training, generation: number): Trial {
  const { seed, starts, hold } = training;
  const round = Math.floor(generation / hold);
  const first = round * hold;
  const episodes = episodesOf(training, first);
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

/**
 * What a generation faces, as these networks do: at weights of their own where they have some, at shared weights with noise
 * where that is asked for; else the trial of the generation itself.
 */
export function populationTrial(
  training: Training,
  generation: number,
  genomes: readonly Genome[],
  networks: readonly Network[],
): PopulationTrial {
  const trial = generationTrial(training, generation);
  const { weightNoise = 0 } = training;
  if (weightNoise === 0 || trial.weights.kind !== "shared") return withOwnWeights(trial, networks);
  const { values } = trial.weights;
  const round = Math.floor(generation / training.hold);
  const noise = connectionNoise(`${training.seed}/weight-noise/${round}`, values.length);
  const sets = networks.map(({ genes }, place) => {
    const normals = Array.from(genes, (gene) => noise(genomes[place].innovations[gene]));
    return Float32Array.from(
      { length: values.length * genes.length },
      (_, at) =>
        values[Math.floor(at / genes.length)] + weightNoise * normals[at % genes.length][Math.floor(at / genes.length)],
    );
  });
  return { ...trial, weights: ownWeights(sets, values.length) };
}

/**
 * Standard normal numbers of a connection, one for each of `count` weights: they follow from its innovation number, so that
 * relatives have the same where they are alike.
 */
function connectionNoise(label: string, count: number): (innovation: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (innovation) => {
    let normals = known.get(innovation);
    if (normals === undefined) {
      const rng = derive(label, innovation);
      normals = Float64Array.from({ length: count }, () => rng.normal());
      known.set(innovation, normals);
    }
    return normals;
  };
}

/** The trial as networks face it that have weights of their own, each at these; that of all others as it is. */
export function withOwnWeights(trial: Trial, networks: readonly Network[]): PopulationTrial {
  const sets = networks.flatMap(({ weights }) => weights ?? []);
  if (networks.length === 0 || sets.length < networks.length) return trial;
  return { ...trial, weights: ownWeights(sets) };
}
