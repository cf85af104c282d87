/** What `draw` needs of a champion: its genome and the names of its ends, without the data of its task. */
import { UsageError } from "../base/errors.ts";
import { encodeGenome, type GenomeJson } from "../genome/codec.ts";
import { inferPublishedEnds, readPublishedGenome } from "../interop/published.ts";
import type { TaskNames } from "../run/champion-file.ts";
import { readText } from "../run/files.ts";
import { IMAGE_SETS, pixelNames } from "../tasks/mnist.ts";
import { taskEntry } from "../tasks/registry.ts";
import { SWINGUP } from "../tasks/swingup.ts";
import { readChampionFile } from "./load-champion.ts";

/** A genome to draw. */
export interface Drawable {
  readonly genome: GenomeJson;
  /** Names of the inputs, in order; numbered where they are not known. */
  readonly inputs?: readonly string[];
  /** Names of the outputs, in order; from 1 where they are not known. */
  readonly outputs: readonly string[];
  readonly image?: { readonly width: number; readonly height: number };
}

/** Pixels on a side of the images that are not resized. */
const WHOLE_SIDE = 28;
const EMBEDDED = { size: 16, classes: IMAGE_SETS.mnist.classes };

/**
 * Reads a genome from a run folder, a champion.json, or a .out file of the paper's code.
 *
 * @param task the task, which names the ends of a .out file; without it they are numbered
 * @throws UsageError if the file is missing or broken, or its ends cannot be known
 */
export function readDrawable(path: string, task?: string): Drawable {
  if (path.endsWith(".out")) return readPublished(path, task);
  const { file } = readChampionFile(path);
  const { genome } = file;
  if (file.outputs !== undefined) return { genome, inputs: file.inputs, outputs: file.outputs, image: file.image };
  // Files from before names were kept say the task, whose names fit if it has as many inputs and outputs.
  const names = namesOf(task ?? file.task);
  if (names?.inputs.length === genome.inputs && names.outputs.length === genome.outputs) return { genome, ...names };
  return { genome, outputs: Array.from({ length: genome.outputs }, (_, output) => String(output)) };
}

function readPublished(path: string, task: string | undefined): Drawable {
  const text = readText(path, "a champion");
  if (task === undefined) {
    const { inputCount, outputCount } = inferPublishedEnds(text);
    const outputs = Array.from({ length: outputCount }, (_, output) => `output ${output + 1}`);
    return { genome: encodeGenome(readPublishedGenome(text, inputCount, outputCount)), outputs };
  }
  const names = namesOf(task);
  if (names === undefined) {
    throw new UsageError(
      `Expected --task to be one whose inputs are known without its data (swingup, digits, ${Object.keys(IMAGE_SETS).join(", ")}), got ${JSON.stringify(task)}.`,
    );
  }
  return { genome: encodeGenome(readPublishedGenome(text, names.inputs.length, names.outputs.length)), ...names };
}

/** Names of a task's inputs and outputs, if they are the same whatever its data. @throws UsageError for no task */
function namesOf(task: string): TaskNames | undefined {
  const { name } = taskEntry(task);
  if (name === SWINGUP.name) return { inputs: SWINGUP.inputs, outputs: SWINGUP.outputs };
  const set = { ...IMAGE_SETS, digits: EMBEDDED }[name as keyof typeof IMAGE_SETS | "digits"];
  if (set === undefined) return undefined;
  const side = "size" in set ? set.size : WHOLE_SIDE;
  const image = { width: side, height: side };
  return { inputs: pixelNames(image), outputs: set.classes, image };
}
