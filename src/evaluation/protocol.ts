/** The messages between the pool and its workers: programs and scores cross as transferred typed arrays. */
import { type Program, programHeader } from "../network/program.ts";
import type { TaskSource } from "../tasks/registry.ts";
import type { Trial } from "../tasks/task.ts";

/** What a worker is started with. Data sets lie in shared memory and are not copied. */
export interface WorkerSetup {
  readonly task: TaskSource;
}

/** A share of a generation. */
export interface Job {
  /** Programs one after the other; each says its own length. */
  readonly programs: Int32Array<ArrayBuffer>;
  /** Sizes of the families the programs fall into, in order. */
  readonly familySizes: readonly number[];
  /** The number of each program within its generation. */
  readonly indices: readonly number[];
  readonly trial: Trial;
}

/** What comes back: scores of all programs one after the other, or an error already in words. */
export type Answer =
  | { readonly scores: Float64Array<ArrayBuffer>; readonly steps: number }
  | { readonly error: string; readonly usage: boolean };

/** Joins programs into one array that can be transferred. */
export function joinPrograms(programs: readonly Program[]): Int32Array<ArrayBuffer> {
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
