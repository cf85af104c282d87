/** The settings of a run: a task, how long, and the settings of its search; defaults are the paper's for the task. */
import { z } from "zod";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { parseSettings } from "../base/settings.ts";
import { activationCode } from "../genome/activations.ts";
import { type SearchSettings, type SearchShape, searchSettingsSchema } from "../search/config.ts";
import { taskEntry } from "../tasks/registry.ts";
import type { TaskInfo } from "../tasks/task.ts";

/** Version of the run folder (docs/run-format.md). */
export const RUN_FORMAT = 1;

/** All settings of a run; the search's are among them. */
export const runConfigSchema = z.strictObject({
  format: z.literal(RUN_FORMAT).default(RUN_FORMAT).describe("Version of the run folder."),
  task: z.string().describe("Name of the task."),
  dataDir: z.string().optional().describe("Folder of the data set, or of folders of data sets."),
  data: z.string().optional().describe("Task csv: path of the table."),
  target: z.string().optional().describe("Task csv: column that holds the class."),
  delimiter: z.string().optional().describe("Task csv: what stands between cells; a comma if not given."),
  batchSize: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe("Classification: examples of an episode. Paper: 1,000."),
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

/** The settings of a run, complete. */
export type RunConfig = z.infer<typeof runConfigSchema>;

/**
 * Fills in defaults: the user's settings, over the task's, over the general ones.
 *
 * @throws UsageError if the task or a setting is unknown, or a value is out of range
 */
export function completeConfig(settings: Readonly<Record<string, unknown>>): RunConfig {
  const defaults = typeof settings.task === "string" ? taskEntry(settings.task).defaults : {};
  return parseSettings("run", runConfigSchema, { ...defaults, ...settings });
}

/** The part of a run's settings that its search takes. */
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
