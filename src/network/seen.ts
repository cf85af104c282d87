/** What a network does at some examples and shared weights: the values of all nodes and how the loss depends on outputs. */
import { f32 } from "../base/float32.ts";
import { activationOf } from "../genome/activations.ts";
import type { Rows } from "./dots.ts";
import type { Gradient } from "./gradient.ts";
import { type Program, programHeader } from "./program.ts";

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

/** What was seen of a network. A row has a column for each weight and example, weight by weight. */
export interface Seen {
  readonly inputCount: number;
  readonly outputSlots: Int32Array;
  readonly examples: number;
  /** Columns, filled up with zeros to a multiple of 4. */
  readonly width: number;
  /** Columns of the rows of the bias and the inputs, which have one for each example. */
  readonly inputWidth: number;
  readonly inputs: Rows;
  /** Values of the nodes. */
  readonly nodes: Rows;
  /** Of each output, minus the derivative of the loss by what a connection brings. */
  readonly slopes: Rows;
  /** Of each output, half of the second derivative likewise. */
  readonly curves: Rows;
}

/** Puts the examples of a lesson through a network at each weight. Outputs must be linear. */
export function look(program: Program, gradient: Gradient, lesson: Lesson, weights: readonly number[]): Seen {
  const { inputCount, outputCount, nodeCount, outputs } = programHeader(program);
  const outputSlots = program.slice(outputs, outputs + outputCount);
  const examples = lesson.inputs.length / inputCount;
  const [width, inputWidth] = [inFours(weights.length * examples), inFours(examples)];
  const rows = (count: number, columns: number) => ({ values: new Float32Array(count * columns), count });
  const [inputs, nodes] = [rows(1 + inputCount, inputWidth), rows(nodeCount, width)];
  const [slopes, curves] = [rows(outputCount, width), rows(outputCount, width)];
  weights.forEach((weight, at) => {
    const column = at * examples;
    const { values } = gradient(lesson.inputs, weight, (given, first) => {
      const second = new Float32Array(first.length);
      lesson.slopes(given, first, second);
      for (let output = 0; output < outputCount; output++) {
        for (let example = 0; example < examples; example++) {
          const from = example * outputCount + output;
          const to = output * width + column + example;
          slopes.values[to] = (first[from] * -weight) / weights.length;
          curves.values[to] = (second[from] * weight * weight) / (2 * weights.length);
        }
      }
    });
    for (let slot = 0; slot <= inputCount; slot++) inputs.values.set(values(slot), slot * inputWidth);
    for (let node = 0; node < nodeCount; node++) nodes.values.set(values(1 + inputCount + node), node * width + column);
  });
  return { inputCount, outputSlots, examples, width, inputWidth, inputs, nodes, slopes, curves };
}

/**
 * Slopes and curves summed over weights: for values that do not depend on the weight.
 *
 * @param power 1: for values times the weight, such as those of a linear node that has them as its source
 */
export function summed(
  { slopes, curves, examples, width, inputWidth }: Seen,
  weights: readonly number[],
  power: 0 | 1,
): Pick<Seen, "slopes" | "curves"> {
  const sum = ({ values: all, count }: Rows, factors: readonly number[]): Rows => {
    const values = new Float32Array(count * inputWidth);
    for (let row = 0; row < count; row++) {
      factors.forEach((factor, at) => {
        const from = row * width + at * examples;
        for (let example = 0; example < examples; example++) {
          values[row * inputWidth + example] += factor * all[from + example];
        }
      });
    }
    return { values, count };
  };
  const factors = weights.map((weight) => (power === 1 ? weight : 1));
  return {
    slopes: sum(slopes, factors),
    curves: sum(
      curves,
      factors.map((factor) => factor * factor),
    ),
  };
}

/** The values that a node with these sources and this activation has, a row. */
export function valuesOf(
  seen: Seen,
  weights: readonly number[],
  slots: readonly number[],
  activation: number,
): Float32Array {
  const { examples, width, inputWidth, inputCount, inputs, nodes } = seen;
  const { apply } = activationOf(activation);
  const values = new Float32Array(width);
  weights.forEach((weight, at) => {
    const column = at * examples;
    for (const slot of slots) {
      const isInput = slot <= inputCount;
      const from = isInput ? slot * inputWidth : (slot - 1 - inputCount) * width + column;
      const given = isInput ? inputs.values : nodes.values;
      for (let example = 0; example < examples; example++) values[column + example] += given[from + example];
    }
    for (let to = column; to < column + examples; to++) values[to] = apply(f32(weight * values[to]));
  });
  return values;
}

/** Each value squared. */
export function squared({ values, count }: Rows): Rows {
  return { values: values.map((value) => value * value), count };
}

function inFours(count: number): number {
  return Math.ceil(count / 4) * 4;
}
