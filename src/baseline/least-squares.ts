/**
 * Linear regression by least squares: what a plain linear model makes of a task that tells a number.
 *
 * Conjugate gradients on the normal equations (CGLS; Hestenes & Stiefel 1952, section 10): no matrix is made, and where
 * inputs depend on each other, as the categories of a column do, it finds the solution of least norm.
 */
import type { RegressionExamples } from "../data/dataset.ts";

/** A linear model: answer = bias + inputs x weights. */
export interface LinearModel {
  /** [inputs] */
  readonly weights: Float64Array;
  readonly bias: number;
}

/** It has converged when the gradient is this much smaller than at the start. */
const TOLERANCE = 1e-12;
/** More steps than unknowns, since rounding makes some of them go twice the way. */
const STEPS_PER_UNKNOWN = 4;

/** Fits a linear model to examples: the least mean squared error. */
export function fitLinear({ features, targets, count }: RegressionExamples): LinearModel {
  const width = features.length / count;
  // The last unknown is the bias.
  const unknowns = new Float64Array(width + 1);
  const errors = Float64Array.from(targets);
  let gradient = transposed(features, errors, width);
  const direction = Float64Array.from(gradient);
  let size = squares(gradient);
  const small = size * TOLERANCE ** 2;
  for (let step = 0; step < STEPS_PER_UNKNOWN * (width + 1) && size > small; step++) {
    const change = answers(features, direction, count);
    const length = size / squares(change);
    for (let index = 0; index <= width; index++) unknowns[index] += length * direction[index];
    for (let example = 0; example < count; example++) errors[example] -= length * change[example];
    gradient = transposed(features, errors, width);
    const before = size;
    size = squares(gradient);
    for (let index = 0; index <= width; index++) {
      direction[index] = gradient[index] + (size / before) * direction[index];
    }
  }
  return { weights: unknowns.slice(0, width), bias: unknowns[width] };
}

/** What a linear model answers to each example, [examples]. */
export function answerLinear({ weights, bias }: LinearModel, { features, count }: RegressionExamples): Float64Array {
  return answers(features, Float64Array.of(...weights, bias), count);
}

/** The product of the examples, each with a 1 at its end, and the unknowns, [examples]. */
function answers(features: Float32Array, unknowns: Float64Array, count: number): Float64Array {
  const width = unknowns.length - 1;
  const sums = new Float64Array(count);
  for (let example = 0; example < count; example++) {
    let sum = unknowns[width];
    for (let input = 0; input < width; input++) sum += features[example * width + input] * unknowns[input];
    sums[example] = sum;
  }
  return sums;
}

/** The product of the transposed examples, each with a 1 at its end, and a number for each example, [unknowns]. */
function transposed(features: Float32Array, numbers: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width + 1);
  for (let example = 0; example < numbers.length; example++) {
    const number = numbers[example];
    for (let input = 0; input < width; input++) sums[input] += features[example * width + input] * number;
    sums[width] += number;
  }
  return sums;
}

function squares(values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ** 2;
  return sum;
}
