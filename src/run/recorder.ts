/** Writes a run folder as its stage goes on: lines after each step, whole files as they change, checkpoints. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeCheckpoint } from "../files/checkpoint.ts";
import { append, flush, writeAtomically } from "../files/disk.ts";
import type { RunMeta } from "./folder.ts";
import { RUN_FILES } from "./run-files.ts";
import type { Stage, StepReport } from "./stage.ts";

/** A checkpoint may cost this share of a run's time; between two of them, steps can be done again. */
const CHECKPOINT_SHARE = 0.01;

/** Records one run. */
export class Recorder {
  readonly #folder: string;
  readonly #lineFiles: readonly string[];
  #meta: RunMeta;
  #checkpointSeconds = 0;
  #secondsSinceCheckpoint = Number.POSITIVE_INFINITY;

  constructor(folder: string, lineFiles: readonly string[], meta: RunMeta) {
    this.#folder = folder;
    this.#lineFiles = lineFiles;
    this.#meta = meta;
  }

  /** Takes down a step that took so many seconds. A checkpoint follows when it is due. */
  record(stage: Stage, { line, timing, appended = {}, changed }: StepReport, totalSeconds: number): void {
    const start = performance.now();
    this.#append(RUN_FILES.generations, line);
    this.#append(RUN_FILES.timings, { ...timing, totalSeconds });
    for (const [name, entry] of Object.entries(appended)) this.#append(name, entry);
    if (changed.length > 0) this.writeFiles(stage, changed);
    this.#meta = { ...this.#meta, generations: stage.count, seconds: this.#meta.seconds + totalSeconds };
    this.#secondsSinceCheckpoint += totalSeconds + (performance.now() - start) / 1000;
    if (this.#checkpointSeconds < CHECKPOINT_SHARE * this.#secondsSinceCheckpoint) this.checkpoint(stage, "running");
  }

  /** Writes a checkpoint and how the run stands. */
  checkpoint(stage: Stage, status: RunMeta["status"]): void {
    const start = performance.now();
    for (const name of this.#lineFiles) flush(join(this.#folder, name));
    writeCheckpoint(this.#folder, stage.state);
    this.#meta = { ...this.#meta, status, generations: stage.count };
    this.writeMeta();
    this.#checkpointSeconds = (performance.now() - start) / 1000;
    this.#secondsSinceCheckpoint = 0;
  }

  /** Writes how the run stands. */
  writeMeta(): void {
    writeAtomically(join(this.#folder, RUN_FILES.meta), `${JSON.stringify(this.#meta, null, 2)}\n`);
  }

  /** Writes those of the stage's whole files that are named as they are now; one that it has none of is removed. */
  writeFiles({ files }: Stage, names: readonly string[]): void {
    for (const name of names) {
      const path = join(this.#folder, name);
      const text = files[name];
      if (text === undefined) rmSync(path, { force: true });
      else writeAtomically(path, text);
    }
  }

  #append(name: string, entry: object): void {
    append(join(this.#folder, name), `${JSON.stringify(entry)}\n`);
  }
}
