/** What `draw` needs of a champion: its genome and the names of its ends, without the data of its task. */
import { UsageError } from "../base/errors.ts";
import { IMAGE_SETS, pixelNames } from "../data/image-sets.ts";
import { readText } from "../files/disk.ts";
import type { TaskNames } from "../formats/champion.ts";
import { readPublishedGenome } from "../formats/published.ts";
import { encodeGenome, type GenomeJson } from "../genome/codec.ts";
import { outputNames } from "../tasks/actions.ts";
import { SWINGUP } from "../tasks/environments/swingup.ts";
import { taskEntry } from "../tasks/registry.ts";
import { readChampionFile } from "./load-champion.ts";

/** A genome to draw. */
export interface Drawable {
  readonly genome: GenomeJson;
  /** Names of the inputs, in order; numbered where they are not known. */
  readonly inputs?: readonly string[];
  readonly outputs: readonly string[];
  readonly image?: { readonly width: number; readonly height: number };
}

/** Pixels on a side of the images that are not resized. */
const WHOLE_SIDE = 28;
const EMBEDDED = { size: 16, classes: IMAGE_SETS.mnist.classes };

/**
 * Reads a genome from a run folder, a champion.json, or a .out file of the paper's code.
 *
 * @param task the task; needed for a .out file, which does not name it
 * @throws UsageError if the file is missing or broken, or its ends cannot be known
 */
export function readDrawable(path: string, task?: string): Drawable {
  if (path.endsWith(".out")) return readPublished(path, task);
  const { file } = readChampionFile(path);
  return { genome: file.genome, inputs: file.inputs, outputs: file.outputs, image: file.image };
}

function readPublished(path: string, task: string | undefined): Drawable {
  const text = readText(path, "a champion");
  if (task === undefined) {
    throw new UsageError(
      `Expected --task, since ${path} does not name the task it was evolved for. See: precocial tasks`,
    );
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
  if (name === SWINGUP.name) return { inputs: SWINGUP.inputs, outputs: outputNames(SWINGUP.actions) };
  const set = { ...IMAGE_SETS, digits: EMBEDDED }[name as keyof typeof IMAGE_SETS | "digits"];
  if (set === undefined) return undefined;
  const side = "size" in set ? set.size : WHOLE_SIDE;
  const image = { width: side, height: side };
  return { inputs: pixelNames(image), outputs: set.classes, image };
}
