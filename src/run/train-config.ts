/** The settings of a baseline's run: a data set, and the settings of its training. */
import { z } from "zod";
import { parseSettings } from "../base/settings.ts";
import { type TrainSettings, trainSettingsSchema } from "../baseline/settings.ts";
import { RUN_FORMAT, type RunConfig, runConfigSchema } from "./config.ts";

/** All settings of a baseline's run; the training's are among them. */
export const trainConfigSchema = z.strictObject({
  format: runConfigSchema.shape.format,
  kind: z.literal("baseline").default("baseline").describe("Tells a baseline from a search, which has no kind."),
  task: z.string().default("mnist-full").describe("Name of the data set."),
  dataDir: runConfigSchema.shape.dataDir,
  data: runConfigSchema.shape.data,
  target: runConfigSchema.shape.target,
  delimiter: runConfigSchema.shape.delimiter,
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
  return parseSettings("baseline", trainConfigSchema, { format: RUN_FORMAT, ...settings });
}

/** Whether a run is a baseline's. */
export function isTraining(config: RunConfig | TrainConfig): config is TrainConfig {
  return "kind" in config;
}

/** The part of the settings that the training takes. */
export function trainSettings(config: TrainConfig): TrainSettings {
  const names = Object.keys(trainSettingsSchema.shape) as (keyof TrainSettings)[];
  return Object.fromEntries(names.map((name) => [name, config[name]])) as TrainSettings;
}
