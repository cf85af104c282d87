/** `precocial baseline <model>`: trains a network by gradient descent in a new run folder. */
import { UsageError } from "../base/errors.ts";
import { describeSettings } from "../base/settings.ts";
import { checkFree, freeFolder } from "../run/folder.ts";
import { DATASET_NAMES } from "../run/load-dataset.ts";
import { completeTrainConfig, trainConfigSchema } from "../run/train-config.ts";
import { startTraining } from "../run/train-session.ts";
import { absolutePaths, type Command, optionsFor, settingsOf, type Values } from "./command.ts";
import { DRIVE_OPTIONS } from "./drive.ts";
import { driveTraining } from "./drive-training.ts";
import { say } from "./output.ts";

/** Settings that are no options of their own: --data names the set here, and --table is the path of a table. */
const NOT_OPTIONS = ["format", "kind", "task", "data", "model"];

const SETTINGS = describeSettings(trainConfigSchema).filter(({ name }) => !NOT_OPTIONS.includes(name));
const { "learning-rate": learningRate, ...others } = optionsFor(SETTINGS, "Settings of the training:");

export const baselineCommand: Command = {
  name: "baseline",
  usage: "<model>",
  summary: "Train a network by gradient descent, to compare evolved ones with",
  positionals: {
    model: {
      type: "string",
      demandOption: true,
      describe: "two-layer: one hidden layer and a softmax; linear: the softmax alone (softmax regression)",
    },
  },
  options: {
    data: {
      type: "string",
      describe: `Data set: ${DATASET_NAMES.join(", ")}. Default: mnist-full, or csv where --table is given`,
    },
    table: { type: "string", describe: "Data csv: path of the table" },
    out: { type: "string", describe: "Run folder to make; default: runs/<model>-<number>" },
    ...DRIVE_OPTIONS,
    threads: { type: "string", describe: "Taken as in a search; a training uses one thread" },
    "learning-rate": { ...learningRate, alias: "lr" },
    ...others,
  },
  examples: [
    ["precocial baseline two-layer", "the reference network on MNIST, in a few seconds"],
    ["precocial baseline two-layer --lr 0.15 --alpha 0.0001 --epochs 50", "the same, tuned"],
    ["precocial baseline linear --data digits", "softmax regression, without a download"],
    ["precocial baseline two-layer --table iris.csv --target species --batch 8 --init 0.1", "a table of your own"],
  ],
  async run(values) {
    const config = completeTrainConfig({
      ...absolutePaths({ ...settingsOf(values, SETTINGS), ...dataOf(values) }),
      model: values.model,
    });
    const folder = values.out === undefined ? freeFolder("runs", config.model) : String(values.out);
    checkFree(folder);
    await driveTraining(values, folder, config, (options) => {
      say(`Training ${config.model} on ${config.task}, seed ${config.seed}; run folder ${folder}`);
      return startTraining(options);
    });
  },
};

/** The data set and the path of its table. @throws UsageError if one is given that does not go with the other */
function dataOf({ data, table }: Values): { task?: unknown; data?: unknown } {
  if (data === "csv" && table === undefined) {
    throw new UsageError('Expected a table for "csv", got none: give its path with --table.');
  }
  if (data !== undefined && data !== "csv" && table !== undefined) {
    throw new UsageError(`Expected --data csv with --table, got ${JSON.stringify(data)}: leave one of them out.`);
  }
  if (table !== undefined) return { task: "csv", data: table };
  return data === undefined ? {} : { task: data };
}
