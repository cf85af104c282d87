/**
 * Gradients through a program for a row of examples (16 to a block); twin of network/gradient.ts, bit for bit.
 *
 * Values, sums and errors are rows of `stride` bytes, a multiple of 64: values and errors a row for each slot, sums a
 * row for each node. Weights are one shared single, or one single for each connection.
 */
import { activate } from "./activations";
import { applyDerivative } from "./derivatives";
import { connectionCount, HEADER_BYTES, inputCount, NODE_BYTES, nodeCount } from "./forward";

/** Bytes of 16 examples in a row. */
const BLOCK_BYTES: usize = 64;

/**
 * Computes all nodes of `program`, their sums before the activation kept.
 *
 * @param values     the bias and input rows are filled
 * @param individual 1 if the weights are individual ones
 */
export function gradientForward(
  program: usize,
  values: usize,
  sums: usize,
  stride: usize,
  weights: usize,
  individual: i32,
): void {
  let node = program + HEADER_BYTES;
  let source = node + <usize>nodeCount(program) * NODE_BYTES;
  let row = values + <usize>(1 + inputCount(program)) * stride;
  for (let last = source; node < last; node += NODE_BYTES) {
    const end = source + (<usize>load<i32>(node, 8) << 2);
    if (individual != 0) {
      sumWeighted(source, end, values, stride, sums, weights);
      weights += end - source;
    } else {
      sumShared(source, end, values, stride, sums, weights);
    }
    memory.copy(row, sums, stride);
    activate(load<i32>(node), row, <i32>(stride >> 4));
    source = end;
    row += stride;
    sums += stride;
  }
}

/**
 * Passes errors back through all nodes of `program`.
 *
 * @param errors    the derivatives of the loss by the values of the outputs, zeros elsewhere; becomes those by the sums
 *                  of nodes, and by the values of the bias and the inputs
 * @param partials  [connections x 4] zeros; becomes the derivatives by the weights, as four sums of each
 * @param surrogate 1 if flat activations have the derivative of their surrogate
 */
export function gradientBackward(
  program: usize,
  values: usize,
  sums: usize,
  errors: usize,
  stride: usize,
  weights: usize,
  individual: i32,
  partials: usize,
  surrogate: i32,
): void {
  const nodes = nodeCount(program);
  const first = program + HEADER_BYTES;
  let node = first + <usize>nodes * NODE_BYTES;
  let source = node + (<usize>connectionCount(program) << 2);
  let row = <usize>(1 + inputCount(program) + nodes) * stride;
  partials += <usize>connectionCount(program) << 4;
  sums += <usize>nodes * stride;
  if (individual != 0) weights += <usize>connectionCount(program) << 2;
  while (node > first) {
    node -= NODE_BYTES;
    row -= stride;
    sums -= stride;
    const error = errors + row;
    applyDerivative(load<i32>(node), sums, values + row, error, <i32>(stride >> 4), surrogate);
    const bytes = <usize>load<i32>(node, 8) << 2;
    source -= bytes;
    partials -= bytes << 2;
    if (individual != 0) weights -= bytes;
    let weight = weights;
    let partial = partials;
    for (let at = source, end = source + bytes; at < end; at += 4) {
      const from = <usize>load<i32>(at) * stride;
      v128.store(partial, passBack(error, values + from, errors + from, stride, v128.load32_splat(weight)));
      partial += 16;
      if (individual != 0) weight += 4;
    }
  }
}

/** Adds weight * error to the errors of a source; returns the four sums of error * value. */
// @ts-ignore: decorator
@inline
function passBack(error: usize, value: usize, sourceError: usize, stride: usize, weight: v128): v128 {
  let total = f32x4.splat(0);
  for (const end = error + stride; error < end; error += 16) {
    const e = v128.load(error);
    total = f32x4.add(total, f32x4.mul(e, v128.load(value)));
    v128.store(sourceError, f32x4.add(v128.load(sourceError), f32x4.mul(weight, e)));
    value += 16;
    sourceError += 16;
  }
  return total;
}

/** Stores at `row` the sum of the rows named by the slots from `source` to `end`, times the weight. */
function sumShared(source: usize, end: usize, values: usize, stride: usize, row: usize, weights: usize): void {
  const weight = v128.load32_splat(weights);
  for (const last = row + stride; row < last; row += BLOCK_BYTES) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let at = source; at < end; at += 4) {
      const from = values + <usize>load<i32>(at) * stride;
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
    }
    v128.store(row, f32x4.mul(weight, a));
    v128.store(row, f32x4.mul(weight, b), 16);
    v128.store(row, f32x4.mul(weight, c), 32);
    v128.store(row, f32x4.mul(weight, d), 48);
    values += BLOCK_BYTES;
  }
}

/** As `sumShared`, each row multiplied by the weight of its connection instead. */
function sumWeighted(source: usize, end: usize, values: usize, stride: usize, row: usize, weights: usize): void {
  for (const last = row + stride; row < last; row += BLOCK_BYTES) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let weight = weights;
    for (let at = source; at < end; at += 4) {
      const from = values + <usize>load<i32>(at) * stride;
      const factor = v128.load32_splat(weight);
      a = f32x4.add(a, f32x4.mul(factor, v128.load(from)));
      b = f32x4.add(b, f32x4.mul(factor, v128.load(from, 16)));
      c = f32x4.add(c, f32x4.mul(factor, v128.load(from, 32)));
      d = f32x4.add(d, f32x4.mul(factor, v128.load(from, 48)));
      weight += 4;
    }
    v128.store(row, a);
    v128.store(row, b, 16);
    v128.store(row, c, 32);
    v128.store(row, d, 48);
    values += BLOCK_BYTES;
  }
}
