/** `precocial search <task>`: finds a network for a task, by evolution or another method, in a new run folder. */
import { UsageError } from "../base/errors.ts";
import { readJson } from "../files/disk.ts";
import { checkFree, freeFolder } from "../run/folder.ts";
import { readFounder } from "../study/read-champion.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { type Command, PYTHON, RUN_OPTIONS, settingsOf, taskNamed, taskSettingsOf } from "./command.ts";
import { DRIVE_OPTIONS, drive } from "./drive.ts";
import { METHOD_OPTIONS, methodOf } from "./methods.ts";

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
    ...DRIVE_OPTIONS,
    ...RUN_OPTIONS,
    ...METHOD_OPTIONS,
  },
  examples: [
    ["precocial search swingup", "a pole that swings up, in about a minute"],
    ["precocial search swingup --preset paper", "the paper's search"],
    ["precocial search swingup --max-time 20s --seed 7 --out runs/quick", "what twenty seconds give"],
    ["precocial search digits --max-time 60s", "digits, without a download"],
    ["precocial search csv --data iris.csv --target species", "a table of your own"],
    ["precocial search csv --data cars.json --target mileage --ignore name,year", "a number of it, by regression"],
    ["precocial search ./my-task.js --max-time 60s", "an environment of your own"],
    [`precocial search "${PYTHON} my_env.py" --max-time 60s`, "an environment in Python, such as one of Gymnasium"],
    ["precocial search swingup --from runs/swingup-1", "from mutated copies of a champion"],
    ["precocial search digits --genome graded --max-time 60s", "networks that answer the same at every weight"],
    ["precocial search mnist --method gradient --connections 1700", "a topology chosen by gradient, in seconds"],
    [
      "precocial search swingup --method es --max-time 2m",
      "a pole that stands at nearly every weight, as a graded form",
    ],
    ["precocial search swingup --method neat", "graph and weights evolved together"],
    ["precocial search swingup --method neat --from runs/swingup-1", "the same, from a champion and its best weight"],
    ["precocial search swingup --config settings.json --population 480", "settings from a file, one of them changed"],
  ],
  task: async ([task]) => task,
  async run(values) {
    const task = await taskNamed(String(values.task));
    const given = values.config === undefined ? {} : readSettings(String(values.config));
    const method = methodOf(values);
    const config = method.complete(
      {
        ...given,
        ...(values.maxTime === undefined ? {} : method.limitedByTime),
        ...settingsOf(values, method.settings),
        taskSettings: { ...(given.taskSettings as object | undefined), ...taskSettingsOf(values, task) },
        task,
      },
      values,
    );
    const { from } = config as { readonly from?: string };
    const { name } = taskDefinition(task);
    const folder = values.out === undefined ? freeFolder("runs", name) : String(values.out);
    checkFree(folder);
    await drive(values, {
      folder,
      kind: method.kind,
      config,
      resumed: false,
      founder: from === undefined ? undefined : await readFounder(from, task),
      title: (threads) => `${method.doing(name, threads)}, seed ${config.seed}; run folder ${folder}`,
    });
  },
};

function readSettings(path: string): Record<string, unknown> {
  const settings = readJson(path, "settings");
  if (typeof settings === "object" && settings !== null && !Array.isArray(settings)) {
    return settings as Record<string, unknown>;
  }
  throw new UsageError(
    `Expected settings as a JSON object in ${path}, got ${Array.isArray(settings) ? "a list" : typeof settings}.`,
  );
}
