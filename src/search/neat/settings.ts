/** Every setting of NEAT: meaning, unit, range, default, and the value of the paper where ours is another. */
import { z } from "zod";
import { parseSettings } from "../../base/settings.ts";
import { ACTIVATION_NAMES } from "../../genome/activations.ts";

const share = (description: string, value: number) => z.number().min(0).max(1).default(value).describe(description);
const positive = (description: string, value: number) =>
  z.number().min(0).max(1_000_000).default(value).describe(description);

/** The settings as a schema; the command line takes its options from it. */
export const neatSettingsSchema = z.strictObject({
  population: z.int().min(2).max(100_000).default(150).describe("Genomes in a generation. Paper: 150, 1,000 (DPNV)."),
  excess: positive("Coefficient of excess genes in the compatibility distance (c1). Paper: 1.", 1),
  disjoint: positive("Coefficient of disjoint genes in the compatibility distance (c2). Paper: 1.", 1),
  weightDifference: positive(
    "Coefficient of the mean difference of weights in the compatibility distance (c3). Paper: 0.4, 3 (DPNV).",
    0.4,
  ),
  smallGenome: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe(
      "Genes from which on the numbers of excess and disjoint genes are divided by that of the larger genome. Paper: 20.",
    ),
  speciesDistance: positive(
    "Compatibility distance within which genomes are of one species, at first. Paper: 3, 4 (DPNV).",
    3,
  ),
  speciesTarget: z
    .int()
    .min(0)
    .max(10_000)
    .default(10)
    .describe(
      "Species to aim at: the threshold moves by speciesStep a generation towards so many; 0: it stays. Paper: 0.",
    ),
  speciesStep: positive("By how much the threshold moves in a generation. Ours.", 0.1),
  stagnation: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(15)
    .describe("Generations without a better score after which a species has no more children. Paper: 15."),
  standstill: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe(
      "Generations without a better score of any genome after which only the two best species have children. Paper: 20.",
    ),
  survival: share(
    "Share of a species, the best, that has children; at least one. The paper removes the lowest without a number, its program keeps 0.2.",
    0.2,
  ),
  eliteSpecies: z
    .int()
    .min(1)
    .max(100_000)
    .default(5)
    .describe("Species of more genomes than this keep their best one unchanged. Paper: 5."),
  crossover: share("Probability that a child has two parents. Paper: 0.75.", 0.75),
  interspecies: share("Probability that the second parent is of another species. Paper: 0.001.", 0.001),
  keepDisabled: share(
    "Probability that a gene is disabled that is disabled in either parent; else it is enabled. Paper: 0.75.",
    0.75,
  ),
  mutateWeights: share("Probability that the weights of a child are changed. Paper: 0.8.", 0.8),
  perturb: share("Probability that a weight is then moved; else it is drawn anew. Paper: 0.9.", 0.9),
  perturbation: positive(
    "Weights are moved by up to this, uniformly, either way. The paper gives none, its program 2.5.",
    1,
  ),
  weightRange: positive("New weights are drawn from the range of this size either way, uniformly. Ours.", 2),
  weightLimit: positive("No weight is larger than this, either way. The paper has no limit.", 8),
  insertNode: share("Probability that a connection is split by a new node. Paper: 0.03.", 0.03),
  addConnection: share("Probability that a connection is added. Paper: 0.05, in large populations 0.3.", 0.05),
  enableConnection: share(
    "Probability that a disabled connection is enabled. The paper enables by crossover alone.",
    0,
  ),
  connectProbability: share("Probability that a first genome connects an input with an output. Paper: 1.", 1),
  activations: z
    .array(z.enum(ACTIVATION_NAMES as [string, ...string[]]))
    .min(1)
    .default(["tanh"])
    .describe(
      "Activations of hidden nodes. Paper: 1 / (1 + exp(-4.9 x)), which is sigmoid with weights 4.9 times as large.",
    ),
});

/** The settings, complete. */
export type NeatSettings = z.infer<typeof neatSettingsSchema>;

/** Fills in defaults. @throws UsageError if a setting is unknown or out of range */
export function completeNeatSettings(settings: Partial<NeatSettings>): NeatSettings {
  return parseSettings("neat", neatSettingsSchema, settings);
}
