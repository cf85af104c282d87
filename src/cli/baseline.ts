/** `precocial baseline <model> [task]`: trains a network by gradient descent in a new run folder. */
import { REFERENCE_TASK } from "../baseline/settings.ts";
import { checkFree, freeFolder } from "../run/folder.ts";
import { completeTrainConfig, trainConfigSchema } from "../run/train-config.ts";
import { TRAINING_STAGE } from "../run/training-stage.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { type Command, optionSettings, optionsFor, settingsOf, taskNamed, taskSettingsOf } from "./command.ts";
import { DRIVE_OPTIONS, drive } from "./drive.ts";

const SETTINGS = optionSettings(trainConfigSchema).filter(({ name }) => name !== "model");
const { "learning-rate": learningRate, ...others } = optionsFor(SETTINGS, "Settings of the training:");

export const baselineCommand: Command = {
  name: "baseline",
  positionals: {
    model: {
      type: "string",
      demandOption: true,
      describe: "two-layer: one hidden layer and a softmax; linear: the softmax alone (softmax regression)",
    },
    task: { type: "string", default: REFERENCE_TASK, describe: "A task that classifies; see: precocial tasks" },
  },
  options: {
    out: { type: "string", describe: "Run folder to make; default: runs/<model>-<number>" },
    ...DRIVE_OPTIONS,
    threads: { type: "string", describe: "Taken as in a search; a training uses one thread" },
    "learning-rate": { ...learningRate, alias: "lr" },
    ...others,
  },
  examples: [
    ["precocial baseline two-layer", "the reference network on MNIST, in a few seconds"],
    ["precocial baseline two-layer --lr 0.15 --alpha 0.0001 --epochs 50", "the same, tuned"],
    ["precocial baseline linear digits", "softmax regression, without a download"],
    ["precocial baseline two-layer csv --data iris.csv --target species --batch 8 --init 0.1", "a table of your own"],
  ],
  task: async ([, task = REFERENCE_TASK]) => task,
  async run(values) {
    const task = await taskNamed(String(values.task));
    const config = completeTrainConfig({
      ...settingsOf(values, SETTINGS),
      model: values.model,
      task,
      taskSettings: taskSettingsOf(values, task),
    });
    const folder = values.out === undefined ? freeFolder("runs", config.model) : String(values.out);
    checkFree(folder);
    const { name } = taskDefinition(task);
    await drive(values, {
      folder,
      kind: TRAINING_STAGE,
      config,
      resumed: false,
      title: () => `Training ${config.model} on ${name}, seed ${config.seed}; run folder ${folder}`,
    });
  },
};
