/**
 * Training of one or two dense layers by stochastic gradient descent; twin of baseline/dense.ts, bit for bit.
 *
 * Every matrix product is a sum of rows of a matrix, each times a value, taken from a list of entries (index, value).
 * So zeros (most pixels of an image) cost nothing, and one routine serves the outputs, the gradients and the errors
 * passed back. Rows of matrices are `stride` bytes apart, padded with zeros to whole vectors. The host fills the
 * structures below (baseline/engine.ts); all fields are four bytes.
 */
import { activate } from "./activations";
import { differentiate, ENTRY, exchange, Layer, SPAN, sums, transpose, update, vectors } from "./dense-layer";
import { exp, splat } from "./math";
import { product } from "./product";

/** A network; `hidden` is 0 in a network of one layer. */
@unmanaged
export class Dense {
  hidden: usize;
  output: usize;
  /** Code of the hidden activation: 6 sigmoid, 9 relu. */
  activation: i32;
  /** The weights of the output layer with rows and columns exchanged, `hidden.stride` bytes apart. */
  exchanged: usize;
  /** Spans and entries (class, error) by example, of the errors of the output layer. */
  errorSpans: usize;
  errorEntries: usize;
  /** Entries of `hidden.outputs` by example: (hidden unit, value). */
  hiddenEntries: usize;
  /** One span of entries (example, 1), and a row of zeros. */
  ones: usize;
  zeros: usize;
  /** Bytes between the entries of one hidden unit and the next in `output.rowEntries`. */
  rowStep: usize;
}

/** Examples: CSR matrix of inputs with `starts` in entries, and one byte of label each. */
@unmanaged
class Data {
  starts: usize;
  entries: usize;
  labels: usize;
}

/** Running totals. */
@unmanaged
class Tally {
  loss: f64;
  correct: i32;
}

/**
 * One step of stochastic gradient descent on the `count` examples whose indices are at `order`.
 *
 * @param tally adds the loss and the correct answers before the step
 */
export function denseStep(
  network: usize,
  examples: usize,
  order: usize,
  count: i32,
  rate: f32,
  decay: f32,
  momentum: f32,
  tally: usize,
): void {
  const dense = changetype<Dense>(network);
  backpropagate(network, examples, order, count, tally);
  store<usize>(dense.ones, load<usize>(dense.ones) + <usize>count * ENTRY, 4);
  if (dense.hidden != 0) update(changetype<Layer>(dense.hidden), dense.ones, dense.zeros, rate, decay, momentum);
  update(changetype<Layer>(dense.output), dense.ones, dense.zeros, rate, decay, momentum);
}

/** Computes the errors of all layers, and their inputs by row: all that gradients are products of. */
export function backpropagate(network: usize, examples: usize, order: usize, count: i32, tally: usize): void {
  const dense = changetype<Dense>(network);
  const output = changetype<Layer>(dense.output);
  infer(dense, changetype<Data>(examples), order, count);
  score(output, changetype<Data>(examples), order, count, changetype<Tally>(tally), dense.errorEntries);
  if (dense.hidden == 0) {
    transpose(output, count);
    return;
  }
  const hidden = changetype<Layer>(dense.hidden);
  exchange(output, dense.exchanged, hidden.stride);
  product(dense.errorSpans, count, dense.zeros, dense.exchanged, hidden.stride, hidden.errors, vectors(hidden));
  differentiate(hidden, count, dense.activation);
  transpose(hidden, count);
}

/** Adds the loss and the correct answers on the `count` examples whose indices are at `order`. */
export function denseTally(network: usize, examples: usize, order: usize, count: i32, tally: usize): void {
  const dense = changetype<Dense>(network);
  infer(dense, changetype<Data>(examples), order, count);
  score(changetype<Layer>(dense.output), changetype<Data>(examples), order, count, changetype<Tally>(tally), 0);
}

/** Computes the sums of the output layer. */
function infer(dense: Dense, data: Data, order: usize, count: i32): void {
  const first = changetype<Layer>(dense.hidden != 0 ? dense.hidden : dense.output);
  let span = first.byExample;
  for (let example = 0; example < count; example++) {
    const start = data.starts + (<usize>load<i32>(order + ((<usize>example) << 2)) << 2);
    store<usize>(span, data.entries + <usize>load<i32>(start) * ENTRY);
    store<usize>(span, data.entries + <usize>load<i32>(start, 4) * ENTRY, 4);
    span += SPAN;
  }
  sums(first, count);
  if (dense.hidden == 0) return;
  const output = changetype<Layer>(dense.output);
  // The outputs of the hidden layer become the inputs of the next: entries by example and by row.
  let row = first.outputs;
  let byExample = dense.hiddenEntries + 4;
  for (let example = 0; example < count; example++) {
    activate(dense.activation, row, vectors(first));
    let byRow = output.rowEntries + <usize>example * ENTRY + 4;
        for (let unit = 0; unit < first.width; unit++) {
      const value = load<f32>(row + ((<usize>unit) << 2));
      store<f32>(byExample, value);
      store<f32>(byRow, value);
      byExample += ENTRY;
      byRow += dense.rowStep;
    }
    row += first.stride;
  }
  span = output.byRow;
  for (let unit = 0; unit < first.width; unit++) {
    store<usize>(span, load<usize>(span) + <usize>count * ENTRY, 4);
    span += SPAN;
  }
  sums(output, count);
}

/**
 * Turns the sums of the output layer into softmax (not divided yet), adds the cross-entropy and the correct answers,
 * and, unless `entry` is 0, stores the errors (softmax - label) / count, as rows and as entries.
 */
function score(layer: Layer, data: Data, order: usize, count: i32, tally: Tally, entry: usize): void {
  const width = <usize>layer.width << 2;
  const share: f32 = 1.0 / <f32>count;
  let row = layer.outputs;
  let errors = layer.errors;
  for (let example = 0; example < count; example++) {
    const label = <usize>load<u8>(data.labels + <usize>load<i32>(order + ((<usize>example) << 2))) << 2;
    let best: usize = 0;
    let max = load<f32>(row);
    for (let at: usize = 4; at < width; at += 4) {
      const sum = load<f32>(row + at);
      if (sum > max) {
        max = sum;
        best = at;
      }
    }
    const own = load<f32>(row + label);
    for (let at: usize = 0; at < width; at += 16) {
      v128.store(row + at, exp(f32x4.sub(v128.load(row + at), splat(max))));
    }
    let total: f32 = 0;
    for (let at: usize = 0; at < width; at += 4) total += load<f32>(row + at);
    tally.loss += logarithm(<f64>total) - (<f64>own - <f64>max);
    tally.correct += i32(best == label);
    if (entry != 0) {
      for (let at: usize = 0; at < width; at += 4) {
        const error = (load<f32>(row + at) / total - (at == label ? <f32>1 : <f32>0)) * share;
        store<f32>(errors + at, error);
        store<f32>(entry, error, 4);
        entry += ENTRY;
      }
    }
    row += layer.stride;
    errors += layer.stride;
  }
}

/** The natural logarithm of a number of at least 1, in double precision: the series of 2 artanh((x - 1) / (x + 1)). */
function logarithm(x: f64): f64 {
  let halvings: f64 = 0;
  while (x > 1.4142135623730951) {
    x *= 0.5;
    halvings += 1;
  }
  const z = (x - 1) / (x + 1);
  const square = z * z;
  let series: f64 = 0;
  for (let term: f64 = 21; term >= 1; term -= 2) series = series * square + 1 / term;
  return halvings * 0.6931471805599453 + 2 * z * series;
}
