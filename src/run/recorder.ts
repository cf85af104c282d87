/** Writes a run folder as its run goes on: lines after each generation, the champion, checkpoints. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { SearchState } from "../search/search.ts";
import type { Champion } from "./champion.ts";
import { type ChampionFile, championFile, championLine, parseChampion, type TaskNames } from "./champion-file.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { RunConfig } from "./config.ts";
import { append, flush, readJson, writeAtomically } from "./files.ts";
import { cutLines, RUN_FILES, type RunMeta, readMeta } from "./folder.ts";
import type { GenerationEvent, RunState } from "./loop.ts";

/** A checkpoint may cost this share of a run's time; between two of them, generations can be done again. */
const CHECKPOINT_SHARE = 0.05;

const LINE_FILES = [RUN_FILES.generations, RUN_FILES.timings, RUN_FILES.champions];

/** What a checkpoint file holds: the champion as in champion.json. */
interface CheckpointFile {
  readonly search: SearchState;
  readonly champion: ChampionFile | undefined;
}

/** Records one run. */
export class Recorder {
  readonly #folder: string;
  readonly #config: RunConfig;
  readonly #names: TaskNames;
  #meta: RunMeta;
  #checkpointSeconds = 0;
  #secondsSinceCheckpoint = Number.POSITIVE_INFINITY;

  constructor(folder: string, config: RunConfig, names: TaskNames, meta: RunMeta) {
    this.#folder = folder;
    this.#config = config;
    this.#names = names;
    this.#meta = meta;
  }

  /** Takes down a generation. A checkpoint follows when it is due. */
  record({ record, newChampion, evaluationSeconds, totalSeconds, state }: GenerationEvent): void {
    const start = performance.now();
    append(join(this.#folder, RUN_FILES.generations), `${JSON.stringify(record)}\n`);
    append(
      join(this.#folder, RUN_FILES.timings),
      `${JSON.stringify({ generation: record.generation, evaluationSeconds, totalSeconds })}\n`,
    );
    if (newChampion !== undefined) this.#writeChampion(newChampion);
    this.#meta = {
      ...this.#meta,
      generations: record.generation + 1,
      seconds: this.#meta.seconds + totalSeconds,
    };
    this.#secondsSinceCheckpoint += totalSeconds + (performance.now() - start) / 1000;
    if (this.#checkpointSeconds < CHECKPOINT_SHARE * this.#secondsSinceCheckpoint) this.checkpoint(state());
  }

  /** Writes a checkpoint and how the run stands. */
  checkpoint({ search, champion }: RunState, status: RunMeta["status"] = "running"): void {
    const start = performance.now();
    const file: CheckpointFile = { search, champion: champion && championFile(champion, this.#config, this.#names) };
    for (const name of LINE_FILES) flush(join(this.#folder, name));
    writeCheckpoint(this.#folder, file);
    this.#meta = { ...this.#meta, status, generations: search.generation };
    writeAtomically(join(this.#folder, RUN_FILES.meta), `${JSON.stringify(this.#meta, null, 2)}\n`);
    this.#checkpointSeconds = (performance.now() - start) / 1000;
    this.#secondsSinceCheckpoint = 0;
  }

  #writeChampion(champion: Champion): void {
    append(join(this.#folder, RUN_FILES.champions), `${JSON.stringify(championLine(champion))}\n`);
    const file = championFile(champion, this.#config, this.#names);
    writeChampionFile(join(this.#folder, RUN_FILES.champion), file);
  }
}

/**
 * Takes up a run where its last whole checkpoint stands: lines and champion of later generations are cut away, since
 * they will be written again, byte for byte.
 *
 * @param warn told when the newest checkpoint is damaged
 * @returns    the state to go on from (undefined: from the start), and how the run stood
 */
export function reopen(folder: string, warn: (message: string) => void): { from: RunState | undefined; meta: RunMeta } {
  const file = readCheckpoint(folder, isCheckpoint, warn);
  const generation = file?.search.generation ?? 0;
  for (const name of LINE_FILES) cutLines(folder, name, generation);
  const champions = join(folder, RUN_FILES.champion);
  if (file?.champion === undefined) rmSync(champions, { force: true });
  else if (!holds(champions, file.champion)) writeChampionFile(champions, file.champion);
  const champion = file?.champion && parseChampion(file.champion, "the checkpoint").champion;
  return {
    from: file && { search: file.search, champion },
    meta: { ...readMeta(folder), status: "running", pid: process.pid },
  };
}

/**
 * Adds the best shared weight to champion.json. The next champion is written without it, so it is never another's.
 *
 * @throws UsageError if champion.json is missing or damaged, or the disk refuses
 */
export function recordBestWeight(folder: string, { generation }: Champion, bestSharedWeight: number): void {
  const path = join(folder, RUN_FILES.champion);
  const { file } = parseChampion(readJson(path, "a champion"), path);
  if (file.generation === generation) writeChampionFile(path, { ...file, bestSharedWeight });
}

function writeChampionFile(path: string, file: ChampionFile): void {
  writeAtomically(path, `${JSON.stringify(file, null, 1)}\n`);
}

/** Whether a champion.json is that of the checkpoint, whatever its best shared weight. */
function holds(path: string, champion: ChampionFile): boolean {
  try {
    const { bestSharedWeight: _, ...file } = readJson(path, "a champion") as ChampionFile;
    return isDeepStrictEqual(file, champion);
  } catch {
    return false;
  }
}

function isCheckpoint(state: unknown): state is CheckpointFile {
  const search = (state as Partial<CheckpointFile> | null)?.search;
  return typeof search?.generation === "number" && search.genomes?.counts instanceof Int32Array;
}
