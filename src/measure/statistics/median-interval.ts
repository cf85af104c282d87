/**
 * The bootstrap interval of a median, exactly: from the median of every resample there is, rather than of some drawn.
 *
 * The percentile method (Efron & Tibshirani 1993, chapter 13) on the distribution of Efron 1979, "Bootstrap Methods:
 * Another Look at the Jackknife", section 3; that of even counts follows likewise. BCa would gain nothing here: its
 * acceleration comes from the jackknife, which is inconsistent for medians (Efron & Tibshirani 1993, section 11.6).
 */
import { checkFinite, checkNumber } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { median } from "../../base/stats.ts";
import type { Interval } from "./bootstrap.ts";

/**
 * The median of a sample and its interval: no random numbers, hence no seed.
 *
 * In simulations (1,500 samples each, normal and lognormal) intervals of 95 % held the true median in 92 to 95 % of
 * samples of 5 to 20. Of fewer than 6 values no interval can do better: all of 5 hold the median in 94 %.
 *
 * @param values     finite, in any order
 * @param confidence in [0, 1]; default 0.95
 * @throws UsageError if there are none, one is not finite, or the confidence is none
 */
export function medianInterval(values: ArrayLike<number>, confidence = 0.95): Interval {
  checkFinite("values", values);
  checkNumber("confidence", confidence, 0, 1);
  if (values.length === 0) throw new UsageError("Expected at least one value to take the median of, got none.");
  const medians = medianDistribution(Float64Array.from(values).sort());
  const tail = (1 - confidence) / 2;
  return { estimate: median(values), low: quantileOf(medians, tail), high: quantileOf(medians, 1 - tail) };
}

/** A median of resamples, and the share of them that has it. */
interface Outcome {
  readonly value: number;
  readonly share: number;
}

/** The medians of all resamples of sorted values, rising; equal ones may stand apart. */
function medianDistribution(sorted: Float64Array): Outcome[] {
  const count = sorted.length;
  const half = Math.floor(count / 2);
  // The draw above the lower half is at most the k-th value where more than half of the draws are.
  const ways = logChoose(count);
  const atMost = Array.from({ length: count + 1 }, (_, k) => binomialTail(ways, half + 1, k / count));
  const outcomes = Array.from(sorted, (value, k) => ({ value, share: atMost[k + 1] - atMost[k] }));
  if (count % 2 === 1) return outcomes;
  // Of even counts the median is the mean of that draw and the one below. They are the i-th and j-th value where half
  // of the draws have the i-th as their largest, and the others the j-th as their smallest.
  const power = (share: number) => (share > 0 ? Math.exp(ways[half] / 2 + half * Math.log(share)) : 0);
  const steps = Array.from(sorted, (_, k) => power((k + 1) / count) - power(k / count));
  const apart: Outcome[] = [];
  outcomes.forEach((above, j) => {
    for (let i = 0; i < j; i++) {
      const share = steps[i] * steps[count - 1 - j];
      apart.push({ value: (sorted[i] + sorted[j]) / 2, share });
      above.share -= share;
    }
  });
  return [...outcomes, ...apart].sort((a, b) => a.value - b.value);
}

/** The smallest value up to which at least a share lies. */
function quantileOf(outcomes: readonly Outcome[], share: number): number {
  let sum = 0;
  // A rounding error of the sum of all.
  const wanted = Math.min(share, 1 - 1e-12);
  for (const outcome of outcomes) {
    sum += outcome.share;
    if (sum >= wanted) return outcome.value;
  }
  return outcomes[outcomes.length - 1].value;
}

/** The probability of at least `least` successes in as many trials as `ways` is of. */
function binomialTail(ways: Float64Array, least: number, probability: number): number {
  if (probability <= 0 || probability >= 1) return probability;
  const [success, failure] = [Math.log(probability), Math.log(1 - probability)];
  const count = ways.length - 1;
  let sum = 0;
  for (let successes = least; successes <= count; successes++) {
    sum += Math.exp(ways[successes] + successes * success + (count - successes) * failure);
  }
  return sum;
}

/** Logarithms of the numbers of ways to choose 0, 1, ... `count` of `count`: they grow beyond any double. */
function logChoose(count: number): Float64Array {
  const ways = new Float64Array(count + 1);
  for (let some = 1; some <= count; some++) ways[some] = ways[some - 1] + Math.log((count - some + 1) / some);
  return ways;
}
