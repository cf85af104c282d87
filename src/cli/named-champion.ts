/** A champion with the names of its ends, read without the data of its task: what `draw` and `export` need of it. */
import { UsageError } from "../base/errors.ts";
import type { PortableChampion } from "../formats/format.ts";
import { formatOf } from "../formats/index.ts";
import { readChampionFile } from "../study/read-champion.ts";
import type { Ends } from "../tasks/definition.ts";
import { TASKS, taskDefinition } from "../tasks/registry.ts";
import { isFile } from "../view/document.ts";

/**
 * Reads a champion from a run folder, or a file of any format.
 *
 * @param task the task, which names the ends of a file that does not; without it they are not named
 * @param pick of a run, the network with at most so many connections in place of the champion
 * @throws UsageError if the file is missing or broken, or its ends cannot be known
 */
export async function readNamedChampion(path: string, task?: string, pick?: number): Promise<PortableChampion> {
  const ends = isFile(path) && !formatOf(path).namesTask && task !== undefined ? endsOfTask(task) : undefined;
  return { ...(await readChampionFile(path, { ends, pick })), ...(ends && { task, ...ends }) };
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
