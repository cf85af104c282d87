/** The table of all runs that the page shows, and how it is followed: of runs that have not changed nothing is read again. */
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { type Catalogue, shownRuns } from "./catalogue.ts";
import { isFile } from "./document.ts";
import { stampOf } from "./follow.ts";
import { type RunSummary, summarizeRun } from "./run-list.ts";
import { NO_NOTES, type RunNotes, readNotes } from "./run-notes.ts";
import { runStatus } from "./status.ts";

/** A run in a line of the table. */
export interface TableRow extends RunSummary {
  /** What it is asked for by. */
  readonly name: string;
  /** The study that it is a run of. */
  readonly study?: string;
  readonly notes: RunNotes;
}

/** All runs, and those that cannot be read. */
export interface RunTable {
  readonly rows: readonly TableRow[];
  readonly unreadable: readonly { readonly name: string; readonly problem: string }[];
}

/** The files whose change changes a line. */
const FILES = [RUN_FILES.config, RUN_FILES.meta, RUN_FILES.champion, RUN_FILES.evaluation, RUN_FILES.notes];

type Line = TableRow | { readonly name: string; readonly problem: string };

/** Reads the table again and again. */
export class TableReader {
  readonly #catalogue: () => Catalogue;
  readonly #known = new Map<string, { readonly stamp: string; readonly line: Line }>();

  constructor(catalogue: () => Catalogue) {
    this.#catalogue = catalogue;
  }

  /** What changes when the table does. */
  stamp(): string {
    return shownRuns(this.#catalogue())
      .map(({ name, folder }) => `${name} ${stampOfRun(folder)}`)
      .join("\n");
  }

  async read(): Promise<RunTable> {
    const lines: Line[] = [];
    // A champion.json alone is no run: there is no table of those.
    for (const shown of shownRuns(this.#catalogue())) if (!isFile(shown.folder)) lines.push(await this.#line(shown));
    return {
      rows: lines.filter((line): line is TableRow => !("problem" in line)),
      unreadable: lines.flatMap((line) => ("problem" in line ? [line] : [])),
    };
  }

  async #line({ name, folder, study }: ReturnType<typeof shownRuns>[number]): Promise<Line> {
    const stamp = stampOfRun(folder);
    const known = this.#known.get(folder);
    if (known?.stamp === stamp && known.line.name === name) return known.line;
    const line = await makeLine(name, folder, study);
    this.#known.set(folder, { stamp, line });
    return line;
  }
}

/**
 * Looks at the runs at an interval.
 *
 * @param told called with the table at the first look, and after each change
 * @returns    how to stop
 */
export function followTable(reader: TableReader, interval: number, told: (table: RunTable) => void): () => void {
  let before: string | undefined;
  let reading = false;
  const look = async () => {
    if (reading) return;
    reading = true;
    try {
      const now = reader.stamp();
      if (now !== before) told(await reader.read());
      before = now;
    } catch {
      // Folders are being changed under our eyes (moved, removed, written): the next look sees how it ended.
    } finally {
      reading = false;
    }
  };
  void look();
  const timer = setInterval(look, interval);
  return () => clearInterval(timer);
}

function stampOfRun(folder: string): string {
  return [...FILES.map((file) => stampOf(join(folder, file))), runStatus(folder)].join(" ");
}

async function makeLine(name: string, folder: string, study: string | undefined): Promise<Line> {
  try {
    const summary = await summarizeRun(folder);
    return { ...summary, name, ...(study !== undefined && { study }), notes: notesOf(folder) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { name, problem: error.message };
  }
}

/** What is said of a run; damaged notes are no reason to leave out the run. */
function notesOf(folder: string): RunNotes {
  try {
    return readNotes(folder);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...NO_NOTES, note: error.message };
  }
}
