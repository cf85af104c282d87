/** How runs go as one picture: median and quartiles of what they have reached at each place. */
import { quantile } from "../../base/stats.ts";

/** A run as a step function: `y[i]` holds from `x[i]` on, until the next. Equally long, `x` rising. */
export interface Course {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Quartiles over the runs at a place. */
export interface BandPoint {
  readonly x: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * Median and quartiles over runs, at `count` places evenly apart from the last beginning to the first end: where all
 * runs go on, so that the band is of the same runs everywhere. Empty where there is no such place.
 *
 * @param courses runs; those without points are left out
 * @param whole   whether places are whole numbers, such as generations; then there may be fewer of them
 */
export function bandOf(courses: readonly Course[], count = 160, whole = false): BandPoint[] {
  const given = courses.filter(({ x }) => x.length > 0);
  if (given.length === 0) return [];
  const from = Math.max(...given.map(({ x }) => x[0]));
  const to = Math.min(...given.map(({ x }) => x[x.length - 1]));
  if (from > to) return [];
  const even = Array.from({ length: count }, (_, place) => from + ((to - from) * place) / Math.max(1, count - 1));
  const places = [...new Set(whole ? even.map(Math.round) : even)];
  return places.map((x) => {
    const values = given.map((course) => valueAt(course, x));
    return { x, low: quantile(values, 0.25), median: quantile(values, 0.5), high: quantile(values, 0.75) };
  });
}

/** What a course has reached at `x`; NaN before its beginning. */
export function valueAt({ x, y }: Course, at: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? Number.NaN : y[low - 1];
}
