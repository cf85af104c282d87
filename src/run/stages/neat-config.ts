/** The settings of a search by NEAT as a run. */
import { z } from "zod";
import { parseSettings } from "../../base/settings.ts";
import { type NeatSettings, neatSettingsSchema } from "../../search/neat/settings.ts";
import { completeTaskSettings, defaultPreset } from "../../tasks/definition.ts";
import { taskDefinition } from "../../tasks/registry.ts";
import { checkStarts } from "../../tasks/starts.ts";
import { commonSchema, type Evaluated, FROM_SETTING, GENERATION_SETTINGS, partOf } from "../config.ts";

const { seed, generations, episodes, starts } = GENERATION_SETTINGS;

/** All settings of such a run; those of its searcher are among them. */
export const neatConfigSchema = z.strictObject({
  format: commonSchema.shape.format,
  stage: z.literal("neat").default("neat").describe("What kind of run this is."),
  task: commonSchema.shape.task,
  taskSettings: commonSchema.shape.taskSettings,
  from: FROM_SETTING,
  seed,
  generations: generations.removeDefault().default(400),
  // As many as the kernels play side by side without much more time.
  episodes: episodes.removeDefault().default(8),
  starts,
  ...neatSettingsSchema.shape,
});

/** The settings of such a run, complete. */
export type NeatConfig = z.infer<typeof neatConfigSchema>;

/**
 * Fills in defaults; starts are those that the task has for NEAT, or those of its first preset.
 *
 * @param preset null: they are not filled in, as for settings that were complete when they were written
 * @throws UsageError if the task, a setting or a kind of start is unknown, or a value is out of range
 */
export function completeNeatConfig(settings: Readonly<Record<string, unknown>>, preset?: null): NeatConfig {
  const parse = (all: object) => parseSettings("neat", neatConfigSchema, all);
  if (typeof settings.task !== "string") return parse(settings);
  const definition = taskDefinition(settings.task);
  const { neatStarts = defaultPreset(definition).starts } = definition;
  const config = parse({ ...(preset !== null && neatStarts && { starts: neatStarts }), ...settings });
  checkStarts(definition, config.starts ?? {});
  return { ...config, taskSettings: completeTaskSettings(definition, config.taskSettings) };
}

/** The part of the settings that the searcher takes. */
export function neatSettings(config: NeatConfig): NeatSettings {
  return partOf(neatSettingsSchema, config);
}

/**
 * The settings with what all searches have and these have not: each genome is played at its own weights alone, on new
 * episodes in each generation; no share of a generation lives on, but the best of large species.
 */
export function searchedNeatConfig(config: NeatConfig): NeatConfig & Evaluated & { readonly draws: "fixed" } {
  return { ...config, weights: [1], draws: "fixed", hold: 1, elites: 0 };
}
