/** What one champion says of a number to be told of a row: its value at each weight, in the number's own unit. */
import { createForward, outputSlots, STANDARD_WEIGHTS, summarize } from "../src/index.ts";
import { createNodeValues, type Player } from "./player.ts";

/** The answer for one row. */
export interface NumberAnswer {
  /** At each standard weight, [standard weights]. */
  readonly values: readonly number[];
  /** Mean and standard deviation over them. */
  readonly mean: number;
  readonly std: number;
}

/**
 * Prepares a champion to tell a number.
 *
 * @param target mean and standard deviation of the training rows, by which its output is to be undone
 */
export function createRegressor(player: Player, target: { readonly mean: number; readonly deviation: number }) {
  const { program } = player.network;
  const forward = createForward(program);
  const [slot] = outputSlots(program);
  /** The value for one row, [inputs], at one weight. */
  const valueAt = (inputs: ArrayLike<number>, weight: number): number =>
    target.mean + target.deviation * forward(inputs, weight)[slot];
  return {
    valueAt,
    /** The answer for one row, [inputs]. */
    tell(inputs: ArrayLike<number>): NumberAnswer {
      const values = STANDARD_WEIGHTS.map((weight) => valueAt(inputs, weight));
      return { values, ...summarize(values) };
    },
    /** The values of all nodes for one row at one weight, by position in the genome. */
    activate: createNodeValues(player),
  };
}
