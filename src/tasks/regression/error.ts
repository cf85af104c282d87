/** The error of one example in plain TypeScript; twin of kernel/assembly/squares.ts, bit for bit. */
import { f32 } from "../../base/float32.ts";

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
