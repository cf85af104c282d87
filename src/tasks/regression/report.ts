/**
 * What answers are worth that are numbers: R2, and what several weights say together.
 *
 * Answers are those of one weight set, [examples], or of several, row-major [weights x examples].
 */
import { checkInteger, checkLength } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { mean } from "../../base/stats.ts";

/**
 * R2, the coefficient of determination: 1 - sum of squared errors / sum of squared deviations from the mean of the
 * targets. Where all targets are equal it is 1 if all answers are right, else 0.
 */
export function r2Of(answers: ArrayLike<number>, targets: ArrayLike<number>): number {
  if (targets.length === 0) throw new UsageError("Expected at least 1 example to measure R2 on, got 0.");
  checkLength("answers", answers, targets.length);
  const center = mean(targets);
  let errors = 0;
  let deviations = 0;
  for (let index = 0; index < targets.length; index++) {
    errors += (answers[index] - targets[index]) ** 2;
    deviations += (targets[index] - center) ** 2;
  }
  if (deviations === 0) return errors === 0 ? 1 : 0;
  return 1 - errors / deviations;
}

/** R2 of each weight, [weights]. */
export function r2ByWeight(answers: Float32Array, targets: ArrayLike<number>, weightCount: number): Float64Array {
  checkInteger("weightCount", weightCount, 1);
  checkLength("answers", answers, targets.length * weightCount);
  return Float64Array.from({ length: weightCount }, (_, weight) =>
    r2Of(answers.subarray(weight * targets.length, (weight + 1) * targets.length), targets),
  );
}

/**
 * What several weights say together: the mean of their answers to each example.
 *
 * @param answers row-major [weights x examples]
 * @returns       [examples]
 */
export function ensembleMean(answers: Float32Array, weightCount: number): Float64Array {
  checkInteger("weightCount", weightCount, 1);
  const examples = Math.floor(answers.length / weightCount);
  checkLength("answers", answers, weightCount * examples);
  return Float64Array.from({ length: examples }, (_, example) =>
    mean(Array.from({ length: weightCount }, (_, weight) => answers[weight * examples + example])),
  );
}
