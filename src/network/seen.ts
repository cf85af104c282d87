/** What a network does at some examples and shared weights: values of all nodes, errors, curvatures; as rows to multiply. */
import { f32 } from "../base/float32.ts";
import { activationCode, activationOf } from "../genome/activations.ts";
import type { Rows } from "./dots.ts";
import type { Gradient } from "./gradient.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "./program.ts";

const LINEAR = activationCode("linear");

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
  readonly program: Program;
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
  /** What a unit more of what a node is given through a connection gains. */
  readonly errors: Rows;
  /** Half of the curvature of the loss, likewise; of each output. */
  readonly curvatures: Rows;
}

/** Puts the examples of a lesson through a network, and errors back, at each weight. */
export function look(program: Program, gradient: Gradient, lesson: Lesson, weights: readonly number[]): Seen {
  const { inputCount, outputCount, nodeCount, outputs } = programHeader(program);
  const outputSlots = program.slice(outputs, outputs + outputCount);
  const examples = lesson.inputs.length / inputCount;
  const [width, inputWidth] = [inFours(weights.length * examples), inFours(examples)];
  const rows = (count: number, columns: number) => ({ values: new Float32Array(count * columns), count });
  const [inputs, nodes, errors] = [rows(1 + inputCount, inputWidth), rows(nodeCount, width), rows(nodeCount, width)];
  const curvatures = rows(outputCount, width);
  weights.forEach((weight, at) => {
    const column = at * examples;
    const { values, errors: back } = gradient(lesson.inputs, weight, (given, slopes) => {
      const curves = new Float32Array(slopes.length);
      lesson.slopes(given, slopes, curves);
      outputSlots.forEach((slot, output) => {
        // Of an output that is not linear the curvature is not known.
        if (program[HEADER_LENGTH + (slot - 1 - inputCount) * NODE_LENGTH] !== LINEAR) return;
        for (let example = 0; example < examples; example++) {
          const curve = curves[example * outputCount + output];
          curvatures.values[output * width + column + example] = (curve * weight * weight) / (2 * weights.length);
        }
      });
    });
    for (let slot = 0; slot <= inputCount; slot++) inputs.values.set(values(slot), slot * inputWidth);
    for (let node = 0; node < nodeCount; node++) {
      const to = node * width + column;
      const error = back(1 + inputCount + node);
      nodes.values.set(values(1 + inputCount + node), to);
      for (let example = 0; example < examples; example++) {
        errors.values[to + example] = (error[example] * -weight) / weights.length;
      }
    }
  });
  return { program, inputCount, outputSlots, examples, width, inputWidth, inputs, nodes, errors, curvatures };
}

/** Errors and curvatures summed over weights, each times a power of the weight: for what does not depend on it itself. */
export function flatten(
  { errors, curvatures, examples, width, inputWidth }: Seen,
  weights: readonly number[],
  power: 0 | 1,
) {
  const sum = (rows: Rows, exponent: number): Rows => {
    const values = new Float32Array(rows.count * inputWidth);
    for (let row = 0; row < rows.count; row++) {
      weights.forEach((weight, at) => {
        const factor = weight ** exponent;
        const from = row * width + at * examples;
        for (let example = 0; example < examples; example++) {
          values[row * inputWidth + example] += factor * rows.values[from + example];
        }
      });
    }
    return { values, count: rows.count };
  };
  return { errors: sum(errors, power), curvatures: sum(curvatures, 2 * power) };
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
  for (const slot of slots) {
    for (let at = 0; at < weights.length * examples; at++) {
      values[at] +=
        slot <= inputCount
          ? inputs.values[slot * inputWidth + (at % examples)]
          : nodes.values[(slot - 1 - inputCount) * width + at];
    }
  }
  for (let at = 0; at < weights.length * examples; at++) {
    values[at] = apply(f32(weights[Math.floor(at / examples)] * values[at]));
  }
  return values;
}

/** Calls with each connection of a program: its place, its source as a slot, and its target as a node. */
export function eachConnection(program: Program, call: (connection: number, slot: number, node: number) => void): void {
  const { nodeCount, sources } = programHeader(program);
  let connection = 0;
  for (let node = 0; node < nodeCount; node++) {
    const end = connection + program[HEADER_LENGTH + node * NODE_LENGTH + 2];
    for (; connection < end; connection++) call(connection, program[sources + connection], node);
  }
}

function inFours(count: number): number {
  return Math.ceil(count / 4) * 4;
}
