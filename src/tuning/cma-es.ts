/**
 * CMA-ES: seeks the numbers with the highest score by samples of a normal distribution, whose mean, step size and
 * covariance follow the better ones.
 *
 * Hansen 2016, "The CMA Evolution Strategy: A Tutorial" (arXiv 1604.00772): (mu/mu_w, lambda)-CMA-ES with negative
 * weights and default parameters; numbers of equations are the tutorial's. With a diagonal covariance sep-CMA-ES (Ros &
 * Hansen 2008).
 *
 * Differs from the tutorial, which seeks the lowest value: the highest is sought. A step size of more than 10,000 times
 * the first does not grow further, so that scores that are all equal lead nowhere instead of to infinity. A decomposition is
 * used for longer (`patience` in cma-parameters.ts).
 */
import { UsageError } from "../base/errors.ts";
import { exp32, f32 } from "../base/float32.ts";
import { derive } from "../base/rng.ts";
import { type CmaParameters, type CovarianceKind, cmaParameters, usualPopulation } from "./cma-parameters.ts";
import { type Covariance, type CovarianceState, covarianceOf, unitCovariance } from "./covariance.ts";

/** Where the search stands between two generations. */
export interface CmaState {
  /** Its samples are streams of this seed. */
  readonly seed: number | string;
  /** Samples of a generation. lambda */
  readonly population: number;
  /** The first step size. */
  readonly sigma: number;
  /** Generations done. g */
  readonly generation: number;
  /** [n]. m */
  readonly mean: Float64Array;
  /** sigma */
  readonly stepSize: number;
  /** Evolution paths, [n] each. p_sigma, p_c */
  readonly stepPath: Float64Array;
  readonly path: Float64Array;
  readonly covariance: CovarianceState;
}

/** How a search begins. */
export interface CmaOptions {
  readonly seed: number | string;
  /** Samples of a generation, at least 4; default: 4 + 3 ln n. */
  readonly population?: number;
  /** The first step size: the standard deviation of the first samples, above 0. */
  readonly sigma: number;
  /** Default: full up to 300 numbers, whose decomposition takes a third of a second. */
  readonly covariance?: CovarianceKind;
}

/** Numbers up to which the covariance is full. */
const FULL_LIMIT = 300;
/** Times the first step size that it may become. */
const LARGEST = 10_000;

/** Where a search stands that has not begun. @param mean of the first samples, [n], at least one number */
export function startCma(
  mean: ArrayLike<number>,
  { seed, sigma, population = usualPopulation(mean.length), covariance }: CmaOptions,
): CmaState {
  const n = mean.length;
  return {
    seed,
    population,
    sigma,
    generation: 0,
    mean: Float64Array.from(mean),
    stepSize: sigma,
    stepPath: new Float64Array(n),
    path: new Float64Array(n),
    covariance: unitCovariance(n, covariance ?? (n <= FULL_LIMIT ? "full" : "diagonal")),
  };
}

/** A search in progress. */
export class CmaEs {
  readonly #parameters: CmaParameters;
  #state: CmaState;
  #covariance: Covariance;
  /** Of the samples that `ask` gave: the standard normals they were made of, and their steps from the mean. */
  #asked: { readonly normals: Float64Array[]; readonly steps: Float64Array[] } | undefined;

  constructor(state: CmaState) {
    const kind = "matrix" in state.covariance ? "full" : "diagonal";
    this.#parameters = cmaParameters(state.mean.length, state.population, kind);
    this.#state = state;
    this.#covariance = covarianceOf(state.covariance);
  }

  /** Plain data, from which a search goes on bit for bit. */
  get state(): CmaState {
    return this.#state;
  }

  /** The samples of this generation, [population], each [n]; the same until scores are told. */
  ask(): Float64Array[] {
    const { seed, population, generation, mean, stepSize } = this.#state;
    const rng = derive(seed, "cma-es", generation);
    const normals = Array.from({ length: population }, () => Float64Array.from(mean, () => rng.normal32())); // (38)
    const steps = normals.map((z) => this.#covariance.sample(z)); // (39)
    this.#asked = { normals, steps };
    return steps.map((y) => mean.map((value, at) => value + stepSize * y[at])); // (40)
  }

  /**
   * Moves the distribution. Of equal scores the earlier sample is taken for the better.
   *
   * @param scores of the samples in their order, [population]; higher is better
   * @throws UsageError if called before `ask`, with another number of scores, or with one that is not finite
   */
  tell(scores: ArrayLike<number>): void {
    const { population, sigma, generation, mean, stepSize, stepPath, path } = this.#state;
    if (this.#asked === undefined) throw new UsageError("tell() before ask(): call ask() to get the samples to score.");
    checkScores(scores, population);
    const { normals, steps } = this.#asked;
    const order = Array.from(steps.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
    const { weights, parents, effective, stepRate, damping, pathRate, oneRate, manyRate, expectedLength, patience } =
      this.#parameters;
    const n = mean.length;
    const done = generation + 1;
    const best = order.slice(0, parents);

    const step = weighted(steps, best, weights); // (41)
    const turned = this.#covariance.turned(weighted(normals, best, weights));
    const stepGain = Math.sqrt(stepRate * (2 - stepRate) * effective);
    const nextStepPath = stepPath.map((value, at) => (1 - stepRate) * value + stepGain * turned[at]); // (43)
    const length = Math.sqrt(squares(nextStepPath));
    const growth = exp32(f32((stepRate / damping) * (length / expectedLength - 1)));

    // The path of the covariance stalls while the step size grows fast (h_sigma).
    const settled = length / Math.sqrt(1 - power(1 - stepRate, 2 * done)) < (1.4 + 2 / (n + 1)) * expectedLength;
    const pathGain = settled ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
    const nextPath = path.map((value, at) => (1 - pathRate) * value + pathGain * step[at]); // (45)
    const lost = settled ? 0 : pathRate * (2 - pathRate);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const terms = order.map((index, rank) => {
      // Of y = B D z, |C^(-1/2) y| is |z|.
      const scale = weights[rank] >= 0 ? 1 : n / squares(normals[index]); // (46)
      return { weight: manyRate * weights[rank] * scale, vector: steps[index] };
    });
    this.#covariance.adapt(
      1 + oneRate * lost - oneRate - manyRate * sum,
      [{ weight: oneRate, vector: nextPath }, ...terms],
      done,
      patience,
    ); // (47)

    this.#state = {
      ...this.#state,
      generation: done,
      mean: mean.map((value, at) => value + stepSize * step[at]), // (42), c_m = 1
      stepSize: Math.min(stepSize * growth, LARGEST * sigma), // (44)
      stepPath: nextStepPath,
      path: nextPath,
      covariance: this.#covariance.state,
    };
    this.#asked = undefined;
  }
}

function checkScores(scores: ArrayLike<number>, population: number): void {
  if (scores.length !== population) {
    throw new UsageError(`Expected scores of ${population} samples, got ${scores.length}.`);
  }
  for (let index = 0; index < population; index++) {
    if (!Number.isFinite(scores[index])) {
      throw new UsageError(`Expected finite scores, got ${scores[index]} for sample ${index}.`);
    }
  }
}

/** The sum of vectors in this order, each times the weight of its rank. */
function weighted(vectors: readonly Float64Array[], order: readonly number[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  order.forEach((index, rank) => {
    for (let at = 0; at < sum.length; at++) sum[at] += weights[rank] * vectors[index][at];
  });
  return sum;
}

function squares(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

/** base^exponent by products alone, for a whole exponent. */
function power(base: number, exponent: number): number {
  let [result, square] = [1, base];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
