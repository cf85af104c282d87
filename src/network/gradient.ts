/**
 * Gradients of a loss through a program in plain TypeScript: the definition of correct.
 *
 * Backpropagation (Rumelhart, Hinton & Williams 1986) over the nodes in reverse order. Everything is rounded to single
 * precision in a stated order, so the kernel agrees bit for bit (twin: kernel/assembly/gradient.ts, driven by
 * network/gradient-kernel.ts).
 *
 * Of a node, value = activation(x) with x = weight * sum of sources, or the sum of weight * source. With e the
 * derivative of the loss by x, averaged or summed over examples as the loss is:
 *
 *     by the weight of a connection u -> v     value(u) * e(v)            also if all weights are one shared weight,
 *                                                                         whose own derivative is the sum of these
 *     of a new connection u -> v, first order  weight * value(u) * e(v)   a removed one: the same, with a minus
 *
 * Nodes saturate at +-2^60; beyond that their derivative is 0. So do errors, so that with weights of at most 2^60
 * every gradient is finite.
 */
import { checkFinite } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { f32, saturate32 } from "../base/float32.ts";
import { activationOf } from "../genome/activations.ts";
import { createForward, type Weights } from "./forward.ts";
import { checkIndividualWeights, HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "./program.ts";

/** How gradients are taken. */
export interface GradientOptions {
  /**
   * The derivative of an activation that is flat nearly everywhere, which is the step: its surrogate
   * (genome/activations.ts), by default, or the true 0.
   */
  readonly flat?: "surrogate" | "zero";
}

/**
 * The derivative of a loss by the outputs: is given the outputs and writes the derivatives, both row-major
 * [examples x outputs]. It must not use the kernel that the gradient is taken with.
 */
export type LossDerivative = (outputs: Float32Array, derivatives: Float32Array) => void;

/** Gradients of a loss at a batch of examples. Good until the next call. */
export interface Gradients {
  /** By the weight of each connection of the program, summed over the examples, [connections]. */
  readonly connections: Float32Array;
  /** The values of a slot (bias, inputs, nodes), [examples]. */
  values(slot: number): Float32Array;
  /** The derivatives by the sum of a node, before its activation; of the bias and inputs by their value. [examples] */
  errors(slot: number): Float32Array;
}

/**
 * Takes the gradients of a loss at a batch of examples.
 *
 * @param inputs  row-major [examples x inputs], at least one example
 * @param weights one for all connections, or one for each connection of the program; at most 2^60 in size
 * @throws UsageError if the inputs are not whole examples, the weights not one for each connection, or the loss writes
 *         derivatives that are not finite
 */
export type Gradient = (inputs: Float32Array, weights: Weights, loss: LossDerivative) => Gradients;

/** Prepares the gradients of a program, in plain TypeScript. */
export function createGradient(program: Program, { flat = "surrogate" }: GradientOptions = {}): Gradient {
  const { inputCount, outputCount, nodeCount, connectionCount, slotCount, sources, outputs } = programHeader(program);
  const forward = createForward(program);
  const node = (index: number) => HEADER_LENGTH + index * NODE_LENGTH;
  const derivatives = Array.from({ length: nodeCount }, (_, index) => {
    const { derivative, surrogate } = activationOf(program[node(index)]);
    return (flat === "surrogate" && surrogate) || derivative;
  });

  return (inputs, weights, loss) => {
    const count = countExamples(program, inputs, weights);
    const rows = () => Array.from({ length: slotCount }, () => new Float32Array(count));
    const values = rows();
    const sums = rows();
    const errors = rows();
    const weightOf = typeof weights === "number" ? () => f32(weights) : (connection: number) => weights[connection];
    for (let example = 0; example < count; example++) {
      const computed = forward(
        inputs.subarray(example * inputCount, (example + 1) * inputCount),
        weights,
        (slot, sum) => {
          sums[slot][example] = sum;
        },
      );
      for (let slot = 0; slot < slotCount; slot++) values[slot][example] = computed[slot];
    }
    const outputRows = Array.from(program.subarray(outputs, outputs + outputCount), (slot) => values[slot]);
    outputErrors(outputRows, count, loss).forEach((row, output) => {
      addTo(errors[program[outputs + output]], row);
    });

    // Four sums of each connection, of the examples 0, 4, 8 .., 1, 5, 9 .. and so on: the lanes of the kernel.
    const partials = new Float32Array(connectionCount * LANES);
    let connection = connectionCount;
    for (let index = nodeCount - 1; index >= 0; index--) {
      const slot = 1 + inputCount + index;
      const error = errors[slot];
      for (let example = 0; example < count; example++) {
        const derivative = derivatives[index](sums[slot][example], values[slot][example]);
        error[example] = saturate32(f32(error[example] * derivative));
      }
      connection -= program[node(index) + 2];
      for (let at = connection; at < connection + program[node(index) + 2]; at++) {
        const source = program[sources + at];
        for (let example = 0; example < count; example++) {
          const partial = at * LANES + (example % LANES);
          partials[partial] = f32(partials[partial] + f32(error[example] * values[source][example]));
          errors[source][example] = f32(errors[source][example] + f32(weightOf(at) * error[example]));
        }
      }
    }
    return {
      connections: sumLanes(partials),
      values: (slot) => values[slot],
      errors: (slot) => errors[slot],
    };
  };
}

/** Sums that are kept of each connection, one for each lane of a vector. */
export const LANES = 4;

/**
 * The number of examples in a batch.
 *
 * @throws UsageError if the inputs are not whole examples, or the weights not one for each connection
 */
export function countExamples(program: Program, inputs: Float32Array, weights: Weights): number {
  const header = programHeader(program);
  if (typeof weights !== "number") checkIndividualWeights(header, weights);
  const count = inputs.length / header.inputCount;
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(
    `Expected the inputs of at least 1 example, ${header.inputCount} of each, got ${inputs.length} numbers.`,
  );
}

/**
 * The derivatives of the loss by each output, [outputs][examples].
 *
 * @param rows the outputs, [outputs][examples]
 * @throws UsageError if one is not finite
 */
export function outputErrors(
  rows: readonly Float32Array[],
  count: number,
  loss: LossDerivative,
): readonly Float32Array[] {
  const outputs = new Float32Array(count * rows.length);
  rows.forEach((row, output) => {
    for (let example = 0; example < count; example++) outputs[example * rows.length + output] = row[example];
  });
  const derivatives = new Float32Array(outputs.length);
  loss(outputs, derivatives);
  checkFinite("derivatives of the loss by the outputs", derivatives);
  return rows.map((_, output) =>
    Float32Array.from({ length: count }, (_, example) => derivatives[example * rows.length + output]),
  );
}

/** Adds the four sums of each connection, each saturated, so that infinities of both signs never meet. */
export function sumLanes(partials: Float32Array): Float32Array {
  const totals = new Float32Array(partials.length / LANES);
  for (let connection = 0, at = 0; connection < totals.length; connection++, at += LANES) {
    const low = f32(saturate32(partials[at]) + saturate32(partials[at + 1]));
    totals[connection] = f32(low + f32(saturate32(partials[at + 2]) + saturate32(partials[at + 3])));
  }
  return totals;
}

function addTo(row: Float32Array, other: Float32Array): void {
  for (let index = 0; index < row.length; index++) row[index] = f32(row[index] + other[index]);
}
