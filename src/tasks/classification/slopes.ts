/** How the log-likelihood depends on the outputs: what a gradient goes by. */
import { exp32, f32 } from "../../base/float32.ts";
import type { Lesson } from "../../network/seen.ts";
import { FITTED_EXAMPLES, scaleOf } from "./likelihood.ts";

/**
 * The derivatives of minus the mean log-likelihood of the right classes by the outputs: the share of each class under
 * softmax, less 1 for the right one, and second p (1 - p).
 *
 * @param isScaled of outputs times the scale that fits best (`scaleOf`), which counts as a constant
 */
export function likelihoodSlopes(labels: Uint8Array, classes: number, isScaled: boolean): Lesson["slopes"] {
  return (outputs, slopes, curvatures) => {
    const scale = isScaled ? scaleOf(rowsOf(outputs, labels.length), labels) : 1;
    for (let first = 0, example = 0; first < outputs.length; first += classes, example++) {
      let largest = outputs[first];
      for (let at = first + 1; at < first + classes; at++) largest = Math.max(largest, outputs[at]);
      let sum = 0;
      for (let at = first; at < first + classes; at++) {
        slopes[at] = exp32(f32((outputs[at] - largest) * scale));
        sum += slopes[at];
      }
      for (let at = first; at < first + classes; at++) {
        const share = slopes[at] / sum;
        slopes[at] = (scale * (share - (at - first === labels[example] ? 1 : 0))) / labels.length;
        curvatures[at] = (scale * scale * share * (1 - share)) / labels.length;
      }
    }
  };
}

/** The outputs of each example by itself, as many as a scale is fitted on. */
function rowsOf(outputs: Float32Array, count: number): Float32Array[] {
  const width = outputs.length / count;
  return Array.from({ length: Math.min(count, FITTED_EXAMPLES) }, (_, row) =>
    outputs.subarray(row * width, (row + 1) * width),
  );
}
