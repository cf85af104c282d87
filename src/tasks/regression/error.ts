/** The error of one example in plain TypeScript; twin of kernel/assembly/squares.ts, bit for bit. */
import { f32 } from "../../base/float32.ts";
import type { Lesson } from "../../network/seen.ts";

/**
 * The squared error of an output, in single precision.
 *
 * @param output finite single
 * @param target finite single
 */
export function squaredError(output: number, target: number): number {
  const error = f32(output - target);
  return f32(error * error);
}

/** The derivatives of the mean squared error of output 0 by it; other outputs have none. */
export function errorSlopes(targets: Float32Array): Lesson["slopes"] {
  return (outputs, slopes, curvatures) => {
    const width = outputs.length / targets.length;
    targets.forEach((target, example) => {
      slopes[example * width] = (2 * (outputs[example * width] - target)) / targets.length;
      curvatures[example * width] = 2 / targets.length;
    });
  };
}
