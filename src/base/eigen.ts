/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by additions, multiplications, divisions and square roots alone,
 * so that every machine computes the same bits.
 *
 * Householder tridiagonalization and the implicit QR iteration with Wilkinson's shift (Golub & Van Loan 2013, "Matrix
 * Computations", 4th edition, algorithms 8.3.1 to 8.3.3).
 */
import { InternalError } from "./errors.ts";

/** Q^T D Q of a symmetric matrix. */
export interface Eigen {
  /** [n], in no order. */
  readonly values: Float64Array;
  /** Row-major [n x n]: row k is the eigenvector of value k, of length 1. */
  readonly vectors: Float64Array;
}

/** Sweeps for one eigenvalue after which something is wrong; two or three are usual. */
const MOST_SWEEPS = 60;

/**
 * Takes a symmetric matrix apart. Costs about 4 n^3 multiplications.
 *
 * @param matrix row-major [n x n], finite; only its lower triangle is read
 */
export function eigen(matrix: Float64Array, n: number): Eigen {
  const vectors = new Float64Array(n * n);
  const values = new Float64Array(n);
  const besides = new Float64Array(n);
  tridiagonalize(Float64Array.from(matrix), n, vectors, values, besides);
  for (let last = n - 1, sweeps = 0; last > 0; ) {
    const first = startOfBlock(values, besides, last);
    if (first === last) {
      last--;
      sweeps = 0;
      continue;
    }
    if (++sweeps > MOST_SWEEPS) throw new InternalError(`Expected the eigenvalues of ${n} x ${n} numbers to be found.`);
    sweep(values, besides, vectors, n, first, last);
  }
  return { values, vectors };
}

/**
 * Makes A = Q^T T Q: reflects column after column onto its first two entries.
 *
 * @param rows      A, used up: below the diagonal of column k stays the reflector of step k
 * @param vectors   receives Q
 * @param diagonal  receives that of T
 * @param besides   receives what stands beside it: besides[k] between k and k + 1
 */
function tridiagonalize(
  rows: Float64Array,
  n: number,
  vectors: Float64Array,
  diagonal: Float64Array,
  besides: Float64Array,
): void {
  const factors = new Float64Array(n);
  const reflector = new Float64Array(n);
  const product = new Float64Array(n);
  for (let column = 0; column < n - 1; column++) {
    const first = column + 1;
    let squares = 0;
    for (let row = first; row < n; row++) squares += rows[row * n + column] * rows[row * n + column];
    const length = Math.sqrt(squares);
    const head = rows[first * n + column];
    besides[column] = head > 0 ? -length : length;
    if (length === 0) continue;
    // v = x + sign(x_1) |x| e_1 and factor = 2 / v^T v, so that (I - factor v v^T) x = -sign(x_1) |x| e_1.
    const factor = 1 / (length * (length + Math.abs(head)));
    factors[column] = factor;
    rows[first * n + column] = head - besides[column];
    for (let row = first; row < n; row++) reflector[row] = rows[row * n + column];
    // A <- A - v w^T - w v^T, with p = factor A v and w = p - (factor p^T v / 2) v (algorithm 8.3.1).
    product.fill(0);
    for (let row = first; row < n; row++) {
      const start = row * n;
      let sum = rows[start + row] * reflector[row];
      for (let other = first; other < row; other++) {
        sum += rows[start + other] * reflector[other];
        product[other] += rows[start + other] * reflector[row];
      }
      product[row] += sum;
    }
    let dot = 0;
    for (let row = first; row < n; row++) {
      product[row] *= factor;
      dot += product[row] * reflector[row];
    }
    const half = (factor * dot) / 2;
    for (let row = first; row < n; row++) product[row] -= half * reflector[row];
    for (let row = first; row < n; row++) {
      const start = row * n;
      for (let other = first; other <= row; other++) {
        rows[start + other] -= reflector[row] * product[other] + product[row] * reflector[other];
      }
    }
  }
  for (let row = 0; row < n; row++) {
    diagonal[row] = rows[row * n + row];
    vectors[row * n + row] = 1;
  }
  // Q = H_last ... H_0, whose rows are taken through the reflectors from the last to the first.
  for (let column = n - 2; column >= 0; column--) {
    const factor = factors[column];
    if (factor === 0) continue;
    for (let row = column + 1; row < n; row++) reflector[row] = rows[row * n + column];
    for (let row = column + 1; row < n; row++) {
      const start = row * n;
      let sum = 0;
      for (let other = column + 1; other < n; other++) sum += vectors[start + other] * reflector[other];
      const times = factor * sum;
      for (let other = column + 1; other < n; other++) vectors[start + other] -= times * reflector[other];
    }
  }
}

/** The first row of the block that ends with `last` and has no 0 beside its diagonal; what is as good as 0 becomes 0. */
function startOfBlock(diagonal: Float64Array, besides: Float64Array, last: number): number {
  for (let row = last; row > 0; row--) {
    const size = Math.abs(diagonal[row]) + Math.abs(diagonal[row - 1]);
    if (Math.abs(besides[row - 1]) > Number.EPSILON * size) continue;
    besides[row - 1] = 0;
    return row;
  }
  return 0;
}

/** One implicit QR step on a block of T, its rotations applied to the rows of Q (algorithm 8.3.2). */
function sweep(
  diagonal: Float64Array,
  besides: Float64Array,
  vectors: Float64Array,
  n: number,
  first: number,
  last: number,
): void {
  const gap = (diagonal[last - 1] - diagonal[last]) / 2;
  const beside = besides[last - 1];
  const root = Math.sqrt(gap * gap + beside * beside);
  const shift = diagonal[last] - (beside * beside) / (gap + (gap < 0 ? -root : root));
  let x = diagonal[first] - shift;
  let z = besides[first];
  for (let row = first; row < last; row++) {
    const length = Math.sqrt(x * x + z * z);
    const cosine = length === 0 ? 1 : x / length;
    const sine = length === 0 ? 0 : z / length;
    if (row > first) besides[row - 1] = length;
    const upper = diagonal[row];
    const lower = diagonal[row + 1];
    const between = besides[row];
    const mixed = 2 * cosine * sine * between;
    diagonal[row] = cosine * cosine * upper + mixed + sine * sine * lower;
    diagonal[row + 1] = sine * sine * upper - mixed + cosine * cosine * lower;
    besides[row] = cosine * sine * (lower - upper) + (cosine * cosine - sine * sine) * between;
    if (row + 1 < last) {
      x = besides[row];
      z = sine * besides[row + 1];
      besides[row + 1] *= cosine;
    }
    const top = row * n;
    for (let at = top; at < top + n; at++) {
      const a = vectors[at];
      const b = vectors[at + n];
      vectors[at] = cosine * a + sine * b;
      vectors[at + n] = cosine * b - sine * a;
    }
  }
}
