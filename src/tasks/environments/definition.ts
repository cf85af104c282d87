/** An environment as a task by name: built in, or any other. */
import { z } from "zod";
import type { Action } from "../actions.ts";
import type { Figures, TaskDefinition, TaskSettings } from "../definition.ts";
import type { Description, Environment, EnvironmentSettings } from "../environment.ts";
import type { RolloutOf } from "../play/rollout.ts";
import type { Preset } from "../preset.ts";
import type { TaskInfo } from "../task.ts";
import { environmentInfo, environmentMeasure, environmentTask } from "./task.ts";

/** The paper's settings for swing-up, which suit other environments too (Gaier & Ha 2019, section 4). */
export const PAPER: Preset = {
  population: 192,
  generations: 1024,
  tournament: 8,
  connectProbability: 0.5,
  episodes: 3,
};

/** What a definition may say beyond what the environment does. */
interface Extras<State> {
  /** A kernel that plays whole episodes faster than the plain environment, to the same bits. */
  readonly rollout?: RolloutOf<State>;
  readonly presets?: Readonly<Record<string, Preset>>;
  readonly neatStarts?: Readonly<Record<string, number>>;
  readonly figures?: readonly Figures[];
  /** What the task says of itself, where that differs from what the environment says. */
  readonly info?: Partial<TaskInfo>;
}

/** What is known of a task from what its environment says of itself: all but where it is played. */
export function describedDefinition(
  description: Description,
): Pick<TaskDefinition, "name" | "summary" | "presets" | "ends" | "selected" | "reported"> {
  const info = environmentInfo(description);
  return {
    name: info.name,
    summary: info.summary,
    presets: { default: { ...PAPER, ...description.presets } },
    ends: info,
    selected: environmentMeasure(description),
    reported: environmentMeasure(description),
  };
}

/** An environment as a task by name. */
export function environmentDefinition<State, Settings extends EnvironmentSettings, A extends Action>(
  environment: Environment<State, Settings, A>,
  { rollout, info, ...extras }: Extras<State> = {},
): TaskDefinition<undefined> {
  return {
    ...describedDefinition(environment),
    ...extras,
    settings: z.strictObject(
      Object.fromEntries(
        Object.entries(environment.settings ?? {}).map(([key, value]) => [key, settingSchema(key, value)]),
      ),
    ),
    environment: environment as unknown as Environment,
    load: async () => undefined,
    create: (_, given: TaskSettings) => environmentTask(environment, given as Partial<Settings>, rollout, info),
  };
}

function settingSchema(name: string, value: number | string | boolean): z.ZodType {
  const description = `The environment's ${name}.`;
  if (typeof value === "number") return z.number().default(value).describe(description);
  if (typeof value === "boolean") return z.boolean().default(value).describe(description);
  return z.string().default(value).describe(description);
}
