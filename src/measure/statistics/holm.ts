/** Holm's correction of several tests. Holm 1979, "A simple sequentially rejective multiple test procedure". */
import { checkNumber } from "../../base/check.ts";

/**
 * Adjusts p of several tests of one question, so that under a level of 5 % the chance of any false finding among them
 * all is at most 5 %.
 *
 * @param probabilities in [0, 1], in any order
 * @returns the adjusted ones in the same order, as R's `p.adjust(p, "holm")`
 * @throws UsageError if one is outside of [0, 1]
 */
export function holm(probabilities: readonly number[]): number[] {
  for (const p of probabilities) checkNumber("p", p, 0, 1);
  const order = probabilities.map((_, index) => index).sort((a, b) => probabilities[a] - probabilities[b]);
  const adjusted = new Array<number>(order.length);
  let least = 0;
  order.forEach((index, place) => {
    least = Math.max(least, Math.min(1, (order.length - place) * probabilities[index]));
    adjusted[index] = least;
  });
  return adjusted;
}
