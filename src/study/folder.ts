/** The study folder: its files, how it is made, opened and read (docs/study-format.md). */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import type { LoadOptions } from "../evaluation/threads-load.ts";
import { readJson, writeAtomically } from "../files/disk.ts";
import type { RunLock } from "../files/lock.ts";
import { createLockedFolder } from "../files/new-folder.ts";
import { STUDY_FORMAT, type StudyRecord, type StudyTimings } from "../measure/study-record.ts";
import { machine, type RunMeta } from "../run/folder.ts";
import { completePlan, planJson, type StudyPlan } from "./plan.ts";

/** Names of the files in a study folder. */
export const STUDY_FILES = {
  plan: "plan.json",
  meta: "meta.json",
  runs: "runs",
  record: "study.json",
  timings: "timings.json",
  curves: "curves.csv",
  curveTimings: "timings.csv",
  page: "study.html",
} as const;

/** How a study stands; not part of what is the same on every machine. */
export interface StudyMeta extends Pick<RunMeta, "version" | "node" | "platform" | "processor" | "status" | "pid"> {
  /** Runs at once, and threads of each. With a budget of time, they are part of what the figures mean. */
  readonly parallel: number;
  readonly threads: number;
  /** Start of the study, ISO 8601. */
  readonly started: string;
}

/** Whether there is a study at `folder`. */
export function isStudyFolder(folder: string): boolean {
  return existsSync(join(folder, STUDY_FILES.plan));
}

/** @throws UsageError if there is something at `folder` already */
export function checkFreeForStudy(folder: string): void {
  if (!existsSync(folder)) return;
  const what = isStudyFolder(folder) ? "a study" : "something";
  const other = isStudyFolder(folder) ? `, or go on with it by: precocial study ${folder}` : "";
  throw new UsageError(`There is ${what} at ${folder} already: choose another folder with --out${other}`);
}

/** Makes the folder of a study, and holds its lock. @throws UsageError if there is something at `folder` already */
export function createStudyFolder(
  folder: string,
  plan: StudyPlan,
  { parallel, threads }: Pick<StudyMeta, "parallel" | "threads">,
  started: Date,
): RunLock {
  const meta: StudyMeta = {
    ...machine(),
    parallel,
    threads,
    pid: process.pid,
    status: "running",
    started: started.toISOString(),
  };
  const files = { [STUDY_FILES.plan]: jsonLines(planJson(plan)), [STUDY_FILES.meta]: metaText(meta) };
  return createLockedFolder(folder, files, () => checkFreeForStudy(folder));
}

/**
 * Reads the plan of a study folder. It was complete when it was written: settings of later versions are not to change it,
 * whatever the task's first preset says by now.
 *
 * @throws UsageError if there is none, or it is damaged
 */
export function readPlan(folder: string, options: LoadOptions = {}): Promise<StudyPlan> {
  const path = join(folder, STUDY_FILES.plan);
  const json = readJson(path, "the plan of a study");
  const plan = typeof json === "object" && json !== null ? { ...json, settings: { preset: null } } : json;
  return completePlan(plan, path, options);
}

/** Reads how a study stands. @throws UsageError if the file is missing or damaged */
export function readStudyMeta(folder: string): StudyMeta {
  const path = join(folder, STUDY_FILES.meta);
  const meta = readJson(path, "how a study stands") as StudyMeta | null;
  if (Number.isInteger(meta?.parallel)) return meta as StudyMeta;
  throw new UsageError(`Expected how a study stands in ${path}, got JSON without the number of runs at once.`);
}

/** Writes how a study stands. */
export function writeStudyMeta(folder: string, meta: StudyMeta): void {
  writeAtomically(join(folder, STUDY_FILES.meta), metaText(meta));
}

function metaText(meta: StudyMeta): string {
  return `${JSON.stringify(meta, null, 2)}\n`;
}

/**
 * What a study has found so far. A record that was kept without its timings, as in experiments/, has no seconds.
 *
 * @throws UsageError if it has not found anything yet, or a file is damaged
 */
export function readStudy(folder: string): { readonly record: StudyRecord; readonly timings: StudyTimings } {
  const path = join(folder, STUDY_FILES.record);
  const record = readJson(path, "what a study found") as StudyRecord | null;
  if (record?.format !== STUDY_FORMAT || !Array.isArray(record.results) || !Array.isArray(record.curves)) {
    throw new UsageError(`Expected what a study found, of format ${STUDY_FORMAT}, in ${path}, got other JSON.`);
  }
  const seconds = join(folder, STUDY_FILES.timings);
  if (!existsSync(seconds)) return { record, timings: { results: [], curves: [] } };
  return { record, timings: readJson(seconds, "the seconds of a study") as StudyTimings };
}

/** Writes what a study has found so far: the seconds first, so that all that is found has some. */
export function writeStudy(folder: string, record: StudyRecord, timings: StudyTimings): void {
  writeAtomically(join(folder, STUDY_FILES.timings), jsonLines(timings));
  writeAtomically(join(folder, STUDY_FILES.record), jsonLines(record));
}

/** JSON with a line for each field, and for each item of the lists among them. */
function jsonLines(object: object): string {
  const fields = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const isList = Array.isArray(value) && typeof value[0] === "object";
      const text = isList
        ? `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(",\n")}\n ]`
        : JSON.stringify(value);
      return ` ${JSON.stringify(name)}: ${text}`;
    });
  return `{\n${fields.join(",\n")}\n}\n`;
}
