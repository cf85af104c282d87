/** The settings of a search over the codes of a graded form as a run. */
import { z } from "zod";
import { UsageError } from "../../base/errors.ts";
import { parseSettings } from "../../base/settings.ts";
import { type FormSettings, formSettingsSchema } from "../../search/forms/settings.ts";
import { completeTaskSettings, defaultPreset, type TaskDefinition } from "../../tasks/definition.ts";
import { taskDefinition } from "../../tasks/registry.ts";
import { checkStarts } from "../../tasks/starts.ts";
import { commonSchema, FROM_SETTING, GENERATION_SETTINGS, partOf } from "../config.ts";

const { weights, episodes, generations, ...others } = GENERATION_SETTINGS;

/** All settings of such a run; those of its searcher are among them. */
export const formConfigSchema = z.strictObject({
  format: commonSchema.shape.format,
  stage: z.literal("es").default("es").describe("What kind of run this is."),
  task: commonSchema.shape.task,
  taskSettings: commonSchema.shape.taskSettings,
  from: FROM_SETTING,
  ...others,
  generations: generations.removeDefault().default(400),
  // What graded networks do does not depend on the weight, so that one tells as much as six.
  weights: weights.removeDefault().default([1]),
  // As many as the kernels play side by side without much more time.
  episodes: episodes.removeDefault().default(8),
  ...formSettingsSchema.shape,
});

/** The settings of such a run, complete. */
export type FormConfig = z.infer<typeof formConfigSchema>;

/**
 * Fills in defaults. Outputs are signs where actions are numbers within a range; starts are those of the first preset of
 * the task.
 *
 * @param preset null: these two are not filled in, as for settings that were complete when they were written
 * @throws UsageError if the task, a setting or a kind of start is unknown, or a value is out of range
 */
export function completeFormConfig(settings: Readonly<Record<string, unknown>>, preset?: null): FormConfig {
  const parse = (all: object) => parseSettings("es", formConfigSchema, all);
  if (typeof settings.task !== "string") return parse(settings);
  const definition = taskDefinition(settings.task);
  const config = parse({ ...(preset === null ? {} : defaultsOf(definition)), ...settings });
  checkStarts(definition, config.starts ?? {});
  checkOutputs(definition, config);
  return { ...config, taskSettings: completeTaskSettings(definition, config.taskSettings) };
}

/** The part of the settings that the searcher takes. */
export function formSettings(config: FormConfig): FormSettings {
  return partOf(formSettingsSchema, config);
}

function defaultsOf(definition: TaskDefinition): Partial<FormConfig> {
  const { starts } = defaultPreset(definition);
  return { outputs: hasRanges(definition) ? "signs" : "sums", ...(starts && { starts }) };
}

/** Whether actions are numbers, each within a range. */
function hasRanges({ environment, process }: TaskDefinition): boolean {
  const { actions } = environment ?? process ?? {};
  return actions !== undefined && !("discrete" in actions);
}

/** @throws UsageError if outputs are signs or switches of which only the largest would count */
function checkOutputs(definition: TaskDefinition, { outputs }: Pick<FormConfig, "outputs">): void {
  if (outputs === "sums" || hasRanges(definition)) return;
  throw new UsageError(
    `Expected outputs of ${definition.name} to be sums, of which the largest is taken, got ${outputs}, which are for actions ` +
      "within a range: leave outputs out.",
  );
}
