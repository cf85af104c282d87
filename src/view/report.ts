/** Writes the report of a run or a study: one HTML file that opens from disk and asks nothing of the network. */
import { join } from "node:path";
import { writeAtomically } from "../files/disk.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { isStudyFolder, STUDY_FILES } from "../study/folder.ts";
import { withNetworks } from "./carried.ts";
import { isFile, type RunDocument, readRunDocument } from "./document.ts";
import { embedData, readPage } from "./page.ts";
import { readStudyDocument } from "./study-document.ts";

/** What a report may be given. */
export interface ReportOptions {
  /**
   * Where to write; default `report.html` in the first run's folder, `study.html` in that of a study, beside a
   * champion.json its name with .html.
   */
  readonly out?: string;
  /** Other runs, to compare with, and studies. */
  readonly others?: readonly string[];
  /** Connections of the network that is shown first in place of the champion, at most. */
  readonly pick?: number;
}

/**
 * Writes the report of a run folder, a champion.json or a study folder, and returns its path. What is still going on
 * gives the report of what there is.
 *
 * @throws UsageError if there is none of them at one of the paths, no network to pick, or the disk refuses
 */
export function writeReport(shown: string, { out, others = [], pick }: ReportOptions = {}): string {
  const all = [shown, ...others];
  const page = embedData(readPage(), {
    runs: all.filter((path) => !isStudyFolder(path)).map((path) => readWhole(path, path === shown ? pick : undefined)),
    studies: all.filter(isStudyFolder).map((folder) => readStudyDocument(folder)),
  });
  const path = out ?? usualPath(shown);
  writeAtomically(path, page);
  return path;
}

/** A run with what a page could not ask for from a file. */
function readWhole(path: string, pick?: number): RunDocument {
  const document = readRunDocument(path, { pick });
  return isFile(path) ? document : withNetworks(document, path);
}

function usualPath(shown: string): string {
  if (isStudyFolder(shown)) return join(shown, STUDY_FILES.page);
  return isFile(shown) ? `${shown.replace(/\.json$/i, "")}.html` : join(shown, RUN_FILES.report);
}
