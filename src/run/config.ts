/** The settings of a search as a run: a task, how long, and the settings of its search; defaults are the task's preset. */
import { z } from "zod";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { parseSettings } from "../base/settings.ts";
import { activationCode } from "../genome/activations.ts";
import { type SearchSettings, type SearchShape, searchSettingsSchema } from "../search/config.ts";
import { completeTaskSettings, defaultPreset } from "../tasks/definition.ts";
import { taskDefinition } from "../tasks/registry.ts";
import type { TaskInfo } from "../tasks/task.ts";

/** Version of the run folder (docs/run-format.md). */
export const RUN_FORMAT = 2;

/** The settings that every kind of run has. */
export const commonSchema = z.strictObject({
  format: z.literal(RUN_FORMAT).default(RUN_FORMAT).describe("Version of the run folder."),
  task: z.string().describe("Name of the task, or path of its module."),
  taskSettings: z.record(z.string(), z.unknown()).default({}).describe("Settings of the task itself."),
});

/** All settings of a search; those of its searcher are among them. */
export const runConfigSchema = z.strictObject({
  format: commonSchema.shape.format,
  stage: z.literal("search").default("search").describe("What kind of run this is."),
  task: commonSchema.shape.task,
  taskSettings: commonSchema.shape.taskSettings,
  from: z
    .string()
    .optional()
    .meta({ description: "A champion whose mutated copies are the first generation.", path: true }),
  seed: z.int().min(0).default(1).describe("Seed of every random stream of the run."),
  generations: z
    .int()
    .min(0)
    .max(100_000_000)
    .nullable()
    .default(1024)
    .describe("Generations to run; null, as with --max-time alone: no limit. Paper: 1,024 (swing-up), 4,096 (MNIST)."),
  episodes: z
    .int()
    .min(1)
    .max(10_000)
    .default(3)
    .describe("Episodes (or batches of images) each weight is scored on. Paper: 3, 1 (MNIST)."),
  weights: z
    .array(z.number())
    .min(1)
    .default([...STANDARD_WEIGHTS])
    .describe("Shared weights each genome is scored at. Paper: -2, -1, -0.5, 0.5, 1, 2."),
  ...searchSettingsSchema.shape,
});

/** The settings of a search, complete. */
export type RunConfig = z.infer<typeof runConfigSchema>;

/**
 * Fills in defaults: the user's settings, over those of the task's preset, over the general ones. The module of a task
 * of one's own must be loaded (`loadTaskModule`).
 *
 * @param preset name of one of the task's presets; the first without it
 * @throws UsageError if the task or a setting is unknown, or a value is out of range
 */
export function completeConfig(settings: Readonly<Record<string, unknown>>, preset?: string): RunConfig {
  if (typeof settings.task !== "string") return parseSettings("run", runConfigSchema, settings);
  const definition = taskDefinition(settings.task);
  const { presets } = definition;
  const defaults =
    preset === undefined
      ? defaultPreset(definition)
      : presets[checkKnown(`preset of ${settings.task}`, preset, Object.keys(presets))];
  checkPreset(settings.task, defaults);
  const config = parseSettings("run", runConfigSchema, { ...defaults, ...settings });
  return { ...config, taskSettings: completeTaskSettings(definition, config.taskSettings) };
}

/** Presets of a task of one's own may be wrong like any settings; the task is to be named then. */
function checkPreset(task: string, preset: object): void {
  try {
    parseSettings("run", runConfigSchema, { ...preset, task });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`The presets of ${task} cannot be used: ${error.message}`, { cause: error });
  }
}

/** The part of a run's settings that its searcher takes. */
export function searchSettings(config: RunConfig): SearchSettings {
  const names = Object.keys(searchSettingsSchema.shape) as (keyof SearchSettings)[];
  return Object.fromEntries(names.map((name) => [name, config[name]])) as SearchSettings;
}

/** What a search must know of a task. */
export function searchShape(info: TaskInfo): SearchShape {
  return {
    inputCount: info.inputs.length,
    outputCount: info.outputs.length,
    outputActivation: activationCode(info.outputActivation) as number,
  };
}
