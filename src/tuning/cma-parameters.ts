/** The default parameters of CMA-ES: Hansen 2016, "The CMA Evolution Strategy: A Tutorial" (arXiv 1604.00772), Table 1. */
import { f32, log32 } from "../base/float32.ts";

/** Whether the covariance matrix has all its entries, or only those of its diagonal (Ros & Hansen 2008). */
export type CovarianceKind = "full" | "diagonal";

/** What follows from the dimension and the number of samples; names as in the tutorial stand behind. */
export interface CmaParameters {
  /** Of each sample from the best to the worst; those of the better half sum to 1, the others are negative. w_i */
  readonly weights: Float64Array;
  /** Samples that the mean moves to. mu */
  readonly parents: number;
  /** Their effective number. mu_eff */
  readonly effective: number;
  /** Learning rate of the path of the step size, and its damping. c_sigma, d_sigma */
  readonly stepRate: number;
  readonly damping: number;
  /** Learning rate of the path of the covariance. c_c */
  readonly pathRate: number;
  /** Learning rates of the covariance from its path, and from the samples. c_1, c_mu */
  readonly oneRate: number;
  readonly manyRate: number;
  /** Expected length of a vector of standard normals. E|N(0, I)| */
  readonly expectedLength: number;
  /**
   * Generations that a decomposition of the covariance is used for: 1 / (2 n (c_1 + c_mu)), five times those of appendix B.2,
   * as in purecma.py of Hansen's pycma, since it costs n^3.
   */
  readonly patience: number;
}

/** The number of samples of a generation where none is named (equation 48). */
export function usualPopulation(dimension: number): number {
  return 4 + Math.floor(3 * log32(f32(dimension)));
}

/**
 * The parameters for a dimension.
 *
 * With a diagonal the rates of the covariance are (n + 2) / 3 times as high (Ros & Hansen 2008, "A simple modification in
 * CMA-ES achieving linear time and space complexity", section 3), since there are so many fewer numbers to learn.
 *
 * @param n         numbers that are sought, at least 1
 * @param population samples of a generation, at least 4
 */
export function cmaParameters(n: number, population: number, covariance: CovarianceKind): CmaParameters {
  const half = log32(f32((population + 1) / 2));
  const raw = Float64Array.from({ length: population }, (_, index) => half - log32(f32(index + 1))); // (49)
  const parents = Math.floor(population / 2);
  const effective = effectiveOf(raw.subarray(0, parents));
  const effectiveNegative = effectiveOf(raw.subarray(parents));
  const faster = covariance === "full" ? 1 : (n + 2) / 3;
  const oneRate = (faster * 2) / ((n + 1.3) * (n + 1.3) + effective); // (57)
  const manyRate = Math.min(
    1 - oneRate,
    (faster * 2 * (1 / 4 + effective + 1 / effective - 2)) / ((n + 2) * (n + 2) + effective), // (58)
  );
  const negative = Math.min(
    1 + oneRate / manyRate, // (50)
    1 + (2 * effectiveNegative) / (effective + 2), // (51)
    (1 - oneRate - manyRate) / (n * manyRate), // (52)
  );
  const positiveSum = sumOf(raw, (weight) => weight >= 0);
  const negativeSum = -sumOf(raw, (weight) => weight < 0);
  const stepRate = (effective + 2) / (n + effective + 5); // (55)
  return {
    weights: raw.map((weight) => (weight >= 0 ? weight / positiveSum : (negative * weight) / negativeSum)), // (53)
    parents,
    effective,
    stepRate,
    damping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + stepRate, // (55)
    pathRate: (4 + effective / n) / (n + 4 + (2 * effective) / n), // (56)
    oneRate,
    manyRate,
    expectedLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
    patience: Math.max(1, Math.floor(1 / (2 * n * (oneRate + manyRate)))),
  };
}

/** Samples that equal weights would give the same variance for (equation 49, below it). */
function effectiveOf(weights: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return (sum * sum) / weights.reduce((total, weight) => total + weight * weight, 0);
}

function sumOf(weights: Float64Array, isIn: (weight: number) => boolean): number {
  return weights.reduce((total, weight) => total + (isIn(weight) ? weight : 0), 0);
}
