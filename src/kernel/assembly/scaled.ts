/**
 * Log-likelihoods of outputs at a fitted scale, for blocks of 16 examples; twin of `scaleOf` and `scaledOutputs` of
 * tasks/classification/likelihood.ts.
 */
import { addLikelihoods, BLOCK_BYTES, SPLIT_BYTES, splitOutputs } from "./softmax";

/** Examples on which the scale is fitted; a whole number of blocks. */
export const FITTED_EXAMPLES = 128;
/** Least standard deviation of scaled outputs. */
const LEAST: f64 = 0.1;
/** Largest factor: outputs stay finite. */
const LARGEST: f64 = 1152921504606846976.0;

/**
 * Adds, for up to 16 examples, the right output less the mean of all to `gains`, and the sum of squared deviations from
 * that mean to `squares`.
 *
 * @param outputs addresses of the network's rows of outputs, [classes]
 * @param offset  of the weight within a row
 * @param room    for 32 singles
 */
export function addMoments(
  outputs: usize,
  classes: i32,
  offset: usize,
  labels: usize,
  count: i32,
  gains: usize,
  squares: usize,
  room: usize,
): void {
  const end = outputs + (<usize>classes << 2);
  for (let lane: usize = 0; lane < BLOCK_BYTES; lane += 16) {
    const mean = meanOf(outputs, end, classes, offset + lane);
    let sum = f32x4.splat(0);
    for (let at = outputs; at < end; at += 4) {
      const deviation = f32x4.sub(v128.load(load<usize>(at) + offset + lane), mean);
      sum = f32x4.add(sum, f32x4.mul(deviation, deviation));
    }
    v128.store(room + lane, sum);
    v128.store(room + BLOCK_BYTES + lane, mean);
  }
  let gain = load<f64>(gains);
  let square = load<f64>(squares);
  for (let lane: usize = 0; lane < <usize>count << 2; lane += 4) {
    const right = load<f32>(load<usize>(outputs + (load<usize>(labels + lane) << 2)) + offset + lane);
    gain += <f64>(right - load<f32>(room + BLOCK_BYTES + lane));
    square += <f64>load<f32>(room + lane);
  }
  store<f64>(gains, gain);
  store<f64>(squares, square);
}

/** Turns the moments of so many examples into factors, in place of the gains. @param count of gains, which squares follow */
export function factorsOf(gains: usize, count: i32, examples: i32, classes: i32): void {
  const length = <usize>count << 3;
  for (const end = gains + length; gains < end; gains += 8) {
    const gain = load<f64>(gains) / <f64>examples;
    const square = load<f64>(gains + length) / <f64>(examples * classes);
    store<f64>(gains, square > 0 ? min(max(gain / square, LEAST / sqrt(square)), LARGEST) : 0);
  }
}

/**
 * Adds the log-likelihoods of the right classes of up to 16 examples to a total, of outputs less their mean times a factor.
 *
 * @param outputs addresses of the network's rows of outputs, [classes]
 * @param room    for 32 singles; [classes x 16] and [classes x 3 x 16] singles; twice [classes] addresses
 */
export function addScaled(
  outputs: usize,
  classes: i32,
  offset: usize,
  factor: f32,
  labels: usize,
  count: i32,
  total: usize,
  room: usize,
): void {
  const end = outputs + (<usize>classes << 2);
  const rows = room + 2 * BLOCK_BYTES;
  const splits = rows + <usize>classes * BLOCK_BYTES;
  const rowTable = splits + <usize>classes * SPLIT_BYTES;
  const splitTable = rowTable + (<usize>classes << 2);
  const factors = f32x4.splat(factor);
  for (let lane: usize = 0; lane < BLOCK_BYTES; lane += 16) {
    const mean = meanOf(outputs, end, classes, offset + lane);
    let row = rows + lane;
    for (let at = outputs; at < end; at += 4) {
      v128.store(row, f32x4.mul(f32x4.sub(v128.load(load<usize>(at) + offset + lane), mean), factors));
      row += BLOCK_BYTES;
    }
  }
  for (let index = 0; index < classes; index++) {
    store<usize>(rowTable + (<usize>index << 2), rows + <usize>index * BLOCK_BYTES);
    store<usize>(splitTable + (<usize>index << 2), splits + <usize>index * SPLIT_BYTES);
  }
  splitOutputs(rowTable, classes, BLOCK_BYTES, splits);
  addLikelihoods(splitTable, classes, 0, labels, count, total, room);
}

/** Mean of the outputs for four examples. */
// @ts-ignore: decorator
@inline
function meanOf(outputs: usize, end: usize, classes: i32, offset: usize): v128 {
  let sum = f32x4.splat(0);
  for (let at = outputs; at < end; at += 4) sum = f32x4.add(sum, v128.load(load<usize>(at) + offset));
  return f32x4.mul(sum, f32x4.splat(<f32>1 / <f32>classes));
}
