/**
 * Choosing a topology by gradient: gradients of a dense network whose weights are masks, Adam on the scores behind them,
 * and the masks of the largest scores; twin of baseline/topology/plain.ts, bit for bit.
 *
 * Structures are those of dense.ts; scores and moments are laid out like a layer's weights (baseline/topology/engine.ts).
 */
import { backpropagate, Dense } from "./dense";
import { Layer, vectors } from "./dense-layer";
import { splat } from "./math";
import { product } from "./product";

// Of Adam (Kingma & Ba 2015): the shares of a moment that are kept and renewed, and the least divisor.
const KEPT_FIRST: f32 = 0.9;
const NEW_FIRST: f32 = 0.1;
const KEPT_SECOND: f32 = 0.999;
const NEW_SECOND: f32 = 0.001;
const EPSILON: f32 = 1e-8;

/** Bins of a histogram: 2048, of four bytes. */
const BIN_BYTES: usize = 8192;
const BINS: usize = memory.data(8192, 16);
const SIZE_BITS: i32 = 0x7fffffff;

/**
 * Computes the gradients of both layers by their weights, on the `count` examples whose indices are at `order`.
 *
 * @param tally adds the loss and the correct answers
 * @returns     the derivative of the loss by the logarithm of a factor of all outputs: the sum of gradient * weight over
 *              the output layer
 */
export function topologyGradients(network: usize, examples: usize, order: usize, count: i32, tally: usize): f32 {
  backpropagate(network, examples, order, count, tally);
  const dense = changetype<Dense>(network);
  gradients(changetype<Layer>(dense.hidden), dense.zeros);
  const output = changetype<Layer>(dense.output);
  gradients(output, dense.zeros);
  const bytes = <usize>vectors(output) << 4;
  let total = splat(0);
  for (let row: usize = 0, end = <usize>output.rows * output.stride; row < end; row += output.stride) {
    for (let at = row; at < row + bytes; at += 16) {
      total = f32x4.add(total, f32x4.mul(v128.load(output.gradients + at), v128.load(output.weights + at)));
    }
  }
  return (
    f32x4.extract_lane(total, 0) +
    f32x4.extract_lane(total, 1) +
    (f32x4.extract_lane(total, 2) + f32x4.extract_lane(total, 3))
  );
}

function gradients(layer: Layer, zeros: usize): void {
  product(layer.byRow, layer.rows, zeros, layer.errors, layer.stride, layer.gradients, vectors(layer));
}

/**
 * One step of Adam on the scores of a layer; the corrections of its first steps are in the rate.
 *
 * @param firsts, seconds the moments
 */
export function topologyStep(
  scores: usize,
  firsts: usize,
  seconds: usize,
  gradients: usize,
  bytes: usize,
  rate: f32,
): void {
  for (const end = scores + bytes; scores < end; scores += 16) {
    const gradient = v128.load(gradients);
    const first = f32x4.add(
      f32x4.mul(splat(KEPT_FIRST), v128.load(firsts)),
      f32x4.mul(splat(NEW_FIRST), gradient),
    );
    const second = f32x4.add(
      f32x4.mul(splat(KEPT_SECOND), v128.load(seconds)),
      f32x4.mul(splat(NEW_SECOND), f32x4.mul(gradient, gradient)),
    );
    v128.store(firsts, first);
    v128.store(seconds, second);
    const change = f32x4.div(
      f32x4.mul(splat(rate), first),
      f32x4.add(f32x4.sqrt(second), splat(EPSILON)),
    );
    v128.store(scores, f32x4.sub(v128.load(scores), change));
    firsts += 16;
    seconds += 16;
    gradients += 16;
  }
}

/**
 * Sets the weights of a layer to +-scale, by the sign of their scores, where the scores are the `count` largest in size,
 * of equal ones the first, and to 0 elsewhere.
 */
export function topologyMask(layer: usize, scores: usize, count: i32, scale: f32): void {
  const placed = changetype<Layer>(layer);
  const rows = <usize>placed.rows * placed.stride;
  const width = <usize>placed.width << 2;
  // The size of the smallest score that is taken, bit by bit from the top: singles are ordered like their bits.
  let least = 0;
  let left = count;
  for (let shift = 20; shift >= 0; shift -= 10) {
    memory.fill(BINS, 0, BIN_BYTES);
    const known = shift == 20 ? 0 : -1 << (shift + 10);
    const mask = shift == 20 ? 0x7ff : 0x3ff;
    for (let row: usize = 0; row < rows; row += placed.stride) {
      for (let at = scores + row, end = at + width; at < end; at += 4) {
        const size = load<i32>(at) & SIZE_BITS;
        if ((size & known) != least) continue;
        const bin = BINS + (<usize>((size >> shift) & mask) << 2);
        store<i32>(bin, load<i32>(bin) + 1);
      }
    }
    let bin = mask;
    for (; bin > 0; bin--) {
      const held = load<i32>(BINS + (<usize>bin << 2));
      if (held >= left) break;
      left -= held;
    }
    least |= bin << shift;
  }
  for (let row: usize = 0; row < rows; row += placed.stride) {
    for (let at: usize = row, end = row + width; at < end; at += 4) {
      const score = load<i32>(scores + at);
      const size = score & SIZE_BITS;
      let taken = size > least;
      if (size == least && left > 0) {
        taken = true;
        left--;
      }
      store<f32>(placed.weights + at, taken ? (score < 0 ? -scale : scale) : 0);
    }
  }
}
