/**
 * How long runs take to a given score, where some never get there.
 *
 * Those are censored: all that is known is that it takes longer than they ran. The share that is there after a time is
 * estimated by the product limit (Kaplan & Meier 1958, "Nonparametric estimation from incomplete observations").
 */

/** One run: how long it took, or, where it never got there, how long it ran. Any unit. */
export interface Arrival {
  readonly time: number;
  readonly reached: boolean;
}

/** Times of several runs; undefined where too few got there for it to be known. */
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
 * Quartiles of the time to something. Where all runs got there, or all others ran at least as long as the slowest of
 * them, the median is the ordinary one.
 *
 * As R's `quantile(survfit(...))`: where exactly the share is there between two times, the middle of them. Differs from
 * it where the second of them is not known: then the quartile is not either, R takes the longest time of all.
 */
export function timeTo(arrivals: readonly Arrival[]): TimeTo {
  const times = [...new Set(arrivals.filter(({ reached }) => reached).map(({ time }) => time))].sort((a, b) => a - b);
  let missing = 1;
  const steps = times.map((time) => {
    const waiting = arrivals.filter((arrival) => arrival.time >= time).length;
    const arrived = arrivals.filter((arrival) => arrival.reached && arrival.time === time).length;
    missing *= 1 - arrived / waiting;
    return { time, missing };
  });
  const quantile = (share: number): number | undefined => {
    // Products of fractions are a rounding error away from the share they stand for.
    const first = steps.findIndex((step) => step.missing <= 1 - share + 1e-12);
    if (first < 0) return undefined;
    const { time, missing: left } = steps[first];
    const onTheShare = Math.abs(left - (1 - share)) <= 1e-12;
    if (!onTheShare) return time;
    return first + 1 < steps.length ? (time + steps[first + 1].time) / 2 : undefined;
  };
  return {
    runs: arrivals.length,
    reached: arrivals.filter(({ reached }) => reached).length,
    low: quantile(0.25),
    median: quantile(0.5),
    high: quantile(0.75),
  };
}
