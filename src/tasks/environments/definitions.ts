/** The environments that are built in, as tasks by name: their presets and published figures. */
import type { TaskDefinition } from "../definition.ts";
import type { Preset } from "../preset.ts";
import type { TaskInfo } from "../task.ts";
import { ACROBOT, ACROBOT_ROLLOUT } from "./acrobot.ts";
import { BIPED, BIPED_HARDCORE } from "./biped/environment.ts";
import { BIPED_ROLLOUT } from "./biped/rollout.ts";
import { CARTPOLE, CARTPOLE_ROLLOUT } from "./cartpole.ts";
import { environmentDefinition, PAPER } from "./definition.ts";
import { MOUNTAIN_CAR, MOUNTAIN_CAR_ROLLOUT } from "./mountain-car.ts";
import { PENDULUM, PENDULUM_ROLLOUT } from "./pendulum.ts";
import { RACER_TASK } from "./racer/definition.ts";
import { SWINGUP, SWINGUP_ROLLOUT } from "./swingup.ts";

/**
 * Settings of ours for swing-up, whose champions stand where those of the paper's settings whirl. Half of the training
 * episodes begin upright; parents are drawn by lexicase; by experiments/swingup and experiments/islands.
 */
const STANDING: Preset = {
  ...PAPER,
  population: 576,
  generations: 480,
  episodes: 2,
  starts: { hang: 0.5, up: 0.5 },
  select: "lexicase",
  tournament: 16,
  operatorsPerChild: 1.5,
  removeConnection: 0.15,
};

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
  RACER_TASK as TaskDefinition<undefined>,
];
