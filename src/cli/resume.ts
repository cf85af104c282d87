/** `precocial resume <run>`: goes on with a run that was stopped or killed, or adds generations to one that is done. */
import { UsageError } from "../base/errors.ts";
import { readConfig } from "../run/folder.ts";
import { resumeRun } from "../run/session.ts";
import { type Command, integerOption } from "./command.ts";
import { DRIVE_OPTIONS, driveRun } from "./drive.ts";
import { say } from "./output.ts";

export const resumeCommand: Command = {
  name: "resume",
  usage: "<run>",
  summary: "Go on with a run that was stopped or killed",
  positionals: { run: { type: "string", demandOption: true, describe: "The run folder" } },
  options: {
    generations: { type: "string", describe: "Generations to reach in all; default: as the run was started" },
    ...DRIVE_OPTIONS,
  },
  examples: [
    ["precocial resume runs/swingup-1", "to the generations it was started with"],
    ["precocial resume runs/swingup-1 --generations 2048", "further than that"],
  ],
  async run(values) {
    const folder = String(values.run);
    const before = readConfig(folder);
    const generations = integerOption(values, "generations", before.generations, 0);
    if (generations < before.generations) {
      throw new UsageError(
        `Expected --generations to be at least the ${before.generations} of the run, got ${generations}: a run can only be made longer.`,
      );
    }
    await driveRun(values, folder, { ...before, generations }, (options) => {
      say(`Resuming ${folder} with ${options.evaluator.threads} threads`);
      return resumeRun(options, (warning) => say(`precocial: ${warning}`));
    });
  },
};
