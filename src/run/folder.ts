/** The run folder: its files, how it is made and opened. Documented in docs/run-format.md. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJson } from "../files/disk.ts";
import type { RunLock } from "../files/lock.ts";
import { createLockedFolder } from "../files/new-folder.ts";
import { type FrontFile, parseFront } from "../formats/front.ts";
import { parseChampion } from "../formats/json.ts";
import { parseEvaluation, type RunEvaluation } from "../measure/evaluation.ts";
import { RUN_FILES } from "./run-files.ts";
import type { StageConfig } from "./stage.ts";
import { VERSION } from "./version.ts";

/** How a run stands; not part of what is the same on every machine. */
export interface RunMeta {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly threads: number;
  /** SHA-256 of the module of a task of one's own, as it was in the last stretch. */
  readonly module?: string;
  /** The process that searches, or did. */
  readonly pid: number;
  readonly status: "running" | "finished" | "stopped";
  /** Start of the run, ISO 8601. */
  readonly started: string;
  /** Generations done; epochs of a baseline. */
  readonly generations: number;
  /** Seconds spent in the loop, over all stretches. */
  readonly seconds: number;
}

/** What does the work. */
export function machine(): Pick<RunMeta, "version" | "node" | "platform" | "processor"> {
  return {
    version: VERSION,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
  };
}

/** What is known of a run when it starts. @param module digest of the task's module, of a task of one's own */
export function firstMeta(threads: number, started: Date, module?: string): RunMeta {
  return {
    ...machine(),
    threads,
    module,
    pid: process.pid,
    status: "running",
    started: started.toISOString(),
    generations: 0,
    seconds: 0,
  };
}

/** `parent/task-1`, or the first such name that is free. */
export function freeFolder(parent: string, task: string): string {
  for (let number = 1; ; number++) {
    const folder = join(parent, `${task}-${number}`);
    if (!existsSync(folder)) return folder;
  }
}

/** @throws UsageError if there is something at `folder` already */
export function checkFree(folder: string): void {
  if (!existsSync(folder)) return;
  throw new UsageError(
    `There is a run at ${folder} already: choose another folder with --out, or go on with it by: precocial resume ${folder}`,
  );
}

/**
 * Makes a run folder with its config and meta, all at once or not at all, and holds its lock.
 *
 * @returns the lock, to be released by the caller
 * @throws UsageError if there is something at `folder` already, another process is making it, or the disk refuses
 */
export function createFolder(folder: string, config: StageConfig, meta: RunMeta): RunLock {
  const text = (json: object) => `${JSON.stringify(json, null, 2)}\n`;
  const files = { [RUN_FILES.config]: text(config), [RUN_FILES.meta]: text(meta) };
  return createLockedFolder(folder, files, () => checkFree(folder));
}

/** Reads how a run stands. @throws UsageError if the file is missing or damaged */
export function readMeta(folder: string): RunMeta {
  const path = join(folder, RUN_FILES.meta);
  const meta = readJson(path, "how a run stands") as RunMeta | null;
  if (Number.isInteger(meta?.generations)) return meta as RunMeta;
  throw new UsageError(`Expected how a run stands in ${path}, got JSON without a number of generations.`);
}

/** Reads the champion of a run; undefined where there is none yet. @throws UsageError if the file is damaged */
export function readRunChampion(folder: string): ReturnType<typeof parseChampion> | undefined {
  const path = join(folder, RUN_FILES.champion);
  return existsSync(path) ? parseChampion(readJson(path, "a champion"), path) : undefined;
}

/** Reads what a run has come to; undefined where that was not measured. @throws UsageError if the file is damaged */
export function readEvaluation(folder: string): RunEvaluation | undefined {
  const path = join(folder, RUN_FILES.evaluation);
  return existsSync(path) ? parseEvaluation(readJson(path, "an evaluation"), path) : undefined;
}

/** Reads the networks that a search keeps, of all sizes. @throws UsageError if there are none, or the file is damaged */
export function readFront(folder: string): FrontFile {
  const path = join(folder, RUN_FILES.front);
  if (existsSync(folder) && statSync(folder).isFile()) {
    throw new UsageError(`Expected a run folder to pick a network from, got the file ${folder}: it holds one only.`);
  }
  if (existsSync(path)) return parseFront(readJson(path, "the networks of a front"), path);
  throw new UsageError(
    `Expected networks of several sizes in ${folder}, but there is no ${RUN_FILES.front}: a search writes it when it ends ` +
      `or is stopped. To get it: precocial resume ${folder}`,
  );
}

/** The run folders below `parent`, newest name last. */
export function listRuns(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(parent, entry.name, RUN_FILES.config)))
    .map((entry) => join(parent, entry.name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
