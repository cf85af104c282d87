/** The settings of a tuning as a run: a champion, where its weights begin, and the settings of its tuner. */
import { z } from "zod";
import { parseSettings } from "../../base/settings.ts";
import { completeTaskSettings } from "../../tasks/definition.ts";
import { taskDefinition } from "../../tasks/registry.ts";
import type { TunerKind } from "../../tuning/tuner.ts";
import { commonSchema } from "../config.ts";

/** The settings of a tuning that are not its tuner's. */
const TUNED = {
  format: commonSchema.shape.format,
  task: commonSchema.shape.task,
  taskSettings: commonSchema.shape.taskSettings,
  from: z.string().meta({ description: "The champion whose weights are tuned.", path: true }),
  result: z
    .string()
    .nullable()
    .default(null)
    .describe("File that the tuned champion is written to as well when the run ends, seen from the run folder."),
  seed: z.int().min(0).default(1).describe("Seed of every random stream of the run."),
  weight: z
    .number()
    .min(-1000)
    .max(1000)
    .nullable()
    .default(null)
    .describe("The shared weight to begin with; null: the best one, as the champion says it or as it is found."),
};

/** The settings of every tuning. */
export interface TuningConfig extends z.infer<z.ZodObject<typeof TUNED>> {
  /** The tuner's name. */
  readonly stage: string;
}

/** All settings of a tuning; those of its tuner are among them. */
export function tuningSchema({ name, settings }: TunerKind): z.ZodObject {
  const stage = z.literal(name).default(name).describe("What kind of run this is.");
  return z.strictObject({ stage, ...TUNED, ...settings.shape });
}

/** Fills in defaults. @throws UsageError if a setting is unknown, or a value is out of range */
export function completeTuningConfig(kind: TunerKind, settings: Readonly<Record<string, unknown>>): TuningConfig {
  const config = parseSettings(kind.name, tuningSchema(kind), settings) as unknown as TuningConfig;
  return { ...config, taskSettings: completeTaskSettings(taskDefinition(config.task), config.taskSettings) };
}
