/** A study folder as one document: what the page reads, however little there is; and where its runs are. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import type { StudyRecord, StudyTimings } from "../measure/study-record.ts";
import { isStudyFolder, readStudy, STUDY_FILES } from "../study/folder.ts";
import { runFolders } from "../study/orders.ts";
import { runName } from "./document.ts";
import { type RunStatus, runStatus } from "./status.ts";

/** One study, as much of it as can be read; the files are in docs/study-format.md. */
export interface StudyDocument {
  readonly name: string;
  /** What was found; undefined while nothing is. */
  readonly record?: StudyRecord;
  readonly timings?: StudyTimings;
  /** How it stands (status.ts). */
  readonly status?: RunStatus;
  /** Those of its runs that have a folder, and the names by which a server knows them. */
  readonly runs: readonly { readonly variant: string; readonly seed: number; readonly name: string }[];
  /** What could not be read, in words; empty when all is well. */
  readonly problems: readonly string[];
}

/** Reads a study folder. Damage is told, not thrown. @param name what it is called; default: its folder's name */
export function readStudyDocument(folder: string, name = runName(folder)): StudyDocument {
  const status = runStatus(folder);
  if (!existsSync(join(folder, STUDY_FILES.record))) return { name, status, runs: [], problems: [] };
  try {
    const { record, timings } = readStudy(folder);
    const folders = studyRuns(folder, record);
    const runs = folders.map(({ variant, seed, folder: run }) => ({ variant, seed, name: `${name}/${runName(run)}` }));
    return { name, record, timings, status, runs, problems: [] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { name, status, runs: [], problems: [error.message] };
  }
}

/** The runs of a study that have a folder. */
function studyRuns(folder: string, record: StudyRecord): { variant: string; seed: number; folder: string }[] {
  const folderOf = runFolders(folder, record);
  return record.variants
    .flatMap(({ name, seeds }) => seeds.map((seed) => ({ variant: name, seed })))
    .map((run) => ({ ...run, folder: folderOf(run) }))
    .filter((run) => existsSync(run.folder));
}

/** The run folders of a study. */
export function studyRunFolders(folder: string): string[] {
  const runs = join(folder, STUDY_FILES.runs);
  return existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
}

/** The study folders below `parent`, newest name last. */
export function listStudies(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .map((name) => join(parent, name))
    .filter(isStudyFolder)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
