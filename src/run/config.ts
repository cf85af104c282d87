/** The settings of a search as a run: a task, how long, and the settings of its search; defaults are the task's preset. */
import { z } from "zod";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { parseSettings } from "../base/settings.ts";
import { activationCode } from "../genome/activations.ts";
import { episodesUntil, TRAINING_SETTINGS } from "../measure/training.ts";
import {
  type SearchSettings,
  type SearchShape,
  type SearchTables,
  searchSchema,
  type searchSettingsSchema,
} from "../search/config.ts";
import { completeTaskSettings, defaultPreset, type TaskDefinition } from "../tasks/definition.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { checkStarts } from "../tasks/starts.ts";
import type { TaskInfo } from "../tasks/task.ts";

/** Version of the run folder (docs/run-format.md). */
export const RUN_FORMAT = 2;

/** The settings that every kind of run has. */
export const commonSchema = z.strictObject({
  format: z.literal(RUN_FORMAT).default(RUN_FORMAT).describe("Version of the run folder."),
  task: z.string().describe("Name of the task, or path of its module."),
  taskSettings: z.record(z.string(), z.unknown()).default({}).describe("Settings of the task itself."),
});

/**
 * Fills in the defaults of a run on examples that has no presets, and those of its task.
 *
 * @param what it is, for messages
 * @throws UsageError if a setting is unknown, or a value is out of range
 */
export function completeOnExamples<Config extends z.infer<typeof commonSchema>>(
  what: string,
  schema: z.ZodType<Config> & z.ZodObject,
  settings: Readonly<Record<string, unknown>>,
): Config {
  const config = parseSettings(what, schema, settings) as Config;
  return { ...config, taskSettings: completeTaskSettings(taskDefinition(config.task), config.taskSettings) };
}

/** The settings of a run that a schema has. */
export function partOf<Part extends object>(schema: z.ZodType<Part> & z.ZodObject, config: Part): Part {
  const names = Object.keys(schema.shape) as (keyof Part)[];
  return Object.fromEntries(names.map((name) => [name, config[name]])) as Part;
}

/** The settings of every run whose steps are generations. */
export const GENERATION_SETTINGS = {
  seed: z.int().min(0).default(1).describe("Seed of every random stream of the run."),
  generations: z
    .int()
    .min(0)
    .max(100_000_000)
    .nullable()
    .default(1024)
    .describe("Generations to run; null, as with --max-time alone: no limit. Paper: 1,024 (swing-up), 4,096 (MNIST)."),
  ...TRAINING_SETTINGS,
};

/** The setting of searches that may start from a champion. */
export const FROM_SETTING = z
  .string()
  .optional()
  .meta({ description: "A champion whose mutated copies are the first generation.", path: true });

/** The settings of a search that are not its searcher's. */
const RUN = {
  format: commonSchema.shape.format,
  stage: z.literal("search").default("search").describe("What kind of run this is."),
  task: commonSchema.shape.task,
  taskSettings: commonSchema.shape.taskSettings,
  from: FROM_SETTING,
  ...GENERATION_SETTINGS,
};

/** All settings of a search; those of its searcher are among them. */
export const runConfigSchema = runSchema() as z.ZodObject<
  typeof RUN & (typeof searchSettingsSchema)["shape"],
  z.core.$strict
>;

/** The settings of a search, complete. */
export type RunConfig = z.infer<typeof runConfigSchema>;

/** What settings are completed with; rankings and operators of one's own bring settings of their own. */
export interface ConfigOptions extends SearchTables {
  /**
   * Name of one of the task's presets; default: the first. Null: none, as for a config that was complete when it was
   * written, and lacks only settings of later versions.
   */
  readonly preset?: string | null;
  /** The task, where its name is not that of a built-in one or of a loaded module. */
  readonly definition?: TaskDefinition;
}

/**
 * Fills in defaults: the user's settings, over those of the task's preset, over the general ones. The module of a task
 * of one's own must be loaded (`loadTaskModule`).
 *
 * @throws UsageError if the task, a setting or a kind of start is unknown, or a value is out of range
 */
export function completeConfig(
  settings: Readonly<Record<string, unknown>>,
  { preset, definition: given, ...tables }: ConfigOptions = {},
): RunConfig {
  const isUsual = Object.values(tables).every((table) => table === undefined);
  // To make a schema takes longer than to use it, which counts where many runs are listed.
  const schema = isUsual ? runConfigSchema : runSchema(tables);
  const parse = (all: object) => parseSettings("run", schema, all) as RunConfig;
  if (typeof settings.task !== "string") return parse(settings);
  const definition = given ?? taskDefinition(settings.task);
  const { presets } = definition;
  const named = (name: string) => presets[checkKnown(`preset of ${settings.task}`, name, Object.keys(presets))];
  const defaults = preset === null ? undefined : preset === undefined ? defaultPreset(definition) : named(preset);
  checkPreset(settings.task, defaults ?? {}, parse);
  const config = parse({ ...defaults, ...settings });
  checkStarts(definition, config.starts ?? {});
  const own = { ...defaults?.taskSettings, ...config.taskSettings };
  return { ...config, taskSettings: completeTaskSettings(definition, own) };
}

/** Presets of a task of one's own may be wrong like any settings; the task is to be named then. */
function checkPreset(task: string, preset: object, parse: (settings: object) => unknown): void {
  try {
    parse({ ...preset, task });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`The presets of ${task} cannot be used: ${error.message}`, { cause: error });
  }
}

/** The part of a run's settings that its searcher takes. */
export function searchSettings(config: RunConfig): SearchSettings {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !(name in RUN))) as SearchSettings;
}

/** Of the settings of a run, those that say what a generation costs. */
export type Evaluated = Pick<RunConfig, "population" | "elites" | "weights" | "episodes" | "hold"> &
  Partial<Pick<RunConfig, "episodesDouble">>;

/**
 * The evaluations of so many generations: one is a genome at one weight on one episode, or batch. Those that choose the
 * champion do not count. Where trials are held, elites are played in one generation of each trial: the mean over them.
 */
export function evaluationsOf(config: Evaluated, generations: number): number {
  const { population, elites, weights, hold } = config;
  const played = population - (Math.floor(population * elites) * (hold - 1)) / hold;
  return played * weights.length * episodesUntil(config, generations);
}

/** The generations that fit into so many evaluations. @throws UsageError if not one does */
export function generationsWithin(config: Evaluated, evaluations: number): number {
  const first = config.population * config.weights.length * config.episodes;
  if (first > evaluations) {
    throw new UsageError(`Expected evaluations of at least ${first}, those of one generation, got ${evaluations}.`);
  }
  const fits = (generations: number) => evaluationsOf(config, generations) <= evaluations;
  let [most, tooMany] = [1, 2];
  while (fits(tooMany)) [most, tooMany] = [tooMany, 2 * tooMany];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(middle)) most = middle;
    else tooMany = middle;
  }
  return most;
}

/** The schema of all settings of a search that has the given tables. */
function runSchema(tables?: SearchTables): z.ZodObject {
  return z.strictObject({ ...RUN, ...searchSchema(tables).shape });
}

/** What a search must know of a task. */
export function searchShape(info: TaskInfo): SearchShape {
  return {
    inputCount: info.inputs.length,
    outputCount: info.outputs.length,
    outputActivation: activationCode(info.outputActivation) as number,
  };
}
