/** What a network does at some examples and shared weights: the values of all nodes and how the loss depends on outputs. */
import { type Rows, zeroRows } from "./dots.ts";
import { type Program, programHeader } from "./program.ts";
import type { Values } from "./values.ts";

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

/** Of each output how the score changes with what a connection to it brings, a value times the shared weight. */
export interface Slopes {
  /** Minus the derivative of the loss by that value. */
  readonly linear: Rows;
  /** Half of the second derivative. */
  readonly square: Rows;
}

/** What was seen of a network: rows of a column for each weight and example, weight by weight. */
export interface Seen extends Slopes {
  /** Values of the bias and the inputs, which have one column for each example. */
  readonly inputs: Rows;
  /** Values of the nodes. */
  readonly nodes: Rows;
}

/** Puts the examples of a lesson through a network, whose outputs are linear, at each weight. */
export function look(program: Program, valuesOf: Values, lesson: Lesson, weights: readonly number[]): Seen {
  const { inputCount, outputCount, nodeCount, outputs } = programHeader(program);
  const examples = lesson.inputs.length / inputCount;
  const columns = weights.length * examples;
  const [inputs, nodes] = [zeroRows(1 + inputCount, examples), zeroRows(nodeCount, columns)];
  const [linear, square] = [zeroRows(outputCount, columns), zeroRows(outputCount, columns)];
  const given = new Float32Array(examples * outputCount);
  const [first, second] = [new Float32Array(given.length), new Float32Array(given.length)];
  valuesOf(program, lesson.inputs, weights, (at, values) => {
    const [weight, column] = [weights[at], at * examples];
    if (at === 0) for (let slot = 0; slot <= inputCount; slot++) inputs.values.set(values(slot), slot * inputs.width);
    for (let node = 0; node < nodeCount; node++) {
      nodes.values.set(values(1 + inputCount + node), node * nodes.width + column);
    }
    for (let output = 0; output < outputCount; output++) {
      const row = values(program[outputs + output]);
      for (let example = 0; example < examples; example++) given[example * outputCount + output] = row[example];
    }
    lesson.slopes(given, first, second);
    const [linearFactor, squareFactor] = [-weight / weights.length, (weight * weight) / (2 * weights.length)];
    for (let output = 0; output < outputCount; output++) {
      const to = output * linear.width + column;
      for (let example = 0; example < examples; example++) {
        linear.values[to + example] = first[example * outputCount + output] * linearFactor;
        square.values[to + example] = second[example * outputCount + output] * squareFactor;
      }
    }
  });
  return { inputs, nodes, linear, square };
}

/**
 * The slopes summed over weights, for the values of inputs, which do not depend on the weight.
 *
 * @param factors of the value at each weight: 1, or the weight where a linear node passes it on
 */
export function summed({ linear, square, inputs }: Seen, examples: number, factors: readonly number[]): Slopes {
  const sum = (rows: Rows, factors: readonly number[]): Rows => {
    const { values } = zeroRows(rows.count, inputs.width);
    for (let row = 0; row < rows.count; row++) {
      factors.forEach((factor, at) => {
        const from = row * rows.width + at * examples;
        const to = row * inputs.width;
        for (let example = 0; example < examples; example++) {
          values[to + example] += factor * rows.values[from + example];
        }
      });
    }
    return { values, count: rows.count, width: inputs.width };
  };
  const squares = factors.map((factor) => factor * factor);
  return { linear: sum(linear, factors), square: sum(square, squares) };
}
