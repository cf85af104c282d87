/** `precocial tasks`: the tasks there are. */
import { TASK_NAMES, taskInfo } from "../tasks/registry.ts";
import type { Command } from "./command.ts";
import { alignColumns, printResult } from "./output.ts";

export const tasksCommand: Command = {
  name: "tasks",
  usage: "",
  summary: "List the tasks",
  positionals: {},
  options: {},
  examples: [["precocial tasks --json", "with inputs, outputs and defaults, for programs"]],
  async run(values) {
    const infos = TASK_NAMES.map(taskInfo);
    const rows = infos.map((info) => [info.name, `${info.inputs.length} -> ${info.outputs.length}`, info.summary]);
    printResult(values, infos, alignLeft([["task", "inputs", "what it is"], ...rows]));
  },
};

function alignLeft(rows: readonly (readonly string[])[]): string {
  return alignColumns(
    rows.map(([first, ...rest]) => [first, ...rest.map((cell, column) => cell.padEnd(column === 1 ? 70 : 0))]),
  );
}
