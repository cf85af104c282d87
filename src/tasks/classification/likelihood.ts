/** The score of one image in plain TypeScript; twin of the second half of kernel/assembly/classify.ts, bit for bit. */
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

function powerOf(output: number): number {
  return nearest32(f32(output * LOG2_E));
}

/** output - power * log(2); rounding keeps it near 0 except for outputs so large that it does not matter. */
function restOf(output: number): number {
  return clamp32(lessPower32(output, powerOf(output)), f32(-0.35), f32(0.35));
}
