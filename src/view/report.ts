/** Writes the report of a run: one HTML file that opens from disk and asks nothing of the network. */
import { join } from "node:path";
import { writeAtomically } from "../files/disk.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { isFile, readRunDocument } from "./document.ts";
import { embedRuns, readPage } from "./page.ts";

/** What a report may be given. */
export interface ReportOptions {
  /** Where to write; default `report.html` in the first run's folder, beside a champion.json its name with .html. */
  readonly out?: string;
  /** Other runs, to compare with. */
  readonly others?: readonly string[];
  /** Connections of the network that is shown first in place of the champion, at most. */
  readonly pick?: number;
}

/**
 * Writes the report of a run folder or of a champion.json, and returns its path. A run that is still going on gives the
 * report of what there is.
 *
 * @throws UsageError if there is neither at one of the paths, no network to pick, or the disk refuses
 */
export function writeReport(run: string, { out, others = [], pick }: ReportOptions = {}): string {
  const path = out ?? (isFile(run) ? `${run.replace(/\.json$/i, "")}.html` : join(run, RUN_FILES.report));
  writeAtomically(
    path,
    embedRuns(readPage(), [readRunDocument(run, pick), ...others.map((other) => readRunDocument(other))]),
  );
  return path;
}
