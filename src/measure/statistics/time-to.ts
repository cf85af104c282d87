/** How long runs take to a given score, where some never get there. */
import { quantile } from "../../base/stats.ts";

/** Times of several runs; a quartile is undefined where too few got there for it to be known. */
export interface TimeTo {
  readonly runs: number;
  readonly reached: number;
  /** First quartile. */
  readonly low?: number;
  readonly median?: number;
  /** Third quartile. */
  readonly high?: number;
}

/**
 * Quartiles of the time to something over all runs, those that never got there included: they take longer than all
 * others, whenever they ended. So half of the runs must have got there for the median to be known.
 *
 * That is censoring by a budget: where all runs end at the same time, the estimate of Kaplan & Meier 1958 is the same.
 *
 * @param times of each run, in any unit; undefined where it never got there
 */
export function timeTo(times: readonly (number | undefined)[]): TimeTo {
  const known = times.map((time) => time ?? Number.POSITIVE_INFINITY);
  const quartile = (share: number) => {
    const time = quantile(known, share);
    return Number.isFinite(time) ? time : undefined;
  };
  return {
    runs: times.length,
    reached: times.filter((time) => time !== undefined).length,
    low: quartile(0.25),
    median: quartile(0.5),
    high: quartile(0.75),
  };
}
