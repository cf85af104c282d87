/** Keeps the best shared weight with the champion it was found for. */
import { join } from "node:path";
import { readJson, writeAtomically } from "../files/disk.ts";
import { championText, parseChampion } from "../formats/json.ts";
import type { Champion } from "../genome/champion.ts";
import { RUN_FILES } from "./run-files.ts";

/**
 * Adds the best shared weight to champion.json. The next champion is written without it, so it is never another's.
 *
 * @throws UsageError if champion.json is missing or damaged, or the disk refuses
 */
export function recordBestWeight(folder: string, { generation }: Champion, bestSharedWeight: number): void {
  const path = join(folder, RUN_FILES.champion);
  const { file } = parseChampion(readJson(path, "a champion"), path);
  if (file.generation === generation) writeAtomically(path, championText({ ...file, bestSharedWeight }));
}
