/**
 * One pass through a program for a row of lanes (four to a vector); twin of network/forward.ts.
 *
 * Values are rows of `stride` bytes, one row per slot (layout: kernel/program.ts).
 */
import { activate } from "./activations";

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
  let node = program + HEADER_BYTES;
  let source = node + <usize>nodeCount(program) * NODE_BYTES;
  let row = values + <usize>(1 + inputCount(program)) * stride;
  for (let last = source; node < last; node += NODE_BYTES) {
    const sourceCount = load<i32>(node, 8);
    const end = source + ((<usize>sourceCount) << 2);
    if (individual != 0) {
      sumWeighted(source, end, values, stride, vectors, row, individual);
      individual += <usize>sourceCount * stride;
    } else {
      sum(source, end, values, stride, vectors, row, shared);
    }
    activate(load<i32>(node), row, vectors);
    source = end;
    row += stride;
  }
}

/** Stores at `row` the sum of the rows named by the slots from `source` to `end`, times the lanes' weights. */
function sum(
  source: usize,
  end: usize,
  values: usize,
  stride: usize,
  vectors: i32,
  row: usize,
  weights: usize,
): void {
  let left = vectors;
  while (left >= 5) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    for (let at = source; at < end; at += 4) {
      const from = values + <usize>load<i32>(at) * stride;
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
      e = f32x4.add(e, v128.load(from, 64));
    }
    v128.store(row, f32x4.mul(v128.load(weights), a));
    v128.store(row, f32x4.mul(v128.load(weights, 16), b), 16);
    v128.store(row, f32x4.mul(v128.load(weights, 32), c), 32);
    v128.store(row, f32x4.mul(v128.load(weights, 48), d), 48);
    v128.store(row, f32x4.mul(v128.load(weights, 64), e), 64);
    left -= 5;
    values += 80;
    row += 80;
    weights += 80;
  }
  while (left >= 2) {
    let a = f32x4.splat(0);
    let b = a;
    for (let at = source; at < end; at += 4) {
      const from = values + <usize>load<i32>(at) * stride;
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
    }
    v128.store(row, f32x4.mul(v128.load(weights), a));
    v128.store(row, f32x4.mul(v128.load(weights, 16), b), 16);
    left -= 2;
    values += 32;
    row += 32;
    weights += 32;
  }
  if (left > 0) {
    let a = f32x4.splat(0);
    for (let at = source; at < end; at += 4) {
      a = f32x4.add(a, v128.load(values + <usize>load<i32>(at) * stride));
    }
    v128.store(row, f32x4.mul(v128.load(weights), a));
  }
}

/** As `sum`, each row multiplied by the weights of its connection instead. */
function sumWeighted(
  source: usize,
  end: usize,
  values: usize,
  stride: usize,
  vectors: i32,
  row: usize,
  weights: usize,
): void {
  for (let vector = 0; vector < vectors; vector++) {
    let total = f32x4.splat(0);
    let weight = weights;
    for (let at = source; at < end; at += 4) {
      const value = v128.load(values + <usize>load<i32>(at) * stride);
      total = f32x4.add(total, f32x4.mul(v128.load(weight), value));
      weight += stride;
    }
    v128.store(row, total);
    values += 16;
    row += 16;
    weights += 16;
  }
}
