/** Every setting of a search: meaning, unit, range, default, and whether the default is the paper's or ours. */
import { z } from "zod";
import { ACTIVATION_NAMES } from "../genome/activations.ts";

const share = (description: string, value: number) => z.number().min(0).max(1).default(value).describe(description);

/** The settings as a schema; the command line takes its options from it. */
export const searchSettingsSchema = z.strictObject({
  population: z
    .int()
    .min(2)
    .max(100_000)
    .default(192)
    .describe("Genomes in a generation. Paper: 192 (swing-up), 960 (MNIST)."),
  cull: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe("Share of a generation, lowest ranks, that gets no children. Paper: 0.2."),
  elites: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe("Share of a generation, highest ranks, that goes on unchanged. Paper: 0.2."),
  tournament: z
    .int()
    .min(1)
    .max(10_000)
    .default(8)
    .describe("Genomes drawn for a parent, of which the best is taken. Paper: 8, 32 (MNIST)."),
  connectProbability: share(
    "Probability that a first genome connects an input with an output. Paper: 0.5 (swing-up), 0.05 (MNIST).",
    0.5,
  ),
  connectionObjective: share(
    "Probability that a generation is ranked by (mean score, connections) and not by (mean, best-weight score). Paper: 0.8.",
    0.8,
  ),
  insertNode: share("Weight of the operator that splits a connection. Paper: 0.25.", 0.25),
  addConnection: share("Weight of the operator that adds a connection. Paper: 0.2.", 0.2),
  changeActivation: share("Weight of the operator that changes the activation of a hidden node. Paper: 0.5.", 0.5),
  enableConnection: share("Weight of the operator that enables a disabled connection. Paper: 0.05.", 0.05),
  removeConnection: share("Weight of the operator that removes a connection. Ours: 0, off.", 0),
  crossover: share("Weight of the operator that mixes a parent with a second one by innovation. Paper: 0, off.", 0),
  activations: z
    .array(z.enum(ACTIVATION_NAMES as [string, ...string[]]))
    .min(1)
    .default(ACTIVATION_NAMES.slice(0, 10) as string[])
    .describe("Activations of hidden nodes. Paper: all but squared."),
  keepSplit: z
    .enum(["never", "hidden", "always"])
    .default("always")
    .describe(
      "Which split connections stay enabled beside the new node: none (the paper's text), those between hidden nodes (what its code does), or all. Ours, by experiments/search-defaults.",
    ),
  crowding: z
    .enum(["range", "published"])
    .default("range")
    .describe(
      "Scale of the crowding distance: 1/(max - min) as in NSGA-II, or |1/max - min| as in the paper's code. Ours, by experiments/search-defaults.",
    ),
});

/** The settings of a search, complete. */
export type SearchSettings = z.infer<typeof searchSettingsSchema>;

/** What a search must know of its task. */
export interface SearchShape {
  readonly inputCount: number;
  readonly outputCount: number;
  /** Code of the output nodes' activation. */
  readonly outputActivation: number;
}
