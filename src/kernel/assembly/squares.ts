/** From outputs to squared errors, for blocks of 16 examples; twin of tasks/regression/error.ts. */
import { BLOCK_BYTES } from "./softmax";

/**
 * Takes the squared errors of up to 16 examples from a total.
 *
 * @param outputs address of the address of the network's row of outputs
 * @param offset  of the weight within the row
 * @param targets singles
 * @param room    for 16 singles
 */
export function addErrors(outputs: usize, offset: usize, targets: usize, count: i32, total: usize, room: usize): void {
  const from = load<usize>(outputs) + offset;
  for (let at: usize = 0; at < BLOCK_BYTES; at += 16) {
    const error = f32x4.sub(v128.load(from + at), v128.load(targets + at));
    v128.store(room + at, f32x4.mul(error, error));
  }
  let sum = load<f64>(total);
  for (const last = room + (<usize>count << 2); room < last; room += 4) sum -= <f64>load<f32>(room);
  store<f64>(total, sum);
}

/** Copies the outputs for 16 examples. */
export function storeOutputs(outputs: usize, offset: usize, to: usize): void {
  const from = load<usize>(outputs) + offset;
  for (let at: usize = 0; at < BLOCK_BYTES; at += 16) v128.store(to + at, v128.load(from + at));
}
