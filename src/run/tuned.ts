/** The tuned weights of a run's champion, tuned.json: where a tuning keeps them, and whether they fit. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../files/disk.ts";
import { parseChampion } from "../formats/json.ts";
import { encodeGenome } from "../genome/codec.ts";
import type { Genome } from "../genome/genome.ts";
import { RUN_FILES } from "./run-files.ts";

/** The folder of a tuning, in that of the run whose champion it tunes. */
export const TUNING_FOLDER = "tuning";

/** What tuned.json gives. */
export interface TunedChampion {
  /** One for each connection gene; undefined where they are another champion's. */
  readonly weights?: readonly number[];
  /** Why there are none, and what to do. */
  readonly stale?: string;
}

/**
 * Reads the tuned weights of a run's champion. Of a run that has found another champion since, they fit no more.
 *
 * @returns undefined where nothing was tuned
 * @throws UsageError if the file is damaged
 */
export function readTuned(folder: string, genome: Genome): TunedChampion | undefined {
  const path = join(folder, RUN_FILES.tuned);
  if (!existsSync(path)) return undefined;
  const { file, champion } = parseChampion(readJson(path, "a tuned champion"), path);
  const isSame = fits(encodeGenome(champion.genome), encodeGenome(genome));
  return isSame ? { weights: file.trainedWeights } : { stale: staleWords(folder) };
}

/** Whether two genomes in JSON are the same, node by node and gene by gene. */
export function fits(tuned: unknown, champion: unknown): boolean {
  return JSON.stringify(tuned) === JSON.stringify(champion);
}

/** What to say where the champion that was tuned is not that of today. */
export function staleWords(folder: string): string {
  return (
    `${join(folder, RUN_FILES.tuned)} has the weights of another champion than the run has by now, so they are left ` +
    `out. To tune this one: precocial tune ${folder} --again`
  );
}
