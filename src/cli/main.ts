#!/usr/bin/env node
/** The command line: its commands, and what happens to errors. */
import yargs from "yargs";
import { hideBin, Parser } from "yargs/helpers";
import { UsageError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { VERSION } from "../run/folder.ts";
import { TASK_NAMES, taskDefinition } from "../tasks/registry.ts";
import { baselineCommand } from "./baseline.ts";
import { checkCommand } from "./check.ts";
import { type Command, kebab, taskNamed, taskOptions, type Values } from "./command.ts";
import { compareCommand } from "./compare.ts";
import { dataCommand } from "./data.ts";
import { drawCommand } from "./draw.ts";
import { evaluateCommand } from "./evaluate.ts";
import { newCommand } from "./new.ts";
import { fail } from "./output.ts";
import { predictCommand } from "./predict.ts";
import { reportCommand } from "./report.ts";
import { resumeCommand } from "./resume.ts";
import { runsCommand } from "./runs.ts";
import { searchCommand } from "./search.ts";
import { studyCommand } from "./study.ts";
import { tasksCommand } from "./tasks.ts";
import { viewCommand } from "./view.ts";

const COMMANDS: readonly Command[] = [
  searchCommand,
  resumeCommand,
  studyCommand,
  evaluateCommand,
  predictCommand,
  baselineCommand,
  compareCommand,
  runsCommand,
  viewCommand,
  reportCommand,
  drawCommand,
  dataCommand,
  tasksCommand,
  newCommand,
  checkCommand,
];

const words = hideBin(process.argv);

/** The options of a command, and those of the task that the command line names. */
async function optionsOf(command: Command): Promise<Command["options"]> {
  if (command.task === undefined) return command.options;
  const boolean = Object.keys(command.options).filter((name) => command.options[name].type === "boolean");
  const { _: positionals, ...values } = Parser(words, { boolean: [...boolean, "json", "help"], string: ["_"] });
  const word = await command.task(positionals.slice(1).map(String), values);
  if (word === undefined) return command.options;
  const name = await taskNamed(word);
  const known = name !== word || TASK_NAMES.includes(name);
  return known ? { ...command.options, ...taskOptions(taskDefinition(name), command) } : command.options;
}

const parser = yargs(words)
  .scriptName("precocial")
  .locale("en")
  .usage("$0 <command>\n\nFinds neural networks that do a task before any weight is trained.")
  .option("json", { type: "boolean", default: false, describe: "One JSON document on standard output" })
  .demandCommand(1, "Expected a command.")
  // --no-x and --a.b are no options.
  .parserConfiguration({ "boolean-negation": false, "dot-notation": false })
  .strict()
  .version(VERSION)
  .help()
  .wrap(Math.min(110, process.stdout.columns ?? 110))
  .fail((message, error) => {
    throw error === undefined || error.name === "YError" ? new UsageError(explain(message)) : error;
  });

function addCommand({ name, usage, summary, positionals, examples, run }: Command, options: Command["options"]): void {
  parser.command(
    `${name} ${usage}`.trim(),
    summary,
    (builder) => {
      for (const [key, positional] of Object.entries(positionals)) builder.positional(key, positional);
      for (const [key, option] of Object.entries(options)) builder.option(key, { requiresArg: true, ...option });
      for (const [command, text] of examples) builder.example(command, text);
      return builder;
    },
    (values) => run(lastOfEach(values, { ...positionals, ...lists(options) })),
  );
}

/** The last of equal options counts. The parser's own setting for that takes only the last of several run folders too. */
function lastOfEach(values: Values, lists: object): Values {
  const last = ([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) && !(name in lists) ? value.at(-1) : value,
  ];
  return Object.fromEntries(Object.entries(values).map(last));
}

/** Options that may be given several times, all of which count. */
function lists(options: Command["options"]): Command["options"] {
  return Object.fromEntries(Object.entries(options).filter(([, { array }]) => array === true));
}

/** The parser's words for a wrong command line, followed by the known names. */
function explain(message: string): string {
  const word = words.find((word) => !word.startsWith("-"));
  const command = COMMANDS.find(({ name }) => name === word);
  if (command === undefined) {
    const known = COMMANDS.map(({ name }) => name);
    const wrong = `${message.replace("argument", "command")}${message.endsWith(".") ? "" : "."}`;
    return `${wrong}${didYouMean(word, known)} Known: ${known.join(", ")}.`;
  }
  if (!message.startsWith("Unknown argument"))
    return `${message}${message.endsWith(".") ? "" : "."} See: precocial ${command.name} --help`;
  const unknown = unknownOf(message);
  const known = [...Object.keys(options), "json", "help"];
  const meant = unknown.filter((name) => words.some((word) => word.startsWith(`--${name}`)));
  return (
    `Unknown argument${unknown.length === 1 ? "" : "s"}: ${unknown.join(", ")}.` +
    `${meant.map((name) => didYouMean(name, known, "--")).join("")}${command.task ? quotesFor(unknown) : ""} ` +
    `Known options of ${command.name}: ${known.map((name) => `--${name}`).join(", ")}.`
  );
}

/** A command that names a task is one word: what to write where its words stand alone. */
function quotesFor(unknown: readonly string[]): string {
  const last = words.findLastIndex((word) => unknown.includes(word));
  return last < 2 ? "" : ` A command that plays a task is to be in quotes: "${words.slice(1, last + 1).join(" ")}".`;
}

/** The arguments that the parser does not know; it names an option twice, as written and in camel case. */
function unknownOf(message: string): string[] {
  const names = message.replace(/^.*?: /, "").split(", ");
  return names.filter((name) => name === kebab(name) || !names.includes(kebab(name)));
}

/** The options of the command that is given. */
let options: Command["options"] = {};

try {
  for (const command of COMMANDS) {
    const given = command.name === words.find((word) => !word.startsWith("-"));
    if (given) options = await optionsOf(command);
    addCommand(command, given ? options : command.options);
  }
  await parser.parseAsync();
} catch (error) {
  fail(error);
}
