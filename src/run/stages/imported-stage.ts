/** A network from elsewhere as a stage: measured, it is the champion of a run that commands take like any other. */
import { z } from "zod";
import { InternalError } from "../../base/errors.ts";
import { IMPORTED_NETWORK } from "../../measure/figures.ts";
import { commonSchema, completeOnExamples } from "../config.ts";
import type { StageKind } from "../stage.ts";
import { type MadeStage, madeKind } from "./made-stage.ts";

/** All settings of such a run. */
export const importedConfigSchema = z.strictObject({
  format: commonSchema.shape.format,
  stage: z.literal("imported").default("imported").describe("What kind of run this is."),
  task: commonSchema.shape.task,
  taskSettings: commonSchema.shape.taskSettings,
  from: z.string().meta({ description: "Where the champion was read from.", path: true }),
  seed: z.int().min(0).default(1).describe("Seed of the validation episodes."),
  generations: z.literal(1).default(1).describe("The network is read in one step."),
});

/** The settings of such a run, complete. */
export type ImportedConfig = z.infer<typeof importedConfigSchema>;

/** Fills in defaults. @throws UsageError if a setting is unknown, or a value is out of range */
function complete(settings: Readonly<Record<string, unknown>>): ImportedConfig {
  return completeOnExamples("imported", importedConfigSchema, settings);
}

const made = madeKind<ImportedConfig>(IMPORTED_NETWORK, ({ from }, { founder }) => {
  if (founder === undefined) throw new InternalError(`Expected the champion of ${from} in the workshop, got none.`);
  return founder;
});

/** Imported networks, as the table of stages has them. */
export const IMPORTED_STAGE: StageKind<ImportedConfig, MadeStage> = {
  ...made,
  name: "imported",
  title: "an imported network",
  complete,
  summarize: (folder, config) => ({
    ...made.summarize(folder, config),
    defaults: complete({ task: config.task, from: config.from }),
  }),
};
