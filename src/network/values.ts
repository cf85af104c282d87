/** The values of all nodes of a program at a batch of examples and several shared weights, in plain TypeScript and on the kernels. */
import type { Kernel } from "../kernel/kernel.ts";
import { createForward } from "./forward.ts";
import { fillInputs, inBlocks } from "./gradient-kernel.ts";
import { type Program, programHeader } from "./program.ts";

/** Is given the place of a weight, and the values of each slot there, [examples], good until it returns. */
export type Look = (weight: number, values: (slot: number) => Float32Array) => void;

/** Computes a program at each weight in turn. @param inputs row-major [examples x inputs] */
export type Values = (program: Program, inputs: Float32Array, weights: readonly number[], look: Look) => void;

/** The values in plain TypeScript: the definition of correct. */
export const plainValues: Values = (program, inputs, weights, look) => {
  const { inputCount, slotCount } = programHeader(program);
  const forward = createForward(program);
  const count = inputs.length / inputCount;
  weights.forEach((weight, at) => {
    const rows = Array.from({ length: slotCount }, () => new Float32Array(count));
    for (let example = 0; example < count; example++) {
      const values = forward(inputs.subarray(example * inputCount, (example + 1) * inputCount), weight);
      for (let slot = 0; slot < slotCount; slot++) rows[slot][example] = values[slot];
    }
    look(at, (slot) => rows[slot]);
  });
};

/** The values on the kernels, in the same bits. A look must not use the kernel. */
export function createKernelValues(kernel: Kernel): Values {
  return (program, inputs, weights, look) => {
    const { inputCount, nodeCount, slotCount } = programHeader(program);
    const count = inputs.length / inputCount;
    const width = inBlocks(count);
    kernel.reserve(4 * (program.length + width * (slotCount + nodeCount) + 1), 4);
    const code = kernel.integers(program.length);
    const values = kernel.floats(width * slotCount);
    const sums = kernel.floats(width * nodeCount);
    const factor = kernel.floats(1);
    code.set(program);
    fillInputs(values.fill(0, 0, width * (1 + inputCount)), inputs, count, width);
    weights.forEach((weight, at) => {
      factor[0] = weight;
      const [from, to] = [code.byteOffset, values.byteOffset];
      kernel.exports.gradientForward(from, to, sums.byteOffset, width * 4, factor.byteOffset, 0);
      look(at, (slot) => values.subarray(slot * width, slot * width + count));
    });
  };
}
