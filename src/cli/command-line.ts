/** What a command line does: its command is run, its errors are printed. */
import yargs, { type Argv } from "yargs";
import { UsageError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { VERSION } from "../run/version.ts";
import type { Command, Values } from "./command.ts";
import { COMMANDS, type CommandEntry } from "./commands.ts";
import { kebab } from "./kebab.ts";
import { fail } from "./output.ts";

/** The command that is given, with its options and those of the task that is named. */
interface Given {
  readonly entry: CommandEntry;
  readonly command: Command;
  readonly options: Command["options"];
}

/** Runs the command that `words` give; an error is printed and sets the exit code. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  try {
    const entry = COMMANDS.find(({ name }) => name === firstWord(words));
    const given = entry && (await load(entry, words));
    const parser = parserOf(words, given);
    for (const each of COMMANDS) addCommand(parser, each, each === entry ? given : undefined);
    await parser.parseAsync();
  } catch (error) {
    fail(error);
  }
}

/** Only the command that is given is loaded, so that a start is quick. */
async function load(entry: CommandEntry, words: readonly string[]): Promise<Given> {
  const [command, { optionsOf }] = await Promise.all([entry.load(), import("./options.ts")]);
  return { entry, command, options: await optionsOf(command, words) };
}

function firstWord(words: readonly string[]): string | undefined {
  return words.find((word) => !word.startsWith("-"));
}

function parserOf(words: readonly string[], given: Given | undefined): Argv {
  return (
    yargs(words)
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
      .exitProcess(false)
      .wrap(Math.min(110, process.stdout.columns ?? 110))
      .fail((message, error) => {
        throw error === undefined || error.name === "YError" ? new UsageError(explain(message, words, given)) : error;
      })
  );
}

/** Adds a command; one that is not given is loaded if the parser finds it all the same, behind options. */
function addCommand(parser: Argv, { name, usage, summary, load }: CommandEntry, given: Given | undefined): void {
  parser.command(
    `${name} ${usage}`.trim(),
    summary,
    (builder: Argv, isHelp = false) =>
      given
        ? describe(builder, isHelp, given.command, given.options)
        : load().then((late) => describe(builder, isHelp, late)),
    async (values) => {
      const { positionals, options, run } = given?.command ?? (await load());
      await run(lastOfEach(values, { ...positionals, ...lists(given?.options ?? options) }));
    },
  );
}

/**
 * Tells the parser what a command takes. It lays the help out for every command, asked for or not, which for a search
 * takes longer than all else of a start: so options and examples are only shown it where it `isHelp`.
 */
function describe(
  builder: Argv,
  isHelp: boolean,
  { positionals, examples, options: own }: Command,
  options = own,
): Argv {
  for (const [key, positional] of Object.entries(positionals)) builder.positional(key, positional);
  for (const [key, option] of Object.entries(options)) {
    builder.option(key, { requiresArg: true, hidden: !isHelp, ...option });
  }
  for (const [command, text] of isHelp ? examples : []) builder.example(command, text);
  return builder;
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
function explain(message: string, words: readonly string[], given: Given | undefined): string {
  if (given === undefined) {
    const known = COMMANDS.map(({ name }) => name);
    const wrong = `${message.replace("argument", "command")}${message.endsWith(".") ? "" : "."}`;
    return `${wrong}${didYouMean(firstWord(words), known)} Known: ${known.join(", ")}.`;
  }
  const { entry, command, options } = given;
  if (!message.startsWith("Unknown argument"))
    return `${message}${message.endsWith(".") ? "" : "."} See: precocial ${entry.name} --help`;
  const unknown = unknownOf(message);
  const known = [...Object.keys(options), "json", "help"];
  const meant = unknown.filter((name) => words.some((word) => word.startsWith(`--${name}`)));
  return (
    `Unknown argument${unknown.length === 1 ? "" : "s"}: ${unknown.join(", ")}.` +
    `${meant.map((name) => didYouMean(name, known, "--")).join("")}${command.task ? quotesFor(words, unknown) : ""} ` +
    `Known options of ${entry.name}: ${known.map((name) => `--${name}`).join(", ")}.`
  );
}

/** A command that names a task is one word: what to write where its words stand alone. */
function quotesFor(words: readonly string[], unknown: readonly string[]): string {
  const last = words.findLastIndex((word) => unknown.includes(word));
  return last < 2 ? "" : ` A command that plays a task is to be in quotes: "${words.slice(1, last + 1).join(" ")}".`;
}

/** The arguments that the parser does not know; it names an option twice, as written and in camel case. */
function unknownOf(message: string): string[] {
  const names = message.replace(/^.*?: /, "").split(", ");
  return names.filter((name) => name === kebab(name) || !names.includes(kebab(name)));
}
