/** The host side of kernel/assembly/gradient.ts: lays out a batch of examples, and calls it. */
import type { Kernel } from "../kernel/kernel.ts";
import { countExamples, type Gradient, type GradientOptions, LANES, outputErrors, sumLanes } from "./gradient.ts";
import { type Program, programHeader } from "./program.ts";

/** Examples of a block: rows are filled up to whole ones. */
const BLOCK = 16;

/**
 * Prepares the gradients of a program on the kernels. The rows that it gives are the kernel's memory: good until its
 * next call of any kind. Fastest with some hundred examples, whose values stay in the cache.
 */
export function createKernelGradient(kernel: Kernel, program: Program, options: GradientOptions = {}): Gradient {
  const { inputCount, outputCount, nodeCount, connectionCount, slotCount, outputs } = programHeader(program);
  const outputSlots = program.slice(outputs, outputs + outputCount);
  const surrogate = options.flat === "zero" ? 0 : 1;

  return (inputs, weights, loss) => {
    const count = countExamples(program, inputs, weights);
    const width = inBlocks(count);
    const individual = typeof weights === "number" ? 0 : 1;
    const set = typeof weights === "number" ? [weights] : weights;
    const words = program.length + width * (2 * slotCount + nodeCount) + set.length + LANES * connectionCount;
    kernel.reserve(4 * words, 6);
    const code = kernel.integers(program.length);
    const values = kernel.floats(width * slotCount);
    const sums = kernel.floats(width * nodeCount);
    const errors = kernel.floats(width * slotCount);
    const factors = kernel.floats(set.length);
    const partials = kernel.floats(LANES * connectionCount);
    const rowOf = (rows: Float32Array, slot: number) => rows.subarray(slot * width, slot * width + count);
    code.set(program);
    factors.set(set);
    fillInputs(values.fill(0, 0, width * (1 + inputCount)), inputs, count, width);
    const { gradientForward, gradientBackward } = kernel.exports;
    const [at, from, stride] = [code.byteOffset, values.byteOffset, width * 4];
    gradientForward(at, from, sums.byteOffset, stride, factors.byteOffset, individual);

    errors.fill(0);
    partials.fill(0);
    const outputRows = Array.from(outputSlots, (slot) => rowOf(values, slot));
    outputErrors(outputRows, count, loss).forEach((row, output) => {
      const error = rowOf(errors, outputSlots[output]);
      for (let example = 0; example < count; example++) error[example] += row[example];
    });
    gradientBackward(
      at,
      from,
      sums.byteOffset,
      errors.byteOffset,
      stride,
      factors.byteOffset,
      individual,
      partials.byteOffset,
      surrogate,
    );
    return {
      connections: sumLanes(partials),
      values: (slot) => rowOf(values, slot),
      errors: (slot) => rowOf(errors, slot),
    };
  };
}

/** So many examples, filled up to whole blocks. */
export function inBlocks(count: number): number {
  return Math.ceil(count / BLOCK) * BLOCK;
}

/** Writes the bias, which is 1, and the inputs as rows. */
export function fillInputs(values: Float32Array, inputs: Float32Array, count: number, width: number): void {
  const inputCount = inputs.length / count;
  values.fill(1, 0, count);
  // By blocks, so that what is written lies together.
  for (let first = 0; first < count; first += BLOCK) {
    const last = Math.min(first + BLOCK, count);
    for (let input = 0; input < inputCount; input++) {
      for (let example = first; example < last; example++) {
        values[(1 + input) * width + example] = inputs[example * inputCount + input];
      }
    }
  }
}
