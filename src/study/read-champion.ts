/** Reads a champion from where it was kept: a run folder, or a file of any format. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readBytes } from "../files/disk.ts";
import type { PortableChampion } from "../formats/format.ts";
import { pickNetwork } from "../formats/front.ts";
import { readChampion } from "../formats/index.ts";
import { championText } from "../formats/json.ts";
import type { Genome } from "../genome/genome.ts";
import { readFront } from "../run/folder.ts";
import { readChampionConfig } from "../run/read-config.ts";
import { RUN_FILES } from "../run/run-files.ts";
import type { StageConfig } from "../run/stage.ts";
import type { Ends } from "../tasks/definition.ts";
import { taskDefinition } from "../tasks/registry.ts";

/**
 * Reads a champion, from a run folder or a file of any format.
 *
 * @param ends names of the task's inputs and outputs, for files that do not say how many they are
 * @param pick of a run, the network with at most so many connections in place of the champion
 * @throws UsageError if it is missing or broken
 */
export async function readChampionFile(
  path: string,
  { ends, pick }: { readonly ends?: Ends; readonly pick?: number } = {},
): Promise<PortableChampion> {
  const found = await findChampion(path, pick);
  return readChampion(found.bytes, { path: found.path, ends: ends && endsOf(ends) });
}

/**
 * The champion that a search is to start from.
 *
 * @param task the search's, whose ends a .out file has
 * @throws UsageError if it cannot be read
 */
export function readFounder(path: string, task: string): Promise<PortableChampion> {
  return readChampionFile(path, { ends: taskDefinition(task).ends });
}

/** The bytes of a champion, where they were found, and the config of the run where that is a run folder's. */
export async function findChampion(
  path: string,
  pick?: number,
): Promise<{ bytes: Uint8Array; path: string; config?: StageConfig }> {
  const picked = pick === undefined ? undefined : pickNetwork(readFront(path), pick);
  if (!existsSync(path) || !statSync(path).isDirectory()) return { bytes: readBytes(path, "a champion"), path };
  const config = await readChampionConfig(path);
  if (picked !== undefined) {
    return { bytes: new TextEncoder().encode(championText(picked)), path: join(path, RUN_FILES.front), config };
  }
  const file = join(path, RUN_FILES.champion);
  if (!existsSync(file)) {
    throw new UsageError(`Expected a champion in ${path}, but no generation is done yet: precocial resume ${path}`);
  }
  return { bytes: readBytes(file, "a champion"), path: file, config };
}

/** How many inputs and outputs a task has. */
export function endsOf({ inputs, outputs }: Ends): Pick<Genome, "inputCount" | "outputCount"> {
  return { inputCount: inputs.length, outputCount: outputs.length };
}
