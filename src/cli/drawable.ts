/** What `draw` needs of a champion: its genome and the names of its ends, without the data of its task. */
import { UsageError } from "../base/errors.ts";
import { readText } from "../files/disk.ts";
import { inferPublishedEnds, readPublishedGenome } from "../formats/published.ts";
import { encodeGenome, type GenomeJson } from "../genome/codec.ts";
import { TASKS, taskDefinition } from "../tasks/registry.ts";
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

/**
 * Reads a genome from a run folder, a champion.json, or a .out file of the paper's code.
 *
 * @param task the task, which names the ends of a .out file; without it they are numbered
 * @throws UsageError if the file is missing or broken, or its ends cannot be known
 */
export async function readDrawable(path: string, task?: string): Promise<Drawable> {
  if (path.endsWith(".out")) return readPublished(path, task);
  const { file } = await readChampionFile(path);
  return { genome: file.genome, inputs: file.inputs, outputs: file.outputs, image: file.image };
}

function readPublished(path: string, task: string | undefined): Drawable {
  const text = readText(path, "a champion");
  if (task === undefined) {
    const { inputCount, outputCount } = inferPublishedEnds(text);
    const outputs = Array.from({ length: outputCount }, (_, output) => `output ${output + 1}`);
    return { genome: encodeGenome(readPublishedGenome(text, inputCount, outputCount)), outputs };
  }
  const names = taskDefinition(task).ends;
  if (names === undefined) {
    const known = TASKS.filter(({ ends }) => ends !== undefined).map(({ name }) => name);
    throw new UsageError(
      `Expected --task to be one whose inputs are known without its data (${known.join(", ")}), got ${JSON.stringify(task)}.`,
    );
  }
  return { genome: encodeGenome(readPublishedGenome(text, names.inputs.length, names.outputs.length)), ...names };
}
