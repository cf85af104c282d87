/** The standard normal distribution: its distribution function and its quantiles. */

/** Beyond this many standard deviations the tail is under 1e-15, less than the series resolves. */
const FAR = 8;

/** The probability of a value of at most `z`, with an absolute error below 1e-15 (Marsaglia 2004, section 3). */
export function normalProbability(z: number): number {
  if (z < -FAR) return 0;
  if (z > FAR) return 1;
  let sum = z;
  let term = z;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
}

/** The value below which a share of the distribution lies; -+Infinity at 0 and 1. */
export function normalQuantile(share: number): number {
  if (share <= 0) return -Infinity;
  if (share >= 1) return Infinity;
  let [low, high] = [-FAR, FAR];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalProbability(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
