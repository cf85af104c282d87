/** `precocial export <champion>`: the network as a file that others open, run, compile or print. */
import { join } from "node:path";
import { checkKnown, checkNumber } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { counted } from "../base/numbers.ts";
import { writeAtomically } from "../files/disk.ts";
import type { Format, PortableChampion } from "../formats/format.ts";
import { FORMATS, formatOf, isWritable, type WritableFormat, writableFormat, writeFormat } from "../formats/index.ts";
import { compile } from "../network/compile.ts";
import { VERSION } from "../run/version.ts";
import {
  CHAMPION_POSITIONAL,
  type Command,
  numberOrText,
  optionalInteger,
  PICK_OPTION,
  type Values,
} from "./command.ts";
import { isFolder, readTrainedWeights, tunedWeights } from "./load-champion.ts";
import { readNamedChampion } from "./named-champion.ts";
import { newFile } from "./new-file.ts";
import { printResult } from "./output.ts";

/** The formats that can be written, by name. */
const WRITABLE: readonly WritableFormat[] = Object.values<Format>(FORMATS).filter(isWritable);
const NAMES = WRITABLE.map(({ name }) => name);

export const exportCommand: Command = {
  name: "export",
  positionals: CHAMPION_POSITIONAL,
  options: {
    to: {
      type: "string",
      describe: `The format: ${WRITABLE.map(({ name, summary }) => `${name} (${summary})`).join("; ")}. Default: by the ending of --out`,
    },
    out: {
      type: "string",
      describe: "The file to write; default: champion with the ending of the format, beside what is exported",
    },
    weight: {
      type: "string",
      describe:
        "The shared weight, fixed; default: it is left as an input, the best one that is known being its default",
    },
    trained: { type: "boolean", requiresArg: false, describe: "Its trained weights, in place of a shared one" },
    weights: {
      type: "string",
      describe: "The same from a JSON file of trained weights, as the paper's code writes it",
    },
    "require-weight": {
      type: "boolean",
      requiresArg: false,
      describe: "Of ONNX: the weight is an input without a default, which ONNX Runtime in JavaScript cannot replace",
    },
    ...PICK_OPTION,
    task: { type: "string", describe: "The task, which names the ends of a .out file; default: they are numbered" },
  },
  examples: [
    ["precocial export runs/swingup-1 --to onnx", "writes runs/swingup-1/champion.onnx, the weight an input"],
    ["precocial export runs/swingup-1 --out robot.c --weight 0.55", "C99 without libraries, the weight fixed"],
    ["precocial export runs/swingup-1 --out net.js --trained", "a JavaScript module with what `tune` found"],
    ["precocial export runs/swingup-1 --pick 20 --out net.tex", "a small network of the run as equations"],
    ["precocial export champion.json --out champion.out", "for the tools of the paper's code"],
    ["precocial export swing.out --task swingup --weights swing.wann.json --to python", "from them"],
  ],
  async run(values) {
    const path = String(values.champion);
    const format = formatFor(values);
    const out = newFile(values.out === undefined ? usualPath(path, format) : String(values.out));
    const champion = await championOf(values, path);
    const bytes = await writeFormat(format, { ...champion, version: VERSION }, settingsFor(values));
    writeAtomically(out, bytes);
    const connections = compile(champion.genome).connectionCount;
    const json = { champion: path, out, format: format.name, connections, bytes: bytes.length };
    printResult(values, json, `${out}: ${format.summary}, ${counted(connections, "connection")}`);
  },
};

/** The format that is asked for. @throws UsageError if none is, or there is no such format */
function formatFor({ to, out }: Values): WritableFormat {
  if (to !== undefined) {
    const name = checkKnown("format", String(to), NAMES);
    return WRITABLE.find((format) => format.name === name) as WritableFormat;
  }
  if (out !== undefined) return writableFormat(String(out));
  throw new UsageError(`Expected --to, the format (${NAMES.join(", ")}), or --out, a file with its ending.`);
}

/** `champion` in a run folder; beside a file its name, either with the ending of the format. */
function usualPath(path: string, { endings }: WritableFormat): string {
  if (isFolder(path)) return join(path, `champion${endings[0]}`);
  const ending = formatOf(path).endings.find((each) => path.toLowerCase().endsWith(each)) as string;
  return `${path.slice(0, -ending.length)}${endings[0]}`;
}

/** The champion with its names, and its trained weights where they are asked for. */
async function championOf(values: Values, path: string): Promise<PortableChampion> {
  const task = values.task === undefined ? undefined : String(values.task);
  const pick = optionalInteger(values, "pick", 0);
  const champion = await readNamedChampion(path, task, pick);
  const { genome } = champion;
  if (values.weights !== undefined) {
    const trainedWeights = readTrainedWeights(String(values.weights), genome, champion.task ?? "");
    return { ...champion, trainedWeights };
  }
  const isWhole = values.trained === true && isFolder(path) && pick === undefined;
  return { ...champion, trainedWeights: champion.trainedWeights ?? (isWhole ? tunedWeights(path, genome) : undefined) };
}

/** Settings of a format, those alone that are asked for. */
function settingsFor({ weight, trained, weights, requireWeight }: Values): Readonly<Record<string, unknown>> {
  return {
    ...(weight !== undefined && { weight: checkNumber("--weight", numberOrText(String(weight))) }),
    ...((trained === true || weights !== undefined) && { trained: true }),
    ...(requireWeight === true && { requireWeight }),
  };
}
