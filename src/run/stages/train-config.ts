/** The settings of a baseline as a run: a task with examples, and the settings of its training. */
import { z } from "zod";
import { REFERENCE_TASK, type TrainSettings, trainSettingsSchema } from "../../baseline/settings.ts";
import { commonSchema, completeOnExamples, partOf } from "../config.ts";

/** All settings of a baseline's run; the training's are among them. */
export const trainConfigSchema = z.strictObject({
  format: commonSchema.shape.format,
  stage: z.literal("baseline").default("baseline").describe("What kind of run this is."),
  task: commonSchema.shape.task.default(REFERENCE_TASK),
  taskSettings: commonSchema.shape.taskSettings,
  ...trainSettingsSchema.shape,
});

/** The settings of a baseline's run, complete. */
export type TrainConfig = z.infer<typeof trainConfigSchema>;

/**
 * Fills in defaults.
 *
 * @throws UsageError if a setting is unknown, or a value is out of range
 */
export function completeTrainConfig(settings: Readonly<Record<string, unknown>>): TrainConfig {
  return completeOnExamples("baseline", trainConfigSchema, settings);
}

/** The part of the settings that the training takes. */
export function trainSettings(config: TrainConfig): TrainSettings {
  return partOf(trainSettingsSchema, config);
}
