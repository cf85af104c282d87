/**
 * One pass through a program for a row of lanes (four to a vector); twin of network/forward.ts.
 *
 * Values are rows of `stride` bytes, one row per slot (layout: kernel/program.ts). Lanes know nothing of each other, so
 * three vectors at a time go through all nodes: what they sum stays in registers until it is activated.
 */
import { storeActivated } from "./activations";

/** Bytes of a program's header. */
export const HEADER_BYTES: usize = 32;
/** Bytes of a node in the node table. */
export const NODE_BYTES: usize = 12;

// @ts-ignore: decorator
@inline
export function inputCount(program: usize): i32 {
  return load<i32>(program, 8);
}

// @ts-ignore: decorator
@inline
export function outputCount(program: usize): i32 {
  return load<i32>(program, 12);
}

// @ts-ignore: decorator
@inline
export function nodeCount(program: usize): i32 {
  return load<i32>(program, 16);
}

// @ts-ignore: decorator
@inline
export function connectionCount(program: usize): i32 {
  return load<i32>(program, 20);
}

/** Address of the row of values of output `index`. */
export function outputRow(program: usize, values: usize, stride: usize, index: i32): usize {
  const outputs =
    program + HEADER_BYTES + <usize>nodeCount(program) * NODE_BYTES + ((<usize>connectionCount(program)) << 2);
  return values + <usize>load<i32>(outputs + ((<usize>index) << 2)) * stride;
}

/** Vectors that go through the nodes together. More need more registers than there are. */
const TOGETHER = 3;

/**
 * Computes all nodes of `program` for `vectors` vectors.
 *
 * @param values     rows of values; the bias and input rows are filled
 * @param shared     one weight per lane, or 0 when `individual` is given
 * @param individual one row of weights per connection, each of `stride` bytes, or 0
 */
export function forward(
  program: usize,
  values: usize,
  stride: usize,
  vectors: i32,
  shared: usize,
  individual: usize,
): void {
  const isShared = individual == 0;
  let weights = isShared ? shared : individual;
  for (let left = vectors; left > 0; left -= TOGETHER) {
    if (isShared) {
      if (left == 1) pass(program, values, stride, 1, weights, true);
      else if (left == 2) pass(program, values, stride, 2, weights, true);
      else pass(program, values, stride, 3, weights, true);
    } else {
      if (left == 1) pass(program, values, stride, 1, weights, false);
      else if (left == 2) pass(program, values, stride, 2, weights, false);
      else pass(program, values, stride, 3, weights, false);
    }
    values += TOGETHER * 16;
    weights += TOGETHER * 16;
  }
}

/** One pass of 1 to 3 vectors. Their number and the kind of weights are constants where it is called: each has code of its own. */
// @ts-ignore: decorator
@inline
function pass(program: usize, values: usize, stride: usize, vectors: i32, weights: usize, isShared: bool): void {
  let node = program + HEADER_BYTES;
  let source = node + <usize>nodeCount(program) * NODE_BYTES;
  let row = values + <usize>(1 + inputCount(program)) * stride;
  let weight = weights;
  for (let last = source; node < last; node += NODE_BYTES) {
    const end = source + (<usize>load<i32>(node, 8) << 2);
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    for (; source < end; source += 4) {
      const from = values + <usize>load<i32>(source) * stride;
      a = f32x4.add(a, term(from, weight, isShared, 0));
      if (vectors > 1) b = f32x4.add(b, term(from, weight, isShared, 16));
      if (vectors > 2) c = f32x4.add(c, term(from, weight, isShared, 32));
      if (!isShared) weight += stride;
    }
    if (isShared) {
      a = f32x4.mul(v128.load(weight), a);
      if (vectors > 1) b = f32x4.mul(v128.load(weight, 16), b);
      if (vectors > 2) c = f32x4.mul(v128.load(weight, 32), c);
    }
    storeActivated(load<i32>(node), row, vectors, a, b, c);
    row += stride;
  }
}

/** What a source adds to a sum: its value, times the weight of its connection where each has its own. */
// @ts-ignore: decorator
@inline
function term(from: usize, weight: usize, isShared: bool, at: usize): v128 {
  const value = v128.load(from + at);
  return isShared ? value : f32x4.mul(v128.load(weight + at), value);
}
