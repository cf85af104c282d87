/** `precocial search <task>`: evolves a network for a task in a new run folder. */
import { UsageError } from "../base/errors.ts";
import { readJson } from "../files/disk.ts";
import { completeConfig } from "../run/config.ts";
import { checkFree, freeFolder } from "../run/folder.ts";
import { startRun } from "../run/session.ts";
import { absolutePaths, type Command, RUN_OPTIONS, settingsOf } from "./command.ts";
import { DRIVE_OPTIONS, driveRun } from "./drive.ts";
import { say } from "./output.ts";
import { counted } from "./progress.ts";

export const searchCommand: Command = {
  name: "search",
  usage: "<task>",
  summary: "Evolve a network for a task",
  positionals: { task: { type: "string", demandOption: true, describe: "A task; see: precocial tasks" } },
  options: {
    out: { type: "string", describe: "Run folder to make; default: runs/<task>-<number>" },
    config: { type: "string", describe: "A JSON file of settings; options on the command line come first" },
    ...DRIVE_OPTIONS,
    ...RUN_OPTIONS,
  },
  examples: [
    ["precocial search swingup", "the paper's search, in about a minute"],
    ["precocial search swingup --max-time 20s --seed 7 --out runs/quick", "what twenty seconds give"],
    ["precocial search digits --max-time 60s", "digits, without a download"],
    ["precocial search csv --data iris.csv --target species", "a table of your own"],
    ["precocial search swingup --config settings.json --population 480", "settings from a file, one of them changed"],
  ],
  async run(values) {
    const config = completeConfig({
      ...(values.config === undefined ? {} : readSettings(String(values.config))),
      ...(values.maxTime === undefined ? {} : { generations: null }),
      ...absolutePaths(settingsOf(values)),
      task: values.task,
    });
    if (config.generations === null && values.maxTime === undefined) {
      throw new UsageError(
        "Expected --max-time or --generations, since the settings have null generations, got neither.",
      );
    }
    const folder = values.out === undefined ? freeFolder("runs", config.task) : String(values.out);
    checkFree(folder);
    await driveRun(values, folder, config, (options) => {
      say(
        `Searching ${config.task} with ${counted(options.evaluator.threads, "thread")}, seed ${config.seed}; run folder ${folder}`,
      );
      return startRun(options);
    });
  },
};

function readSettings(path: string): object {
  const settings = readJson(path, "settings");
  if (typeof settings === "object" && settings !== null && !Array.isArray(settings)) return settings;
  throw new UsageError(
    `Expected settings as a JSON object in ${path}, got ${Array.isArray(settings) ? "a list" : typeof settings}.`,
  );
}
