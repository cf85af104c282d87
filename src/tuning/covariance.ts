/** The covariance matrix of CMA-ES: all of it, taken apart now and then, or its diagonal alone. */
import { eigen } from "../base/eigen.ts";

/** A vector times itself, weighed: a term of the sum that the matrix is made of. */
export interface Term {
  readonly weight: number;
  readonly vector: Float64Array;
}

/** The matrix C = B D^2 B^T, of which samples are made. */
export interface Covariance<State extends object = CovarianceState> {
  /** Plain data; not to be changed. */
  readonly state: State;
  /** B z, in which z = B^T C^(-1/2) y for y = B D z. */
  turned(z: Float64Array): Float64Array;
  /** B D z: of standard normals, a sample of C. */
  sample(z: Float64Array): Float64Array;
  /** C becomes share * C and the sum of the terms; B and D follow when `generation` is far enough from when they did. */
  adapt(share: number, terms: readonly Term[], generation: number, patience: number): void;
}

/** All of the matrix. */
export interface FullState {
  /** C, row-major [n x n], of which the lower triangle is kept. */
  readonly matrix: Float64Array;
  /** B^T, row-major [n x n]: a row is an eigenvector. */
  readonly vectors: Float64Array;
  /** D: standard deviations along them, [n]. */
  readonly deviations: Float64Array;
  /** The generation that B and D are of. */
  readonly generation: number;
}

/** The diagonal alone. */
export interface DiagonalState {
  /** [n]. */
  readonly variances: Float64Array;
}

/** Either of them. */
export type CovarianceState = FullState | DiagonalState;

/** Eigenvalues are not let below this share of the largest: what is less has been lost to rounding. */
const LEAST = 1e-14;

/** The matrix where a state stands. */
export function covarianceOf(state: CovarianceState): Covariance {
  return "matrix" in state ? new Full(state) : new Diagonal(state);
}

/** The unit matrix. */
export function unitCovariance(n: number, kind: "full" | "diagonal"): CovarianceState {
  if (kind === "diagonal") return { variances: new Float64Array(n).fill(1) };
  const unit = () => Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  return { matrix: unit(), vectors: unit(), deviations: new Float64Array(n).fill(1), generation: 0 };
}

class Full implements Covariance {
  #state: FullState;

  constructor(state: FullState) {
    this.#state = state;
  }

  get state(): FullState {
    return this.#state;
  }

  turned(z: Float64Array): Float64Array {
    const n = z.length;
    const { vectors } = this.#state;
    const sum = new Float64Array(n);
    for (let row = 0; row < n; row++) {
      for (let at = 0; at < n; at++) sum[at] += z[row] * vectors[row * n + at];
    }
    return sum;
  }

  sample(z: Float64Array): Float64Array {
    const { deviations } = this.#state;
    return this.turned(z.map((value, row) => value * deviations[row]));
  }

  adapt(share: number, terms: readonly Term[], generation: number, patience: number): void {
    const n = this.#state.deviations.length;
    const matrix = this.#state.matrix.map((value) => share * value);
    for (const { weight, vector } of terms) {
      for (let row = 0; row < n; row++) {
        const times = weight * vector[row];
        for (let at = 0; at <= row; at++) matrix[row * n + at] += times * vector[at];
      }
    }
    const isDue = generation - this.#state.generation >= patience;
    this.#state = isDue ? decomposed(matrix, n, generation) : { ...this.#state, matrix };
  }
}

function decomposed(matrix: Float64Array, n: number, generation: number): FullState {
  const { values, vectors } = eigen(matrix, n);
  const least = LEAST * values.reduce((most, value) => Math.max(most, value), 0);
  return { matrix, vectors, deviations: values.map((value) => Math.sqrt(Math.max(value, least))), generation };
}

class Diagonal implements Covariance {
  #state: DiagonalState;

  constructor(state: DiagonalState) {
    this.#state = state;
  }

  get state(): DiagonalState {
    return this.#state;
  }

  turned(z: Float64Array): Float64Array {
    return z;
  }

  sample(z: Float64Array): Float64Array {
    const { variances } = this.#state;
    return z.map((value, at) => value * Math.sqrt(variances[at]));
  }

  adapt(share: number, terms: readonly Term[]): void {
    const variances = this.#state.variances.map((value) => share * value);
    for (const { weight, vector } of terms) {
      for (let at = 0; at < vector.length; at++) variances[at] += weight * vector[at] * vector[at];
    }
    this.#state = { variances };
  }
}
