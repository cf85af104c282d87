/**
 * Bootstrap intervals: how far a figure of a sample may be from that of all there could be.
 *
 * Efron & Tibshirani 1993, "An Introduction to the Bootstrap", chapters 13 (percentile) and 14 (BCa).
 */
import { checkInteger, checkNumber } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { derive, type Label } from "../../base/rng.ts";
import { quantile } from "../../base/stats.ts";
import { normalProbability, normalQuantile } from "./normal.ts";

/** A figure, and the ends between which it lies with some confidence. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** How the ends are found: quantiles of the resamples' figures, as they are or corrected for bias and skew. */
export type BootstrapMethod = "percentile" | "bca";

/** How an interval is found. */
export interface BootstrapOptions {
  /** Seed of the resamples: the same seed and sample give the same interval. */
  readonly seed: Label;
  /** In (0, 1); default 0.95. */
  readonly confidence?: number;
  /** Samples drawn with replacement; default 10,000, with which the ends vary by seed by about 1 % of the width. */
  readonly resamples?: number;
  /** Default `bca`. */
  readonly method?: BootstrapMethod;
}

/**
 * The interval of a statistic of a sample.
 *
 * Quantiles are interpolated linearly and equal figures count half in the bias correction, both as SciPy's `bootstrap`
 * does; the book takes order statistics and those strictly below. A sample whose resamples all give one figure has an
 * interval of no width.
 *
 * @param items     the sample: runs, pairs of runs
 * @param statistic its figure; called with resamples of the same length, finite
 * @throws UsageError if the sample is empty, or a figure is not finite
 */
export function bootstrapInterval<Item>(
  items: readonly Item[],
  statistic: (items: readonly Item[]) => number,
  options: BootstrapOptions,
): Interval {
  const { seed, method = "bca" } = options;
  const confidence = checkNumber("confidence", options.confidence ?? 0.95, 0, 1);
  const count = checkInteger("resamples", options.resamples ?? 10_000, 1);
  if (items.length === 0) throw new UsageError("Expected at least one item to resample, got none.");
  const figure = (sample: readonly Item[]): number => {
    const value = statistic(sample);
    if (Number.isFinite(value)) return value;
    throw new UsageError(`Expected a finite figure of every resample, got ${value}: leave out what has none.`);
  };
  const estimate = figure(items);
  const rng = derive(seed, "bootstrap");
  const figures = Float64Array.from({ length: count }, () =>
    figure(items.map(() => items[rng.integer(items.length)])),
  ).sort();
  const tail = (1 - confidence) / 2;
  const shares = [tail, 1 - tail];
  const [low, high] = method === "percentile" ? shares : corrected(shares, figures, estimate, jackknife(items, figure));
  return { estimate, low: quantile(figures, low), high: quantile(figures, high) };
}

/** The figures of the sample with each item left out in turn. */
function jackknife<Item>(items: readonly Item[], figure: (items: readonly Item[]) => number): number[] {
  if (items.length === 1) return [];
  return items.map((_, left) => figure(items.filter((_, index) => index !== left)));
}

/** The shares of the sorted figures that BCa takes in place of those wanted: equations 14.10, 14.14 and 14.15. */
function corrected(shares: readonly number[], figures: Float64Array, estimate: number, left: readonly number[]) {
  const below = figures.reduce((sum, value) => sum + (value < estimate ? 1 : value === estimate ? 0.5 : 0), 0);
  const bias = normalQuantile(below / figures.length);
  // The estimate lies outside of all figures: there is nothing to correct by.
  if (!Number.isFinite(bias)) return shares;
  const center = left.reduce((sum, value) => sum + value, 0) / left.length;
  const squares = left.reduce((sum, value) => sum + (center - value) ** 2, 0);
  const cubes = left.reduce((sum, value) => sum + (center - value) ** 3, 0);
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  return shares.map((share) => {
    const z = bias + normalQuantile(share);
    return normalProbability(bias + z / (1 - acceleration * z));
  });
}
