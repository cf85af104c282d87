/** The settings of a fixed topology as a run: a task, and the layers that its network is to have. */
import { z } from "zod";
import { REFERENCE_TASK } from "../../baseline/settings.ts";
import { ACTIVATION_NAMES } from "../../genome/activations.ts";
import { commonSchema, completeOnExamples } from "../config.ts";

/** All settings of such a run. */
export const fixedConfigSchema = z.strictObject({
  format: commonSchema.shape.format,
  stage: z.literal("fixed").default("fixed").describe("What kind of run this is."),
  task: commonSchema.shape.task.default(REFERENCE_TASK),
  taskSettings: commonSchema.shape.taskSettings,
  layers: z
    .array(z.int().min(1).max(65_536))
    .min(1)
    .default([10])
    .describe("Nodes of each hidden layer, the one behind the inputs first: 10,5. Paper: 10 (swing-up)."),
  activation: z
    .enum(ACTIVATION_NAMES as [string, ...string[]])
    .default("tanh")
    .describe("Of the hidden nodes."),
  seed: z.int().min(0).default(1).describe("Seed of the validation episodes."),
  generations: z.literal(1).default(1).describe("The network is made in one step."),
});

/** The settings of such a run, complete. */
export type FixedConfig = z.infer<typeof fixedConfigSchema>;

/** Fills in defaults. @throws UsageError if a setting is unknown, or a value is out of range */
export function completeFixedConfig(settings: Readonly<Record<string, unknown>>): FixedConfig {
  return completeOnExamples("fixed", fixedConfigSchema, settings);
}
