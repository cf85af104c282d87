/** `precocial tasks`: the tasks there are. */
import { describeSettings } from "../base/settings.ts";
import { TASKS } from "../tasks/registry.ts";
import { type Command, PYTHON } from "./command.ts";
import { printResult } from "./output.ts";

export const tasksCommand: Command = {
  name: "tasks",
  positionals: {},
  options: {},
  examples: [["precocial tasks --json", "with their settings and those of their searches, for programs"]],
  async run(values) {
    const width = Math.max(...TASKS.map(({ name }) => name.length));
    const lines = TASKS.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`);
    const own =
      "A task of your own is a module: precocial new my-task.js, then precocial search ./my-task.js\n" +
      `or a program in Python: precocial new my_env.py, then precocial search "${PYTHON} my_env.py"`;
    const json = TASKS.map(({ name, summary, settings, presets }) => ({
      name,
      summary,
      settings: describeSettings(settings),
      presets,
    }));
    printResult(values, json, [...lines, "", own].join("\n"));
  },
};
