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

/** What products are added up in, [rows x others x 4]: of every fourth column by itself. */
export type ProductSums = Products;

/** Gives the products of each row with each of `linear`, and of its squares with each of `square`, of as many rows. */
export type Dots = (rows: Rows, linear: Rows, square: Rows) => Products;

/** Columns that fit one another: rows are filled up to a multiple of them. */
const COLUMNS = 4;

/** Rows of zeros, filled up to a multiple of 4 columns. */
export function zeroRows(count: number, columns: number): Rows {
  const width = Math.ceil(columns / COLUMNS) * COLUMNS;
  return { values: new Float32Array(count * width), count, width };
}

/** Singles of the sums of products of so many rows with so many others. */
export function sumsLength(rows: number, others: number): number {
  return rows * others * COLUMNS;
}

/** Sums of nothing. */
export function zeroSums(rows: number, others: number): ProductSums {
  const length = sumsLength(rows, others);
  return { first: new Float32Array(length), second: new Float32Array(length) };
}

/** The products in plain TypeScript: the definition of correct. */
export const dotRows: Dots = (rows, linear, square) => {
  const sums = zeroSums(rows.count, linear.count);
  addDots(rows, linear, square, sums);
  return totals(sums);
};

/** Adds products to sums (twin: kernel/assembly/dots.ts). */
export function addDots(rows: Rows, linear: Rows, square: Rows, { first, second }: ProductSums): void {
  const { values, count, width } = rows;
  for (let row = 0; row < count; row++) {
    for (let other = 0; other < linear.count; other++) {
      const to = (row * linear.count + other) * COLUMNS;
      for (let at = 0; at < width; at++) {
        const value = values[row * width + at];
        const lane = to + (at % COLUMNS);
        first[lane] = f32(first[lane] + f32(value * linear.values[other * width + at]));
        second[lane] = f32(second[lane] + f32(f32(value * value) * square.values[other * width + at]));
      }
    }
  }
}

/** The products that were summed up. */
export function totals({ first, second }: ProductSums): Products {
  return { first: totalsOf(first), second: totalsOf(second) };
}

/** The products on the kernels. */
export function createKernelDots(kernel: Kernel): Dots {
  return ({ values, count, width }, linear, square) => {
    const size = sumsLength(count, linear.count);
    kernel.reserve(4 * (width * (count + 2 * linear.count) + 2 * size), 5);
    const rows = kernel.floats(width * count);
    const left = kernel.floats(width * linear.count);
    const right = kernel.floats(width * linear.count);
    const first = kernel.floats(size).fill(0);
    const second = kernel.floats(size).fill(0);
    rows.set(values);
    left.set(linear.values);
    right.set(square.values);
    const [a, b, c] = [rows, left, right].map(({ byteOffset }) => byteOffset);
    kernel.exports.dots(a, count, b, c, linear.count, width * 4, first.byteOffset, second.byteOffset);
    return totals({ first, second });
  };
}

function totalsOf(sums: Float32Array): Float32Array {
  const found = new Float32Array(sums.length / COLUMNS);
  for (let place = 0, at = 0; place < found.length; place++, at += COLUMNS) {
    found[place] = f32(f32(sums[at] + sums[at + 1]) + f32(sums[at + 2] + sums[at + 3]));
  }
  return found;
}
