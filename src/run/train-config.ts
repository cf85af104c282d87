/** The settings of a baseline as a run: a task with examples, and the settings of its training. */
import { z } from "zod";
import { parseSettings } from "../base/settings.ts";
import { REFERENCE_TASK, type TrainSettings, trainSettingsSchema } from "../baseline/settings.ts";
import { completeTaskSettings } from "../tasks/definition.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { commonSchema } from "./config.ts";

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
  const config = parseSettings("baseline", trainConfigSchema, settings);
  return { ...config, taskSettings: completeTaskSettings(taskDefinition(config.task), config.taskSettings) };
}

/** The part of the settings that the training takes. */
export function trainSettings(config: TrainConfig): TrainSettings {
  const names = Object.keys(trainSettingsSchema.shape) as (keyof TrainSettings)[];
  return Object.fromEntries(names.map((name) => [name, config[name]])) as TrainSettings;
}
