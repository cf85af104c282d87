/** Statistics of a list of numbers, summed in order so that results are reproducible. */

/** Mean and spread of a list of scores. */
export interface Summary {
  mean: number;
  /** Standard deviation of the population (division by the count). */
  std: number;
}

/** The arithmetic mean; NaN for an empty list. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index];
  return sum / values.length;
}

/** Mean and standard deviation of `values`. */
export function summarize(values: ArrayLike<number>): Summary {
  const center = mean(values);
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index] - center) ** 2;
  return { mean: center, std: Math.sqrt(squares / values.length) };
}

/**
 * The value below which a share of `values` lies, linearly interpolated.
 *
 * @param share in [0, 1]; 0.5 is the median
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.ceil(position);
  return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
}

/** The median of `values`. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Index of the largest value, the first of equals; -1 for an empty list. */
export function argmax(values: ArrayLike<number>): number {
  let best = values.length > 0 ? 0 : -1;
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index;
  return best;
}
