/** From outputs to log-likelihoods or classes, for blocks of 16 examples; twin of tasks/classification/likelihood.ts. */
import { clamp, constant, expReduced, lessPower, log, LOG2_E, MAGIC } from "./math";

/** Bytes of a block of examples in one row. */
export const BLOCK_BYTES: usize = 64;
/** Bytes of an output for 16 examples and one weight, e^output = value * 2^power: values, powers, log(values). */
export const SPLIT_BYTES: usize = 3 * BLOCK_BYTES;
const POWER: usize = BLOCK_BYTES;
const REST: usize = 2 * BLOCK_BYTES;
const REST_MIN: usize = memory.data<f32>([-0.35]);
const REST_MAX: usize = memory.data<f32>([0.35]);
const LEAST_POWER: usize = memory.data<f32>([-100.0]);
const LN2: usize = memory.data<f32>([0.6931471805599453]);

/** Splits e^output of each distinct output; networks that share an output share this work. */
export function splitOutputs(distinct: usize, count: i32, rowBytes: usize, splits: usize): void {
  for (const end = distinct + (<usize>count << 2); distinct < end; distinct += 4) {
    let row = load<usize>(distinct);
    for (const rowEnd = row + rowBytes; row < rowEnd; ) {
      for (const blockEnd = splits + BLOCK_BYTES; splits < blockEnd; splits += 16) {
        const output = v128.load(row);
        const power = f32x4.nearest(f32x4.mul(output, constant(LOG2_E)));
        const rest = clamp(lessPower(output, power), REST_MIN, REST_MAX);
        v128.store(splits, expReduced(rest));
        v128.store(splits, power, POWER);
        v128.store(splits, rest, REST);
        row += 16;
      }
      splits += SPLIT_BYTES - BLOCK_BYTES;
    }
  }
}

/**
 * Adds the log-likelihoods of the right classes of up to 16 examples to a total.
 *
 * @param outputs addresses of the network's split outputs, [classes]
 * @param offset  of the weight within a split output
 * @param room    for 16 singles
 */
export function addLikelihoods(
  outputs: usize,
  classes: i32,
  offset: usize,
  labels: usize,
  count: i32,
  total: usize,
  room: usize,
): void {
  const end = outputs + (<usize>classes << 2);
  let from = load<usize>(outputs) + offset;
  let a = v128.load(from, POWER);
  let b = v128.load(from, POWER + 16);
  let c = v128.load(from, POWER + 32);
  let d = v128.load(from, POWER + 48);
  for (let at = outputs + 4; at < end; at += 4) {
    from = load<usize>(at) + offset;
    a = f32x4.pmax(a, v128.load(from, POWER));
    b = f32x4.pmax(b, v128.load(from, POWER + 16));
    c = f32x4.pmax(c, v128.load(from, POWER + 32));
    d = f32x4.pmax(d, v128.load(from, POWER + 48));
  }
  let e = f32x4.splat(0);
  let f = e;
  let g = e;
  let h = e;
  for (let at = outputs; at < end; at += 4) {
    from = load<usize>(at) + offset;
    e = f32x4.add(e, scaled(v128.load(from), v128.load(from, POWER), a));
    f = f32x4.add(f, scaled(v128.load(from, 16), v128.load(from, POWER + 16), b));
    g = f32x4.add(g, scaled(v128.load(from, 32), v128.load(from, POWER + 32), c));
    h = f32x4.add(h, scaled(v128.load(from, 48), v128.load(from, POWER + 48), d));
  }
  v128.store(room, likelihood(outputs, labels, offset, a, e));
  v128.store(room, likelihood(outputs, labels + 16, offset + 16, b, f), 16);
  v128.store(room, likelihood(outputs, labels + 32, offset + 32, c, g), 32);
  v128.store(room, likelihood(outputs, labels + 48, offset + 48, d, h), 48);
  let sum = load<f64>(total);
  for (const last = room + (<usize>count << 2); room < last; room += 4) sum += <f64>load<f32>(room);
  store<f64>(total, sum);
}

/** value * 2^(power - largest), the exponent at least -100. */
// @ts-ignore: decorator
@inline
function scaled(value: v128, power: v128, largest: v128): v128 {
  const exponent = f32x4.pmax(constant(LEAST_POWER), f32x4.sub(power, largest));
  // 1.5 * 2^23 + exponent has the exponent in its low bits, which the shift moves into place.
  return i32x4.add(value, i32x4.shl(f32x4.add(exponent, constant(MAGIC)), 23));
}

/** The log-likelihood of the right class for four examples. */
// @ts-ignore: decorator
@inline
function likelihood(outputs: usize, labels: usize, offset: usize, largest: v128, sum: v128): v128 {
  const first = outputOf(outputs, labels) + offset;
  const second = outputOf(outputs, labels + 4) + offset;
  const third = outputOf(outputs, labels + 8) + offset;
  const fourth = outputOf(outputs, labels + 12) + offset;
  let power = v128.load32_zero(first, POWER);
  power = v128.load32_lane(second, power, 1, POWER + 4);
  power = v128.load32_lane(third, power, 2, POWER + 8);
  power = v128.load32_lane(fourth, power, 3, POWER + 12);
  let rest = v128.load32_zero(first, REST);
  rest = v128.load32_lane(second, rest, 1, REST + 4);
  rest = v128.load32_lane(third, rest, 2, REST + 8);
  rest = v128.load32_lane(fourth, rest, 3, REST + 12);
  return f32x4.add(
    f32x4.mul(f32x4.sub(power, largest), constant(LN2)),
    f32x4.sub(rest, log(sum)),
  );
}

// @ts-ignore: decorator
@inline
function outputOf(outputs: usize, label: usize): usize {
  return load<usize>(outputs + (load<usize>(label) << 2));
}

/** Stores the class with the largest output, the lowest of equals, for 16 examples. */
export function predict(outputs: usize, classes: i32, offset: usize, predictions: usize): void {
  for (let end = offset + BLOCK_BYTES; offset < end; offset += 16) {
    let best = v128.load(load<usize>(outputs) + offset);
    let choice = i32x4.splat(0);
    for (let index = 1; index < classes; index++) {
      const value = v128.load(load<usize>(outputs + (<usize>index << 2)) + offset);
      const larger = f32x4.gt(value, best);
      best = v128.bitselect(value, best, larger);
      choice = v128.bitselect(i32x4.splat(index), choice, larger);
    }
    v128.store(predictions, choice);
    predictions += 16;
  }
}
