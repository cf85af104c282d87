/** `precocial check <module>`: runs the contract suite on a task of one's own, and prints what fails and why. */
import { loadTaskSource } from "../run/task-source.ts";
import { checkTask } from "../tasks/contract.ts";
import type { EnvironmentSettings } from "../tasks/environment.ts";
import { createTask, taskDefinition } from "../tasks/registry.ts";
import { type Command, taskNamed, taskSettingsOf } from "./command.ts";
import { printResult } from "./output.ts";

export const checkCommand: Command = {
  name: "check",
  usage: "<task>",
  summary: "Check a task of your own against what every task must do",
  positionals: { task: { type: "string", demandOption: true, describe: "A module of your own, or a task by name" } },
  options: {},
  examples: [["precocial check ./my-task.js", "what fails, and why; the exit code is 1 if anything does"]],
  task: async ([task]) => task,
  async run(values) {
    const name = await taskNamed(String(values.task));
    const source = await loadTaskSource({ task: name, taskSettings: taskSettingsOf(values, name) });
    const { name: title, environment } = taskDefinition(name);
    const results = await checkTask(createTask(source), environment, source.settings as EnvironmentSettings);
    const failed = results.filter(({ error }) => error !== undefined);
    const lines = results.map(({ name: check, error, warning }) => {
      if (error !== undefined) return `  FAILS ${check}\n        ${error}`;
      return warning === undefined ? `  ok    ${check}` : `  looks odd: ${check}\n        ${warning}`;
    });
    const verdict =
      failed.length === 0
        ? `${title} does all of it. To search: precocial search ${String(values.task)}`
        : `${title} fails ${failed.length} of ${results.length} checks.`;
    if (failed.length > 0) process.exitCode = 1;
    printResult(values, { task: name, checks: results }, `${title}\n${lines.join("\n")}\n${verdict}`);
  },
};
