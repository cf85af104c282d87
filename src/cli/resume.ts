/** `precocial resume <run>`: goes on with a run that was stopped or killed, or adds generations to one that is done. */
import { UsageError } from "../base/errors.ts";
import { readAnyConfig, readMeta } from "../run/folder.ts";
import { checkUnlocked } from "../run/lock.ts";
import { resumeRun } from "../run/session.ts";
import { completeTrainConfig, isTraining } from "../run/train-config.ts";
import { resumeTraining } from "../run/train-session.ts";
import { type Command, integerOption } from "./command.ts";
import { DRIVE_OPTIONS, driveRun } from "./drive.ts";
import { driveTraining } from "./drive-training.ts";
import { say } from "./output.ts";
import { counted } from "./progress.ts";

export const resumeCommand: Command = {
  name: "resume",
  usage: "<run>",
  summary: "Go on with a run that was stopped or killed",
  positionals: { run: { type: "string", demandOption: true, describe: "The run folder" } },
  options: {
    generations: { type: "string", describe: "Generations to reach in all; default: as the run was started" },
    epochs: { type: "string", describe: "Baselines: epochs to reach in all; default: as the run was started" },
    ...DRIVE_OPTIONS,
  },
  examples: [
    ["precocial resume runs/swingup-1", "to the generations it was started with"],
    ["precocial resume runs/swingup-1 --generations 2048", "further than that"],
  ],
  async run(values) {
    const folder = String(values.run);
    const config = readAnyConfig(folder);
    checkUnlocked(folder);
    const warn = (warning: string) => say(`precocial: ${warning}`);
    const [length, other] = isTraining(config) ? ["epochs", "generations"] : ["generations", "epochs"];
    if (values[other] !== undefined) {
      const what = isTraining(config) ? "a baseline" : "a search";
      throw new UsageError(`Expected --${length} for ${what}, got --${other}: ${folder} has ${length}.`);
    }
    const before = isTraining(config) ? config.epochs : config.generations;
    const total = values[length] === undefined ? before : integerOption(values, length, 0, 0);
    const done = readMeta(folder).generations;
    if (total !== null && total < done) {
      throw new UsageError(
        `Expected --${length} to be at least the ${done} the run has done, got ${total}: a run can only be made longer.`,
      );
    }
    if (isTraining(config)) {
      await driveTraining(
        values,
        folder,
        completeTrainConfig({ ...config, epochs: total ?? config.epochs }),
        (options) => {
          say(`Resuming ${folder}`);
          return resumeTraining(options, warn);
        },
      );
      return;
    }
    if (total === null && values.maxTime === undefined) {
      throw new UsageError(
        `${folder} was limited by time alone: say with --max-time or --generations how far to go on.`,
      );
    }
    await driveRun(values, folder, { ...config, generations: total }, (options) => {
      say(`Resuming ${folder} with ${counted(options.evaluator.threads, "thread")}`);
      return resumeRun(options, warn);
    });
  },
};
