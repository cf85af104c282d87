/** Environments as tasks by name: those that are built in with their presets and published figures, and any other. */
import { z } from "zod";
import type { Action } from "../actions.ts";
import type { Figures, TaskDefinition, TaskSettings } from "../definition.ts";
import type { Description, Environment, EnvironmentSettings } from "../environment.ts";
import type { RolloutOf } from "../play/rollout.ts";
import type { Preset } from "../preset.ts";
import type { TaskInfo } from "../task.ts";
import { ACROBOT, ACROBOT_ROLLOUT } from "./acrobot.ts";
import { BIPED, BIPED_HARDCORE } from "./biped/environment.ts";
import { BIPED_ROLLOUT } from "./biped/rollout.ts";
import { CARTPOLE, CARTPOLE_ROLLOUT } from "./cartpole.ts";
import { MOUNTAIN_CAR, MOUNTAIN_CAR_ROLLOUT } from "./mountain-car.ts";
import { PENDULUM, PENDULUM_ROLLOUT } from "./pendulum.ts";
import { SWINGUP, SWINGUP_ROLLOUT } from "./swingup.ts";
import { environmentInfo, environmentMeasure, environmentTask } from "./task.ts";

/** The paper's settings for swing-up (Gaier & Ha 2019, section 4). */
const PAPER: Preset = { population: 192, generations: 1024, tournament: 8, connectProbability: 0.5, episodes: 3 };

/**
 * Settings of ours for swing-up, whose champions stand where those of the paper's settings whirl. Half of the training
 * episodes begin upright; parents are drawn by lexicase on islands; by experiments/swingup.
 */
const STANDING: Preset = {
  ...PAPER,
  population: 576,
  generations: 480,
  episodes: 2,
  starts: { hang: 0.5, up: 0.5 },
  select: "lexicase",
  islands: 3,
  tournament: 16,
  operatorsPerChild: 1.5,
  removeConnection: 0.15,
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

/** Cart-pole swing-up, as in the paper. */
const SWINGUP_TASK = environmentDefinition(SWINGUP, {
  rollout: SWINGUP_ROLLOUT,
  presets: { standing: STANDING, paper: PAPER },
  neatStarts: { hang: 0.25, up: 0.75 },
  figures: [
    // Gaier & Ha 2019, Table 1 (100 trials).
    {
      name: "paper's WANN",
      scores: { randomWeights: 57, randomShared: 515, bestShared: 723, trainedWeights: 932 },
      size: 52,
    },
    {
      name: "paper's fixed topology",
      scores: { randomWeights: 21, randomShared: 7, bestShared: 8, trainedWeights: 918 },
    },
    // The published champion, measured again with the published code.
    {
      name: "paper's champion, re-measured",
      scores: { standard: 611, randomWeights: 52, randomShared: 526, bestShared: 727, trainedWeights: 932 },
      size: 52,
    },
  ],
});

/**
 * The cart-pole: networks that last all 500 steps in 32 episodes are found within seconds, and many of them fall in some
 * of a hundred, so champions are told apart on more.
 */
const CARTPOLE_TASK = environmentDefinition(CARTPOLE, {
  rollout: CARTPOLE_ROLLOUT,
  info: { validationEpisodes: { screen: 500, confirm: 500 } },
});

/** The paper's settings for the walker (Gaier & Ha 2019, section 4; tournaments as in the published code). */
const WALKER: Preset = { population: 480, generations: 2048, tournament: 16, connectProbability: 0.25, episodes: 4 };

/** A step of the walker takes a thousand times as long as one of a cart: networks are measured on fewer episodes. */
const LONG_STEPS: Partial<TaskInfo> = { isSlow: true };

/** The walker, as in the paper. */
const BIPED_TASK = environmentDefinition(BIPED, {
  rollout: BIPED_ROLLOUT,
  info: LONG_STEPS,
  presets: { default: WALKER, paper: WALKER },
  figures: [
    // Gaier & Ha 2019, Table 1 (100 trials).
    {
      name: "paper's WANN",
      scores: { randomWeights: -46, randomShared: 51, bestShared: 261, trainedWeights: 332 },
    },
    {
      name: "paper's fixed topology",
      scores: { randomWeights: -129, randomShared: -107, bestShared: -35, trainedWeights: 347 },
    },
  ],
});

/** All built-in environments, by the order in which they are listed. */
export const ENVIRONMENTS: readonly TaskDefinition<undefined>[] = [
  SWINGUP_TASK,
  CARTPOLE_TASK,
  environmentDefinition(PENDULUM, { rollout: PENDULUM_ROLLOUT }),
  environmentDefinition(MOUNTAIN_CAR, { rollout: MOUNTAIN_CAR_ROLLOUT }),
  environmentDefinition(ACROBOT, { rollout: ACROBOT_ROLLOUT }),
  BIPED_TASK,
  environmentDefinition(BIPED_HARDCORE, { rollout: BIPED_ROLLOUT, info: LONG_STEPS, presets: { default: WALKER } }),
];
