/** Eigenvalues and eigenvectors: what they are, and what they are of matrices that are known. */
import { expect, test } from "vitest";
import { eigen } from "../../src/base/eigen.ts";
import { derive } from "../../src/base/rng.ts";

/** A symmetric matrix of numbers from -1 to 1. */
function symmetric(n: number): Float64Array {
  const rng = derive("symmetric", n);
  const matrix = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let at = 0; at <= row; at++) matrix[row * n + at] = matrix[at * n + row] = rng.between(-1, 1);
  }
  return matrix;
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * b[at], 0);
const rowOf = (matrix: Float64Array, n: number, row: number) => matrix.subarray(row * n, (row + 1) * n);

test.each([1, 2, 3, 10, 40])(
  "of %i random numbers a side: A v = value v, and vectors of length 1 at right angles",
  (n) => {
    const matrix = symmetric(n);
    const { values, vectors } = eigen(matrix, n);
    for (let k = 0; k < n; k++) {
      const vector = rowOf(vectors, n, k);
      for (let row = 0; row < n; row++) {
        expect(dot(rowOf(matrix, n, row), vector)).toBeCloseTo(values[k] * vector[row], 12);
      }
      for (let other = 0; other <= k; other++) {
        expect(dot(vector, rowOf(vectors, n, other))).toBeCloseTo(other === k ? 1 : 0, 12);
      }
    }
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      Array.from({ length: n }, (_, at) => matrix[at * n + at]).reduce((sum, value) => sum + value, 0),
      12,
    );
  },
);

test("of [[2, 1], [1, 2]] they are 1 and 3", () => {
  const { values } = eigen(Float64Array.of(2, 1, 1, 2), 2);
  expect([...values].sort()).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
});

test("only the lower triangle is read, and the matrix is left as it is", () => {
  const matrix = Float64Array.of(2, 99, 1, 2);
  expect(eigen(matrix, 2)).toEqual(eigen(Float64Array.of(2, 1, 1, 2), 2));
  expect([...matrix]).toEqual([2, 99, 1, 2]);
});

test("a diagonal matrix, zeros and equal values are taken as they are", () => {
  expect([...eigen(Float64Array.of(5, 0, 0, 0, 0, 0, 0, 0, 5), 3).values]).toEqual([5, 0, 5]);
  expect([...eigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
});

test("values fourteen powers of ten apart are told apart", () => {
  const { values } = eigen(Float64Array.of(1, 1e-7, 1e-7, 2e-14), 2);
  expect(Math.min(...values)).toBeCloseTo(1e-14, 20);
});
