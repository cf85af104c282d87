/** Writes the report of a run: one HTML file that opens from disk and asks nothing of the network. */
import { join } from "node:path";
import { writeAtomically } from "../files/disk.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { readRunDocument } from "./document.ts";
import { embedRuns, readPage } from "./page.ts";

/** What a report may be given. */
export interface ReportOptions {
  /** Where to write; default `report.html` in the first run's folder. */
  readonly out?: string;
  /** Folders of other runs, to compare with. */
  readonly others?: readonly string[];
}

/**
 * Writes the report of the run in `folder` and returns its path. A run that is still going on gives the report of
 * what there is.
 *
 * @throws UsageError if a folder is no run folder, or the disk refuses
 */
export function writeReport(folder: string, { out, others = [] }: ReportOptions = {}): string {
  const path = out ?? join(folder, RUN_FILES.report);
  writeAtomically(path, embedRuns(readPage(), [folder, ...others].map(readRunDocument)));
  return path;
}
