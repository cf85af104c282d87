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

/** A line of timings.jsonl, as far as it is summed up. */
interface Timed {
  readonly totalSeconds?: number;
}

/** Of a run without lines. */
export const NO_TOTALS: RunTotals = { lines: 0, steps: 0, seconds: 0, timed: 0, operators: {} };

/** The totals with more lines of generations.jsonl and timings.jsonl. */
export function addTotals(before: RunTotals, generations: readonly Told[], timings: readonly Timed[]): RunTotals {
  const sums = new Sums(before);
  for (const line of generations) sums.add(line);
  for (const line of timings) sums.time(line);
  return sums.totals;
}

/** Totals that lines are added to. */
class Sums {
  #lines: number;
  #timed: number;
  #operators: Map<string, [children: number, elites: number]>;
  steps: number;
  seconds: number;

  constructor({ lines, steps, seconds, timed, operators }: RunTotals = NO_TOTALS) {
    this.#lines = lines;
    this.#timed = timed;
    this.#operators = new Map(
      Object.entries(operators).map(([operator, [children, elites]]) => [operator, [children, elites]]),
    );
    this.steps = steps;
    this.seconds = seconds;
  }

  add({ steps = 0, selection }: Told): void {
    this.#lines++;
    this.steps += steps;
    const operators = selection?.operators ?? {};
    for (const operator of Object.keys(operators)) {
      const sum = this.#operators.get(operator) ?? [0, 0];
      sum[0] += operators[operator][0];
      sum[1] += operators[operator][1];
      this.#operators.set(operator, sum);
    }
  }

  time({ totalSeconds = 0 }: Timed): void {
    this.#timed++;
    this.seconds += totalSeconds;
  }

  get totals(): RunTotals {
    const { steps, seconds } = this;
    return { lines: this.#lines, steps, seconds, timed: this.#timed, operators: Object.fromEntries(this.#operators) };
  }
}

/** What had been spent when a generation was done. */
export interface CoursePoint {
  readonly steps: number;
  readonly seconds: number;
}

/** What had been spent at each generation, from the lines of both files. */
export function courseOf(generations: readonly Told[], timings: readonly Timed[]): CoursePoint[] {
  return sumUp(generations, timings, 0).course;
}

/** What lines come to, and those that stand for all. */
export interface RunLines {
  readonly generations: readonly unknown[];
  readonly timings: readonly unknown[];
  readonly totals: RunTotals;
  /** What had been spent at each of the generations above. */
  readonly course: readonly CoursePoint[];
}

/**
 * Sums up lines as they come, so that those of a long run that stand for none but themselves need not be held.
 *
 * @param count how many generations come, about
 */
export function gatherLines(generations: Iterable<Told>, timings: readonly Timed[], count: number): RunLines {
  const { kept, course, totals } = sumUp(generations, timings, count);
  return { generations: kept, timings: thinLines(timings), totals, course };
}

function sumUp(generations: Iterable<Told>, timings: readonly Timed[], count: number) {
  const stride = strideOf(count, LINES_SHOWN);
  const sums = new Sums();
  const kept: Told[] = [];
  const course: CoursePoint[] = [];
  let place = 0;
  let last: Told | undefined;
  const keep = (line: Told) => {
    kept.push(line);
    course.push({ steps: sums.steps, seconds: sums.seconds });
  };
  for (const line of generations) {
    sums.add(line);
    if (place < timings.length) sums.time(timings[place]);
    if (place % stride === 0) keep(line);
    last = line;
    place++;
  }
  if (last !== undefined && kept.at(-1) !== last) keep(last);
  for (const line of timings.slice(place)) sums.time(line);
  return { kept, course, totals: sums.totals };
}

/** Every second, third, ... of the lines and the last, so that there are at most `most` and one; all if they are no more. */
export function thinLines<Line>(lines: readonly Line[], most = LINES_SHOWN): readonly Line[] {
  const stride = strideOf(lines.length, most);
  if (stride === 1) return lines;
  return lines.filter((_, place) => place % stride === 0 || place === lines.length - 1);
}

function strideOf(count: number, most: number): number {
  return Math.max(1, Math.ceil(count / most));
}
