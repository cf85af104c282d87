/** The data that the page and the drawings of a study read: what a study folder holds (docs/study-format.md). */
import type { StudyRecord, StudyTimings } from "../src/index.ts";

/** One study, as much of it as there is. */
export interface StudyData {
  readonly name: string;
  /** What was found; undefined while nothing is. */
  readonly record?: StudyRecord;
  readonly timings?: StudyTimings;
  /** How it stands: "died" is one that was running and whose process is gone. */
  readonly status?: "running" | "finished" | "stopped" | "died" | null;
  /** Its runs, where they can be read: under which names. */
  readonly runs?: readonly { readonly variant: string; readonly seed: number; readonly name: string }[];
  /** What could not be read, in words. */
  readonly problems?: readonly string[];
}
