/** The score of examples in plain TypeScript; twin of kernel/assembly/softmax.ts and scaled.ts, bit for bit. */
import { clamp32, expReduced32, f32, LOG2_E, lessPower32, log32, nearest32 } from "../../base/float32.ts";

const LN2 = f32(Math.LN2);
/** Classes less likely than the best by more powers of two than this count as this much less likely. */
const LEAST_POWER = -100;

/**
 * The log-likelihood of a class under softmax, log(exp(outputs[label]) / sum of exp(outputs)), in single precision.
 *
 * e^output is split into value * 2^power with a value near 1, and the largest power is taken out of the sum
 * (log-sum-exp), so the result is finite whatever the outputs. The split is that of one output alone: networks that
 * share outputs share it.
 *
 * @param outputs one finite single per class
 * @returns       at most 0, or a rounding error above
 */
export function logLikelihood(outputs: ArrayLike<number>, label: number): number {
  let largest = powerOf(outputs[0]);
  for (let index = 1; index < outputs.length; index++) largest = Math.max(largest, powerOf(outputs[index]));
  let sum = 0;
  for (let index = 0; index < outputs.length; index++) {
    const exponent = Math.max(f32(powerOf(outputs[index]) - largest), LEAST_POWER);
    sum = f32(sum + f32(expReduced32(restOf(outputs[index])) * 2 ** exponent));
  }
  const powers = f32(powerOf(outputs[label]) - largest);
  return f32(f32(powers * LN2) + f32(restOf(outputs[label]) - log32(sum)));
}

/** Examples of a batch, the first ones, on which the scale of outputs is fitted. */
export const FITTED_EXAMPLES = 128;
/** Least standard deviation of scaled outputs: so networks that are worse than guessing are told apart too. */
const LEAST = 0.1;
/** Largest factor: outputs, which nodes keep below 2^60, stay finite. */
const LARGEST = 2 ** 60;

/**
 * The factor (inverse temperature) by which the outputs of a network at one weight are scaled: the one of best likelihood,
 * by one Newton step from 0, where all classes are equally likely: the mean of the right output over the variance of all,
 * both about the mean of an example. So the score tells networks apart where outputs are tiny and all classes nearly
 * equally likely, or huge, while the answer, the largest output, is the same.
 *
 * @param examples the outputs of each example of a batch, of which the first 128 are taken; one finite single per class
 * @param labels   their right classes
 * @returns        a single; 0 if all outputs of each example are alike
 */
export function scaleOf(examples: readonly ArrayLike<number>[], labels: ArrayLike<number>): number {
  const some = examples.slice(0, FITTED_EXAMPLES);
  let gains = 0;
  let squares = 0;
  some.forEach((outputs, example) => {
    const mean = meanOf(outputs);
    let sum = 0;
    for (let index = 0; index < outputs.length; index++) {
      const deviation = f32(outputs[index] - mean);
      sum = f32(sum + f32(deviation * deviation));
    }
    gains += f32(outputs[labels[example]] - mean);
    squares += sum;
  });
  const gain = gains / some.length;
  const square = squares / (some.length * some[0].length);
  return square > 0 ? f32(Math.min(Math.max(gain / square, LEAST / Math.sqrt(square)), LARGEST)) : 0;
}

/** The outputs of an example less their mean, times a factor. */
export function scaledOutputs(outputs: ArrayLike<number>, factor: number): Float32Array {
  const mean = meanOf(outputs);
  return Float32Array.from(outputs, (output) => f32(f32(output - mean) * factor));
}

function meanOf(outputs: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < outputs.length; index++) sum = f32(sum + outputs[index]);
  return f32(sum * f32(1 / outputs.length));
}

function powerOf(output: number): number {
  return nearest32(f32(output * LOG2_E));
}

/** output - power * log(2); rounding keeps it near 0 except for outputs so large that it does not matter. */
function restOf(output: number): number {
  return clamp32(lessPower32(output, powerOf(output)), f32(-0.35), f32(0.35));
}
