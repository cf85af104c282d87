/** `precocial predict <champion> --data ...`: answers for the rows of a new table, or for new images. */
import { existsSync } from "node:fs";
import { checkKnown, checkNumber } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { INVERSIONS } from "../data/picture.ts";
import { writeAtomically } from "../files/disk.ts";
import { type Command, numberOrText, type Values } from "./command.ts";
import { say } from "./output.ts";
import { answersTo, counted } from "./predict-answers.ts";
import type { NewExamples } from "./predict-examples.ts";
import { readImages } from "./predict-images.ts";
import { readRows } from "./predict-rows.ts";
import { loadPredictor, type Predictor } from "./predict-voters.ts";

export const predictCommand: Command = {
  name: "predict",
  positionals: {
    champion: {
      type: "string",
      demandOption: true,
      describe: "A run folder (of a search or a baseline), a champion.json, or a .out file of the paper's code",
    },
  },
  options: {
    data: {
      type: "string",
      describe: "What to tell something of: a table, or a folder of pictures, one picture, or an IDX file",
    },
    out: {
      type: "string",
      describe: "The CSV file to write: the table with the answers in columns at its end; default: standard output",
    },
    weight: {
      type: "string",
      describe: "One shared weight in place of the vote of the standard six: a number, best, or trained",
    },
    weights: { type: "string", describe: "A file of trained weights in place of the vote, as evaluate takes it" },
    "weight-bias": {
      type: "string",
      describe: "Added to every trained weight; default: the published table's, by task",
    },
    delimiter: { type: "string", describe: "What stands between cells of the table; guessed if not given" },
    invert: {
      type: "string",
      describe: `Whether pictures are turned round, black for white: ${INVERSIONS.join(", ")}. Default: auto, by their border`,
    },
    task: { type: "string", describe: "The task; needed for a .out file, which does not name it" },
  },
  examples: [
    ["precocial predict runs/csv-1 --data new.csv --out answers.csv", "new.csv, and three columns more"],
    ["precocial predict runs/csv-1 --data new.csv --weight best", "by the best weight alone, to standard output"],
    ["precocial predict runs/mnist-1 --data scans --out answers.csv", "pictures of digits in a folder"],
    ["precocial predict runs/two-layer-1 --data new.csv --json", "by a trained baseline, as JSON"],
  ],
  async run(values) {
    const path = String(values.champion);
    const text = (name: string) => (values[name] === undefined ? undefined : String(values[name]));
    const [data, out] = [text("data"), text("out")];
    if (data === undefined) {
      throw new UsageError("Expected --data, a table or images to tell something of: --data new.csv");
    }
    if (out !== undefined) checkOut(out);
    const bias = text("weightBias");
    const predictor = await loadPredictor(path, {
      weight: text("weight"),
      weights: text("weights"),
      weightBias: bias === undefined ? undefined : checkNumber("--weight-bias", numberOrText(bias)),
      task: text("task"),
    });
    const examples = await readExamples(predictor, data, values);
    checkFit(path, predictor, examples);
    const answers = answersTo(predictor, examples);
    if (out !== undefined) writeAtomically(out, examples.write(answers.columns));
    for (const note of examples.notes) say(note);
    const { quality } = answers;
    const told = `${answers.what} of ${counted(examples.count, examples.unit)} by ${predictor.who} of ${path}`;
    if (values.json === true) {
      const { name, value } = quality ?? {};
      const json = {
        champion: path,
        task: predictor.task,
        data,
        ...(out !== undefined && { out }),
        by: predictor.who,
        weights: predictor.names,
        answers: answers.json.map((answer, example) => ({ [examples.unit]: examples.keys[example], ...answer })),
        ...(name && { [name]: value, known: quality?.count }),
        notes: examples.notes,
      };
      process.stdout.write(`${JSON.stringify(json)}\n`);
    } else if (out === undefined) process.stdout.write(examples.write(answers.columns));
    const lines = [out === undefined ? `Told ${told}.` : `${out}: ${told}.`, ...(quality ? [`${quality.words}.`] : [])];
    if (values.json !== true && out !== undefined) process.stdout.write(`${lines.join("\n")}\n`);
    else for (const line of lines) say(line);
  },
};

/** @throws UsageError if a file of answers cannot be written there, or must not */
function checkOut(out: string): void {
  if (!/\.(csv|tsv|txt)$/i.test(out)) {
    throw new UsageError(
      `Expected --out to end in .csv, .tsv or .txt, since answers are written as CSV, got ${out}: --out answers.csv, or --json for JSON.`,
    );
  }
  if (existsSync(out)) {
    throw new UsageError(`There is something at ${out} already: choose another name with --out, or move it away.`);
  }
}

function readExamples({ question }: Predictor, data: string, values: Values): Promise<NewExamples> {
  const { delimiter, invert } = values;
  if (question.kind === "rows") {
    if (invert !== undefined)
      throw new UsageError("Expected no --invert for a network of rows of a table: leave it out.");
    return readRows(data, question.table, delimiter === undefined ? undefined : String(delimiter));
  }
  if (delimiter !== undefined) throw new UsageError("Expected no --delimiter for a network of images: leave it out.");
  return readImages(
    data,
    question,
    invert === undefined ? "auto" : checkKnown("inversion", String(invert), INVERSIONS),
  );
}

/** @throws UsageError if the network has other inputs or outputs than its task asks for */
function checkFit(
  path: string,
  { question, inputCount, outputCount, task }: Predictor,
  { features, count }: NewExamples,
): void {
  const outputs =
    question.kind === "images"
      ? question.classes.length
      : question.table.target.kind === "classes"
        ? question.table.target.classes.length
        : 1;
  const inputs = features.length / count;
  if (inputCount === inputs && outputCount === outputs) return;
  throw new UsageError(
    `Expected ${inputs} inputs and ${outputs} outputs for the data of task "${task}", got ${inputCount} and ${outputCount} in ${path}: ` +
      "name the task it was made for with --task.",
  );
}
