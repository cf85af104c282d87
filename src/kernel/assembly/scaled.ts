/**
 * Log-likelihoods of outputs divided by their size, for blocks of 16 examples; twin of `scaleOf` and `scaledOutputs` of
 * tasks/classification/likelihood.ts.
 */
import { addLikelihoods, BLOCK_BYTES, SPLIT_BYTES, splitOutputs } from "./softmax";

/** Examples from which the size is told; a whole number of blocks. */
export const SIZED_EXAMPLES = 128;
/** Mean deviation of scaled outputs. */
const SPREAD: f64 = 1.5;
/** Largest factor: outputs stay finite. */
const LARGEST: f64 = 1152921504606846976.0;

/** Adds, for up to 16 examples, the deviations of the outputs from their mean, all outputs together. */
export function addDeviations(outputs: usize, classes: i32, offset: usize, count: i32, total: usize, room: usize): void {
  const end = outputs + (<usize>classes << 2);
  for (let lane: usize = 0; lane < BLOCK_BYTES; lane += 16) {
    const mean = meanOf(outputs, end, classes, offset + lane);
    let sum = f32x4.splat(0);
    for (let at = outputs; at < end; at += 4) {
      sum = f32x4.add(sum, f32x4.abs(f32x4.sub(v128.load(load<usize>(at) + offset + lane), mean)));
    }
    v128.store(room + lane, sum);
  }
  let sum = load<f64>(total);
  for (const last = room + (<usize>count << 2); room < last; room += 4) sum += <f64>load<f32>(room);
  store<f64>(total, sum);
}

/** Turns sums of deviations of so many outputs into the factors that scale outputs; 0 where all are alike. */
export function factorsOf(totals: usize, count: i32, outputs: i32): void {
  for (const end = totals + (<usize>count << 3); totals < end; totals += 8) {
    const total = load<f64>(totals);
    store<f64>(totals, total > 0 ? min((SPREAD * <f64>outputs) / total, LARGEST) : 0);
  }
}

/**
 * Adds the log-likelihoods of the right classes of up to 16 examples to a total, of outputs less their mean times a factor.
 *
 * @param outputs addresses of the network's rows of outputs, [classes]
 * @param room    for 16 singles; [classes x 16] and [classes x 3 x 16] singles; twice [classes] addresses
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
  const rows = room + BLOCK_BYTES;
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
