/** Products of rows and of their squares with other rows, in plain TypeScript and on the kernels: the same bits. */
import { f32 } from "../base/float32.ts";
import type { Kernel } from "../kernel/kernel.ts";

/** Rows of singles one after another, [count x width]. */
export interface Rows {
  readonly values: Float32Array;
  readonly count: number;
  /** A multiple of 4. */
  readonly width: number;
}

/** Products [rows x others]: of each row with each other row, and of its values squared. */
export interface Products {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Gives the products of each row with each of `linear`, and of its squares with each of `square`, of as many rows. */
export type Dots = (rows: Rows, linear: Rows, square: Rows) => Products;

/** Rows of zeros, filled up to a multiple of 4 columns. */
export function zeroRows(count: number, columns: number): Rows {
  const width = Math.ceil(columns / 4) * 4;
  return { values: new Float32Array(count * width), count, width };
}

/** The products in plain TypeScript: the definition of correct (twin: kernel/assembly/dots.ts). */
export const dotRows: Dots = ({ values, count, width }, linear, square) => {
  const first = new Float32Array(count * linear.count);
  const second = new Float32Array(count * linear.count);
  for (let row = 0; row < count; row++) {
    for (let other = 0; other < linear.count; other++) {
      const sums = new Float32Array(4);
      const squares = new Float32Array(4);
      for (let at = 0; at < width; at++) {
        const value = values[row * width + at];
        sums[at % 4] = f32(sums[at % 4] + f32(value * linear.values[other * width + at]));
        squares[at % 4] = f32(squares[at % 4] + f32(f32(value * value) * square.values[other * width + at]));
      }
      first[row * linear.count + other] = total(sums);
      second[row * linear.count + other] = total(squares);
    }
  }
  return { first, second };
};

/** The products on the kernels. */
export function createKernelDots(kernel: Kernel): Dots {
  return ({ values, count, width }, linear, square) => {
    const size = count * linear.count;
    kernel.reserve(4 * (width * (count + 2 * linear.count) + 2 * size), 5);
    const rows = kernel.floats(width * count);
    const left = kernel.floats(width * linear.count);
    const right = kernel.floats(width * linear.count);
    const first = kernel.floats(size);
    const second = kernel.floats(size);
    rows.set(values);
    left.set(linear.values);
    right.set(square.values);
    kernel.exports.dots(
      rows.byteOffset,
      count,
      left.byteOffset,
      right.byteOffset,
      linear.count,
      width * 4,
      first.byteOffset,
      second.byteOffset,
    );
    return { first: first.slice(), second: second.slice() };
  };
}

function total([a, b, c, d]: Float32Array): number {
  return f32(f32(a + b) + f32(c + d));
}
