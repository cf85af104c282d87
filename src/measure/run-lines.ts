/** What the lines of a long run come to, and the few of them that stand for all where a page draws it. */
import type { Selection } from "../search/selection.ts";

/** Lines that stand for all, at most: more than a chart has dots. */
export const LINES_SHOWN = 1000;

/** Sums over all lines of a run's generations and timings. */
export interface RunTotals {
  /** Generations, epochs or steps that are recorded. */
  readonly lines: number;
  /** Environment steps, or examples seen. */
  readonly steps: number;
  /** Seconds of the generations whose times are recorded, and how many those are. */
  readonly seconds: number;
  readonly timed: number;
  /** Of each operator the children it had a part in, and how many of them went on as elites. */
  readonly operators: Selection["operators"];
}

/** A line of generations.jsonl, as far as it is summed up. */
interface Told {
  readonly steps?: number;
  readonly selection?: { readonly operators?: Selection["operators"] };
}

/** Of a run without lines. */
export const NO_TOTALS: RunTotals = { lines: 0, steps: 0, seconds: 0, timed: 0, operators: {} };

/** The totals with more lines of generations.jsonl and timings.jsonl. */
export function addTotals(
  before: RunTotals,
  generations: readonly Told[],
  timings: readonly { readonly totalSeconds?: number }[],
): RunTotals {
  const operators: Record<string, readonly [number, number]> = { ...before.operators };
  let { steps, seconds } = before;
  for (const line of generations) {
    steps += line.steps ?? 0;
    for (const [operator, [children, elites]] of Object.entries(line.selection?.operators ?? {})) {
      const [earlier, gone] = operators[operator] ?? [0, 0];
      operators[operator] = [earlier + children, gone + elites];
    }
  }
  for (const { totalSeconds = 0 } of timings) seconds += totalSeconds;
  const lines = before.lines + generations.length;
  return { lines, steps, seconds, timed: before.timed + timings.length, operators };
}

/** What had been spent when a generation was done. */
export interface CoursePoint {
  readonly steps: number;
  readonly seconds: number;
}

/** What had been spent at each generation, from the lines of both files. */
export function courseOf(
  generations: readonly Told[],
  timings: readonly { readonly totalSeconds?: number }[],
): CoursePoint[] {
  let [steps, seconds] = [0, 0];
  return generations.map((line, place) => {
    steps += line.steps ?? 0;
    seconds += timings[place]?.totalSeconds ?? 0;
    return { steps, seconds };
  });
}

/** Every second, third, ... of the lines and the last, so that there are at most `most` and one; all if they are no more. */
export function thinLines<Line>(lines: readonly Line[], most = LINES_SHOWN): readonly Line[] {
  const stride = Math.ceil(lines.length / most);
  if (stride <= 1) return lines;
  return lines.filter((_, place) => place % stride === 0 || place === lines.length - 1);
}
