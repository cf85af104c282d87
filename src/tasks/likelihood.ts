/** The score of one image in plain TypeScript; twin of the second half of kernel/assembly/classify.ts, bit for bit. */
import { exp32, f32, log32 } from "../base/float32.ts";

/**
 * The log-likelihood of a class under softmax, log(exp(outputs[label]) / sum of exp(outputs)), in single precision.
 * The largest output is subtracted first (log-sum-exp), so that it is finite whatever the outputs.
 *
 * @param outputs one finite single per class
 * @returns       at most 0, or a rounding error above
 */
export function logLikelihood(outputs: ArrayLike<number>, label: number): number {
  let max = outputs[0];
  for (let index = 1; index < outputs.length; index++) if (max < outputs[index]) max = outputs[index];
  let sum = 0;
  for (let index = 0; index < outputs.length; index++) sum = f32(sum + exp32(f32(outputs[index] - max)));
  return f32(f32(outputs[label] - max) - log32(sum));
}
