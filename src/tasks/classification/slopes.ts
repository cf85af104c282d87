/** How the log-likelihood depends on the outputs: what a gradient goes by. */
import { exp32, f32 } from "../../base/float32.ts";
import type { Lesson } from "../../network/seen.ts";
import { scaleOf } from "./likelihood.ts";

/**
 * The derivatives of minus the mean log-likelihood of the right classes by the outputs: the share of each class under
 * softmax, less 1 for the right one, and second p (1 - p).
 *
 * @param isScaled of outputs times the scale that fits best (`scaleOf`), which counts as a constant
 */
export function likelihoodSlopes(labels: Uint8Array, classes: number, isScaled: boolean): Lesson["slopes"] {
  return (outputs, slopes, curvatures) => {
    const count = labels.length;
    const rows = Array.from(labels, (_, example) => outputs.subarray(example * classes, (example + 1) * classes));
    const scale = isScaled ? scaleOf(rows, labels) : 1;
    rows.forEach((row, example) => {
      const largest = row.reduce((most, output) => Math.max(most, output), Number.NEGATIVE_INFINITY);
      const powers = row.map((output) => exp32(f32((output - largest) * scale)));
      const sum = powers.reduce((total, power) => total + power, 0);
      powers.forEach((power, output) => {
        const share = power / sum;
        const at = example * classes + output;
        slopes[at] = (scale * (share - (output === labels[example] ? 1 : 0))) / count;
        curvatures[at] = (scale * scale * share * (1 - share)) / count;
      });
    });
  };
}
