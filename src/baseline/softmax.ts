/** Softmax, cross-entropy and their derivatives in double precision: the mathematics of the output layer. */
import { checkFinite, checkInteger, checkLength } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";

/**
 * The probabilities s_i = exp(x_i - m) / sum_j exp(x_j - m), where m = max_j x_j, so that no exponential overflows.
 *
 * s is the one minimiser of -x.p - H(p) over the simplex {p_i >= 0, sum_i p_i = 1}, H(p) = -sum_i p_i log p_i.
 *
 * @param logits finite, at least one; any size, 1e4 and more included
 * @returns      [logits], non-negative, sum 1
 * @throws UsageError if there is no logit, or one is not finite
 */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const max = maximum(logits);
  const exponentials = Float64Array.from(logits, (x) => Math.exp(x - max));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

/**
 * log sum_i exp(x_i) = m + log sum_i exp(x_i - m), where m = max_i x_i: finite for finite logits.
 *
 * @throws UsageError if there is no logit, or one is not finite
 */
export function logSumExp(logits: ArrayLike<number>): number {
  const max = maximum(logits);
  let total = 0;
  for (let index = 0; index < logits.length; index++) total += Math.exp(logits[index] - max);
  return max + Math.log(total);
}

/**
 * The loss -log softmax(x)_label = log sum_i exp(x_i) - x_label, in nats; 0 or more, and 0 for one class.
 *
 * @param label 0 .. logits - 1
 * @throws UsageError if a logit is not finite or there is no such class
 */
export function crossEntropy(logits: ArrayLike<number>, label: number): number {
  checkLabel(logits, label);
  // The largest logit is taken off first, so that a small loss of large logits keeps its digits.
  const max = maximum(logits);
  return logSumExp(Float64Array.from(logits, (x) => x - max)) + (max - logits[label]);
}

/**
 * The gradient of the cross-entropy by the logits: softmax(x) - e_label, where e_label is 1 at the label, else 0.
 *
 * @throws UsageError if a logit is not finite or there is no such class
 */
export function crossEntropyGradient(logits: ArrayLike<number>, label: number): Float64Array {
  checkLabel(logits, label);
  const gradient = softmax(logits);
  gradient[label] -= 1;
  return gradient;
}

/**
 * The Jacobian of the softmax, ds_i / dx_j = s_i (delta_ij - s_j): diag(s) - s s^T. Symmetric; each row sums to 0.
 *
 * @returns row-major [logits x logits]
 * @throws UsageError if there is no logit, or one is not finite
 */
export function softmaxJacobian(logits: ArrayLike<number>): Float64Array {
  const s = softmax(logits);
  const count = s.length;
  return Float64Array.from({ length: count * count }, (_, at) => {
    const row = Math.floor(at / count);
    const column = at % count;
    return s[row] * ((row === column ? 1 : 0) - s[column]);
  });
}

/**
 * The gradient of any loss passed back through the softmax: J^T g = s * (g - s.g), in linear time.
 *
 * @param gradient the derivative of the loss by each probability, [logits]
 * @throws UsageError if the lengths differ or a value is not finite
 */
export function softmaxGradient(logits: ArrayLike<number>, gradient: ArrayLike<number>): Float64Array {
  checkLength("derivatives, one for each logit", gradient, logits.length);
  checkFinite("derivatives", gradient);
  const s = softmax(logits);
  const along = s.reduce((sum, value, index) => sum + value * gradient[index], 0);
  return s.map((value, index) => value * (gradient[index] - along));
}

function maximum(logits: ArrayLike<number>): number {
  if (logits.length === 0) throw new UsageError("Expected at least 1 logit, got 0.");
  checkFinite("logits", logits);
  let max = logits[0];
  for (let index = 1; index < logits.length; index++) max = Math.max(max, logits[index]);
  return max;
}

function checkLabel(logits: ArrayLike<number>, label: number): void {
  checkInteger("the label", label, 0, logits.length - 1);
}
