/** Products of all rows of one matrix with all rows of another, in plain TypeScript and on the kernels: the same bits. */
import { f32 } from "../base/float32.ts";
import type { Kernel } from "../kernel/kernel.ts";

/** Rows of singles one after another, [rows x width]; the width is a multiple of 4. */
export interface Rows {
  readonly values: Float32Array;
  readonly count: number;
}

/** Gives [a x b] the product of each row of `a` with each of `b`, both of this width. */
export type Dots = (a: Rows, b: Rows, width: number) => Float32Array;

/** The products in plain TypeScript: the definition of correct (twin: kernel/assembly/dots.ts). */
export const dotRows: Dots = (a, b, width) => {
  const out = new Float32Array(a.count * b.count);
  for (let row = 0; row < a.count; row++) {
    for (let other = 0; other < b.count; other++) {
      const lanes = new Float32Array(4);
      for (let at = 0; at < width; at++) {
        const product = f32(a.values[row * width + at] * b.values[other * width + at]);
        lanes[at % 4] = f32(lanes[at % 4] + product);
      }
      out[row * b.count + other] = f32(f32(lanes[0] + lanes[1]) + f32(lanes[2] + lanes[3]));
    }
  }
  return out;
};

/** The products on the kernels. */
export function createKernelDots(kernel: Kernel): Dots {
  return (a, b, width) => {
    kernel.reserve(4 * (width * (a.count + b.count) + a.count * b.count), 3);
    const left = kernel.floats(width * a.count);
    const right = kernel.floats(width * b.count);
    const out = kernel.floats(a.count * b.count);
    left.set(a.values);
    right.set(b.values);
    kernel.exports.dots(left.byteOffset, a.count, right.byteOffset, b.count, width * 4, out.byteOffset);
    return out.slice();
  };
}
