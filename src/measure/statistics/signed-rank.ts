/**
 * Wilcoxon's signed-rank test: whether paired differences lie about 0.
 *
 * Wilcoxon 1945, "Individual comparisons by ranking methods"; with ties as Hollander & Wolfe 1999, section 3.1.
 */
import { checkFinite } from "../../base/check.ts";
import { normalProbability } from "./normal.ts";

/** What the test gives. */
export interface SignedRankTest {
  /** Sum of the ranks of the positive differences (R's V). */
  readonly statistic: number;
  /** Differences that are not 0: the others are left out, as Wilcoxon does. */
  readonly count: number;
  /** Two-sided: how probable a statistic at least as far from its middle is if signs were drawn by coin. 1 without differences. */
  readonly p: number;
}

/** Up to this many differences the distribution is computed exactly, ties or not; SciPy and R likewise without ties. */
const EXACT = 50;

/**
 * Tests whether differences lie about 0, two-sided.
 *
 * Equal sizes share the mean of their ranks. Up to 50 differences p is exact, also with ties: the share of all signs
 * of the ranks at hand (Streitberg & Röhmel 1986), as R's `coin` and `exactRankTests` compute it. Above, it is the
 * normal approximation with corrections for ties and continuity, as R's `wilcox.test` computes it.
 *
 * Sizes that agree in ten digits are equal, so that accuracies such as 0.3 - 0.2 and 0.2 - 0.1 tie.
 *
 * @param differences finite
 * @throws UsageError if one is not finite
 */
export function signedRankTest(differences: ArrayLike<number>): SignedRankTest {
  checkFinite("differences", differences);
  const rounded = Array.from(differences, (value) => Number(value.toPrecision(10))).filter((value) => value !== 0);
  const count = rounded.length;
  if (count === 0) return { statistic: 0, count, p: 1 };
  const { ranks, ties } = rankSizes(rounded);
  const statistic = ranks.reduce((sum, rank, index) => sum + (rounded[index] > 0 ? rank : 0), 0);
  return { statistic, count, p: count <= EXACT ? exactP(ranks, statistic) : approximateP(count, ties, statistic) };
}

/** Ranks of the sizes from 1, and how many share each. */
function rankSizes(values: readonly number[]): { ranks: number[]; ties: number[] } {
  const order = values.map((_, index) => index).sort((a, b) => Math.abs(values[a]) - Math.abs(values[b]));
  const ranks = new Array<number>(values.length);
  const ties: number[] = [];
  for (let start = 0, end: number; start < order.length; start = end) {
    const size = Math.abs(values[order[start]]);
    for (end = start; end < order.length && Math.abs(values[order[end]]) === size; end++);
    for (let place = start; place < end; place++) ranks[order[place]] = (start + 1 + end) / 2;
    ties.push(end - start);
  }
  return { ranks, ties };
}

/** From the probability of every sum, in half ranks, when each sign is as likely as the other. */
function exactP(ranks: readonly number[], statistic: number): number {
  const halves = ranks.map((rank) => 2 * rank);
  const total = halves.reduce((sum, value) => sum + value, 0);
  const probabilities = new Float64Array(total + 1);
  probabilities[0] = 1;
  for (const half of halves) {
    for (let sum = total; sum >= 0; sum--) {
      probabilities[sum] = 0.5 * (probabilities[sum] + (sum >= half ? probabilities[sum - half] : 0));
    }
  }
  // The distribution is symmetric: twice the smaller tail.
  const tail = Math.min(2 * statistic, total - 2 * statistic);
  return Math.min(1, 2 * probabilities.subarray(0, tail + 1).reduce((sum, value) => sum + value, 0));
}

function approximateP(count: number, ties: readonly number[], statistic: number): number {
  const middle = (count * (count + 1)) / 4;
  const tied = ties.reduce((sum, tie) => sum + tie ** 3 - tie, 0) / 48;
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24 - tied);
  const distance = Math.max(0, Math.abs(statistic - middle) - 0.5);
  return Math.min(1, 2 * normalProbability(-distance / deviation));
}
