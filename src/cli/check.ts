/** `precocial check <module>`: runs the contract suite on a task of one's own, and prints what fails and why. */
import { UsageError } from "../base/errors.ts";
import { checkInThread } from "../evaluation/threads-check.ts";
import { completeConfig } from "../run/config.ts";
import { loadTaskSource } from "../run/task-source.ts";
import type { CheckResult } from "../tasks/contract.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { baselineCommand } from "./baseline.ts";
import { type Command, LOAD_OPTIONS, PYTHON, taskNamed, taskOptions, taskSettingsOf } from "./command.ts";
import { evaluateCommand } from "./evaluate.ts";
import { printResult } from "./output.ts";
import { searchCommand } from "./search.ts";

/** Commands whose options the settings of a task are among. */
const WITH_SETTINGS = [searchCommand, evaluateCommand];

export const checkCommand: Command = {
  name: "check",
  positionals: {
    task: { type: "string", demandOption: true, describe: "A module or command of your own, or a task by name" },
  },
  options: {},
  examples: [
    ["precocial check ./my-task.js", "what fails, and why; the exit code is 1 if anything does"],
    [`precocial check "${PYTHON} my_env.py"`, "an environment in Python"],
  ],
  task: async ([task]) => task,
  async run(values) {
    const name = await taskNamed(String(values.task));
    const source = await loadTaskSource({ task: name, taskSettings: taskSettingsOf(values, name) }, LOAD_OPTIONS);
    const { name: title, environment, process: played } = taskDefinition(name);
    const results = [...checkCommandLine(name), ...(await checkInThread(source))];
    const failed = results.filter(({ error }) => error !== undefined);
    const lines = results.map(({ name: check, error, warning }) => {
      if (error !== undefined) return `  FAILS ${check}\n        ${error}`;
      return warning === undefined ? `  ok    ${check}` : `  looks odd: ${check}\n        ${warning}`;
    });
    const verdict =
      failed.length === 0
        ? `${title} does all of it. To search: precocial search ${played ? `"${values.task}"` : values.task}`
        : `${title} fails ${failed.length} of ${results.length} checks.`;
    if (failed.length > 0) process.exitCode = 1;
    const kind = played ? "an environment in another process" : environment ? "an environment" : "examples to classify";
    printResult(values, { task: name, checks: results }, `${title}, ${kind}: ${name}\n${lines.join("\n")}\n${verdict}`);
  },
};

/** What only the command line asks of a task: its settings become options, its presets are settings of a search. */
function checkCommandLine(task: string): CheckResult[] {
  const definition = taskDefinition(task);
  const isPlayed = definition.environment !== undefined || definition.process !== undefined;
  const commands = isPlayed ? WITH_SETTINGS : [...WITH_SETTINGS, baselineCommand];
  return [
    tell("its settings can be options of the commands", () => {
      for (const command of commands) taskOptions(definition, command);
    }),
    tell("its presets are settings of a search", () => {
      for (const preset of Object.keys(definition.presets)) completeConfig({ task }, { preset });
    }),
  ];
}

function tell(name: string, check: () => void): CheckResult {
  try {
    check();
    return { name };
  } catch (error) {
    if (error instanceof UsageError) return { name, error: error.message };
    throw error;
  }
}
