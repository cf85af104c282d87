/** The options of the command that is given. */
import { Parser } from "yargs/helpers";
import { TASK_NAMES, taskDefinition } from "../tasks/registry.ts";
import { type Command, taskNamed, taskOptions } from "./command.ts";

/** The options of a command, and those of the task that the words of the command line name. */
export async function optionsOf(command: Command, words: readonly string[]): Promise<Command["options"]> {
  if (command.task === undefined) return command.options;
  const boolean = Object.keys(command.options).filter((name) => command.options[name].type === "boolean");
  const { _: positionals, ...values } = Parser([...words], { boolean: [...boolean, "json", "help"], string: ["_"] });
  const word = await command.task(positionals.slice(1).map(String), values);
  if (word === undefined) return command.options;
  const name = await taskNamed(word);
  const known = name !== word || TASK_NAMES.includes(name);
  return known ? { ...command.options, ...taskOptions(taskDefinition(name), command) } : command.options;
}
