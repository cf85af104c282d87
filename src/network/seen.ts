/** How the loss depends on what is brought to a network's outputs, at some examples and one shared weight after another. */
import { type Rows, zeroRows } from "./dots.ts";

/** Examples, and what is to be told of them. */
export interface Lesson {
  /** Row-major [examples x inputs]. */
  readonly inputs: Float32Array;
  /**
   * Is given the outputs, row-major [examples x outputs], and writes the first and second derivative of the mean loss by
   * each.
   */
  readonly slopes: (outputs: Float32Array, slopes: Float32Array, curvatures: Float32Array) => void;
}

/**
 * Of each output how the mean score over the weights changes with what a connection to it brings at one of them, a value
 * times that weight; a column for each example.
 */
export interface Slopes {
  /** Minus the derivative of the loss by that value. */
  readonly linear: Rows;
  /** Half of the second derivative. */
  readonly square: Rows;
}

/**
 * The slopes at one weight.
 *
 * @param outputs what the network, whose outputs are linear, gives there: a row of examples for each output
 * @param weights how many there are, over which the mean is
 * @param width   columns of the rows that are made, at least the examples; those that are left over are 0
 */
export function slopesAt(
  { slopes }: Lesson,
  outputs: readonly Float32Array[],
  weight: number,
  weights: number,
  width: number,
): Slopes {
  const [count, examples] = [outputs.length, outputs[0].length];
  const given = new Float32Array(examples * count);
  outputs.forEach((row, output) => {
    for (let example = 0; example < examples; example++) given[example * count + output] = row[example];
  });
  const [first, second] = [new Float32Array(given.length), new Float32Array(given.length)];
  slopes(given, first, second);
  const [linear, square] = [zeroRows(count, width), zeroRows(count, width)];
  const [linearFactor, squareFactor] = [-weight / weights, (weight * weight) / (2 * weights)];
  for (let output = 0; output < count; output++) {
    const to = output * linear.width;
    for (let example = 0; example < examples; example++) {
      linear.values[to + example] = first[example * count + output] * linearFactor;
      square.values[to + example] = second[example * count + output] * squareFactor;
    }
  }
  return { linear, square };
}

/**
 * The slopes summed over weights, for the values of inputs, which do not depend on the weight.
 *
 * @param all     the slopes at each weight
 * @param factors of the value at each weight: 1, or the weight where a linear node passes it on
 */
export function summed(all: readonly Slopes[], factors: readonly number[]): Slopes {
  const sum = (rows: readonly Rows[], factors: readonly number[]): Rows => {
    const { count, width } = rows[0];
    const values = new Float32Array(count * width);
    rows.forEach((row, at) => {
      const factor = factors[at];
      for (let place = 0; place < values.length; place++) values[place] += factor * row.values[place];
    });
    return { values, count, width };
  };
  const squares = factors.map((factor) => factor * factor);
  return {
    linear: sum(
      all.map(({ linear }) => linear),
      factors,
    ),
    square: sum(
      all.map(({ square }) => square),
      squares,
    ),
  };
}
