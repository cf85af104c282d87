/** `precocial baseline <model> [task]`: what evolved networks are held against, trained or of fixed shape, in a new run folder. */

import { checkKnown } from "../base/check.ts";
import { REFERENCE_TASK } from "../baseline/settings.ts";
import { checkFree, freeFolder } from "../run/folder.ts";
import type { StageKind } from "../run/stage.ts";
import { fixedConfigSchema } from "../run/stages/fixed-config.ts";
import { FIXED_STAGE } from "../run/stages/fixed-stage.ts";
import { trainConfigSchema } from "../run/stages/train-config.ts";
import { TRAINING_STAGE } from "../run/stages/training-stage.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { type Command, optionSettings, optionsFor, settingsOf, taskNamed, taskSettingsOf } from "./command.ts";
import { DRIVE_OPTIONS, drive } from "./drive.ts";
import { checkOwn } from "./methods.ts";

const TRAINED = optionSettings(trainConfigSchema).filter(({ name }) => name !== "model");
const FIXED = optionSettings(fixedConfigSchema).filter(({ name }) => name !== "generations");

/** What a model is. */
interface Model {
  readonly kind: StageKind;
  readonly settings: typeof TRAINED;
  /** What is being done, before "on" the task. */
  readonly doing: string;
  /** Settings that the name of the model says. */
  readonly said: object;
}

const trained = (model: string): Model => ({
  kind: TRAINING_STAGE,
  settings: TRAINED,
  doing: `Training ${model} on`,
  said: { model },
});

/** All models, by the word of the command line. */
const MODELS: Readonly<Record<string, Model>> = {
  "two-layer": trained("two-layer"),
  linear: trained("linear"),
  fixed: { kind: FIXED_STAGE, settings: FIXED, doing: "Making a fixed topology for", said: {} },
};

const { "learning-rate": learningRate, activation, ...others } = optionsFor(TRAINED, "Settings of a training:");
const { activation: fixedActivation, ...ofFixed } = optionsFor(
  FIXED.filter(({ name }) => name === "activation" || TRAINED.every((setting) => setting.name !== name)),
  "Settings of a fixed topology:",
);

export const baselineCommand: Command = {
  name: "baseline",
  positionals: {
    model: {
      type: "string",
      demandOption: true,
      describe:
        "two-layer: one hidden layer and a softmax, trained; linear: the softmax alone (softmax regression); fixed: " +
        "a network of dense layers as a champion, its weights untrained",
    },
    task: {
      type: "string",
      default: REFERENCE_TASK,
      describe: "A task; to train, one that classifies; see: precocial tasks",
    },
  },
  options: {
    out: { type: "string", describe: "Run folder to make; default: runs/<model>-<number>" },
    ...DRIVE_OPTIONS,
    threads: { type: "string", describe: "Taken as in a search; a training uses one thread" },
    "learning-rate": { ...learningRate, alias: "lr" },
    activation: { ...activation, describe: `${activation.describe} Of fixed: ${fixedActivation.describe}` },
    ...others,
    ...ofFixed,
  },
  examples: [
    ["precocial baseline two-layer", "the reference network on MNIST, in a few seconds"],
    ["precocial baseline two-layer --lr 0.15 --alpha 0.0001 --epochs 50", "the same, tuned"],
    ["precocial baseline linear digits", "softmax regression, without a download"],
    ["precocial baseline two-layer csv --data iris.csv --target species --batch 8 --init 0.1", "a table of your own"],
    ["precocial baseline fixed swingup --layers 10", "the paper's fixed topology, with random and shared weights"],
    ["precocial tune runs/fixed-1", "its weights, trained"],
  ],
  task: async ([, task = REFERENCE_TASK]) => task,
  async run(values) {
    const model = checkKnown("model", String(values.model), Object.keys(MODELS));
    const { kind, settings, doing, said } = MODELS[model];
    checkOwn(
      model,
      Object.fromEntries(Object.entries(MODELS).map(([name, each]) => [name, each.settings.map((one) => one.name)])),
      values,
      "the model",
    );
    const task = await taskNamed(String(values.task));
    const taskSettings = taskSettingsOf(values, task);
    const config = kind.complete({ ...settingsOf(values, settings), ...said, task, taskSettings });
    const folder = values.out === undefined ? freeFolder("runs", model) : String(values.out);
    checkFree(folder);
    const { name } = taskDefinition(task);
    await drive(values, {
      folder,
      kind,
      config,
      resumed: false,
      title: () => `${doing} ${name}, seed ${config.seed}; run folder ${folder}`,
    });
  },
};
