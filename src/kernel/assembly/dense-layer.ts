/** One dense layer of kernel/assembly/dense.ts: its structure, outputs, transposed inputs, gradients and step. */
import { splat } from "./math";
import { product } from "./product";

/** Bytes of an entry: i32 index, f32 value. */
export const ENTRY: usize = 8;
/** Bytes of a span: addresses of the first entry and of the end. */
export const SPAN: usize = 8;

/** A layer: outputs[example] = biases + sum over rows of input * weights[row], then its activation. */
@unmanaged
export class Layer {
  rows: i32;
  width: i32;
  stride: usize;
  weights: usize;
  biases: usize;
  /** Of the momentum, like the weights; 0: no momentum. */
  velocities: usize;
  biasVelocities: usize;
  /** [rows x width] */
  gradients: usize;
  /** [examples x width], before and after the activation */
  outputs: usize;
  /** [examples x width], the derivative of the loss by the sums */
  errors: usize;
  /** Spans of the inputs by example: (row, value). */
  byExample: usize;
  /** Spans of the same inputs by row: (example, value). */
  byRow: usize;
  /** The entries of `byRow`. */
  rowEntries: usize;
}

/** Vectors in a row of a layer. */
// @ts-ignore: decorator
@inline
export function vectors(layer: Layer): i32 {
  return (layer.width + 3) >> 2;
}

/** outputs = biases + inputs x weights. */
export function sums(layer: Layer, count: i32): void {
  product(layer.byExample, count, layer.biases, layer.weights, layer.stride, layer.outputs, vectors(layer));
}

/** Multiplies the errors passed back to the hidden layer by the derivative of its activation. */
export function differentiate(layer: Layer, count: i32, activation: i32): void {
  const width = <usize>vectors(layer) << 4;
  for (let example = 0; example < count; example++) {
    const outputs = layer.outputs + <usize>example * layer.stride;
    const errors = layer.errors + <usize>example * layer.stride;
    for (let at: usize = 0; at < width; at += 16) {
      const y = v128.load(outputs + at);
      const error = v128.load(errors + at);
      const changed =
        activation == 9
          ? v128.and(f32x4.gt(y, splat(0)), error)
          : f32x4.mul(error, f32x4.mul(y, f32x4.sub(splat(1), y)));
      v128.store(errors + at, changed);
    }
  }
}

/** Copies [rows x width] weights to [width x rows]. */
export function exchange(layer: Layer, target: usize, stride: usize): void {
  for (let row = 0; row < layer.rows; row++) {
    const from = layer.weights + <usize>row * layer.stride;
    const to = target + ((<usize>row) << 2);
    for (let column = 0; column < layer.width; column++) {
      store<f32>(to + <usize>column * stride, load<f32>(from + ((<usize>column) << 2)));
    }
  }
}

/** Sorts the entries of `byExample` by row, within a row by example (counting sort). */
export function transpose(layer: Layer, count: i32): void {
  const spans = layer.byRow;
  const spansEnd = spans + <usize>layer.rows * SPAN;
  const examplesEnd = layer.byExample + <usize>count * SPAN;
  for (let span = spans; span < spansEnd; span += SPAN) store<usize>(span, 0, 4);
  for (let example = layer.byExample; example < examplesEnd; example += SPAN) {
    const end = load<usize>(example, 4);
    for (let entry = load<usize>(example); entry < end; entry += ENTRY) {
      const span = spans + <usize>load<i32>(entry) * SPAN;
      store<usize>(span, load<usize>(span, 4) + ENTRY, 4);
    }
  }
  let next = layer.rowEntries;
  for (let span = spans; span < spansEnd; span += SPAN) {
    const bytes = load<usize>(span, 4);
    store<usize>(span, next);
    store<usize>(span, next, 4);
    next += bytes;
  }
  let index = 0;
  for (let example = layer.byExample; example < examplesEnd; example += SPAN) {
    const end = load<usize>(example, 4);
    for (let entry = load<usize>(example); entry < end; entry += ENTRY) {
      const span = spans + <usize>load<i32>(entry) * SPAN;
      const to = load<usize>(span, 4);
      store<i32>(to, index);
      store<f32>(to, load<f32>(entry, 4), 4);
      store<usize>(span, to + ENTRY, 4);
    }
    index++;
  }
}

/** Computes the gradients of a layer and takes the step: weights -= rate * (momentum * velocity + gradient + decay * weight). */
export function update(layer: Layer, ones: usize, zeros: usize, rate: f32, decay: f32, momentum: f32): void {
  const width = vectors(layer);
  const gradients = layer.gradients;
  product(ones, 1, zeros, layer.errors, layer.stride, gradients, width);
  descend(layer.biases, layer.biasVelocities, gradients, width, rate, 0, momentum);
  product(layer.byRow, layer.rows, zeros, layer.errors, layer.stride, gradients, width);
  for (let row = 0; row < layer.rows; row++) {
    const at = <usize>row * layer.stride;
    const velocities = layer.velocities != 0 ? layer.velocities + at : 0;
    descend(layer.weights + at, velocities, gradients + at, width, rate, decay, momentum);
  }
}

function descend(
  weights: usize,
  velocities: usize,
  gradients: usize,
  vectors: i32,
  rate: f32,
  decay: f32,
  momentum: f32,
): void {
  const width = <usize>vectors << 4;
  for (let at: usize = 0; at < width; at += 16) {
    const weight = v128.load(weights + at);
    let step = f32x4.add(v128.load(gradients + at), f32x4.mul(splat(decay), weight));
    if (velocities != 0) {
      step = f32x4.add(f32x4.mul(splat(momentum), v128.load(velocities + at)), step);
      v128.store(velocities + at, step);
    }
    v128.store(weights + at, f32x4.sub(weight, f32x4.mul(splat(rate), step)));
  }
}
