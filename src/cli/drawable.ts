/** What `draw` needs of a champion: its genome and the names of its ends, without the data of its task. */
import { UsageError } from "../base/errors.ts";
import { formatOf } from "../formats/index.ts";
import { encodeGenome, type GenomeJson } from "../genome/codec.ts";
import { readChampionFile } from "../study/read-champion.ts";
import type { Ends } from "../tasks/definition.ts";
import { TASKS, taskDefinition } from "../tasks/registry.ts";
import { isFile } from "../view/document.ts";

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
 * Reads a genome from a run folder, or a file of any format.
 *
 * @param task the task, which names the ends of a file that does not; without it they are numbered
 * @param pick of a run, the network with at most so many connections in place of the champion
 * @throws UsageError if the file is missing or broken, or its ends cannot be known
 */
export async function readDrawable(path: string, task?: string, pick?: number): Promise<Drawable> {
  const ends = isFile(path) && !formatOf(path).namesTask && task !== undefined ? endsOfTask(task) : undefined;
  const champion = await readChampionFile(path, { ends, pick });
  const { genome, inputs, outputs = numbered(genome.outputCount), image } = champion;
  return { genome: encodeGenome(genome), inputs, outputs, image, ...ends };
}

/** Names of a task's inputs and outputs, which must be known without its data. */
function endsOfTask(task: string): Ends {
  const { ends } = taskDefinition(task);
  if (ends !== undefined) return ends;
  const known = TASKS.filter((definition) => definition.ends !== undefined).map(({ name }) => name);
  throw new UsageError(
    `Expected --task to be one whose inputs are known without its data (${known.join(", ")}), got ${JSON.stringify(task)}.`,
  );
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, output) => `output ${output + 1}`);
}
