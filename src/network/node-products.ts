/**
 * Products of what all nodes of a program give, at a batch of examples and one shared weight after another, with slopes
 * that follow from its outputs; in plain TypeScript and on the kernels.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { addDots, type Products, type Rows, sumsLength, totals, zeroRows, zeroSums } from "./dots.ts";
import { createForward, outputSlots } from "./forward.ts";
import { type Program, programHeader } from "./program.ts";
import type { Slopes } from "./seen.ts";

/** Is given the place of a weight, and a row of examples for each output, good until it returns; the slopes have columns as the inputs. */
export type SlopesOf = (weight: number, outputs: readonly Float32Array[]) => Slopes;

/**
 * Gives the products [nodes x outputs], summed over examples and weights.
 *
 * @param inputs the bias and the inputs; columns beyond the examples are 0, and whole blocks (`inBlocks`) with them
 */
export type NodeProducts = (
  program: Program,
  inputs: Rows,
  examples: number,
  weights: readonly number[],
  slopesOf: SlopesOf,
) => Products;

/** The products in plain TypeScript: the definition of correct. */
export const plainNodeProducts: NodeProducts = (program, inputs, examples, weights, slopesOf) => {
  const { inputCount, outputCount, nodeCount } = programHeader(program);
  const { width } = inputs;
  const forward = createForward(program);
  const sums = zeroSums(nodeCount, outputCount);
  const rows = zeroRows(nodeCount, width);
  const rowOf = (slot: number) => rows.values.subarray((slot - 1 - inputCount) * width).subarray(0, examples);
  weights.forEach((weight, at) => {
    for (let example = 0; example < examples; example++) {
      const given = Float32Array.from(
        { length: inputCount },
        (_, input) => inputs.values[(1 + input) * width + example],
      );
      const values = forward(given, weight);
      for (let node = 0; node < nodeCount; node++) rows.values[node * width + example] = values[1 + inputCount + node];
    }
    const { linear, square } = slopesOf(at, Array.from(outputSlots(program), rowOf));
    addDots(rows, linear, square, sums);
  });
  return totals(sums);
};

/** The products on the kernels, in the same bits, the values left where they are. `slopesOf` must not use the kernel. */
export function createKernelNodeProducts(kernel: Kernel): NodeProducts {
  return (program, { values: given, width }, examples, weights, slopesOf) => {
    const { inputCount, outputCount, nodeCount, slotCount } = programHeader(program);
    const size = sumsLength(nodeCount, outputCount);
    const words = program.length + width * (slotCount + nodeCount + 2 * outputCount) + 1 + 2 * size;
    kernel.reserve(4 * words, 8);
    const code = kernel.integers(program.length);
    const values = kernel.floats(width * slotCount);
    const before = kernel.floats(width * nodeCount);
    const factor = kernel.floats(1);
    const [left, right] = [kernel.floats(width * outputCount), kernel.floats(width * outputCount)];
    const [first, second] = [kernel.floats(size).fill(0), kernel.floats(size).fill(0)];
    code.set(program);
    values.set(given);
    const rowOf = (slot: number) => values.subarray(slot * width, slot * width + examples);
    const { gradientForward, dots } = kernel.exports;
    const stride = width * 4;
    const nodes = values.byteOffset + (1 + inputCount) * stride;
    weights.forEach((weight, at) => {
      factor[0] = weight;
      gradientForward(code.byteOffset, values.byteOffset, before.byteOffset, stride, factor.byteOffset, 0);
      const { linear, square } = slopesOf(at, Array.from(outputSlots(program), rowOf));
      left.set(linear.values);
      right.set(square.values);
      const [b, c] = [left.byteOffset, right.byteOffset];
      dots(nodes, nodeCount, b, c, outputCount, stride, first.byteOffset, second.byteOffset);
    });
    return totals({ first, second });
  };
}
