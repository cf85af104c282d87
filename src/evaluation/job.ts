/** The messages between an evaluator and its backend: programs and scores are typed arrays that cross without a copy. */
import { type Program, programHeader } from "../network/program.ts";
import type { PopulationTrial } from "./trial.ts";

/** Programs to score, or a part of what they are put through. */
export interface Job {
  /** Programs one after the other; each says its own length. */
  readonly programs: Int32Array<ArrayBuffer>;
  /** Whether they are relatives, nearest together, and share work; else each is scored alone. */
  readonly related: boolean;
  /** The number of each program within its generation, for messages. */
  readonly indices: readonly number[];
  readonly trial: PopulationTrial;
  /** The number of the trial's first weight set within the whole trial, for messages. */
  readonly firstWeight: number;
  /** Cells in which code that may never end says where it is (`WATCH` of tasks/task.ts), where somebody watches. */
  readonly watch?: SharedArrayBuffer;
}

/** What came of a job. */
export interface Scored {
  /** Of all programs one after the other, each [weights x episodes]. */
  readonly scores: Float64Array<ArrayBuffer>;
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
  /** Of each program, where the trial asks. */
  readonly behaviours?: readonly (Uint8Array | undefined)[];
}

/** What comes back: what came of it, or an error already in words. */
export type Answer = Scored | { readonly error: string; readonly usage: boolean };

/** Joins programs into one array that can be transferred. */
export function joinPrograms(programs: readonly Program[]): Int32Array<ArrayBuffer> {
  if (programs.length === 1) return programs[0].slice();
  const joined = new Int32Array(programs.reduce((length, program) => length + program.length, 0));
  let at = 0;
  for (const program of programs) {
    joined.set(program, at);
    at += program.length;
  }
  return joined;
}

/** The programs of `joinPrograms`, without a copy. */
export function splitPrograms(joined: Int32Array<ArrayBuffer>): Program[] {
  const programs: Program[] = [];
  for (let at = 0; at < joined.length; ) {
    const { length } = programHeader(joined, at);
    programs.push(joined.subarray(at, at + length));
    at += length;
  }
  return programs;
}
