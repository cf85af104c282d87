/** `precocial new <file>`: writes a task of one's own to begin with, which searches as it is. */
import { existsSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import { UsageError } from "../base/errors.ts";
import { writeAtomically } from "../files/disk.ts";
import { joinWords } from "../tasks/process/command-line.ts";
import { type Command, PYTHON } from "./command.ts";
import { printResult } from "./output.ts";
import { datasetTemplate, environmentTemplate, PYTHON_TEMPLATE } from "./templates.ts";

const ENDINGS = [".js", ".mjs", ".ts", ".mts", ".py"];

export const newCommand: Command = {
  name: "new",
  positionals: {
    file: {
      type: "string",
      demandOption: true,
      describe: "What to write: my-task.js, my-task.ts, or my_env.py in Python",
    },
  },
  options: {
    dataset: { type: "boolean", requiresArg: false, describe: "A data set to classify, in place of an environment" },
  },
  examples: [
    ["precocial new my-task.js", "then: precocial check ./my-task.js; precocial search ./my-task.js --max-time 20s"],
    ["precocial new my-data.js --dataset", "examples and classes of your own"],
    ["precocial new my_env.py", `in Python; then: precocial search "${PYTHON} my_env.py" --max-time 20s`],
  ],
  async run(values) {
    const file = String(values.file);
    const ending = extname(file);
    if (!ENDINGS.includes(ending)) {
      throw new UsageError(`Expected a file that ends in ${ENDINGS.join(", ")}, got ${file}.`);
    }
    const name = basename(file, ending);
    if (!/^[\w-]+$/.test(name)) {
      throw new UsageError(`Expected the name of the file to be of letters, digits, - and _, got ${file}.`);
    }
    if (existsSync(file)) throw new UsageError(`There is something at ${file} already: choose another name.`);
    if (!existsSync(dirname(file))) {
      throw new UsageError(`Expected a folder ${dirname(file)} to write ${file} to, but there is none: make it first.`);
    }
    writeAtomically(file, textFor(name, ending, values.dataset === true));
    const task = ending === ".py" ? `"${joinWords([PYTHON, file])}"` : asPath(file);
    const next = `precocial check ${task}\nprecocial search ${task} --max-time 20s`;
    printResult(values, { file }, `${file}\nTo try it:\n${next}`);
  },
};

function textFor(name: string, ending: string, isDataset: boolean): string {
  const typed = ending.endsWith("ts");
  if (ending !== ".py") return (isDataset ? datasetTemplate : environmentTemplate)(name, ending, typed);
  if (isDataset)
    throw new UsageError("Expected a .js or .ts file for a data set, since a process only plays, got .py.");
  return PYTHON_TEMPLATE;
}

/** A path that is not taken for the name of a task. */
function asPath(file: string): string {
  return /[\\/]/.test(file) ? file : `./${file}`;
}
