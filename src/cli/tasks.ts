/** `precocial tasks`: the tasks there are. */
import { TASKS } from "../tasks/registry.ts";
import type { Command } from "./command.ts";
import { printResult } from "./output.ts";

export const tasksCommand: Command = {
  name: "tasks",
  usage: "",
  summary: "List the tasks",
  positionals: {},
  options: {},
  examples: [["precocial tasks --json", "with the settings of their searches, for programs"]],
  async run(values) {
    const width = Math.max(...TASKS.map(({ name }) => name.length));
    const lines = TASKS.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`);
    printResult(values, TASKS, lines.join("\n"));
  },
};
