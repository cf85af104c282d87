/** The data of the table of runs: what the server of the page tells of each (src/view/run-table.ts). */
import type { Measure } from "../src/index.ts";

/** What people say of a run. */
export interface RunNotes {
  readonly star: boolean;
  readonly tags: readonly string[];
  readonly note: string;
}

/** A run in a line. */
export interface RunRow {
  readonly name: string;
  /** The study that it is a run of. */
  readonly study?: string;
  /** The kind of its stage, and what it made: "search", "evolved graph". */
  readonly stage: string;
  readonly model: string;
  readonly task: string;
  readonly seed: number;
  /** Settings that are not the defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly status: "running" | "finished" | "stopped" | "died";
  /** Generations done, and to be reached; null if only time limits them. */
  readonly generations: number;
  readonly limit: number | null;
  /** ISO 8601. */
  readonly started: string;
  /** Spent in it. */
  readonly seconds: number;
  /** Of the champion on validation data, in this measure. */
  readonly score?: number;
  readonly measure: Measure;
  /** Connections. */
  readonly size?: number;
  /** On what it never saw. */
  readonly test?: { readonly value: number; readonly measure: Measure };
  readonly notes: RunNotes;
}

/** All runs there are. */
export interface RunsData {
  readonly rows: readonly RunRow[];
  readonly unreadable: readonly { readonly name: string; readonly problem: string }[];
}
