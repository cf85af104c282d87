/** Every setting of a search over the codes of a form: meaning, unit, range, default. */
import { z } from "zod";
import { parseSettings } from "../../base/settings.ts";

const share = (description: string, value: number) => z.number().min(0).max(1).default(value).describe(description);

/** The settings as a schema; the command line takes its options from it. */
export const formSettingsSchema = z.strictObject({
  features: z
    .int()
    .min(1)
    .max(10_000)
    .default(8)
    .describe("Features of the form: hidden nodes that count inputs, and that outputs count. Ours."),
  featureActivations: z
    .array(z.enum(["relu", "abs", "step", "linear", "inverse"]))
    .min(1)
    .default(["relu", "abs", "step"])
    .describe("Activations that features may have, of those that keep scale at grade 2. Ours."),
  multiplicity: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe("How often a feature may count an input, and an output a feature, of either sign, at most. Ours."),
  outputs: z
    .enum(["sums", "signs", "switches"])
    .default("sums")
    .describe(
      "What outputs are: sums of features, the signs of these sums, or switches, which are 0 while a sum is within another one, the rest, of 0. Default of tasks whose actions are numbers within a range: signs.",
    ),
  strength: z
    .int()
    .min(1)
    .max(10_000)
    .default(16)
    .describe(
      "How large outputs that are signs or switches are at a shared weight of 1: at other weights so many times its square. Ours.",
    ),
  population: z.int().min(2).max(100_000).default(192).describe("Codes in a generation. Ours."),
  elites: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.1)
    .describe("Share of a generation, the best, that goes on unchanged. Ours."),
  memory: share(
    "What the score of a code that goes on counts in the next generation, against a new one of 1: codes are put in order by the mean over all their generations, weighed like that; at 0 by this generation's alone. Ours.",
    0.8,
  ),
  parents: share(
    "Share of a generation, the best, that has children: truncation selection; at least one. Such et al. 2017: 20 of 1,000.",
    0.2,
  ),
  recombination: share(
    "Probability that a child has two parents, each feature from either (uniform crossover, Syswerda 1989). Ours.",
    0.5,
  ),
  changes: z
    .number()
    .min(1)
    .max(10_000)
    .default(2.5)
    .describe("Mean number of changes to the code of a child, of geometric distribution; at 1 always one. Ours."),
  density: share("Probability that a number of a first code is not 0; less for many inputs. Ours.", 0.5),
});

/** The settings, complete. */
export type FormSettings = z.infer<typeof formSettingsSchema>;

/** Fills in defaults. @throws UsageError if a setting is unknown or out of range */
export function completeFormSettings(settings: Partial<FormSettings>): FormSettings {
  return parseSettings("form", formSettingsSchema, settings);
}
