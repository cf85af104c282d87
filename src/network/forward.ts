/**
 * One pass through a network in plain TypeScript: the definition of correct.
 *
 * Everything is rounded to single precision in the order of the program, so the kernels agree bit for bit
 * (twin: kernel/assembly/forward.ts).
 */
import { f32 } from "../base/float32.ts";
import { activationOf } from "../genome/activations.ts";
import { checkIndividualWeights, HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "./program.ts";

/** One weight for all connections, or one for each connection of the program. */
export type Weights = number | Float32Array;

/**
 * A function from inputs to the values of all slots (bias, inputs, nodes), ready to be called again and again. It tells,
 * where asked, the sum of each node before its activation. Throws UsageError if individual weights are not one for each
 * connection.
 */
export type Forward = (
  inputs: ArrayLike<number>,
  weights: Weights,
  tell?: (slot: number, sum: number) => void,
) => Float32Array;

/**
 * Prepares the forward pass of a program.
 *
 * @returns a function that fills and returns the same array of values, [slots]; see `outputSlots` for the outputs
 */
export function createForward(program: Program): Forward {
  const header = programHeader(program);
  const values = new Float32Array(header.slotCount);
  const apply = Array.from(
    { length: header.nodeCount },
    (_, node) => activationOf(program[HEADER_LENGTH + node * NODE_LENGTH]).apply,
  );
  return (inputs, weights, tell) => {
    if (typeof weights !== "number") checkIndividualWeights(header, weights);
    values[0] = 1;
    for (let input = 0; input < header.inputCount; input++) values[1 + input] = inputs[input];
    let source = header.sources;
    let connection = 0;
    for (let node = 0; node < header.nodeCount; node++) {
      const end = source + program[HEADER_LENGTH + node * NODE_LENGTH + 2];
      let sum = 0;
      if (typeof weights === "number") {
        for (; source < end; source++) sum = f32(sum + values[program[source]]);
        sum = f32(f32(weights) * sum);
      } else {
        for (; source < end; source++) sum = f32(sum + f32(weights[connection++] * values[program[source]]));
      }
      const slot = 1 + header.inputCount + node;
      tell?.(slot, sum);
      values[slot] = apply[node](sum);
    }
    return values;
  };
}

/** The slots of the outputs, [outputs]. */
export function outputSlots(program: Program): Int32Array {
  const header = programHeader(program);
  return program.subarray(header.outputs, header.length);
}
