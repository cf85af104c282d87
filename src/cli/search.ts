/** `precocial search <task>`: evolves a network for a task in a new run folder. */
import { UsageError } from "../base/errors.ts";
import { counted } from "../base/numbers.ts";
import { readJson } from "../files/disk.ts";
import { completeConfig, generationsWithin, type RunConfig } from "../run/config.ts";
import { checkFree, freeFolder } from "../run/folder.ts";
import { SEARCH_STAGE } from "../run/search-stage.ts";
import { readFounder } from "../study/read-champion.ts";
import { taskDefinition } from "../tasks/registry.ts";
import {
  type Command,
  integerOption,
  PYTHON,
  RUN_OPTIONS,
  settingsOf,
  taskNamed,
  taskSettingsOf,
  type Values,
} from "./command.ts";
import { DRIVE_OPTIONS, drive } from "./drive.ts";

export const searchCommand: Command = {
  name: "search",
  positionals: {
    task: {
      type: "string",
      demandOption: true,
      describe: "A task (see: precocial tasks), or a module or command of your own (see: precocial new)",
    },
  },
  options: {
    out: { type: "string", describe: "Run folder to make; default: runs/<task>-<number>" },
    config: { type: "string", describe: "A JSON file of settings; options on the command line come first" },
    preset: { type: "string", describe: "Settings of the task to start from, by name; default: its first" },
    evaluations: {
      type: "string",
      describe: "Run the generations that so many evaluations allow: plays of an episode by a genome at one weight",
    },
    ...DRIVE_OPTIONS,
    ...RUN_OPTIONS,
  },
  examples: [
    ["precocial search swingup", "the paper's search, in about a minute"],
    ["precocial search swingup --max-time 20s --seed 7 --out runs/quick", "what twenty seconds give"],
    ["precocial search digits --max-time 60s", "digits, without a download"],
    ["precocial search csv --data iris.csv --target species", "a table of your own"],
    ["precocial search csv --data cars.json --target mileage --ignore name,year", "a number of it, by regression"],
    ["precocial search ./my-task.js --max-time 60s", "an environment of your own"],
    [`precocial search "${PYTHON} my_env.py" --max-time 60s`, "an environment in Python, such as one of Gymnasium"],
    ["precocial search swingup --from runs/swingup-1", "from mutated copies of a champion"],
    ["precocial search swingup --config settings.json --population 480", "settings from a file, one of them changed"],
  ],
  task: async ([task]) => task,
  async run(values) {
    const task = await taskNamed(String(values.task));
    const given = values.config === undefined ? {} : readSettings(String(values.config));
    const preset = values.preset === undefined ? undefined : String(values.preset);
    const settings = completeConfig(
      {
        ...given,
        ...(values.maxTime === undefined ? {} : { generations: null }),
        ...settingsOf(values),
        taskSettings: { ...(given.taskSettings as object | undefined), ...taskSettingsOf(values, task) },
        task,
      },
      { preset },
    );
    const config = values.evaluations === undefined ? settings : withEvaluations(settings, values);
    if (config.generations === null && values.maxTime === undefined) {
      throw new UsageError(
        "Expected --max-time or --generations, since the settings have null generations, got neither.",
      );
    }
    const { name } = taskDefinition(task);
    const folder = values.out === undefined ? freeFolder("runs", name) : String(values.out);
    checkFree(folder);
    await drive(values, {
      folder,
      kind: SEARCH_STAGE,
      config,
      resumed: false,
      founder: config.from === undefined ? undefined : await readFounder(config.from, task),
      title: (threads) =>
        `Searching ${name} with ${counted(threads, "thread")}, seed ${config.seed}; run folder ${folder}`,
    });
  },
};

/** The settings with as many generations as --evaluations allows. @throws UsageError if it allows none */
function withEvaluations(config: RunConfig, values: Values): RunConfig {
  if (values.generations !== undefined) {
    throw new UsageError(
      "Expected --generations or --evaluations, which both say how long a search is to be, got both.",
    );
  }
  return { ...config, generations: generationsWithin(config, integerOption(values, "evaluations", 0, 1)) };
}

function readSettings(path: string): Record<string, unknown> {
  const settings = readJson(path, "settings");
  if (typeof settings === "object" && settings !== null && !Array.isArray(settings)) {
    return settings as Record<string, unknown>;
  }
  throw new UsageError(
    `Expected settings as a JSON object in ${path}, got ${Array.isArray(settings) ? "a list" : typeof settings}.`,
  );
}
