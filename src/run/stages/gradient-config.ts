/** The settings of a topology chosen by gradient as a run: a task with examples, and the settings of the choice. */
import { z } from "zod";
import { type TopologySettings, topologySettingsSchema } from "../../baseline/topology/settings.ts";
import { commonSchema, completeOnExamples, partOf } from "../config.ts";

/** All settings of such a run; those of the choice are among them. */
export const gradientConfigSchema = z.strictObject({
  format: commonSchema.shape.format,
  stage: z.literal("gradient").default("gradient").describe("What kind of run this is."),
  task: commonSchema.shape.task,
  taskSettings: commonSchema.shape.taskSettings,
  ...topologySettingsSchema.shape,
});

/** The settings of such a run, complete. */
export type GradientConfig = z.infer<typeof gradientConfigSchema>;

/** Fills in defaults. @throws UsageError if a setting is unknown, or a value is out of range */
export function completeGradientConfig(settings: Readonly<Record<string, unknown>>): GradientConfig {
  return completeOnExamples("gradient", gradientConfigSchema, settings);
}

/** The part of the settings that the choice takes. */
export function topologySettings(config: GradientConfig): TopologySettings {
  return partOf(topologySettingsSchema, config);
}
