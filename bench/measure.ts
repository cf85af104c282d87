/** Timing: warm-up, then the least and the mean of several rounds; everything is reported as a ratio inside one run. */
import { cpus } from "node:os";
import { summarize } from "precocial";

/** Seconds of several rounds. */
export interface Timing {
  readonly min: number;
  readonly mean: number;
  readonly std: number;
}

/** A line of the bench table: what was measured, how much, and what is expected of it. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note?: string;
  readonly target?: string;
}

/** Takes what is computed, so that nothing is optimised away. */
export const sink: { value: unknown } = { value: undefined };

/** Times `action` after one warm-up call. */
export async function measure(rounds: number, action: () => unknown): Promise<Timing> {
  sink.value = await action();
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    sink.value = await action();
    seconds.push((performance.now() - start) / 1000);
  }
  return { min: Math.min(...seconds), ...summarize(seconds) };
}

/** The machine, as a table's heading names it. */
export function machine(): string {
  return `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
}
