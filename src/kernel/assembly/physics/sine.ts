/** Sine and cosine of four angles, two at a time in doubles; twin of sine.ts of the environments' physics. */

// Read from memory, one instruction each (see ../math.ts).
/** Quarter turns per radian. */
const PER_RADIAN: usize = memory.data<f64>([0.6366197723675814]);
/** 1.5 * 2^52: a double that this is added to is rounded to a whole number, which is in its lowest bits then. */
const ROUNDING: usize = memory.data<f64>([6755399441055744.0]);
const QUARTER: usize = memory.data<f64>([1.5707963267948966]);
const ODD_5: usize = memory.data<f64>([0.008332178146138854]);
const ODD_7: usize = memory.data<f64>([-0.00019517298981385725]);
const ODD_3: usize = memory.data<f64>([-0.16666654943701084]);
const EVEN_2: usize = memory.data<f64>([-0.49999999725108224]);
const EVEN_6: usize = memory.data<f64>([-0.001388676379437604]);
const EVEN_8: usize = memory.data<f64>([0.000024390450703564542]);
const EVEN_4: usize = memory.data<f64>([0.041666623324344516]);
const ONE: usize = memory.data<f64>([1.0]);
/** From where the quarter turn is taken in two parts, rad; both parts; a quarter turn's inverse is divided by, as there. */
const LARGE: usize = memory.data<f32>([120.0]);
const QUARTER_HIGH: usize = memory.data<f64>([1.5707963267341256]);
const QUARTER_LOW: usize = memory.data<f64>([6.077100506506192e-11]);
const HALF: usize = memory.data<f64>([0.5]);
const UNIT: usize = memory.data<i32>([1]);
/** The bit of the sign, and all others. */
const SIGN: usize = memory.data<u32>([0x80000000, 0x7fffffff]);

/** Writes four sines to `to`, and four cosines behind them. */
// @ts-ignore: decorator
@inline
export function turnAll(angles: v128, to: usize): void {
  const low = f64x2.promote_low_f32x4(angles);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(angles, angles, 2, 3, 2, 3));
  const roundedLow = rounded(low);
  const roundedHigh = rounded(high);
  let n = v128.shuffle<i32>(roundedLow, roundedHigh, 0, 2, 4, 6);
  let restLow = rest(low, roundedLow);
  let restHigh = rest(high, roundedHigh);
  const large = f32x4.ge(v128.and(angles, v128.load32_splat(SIGN, 4)), v128.load32_splat(LARGE));
  if (i32x4.bitmask(large) != 0) {
    n = v128.bitselect(v128.shuffle<i32>(manyTurns(low), manyTurns(high), 0, 1, 4, 5), n, large);
    const isLargeLow = v128.shuffle<i32>(large, large, 0, 0, 1, 1);
    const isLargeHigh = v128.shuffle<i32>(large, large, 2, 2, 3, 3);
    restLow = v128.bitselect(restOfMany(low, n), restLow, isLargeLow);
    restHigh = v128.bitselect(restOfMany(high, v128.shuffle<i32>(n, n, 2, 3, 2, 3)), restHigh, isLargeHigh);
  }
  // What is stored before the next constants are read does not wait in registers with them.
  v128.store(to, single(odd(restLow), odd(restHigh)));
  const sign = v128.load32_splat(SIGN);
  const oddSign = v128.and(i32x4.shl(i32x4.add(n, v128.load32_splat(UNIT)), 30), sign);
  const odds = v128.xor(v128.load(to), oddSign);
  const evens = v128.xor(single(even(restLow), even(restHigh)), v128.and(i32x4.shl(n, 30), sign));
  // After an odd number of quarter turns sine and cosine change places.
  const changed = v128.and(v128.xor(odds, evens), i32x4.shr_s(i32x4.shl(n, 31), 31));
  v128.store(to, v128.xor(odds, changed));
  v128.store(to, v128.xor(evens, changed), 16);
}

/** The nearest numbers of quarter turns, in the lowest bits of larger numbers. */
// @ts-ignore: decorator
@inline
function rounded(angles: v128): v128 {
  return f64x2.add(f64x2.mul(angles, v128.load64_splat(PER_RADIAN)), v128.load64_splat(ROUNDING));
}

// @ts-ignore: decorator
@inline
function rest(angles: v128, rounded: v128): v128 {
  const turns = f64x2.sub(rounded, v128.load64_splat(ROUNDING));
  return f64x2.sub(angles, f64x2.mul(turns, v128.load64_splat(QUARTER)));
}

/** The nearest number of quarter turns of large angles. */
function manyTurns(angles: v128): v128 {
  const turns = f64x2.div(angles, v128.load64_splat(QUARTER));
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(turns, v128.load64_splat(HALF))));
}

function restOfMany(angles: v128, n: v128): v128 {
  const turns = f64x2.convert_low_i32x4_s(n);
  const high = f64x2.sub(angles, f64x2.mul(turns, v128.load64_splat(QUARTER_HIGH)));
  return f64x2.sub(high, f64x2.mul(turns, v128.load64_splat(QUARTER_LOW)));
}

// @ts-ignore: decorator
@inline
function single(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

// @ts-ignore: decorator
@inline
function odd(x: v128): v128 {
  const square = f64x2.mul(x, x);
  const cube = f64x2.mul(x, square);
  const last = f64x2.add(
    v128.load64_splat(ODD_5),
    f64x2.mul(square, v128.load64_splat(ODD_7)),
  );
  return f64x2.add(
    f64x2.add(x, f64x2.mul(cube, v128.load64_splat(ODD_3))),
    f64x2.mul(f64x2.mul(cube, square), last),
  );
}

// @ts-ignore: decorator
@inline
function even(x: v128): v128 {
  const square = f64x2.mul(x, x);
  const fourth = f64x2.mul(square, square);
  const first = f64x2.add(v128.load64_splat(ONE), f64x2.mul(square, v128.load64_splat(EVEN_2)));
  const last = f64x2.add(
    v128.load64_splat(EVEN_6),
    f64x2.mul(square, v128.load64_splat(EVEN_8)),
  );
  return f64x2.add(
    f64x2.add(first, f64x2.mul(fourth, v128.load64_splat(EVEN_4))),
    f64x2.mul(f64x2.mul(fourth, square), last),
  );
}
