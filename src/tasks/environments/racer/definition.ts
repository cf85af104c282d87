/** The racer as a task by name: its presets and published figures, and encoders of one's own. */
import { z } from "zod";
import type { TaskDefinition, TaskSettings } from "../../definition.ts";
import type { Environment } from "../../environment.ts";
import type { Preset } from "../../preset.ts";
import { environmentDefinition } from "../definition.ts";
import { environmentTask } from "../task.ts";
import { ENCODER, type Encoder, parseEncoder } from "./encoder.ts";
import { INPUTS, racerEnvironment } from "./environment.ts";
import { racerRollout } from "./rollout.ts";

/** The racer with 16 inputs. */
export const RACER = racerEnvironment();

/** The paper's settings (Gaier & Ha 2019, section 4; tournaments as in the published code). */
const PAPER: Preset = { population: 64, generations: 1024, tournament: 8, connectProbability: 0.5, episodes: 2 };

/** A step takes as long as 200 of a cart: networks are measured on fewer episodes. */
const INFO = { isSlow: true };

const SETTINGS = z.strictObject({
  inputs: z.int().min(1).max(1024).default(INPUTS).describe("Components of the encoder that a network sees."),
  encoder: z
    .string()
    .optional()
    .meta({ description: "File of an encoder of one's own, as npm run encoder makes them.", path: true }),
});

const FIXED = environmentDefinition(RACER, {
  presets: { default: PAPER, paper: PAPER },
  figures: [
    // Gaier & Ha 2019, Table 1 (100 trials); by an encoder of their own, on CarRacing-v0: comparable in kind only.
    {
      name: "paper's WANN",
      scores: { randomWeights: -69, randomShared: 375, bestShared: 608, trainedWeights: 893 },
    },
    {
      name: "paper's fixed topology",
      scores: { randomWeights: -82, randomShared: -85, bestShared: -37, trainedWeights: 906 },
    },
  ],
});

/** The task: 16 inputs of the encoder that comes with it, or as many as are wanted of one's own. */
export const RACER_TASK: TaskDefinition<Encoder | undefined> = {
  ...FIXED,
  settings: SETTINGS,
  environmentOf: ({ inputs, encoder }, own) =>
    encoder !== undefined && own === undefined
      ? undefined
      : (racerEnvironment(own ?? ENCODER, Number(inputs)) as unknown as Environment),
  async load({ encoder }, files) {
    return encoder === undefined ? undefined : parseEncoder(await files.text(String(encoder)), String(encoder));
  },
  create(own, settings: TaskSettings) {
    const encoder = own ?? ENCODER;
    const inputs = Number(settings.inputs);
    return environmentTask(racerEnvironment(encoder, inputs), {}, racerRollout(encoder, inputs), INFO);
  },
};
