/** Elementary functions on four singles at once; twin of base/float32.ts, operation for operation. */

// Constants are read from memory: one instruction. As immediates in a loop they would be three each, which is slower
// than the arithmetic between them.
const BIAS: usize = memory.data<i32>([127]);
const ROOT_HALF_BITS: usize = memory.data<i32>([0x3f3504f3]);
const SIGN: usize = memory.data<u32>([0x80000000]);
export const ZERO: usize = memory.data<f32>([0.0]);
export const LOG2_E: usize = memory.data<f32>([1.4426950408889634]);
const LN2_HIGH: usize = memory.data<f32>([0.693359375]);
const LN2_LOW: usize = memory.data<f32>([-2.12194440e-4]);
const EXP_4: usize = memory.data<f32>([0.0013950485736131668]);
const EXP_3: usize = memory.data<f32>([0.008368889801204205]);
const EXP_2: usize = memory.data<f32>([0.04166620597243309]);
const EXP_1: usize = memory.data<f32>([0.166665181517601]);
export const HALF: usize = memory.data<f32>([0.5]);
export const ONE: usize = memory.data<f32>([1.0]);
export const MINUS_ONE: usize = memory.data<f32>([-1.0]);
export const TWO: usize = memory.data<f32>([2.0]);
export const MINUS_HALF: usize = memory.data<f32>([-0.5]);
const EXP_MIN: usize = memory.data<f32>([-87.0]);
const EXP_MAX: usize = memory.data<f32>([88.0]);
export const MAGIC: usize = memory.data<f32>([12582912.0]);
const LOG_4: usize = memory.data<f32>([0.2222222238779068]);
const LOG_3: usize = memory.data<f32>([0.2857142984867096]);
const LOG_2: usize = memory.data<f32>([0.4000000059604645]);
const LOG_1: usize = memory.data<f32>([0.6666666865348816]);
const SIN_4: usize = memory.data<f32>([0.07712157070636749]);
const SIN_3: usize = memory.data<f32>([-0.5979892015457153]);
const SIN_2: usize = memory.data<f32>([2.550020694732666]);
const SIN_1: usize = memory.data<f32>([-5.16770601272583]);
const SIN_0: usize = memory.data<f32>([3.141592502593994]);
const INVERSE_PI: usize = memory.data<f32>([0.3183098861837907]);
const TWO_PI: usize = memory.data<f32>([6.283185307179586]);
const INVERSE_TWO_PI: usize = memory.data<f32>([0.15915494309189535]);
const TANH_MIN: usize = memory.data<f32>([-9.1]);
const TANH_MAX: usize = memory.data<f32>([9.1]);
const TANH_TOP_4: usize = memory.data<f32>([1.3177949398368582e-8]);
const TANH_TOP_3: usize = memory.data<f32>([2.0481527826632373e-5]);
const TANH_TOP_2: usize = memory.data<f32>([0.003487833309918642]);
const TANH_TOP_1: usize = memory.data<f32>([0.13374494016170502]);
const TANH_BOTTOM_4: usize = memory.data<f32>([7.704230711169657e-7]);
const TANH_BOTTOM_3: usize = memory.data<f32>([3.272955655120313e-4]);
const TANH_BOTTOM_2: usize = memory.data<f32>([0.025847474113106728]);
const TANH_BOTTOM_1: usize = memory.data<f32>([0.4670780897140503]);
const MINUS_SATURATION: usize = memory.data<f32>([-1152921504606846976.0]);
export const SATURATION: usize = memory.data<f32>([1152921504606846976.0]);

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** The constant at this address, in all four lanes. */
// @ts-ignore: decorator
@inline
export function constant(address: usize): v128 {
  return v128.load32_splat(address);
}

// @ts-ignore: decorator
@inline
function step(value: v128, x: v128, coefficient: usize): v128 {
  return f32x4.add(f32x4.mul(value, x), constant(coefficient));
}

// @ts-ignore: decorator
@inline
export function clamp(x: v128, low: usize, high: usize): v128 {
  // pmin and pmax are one machine instruction each; min and max, which care for NaN and -0, are eight.
  return f32x4.pmin(constant(high), f32x4.pmax(constant(low), x));
}

// @ts-ignore: decorator
@inline
export function saturate(x: v128): v128 {
  return clamp(x, MINUS_SATURATION, SATURATION);
}

// @ts-ignore: decorator
@inline
export function expReduced(rest: v128): v128 {
  let tail = constant(EXP_4);
  tail = step(tail, rest, EXP_3);
  tail = step(tail, rest, EXP_2);
  tail = step(tail, rest, EXP_1);
  tail = step(tail, rest, HALF);
  return f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(rest, rest), tail), rest), constant(ONE));
}

/** x - power * log(2). */
// @ts-ignore: decorator
@inline
export function lessPower(x: v128, power: v128): v128 {
  return f32x4.sub(
    f32x4.sub(x, f32x4.mul(power, constant(LN2_HIGH))),
    f32x4.mul(power, constant(LN2_LOW)),
  );
}

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const limited = clamp(x, EXP_MIN, EXP_MAX);
  const power = f32x4.nearest(f32x4.mul(limited, constant(LOG2_E)));
  const rest = lessPower(limited, power);
  const value = expReduced(rest);
  // 1.5 * 2^23 + power has `power` in its low bits, which the shift moves into the exponent.
  const bits = i32x4.shl(i32x4.add(f32x4.add(power, constant(MAGIC)), constant(BIAS)), 23);
  return f32x4.mul(value, bits);
}

// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const power = i32x4.shr_s(i32x4.sub(x, constant(ROOT_HALF_BITS)), 23);
  const part = i32x4.sub(x, i32x4.shl(power, 23));
  const ratio = f32x4.div(f32x4.sub(part, constant(ONE)), f32x4.add(part, constant(ONE)));
  const square = f32x4.mul(ratio, ratio);
  let value = constant(LOG_4);
  value = step(value, square, LOG_3);
  value = step(value, square, LOG_2);
  value = step(value, square, LOG_1);
  value = step(value, square, TWO);
  const exponent = f32x4.convert_i32x4_s(power);
  return f32x4.add(
    f32x4.mul(exponent, constant(LN2_HIGH)),
    f32x4.add(f32x4.mul(ratio, value), f32x4.mul(exponent, constant(LN2_LOW))),
  );
}

// @ts-ignore: decorator
@inline
function turn(x: v128): v128 {
  return f32x4.sub(x, f32x4.mul(constant(TWO), f32x4.nearest(f32x4.mul(x, constant(HALF)))));
}

// @ts-ignore: decorator
@inline
function sinPiReduced(r: v128): v128 {
  const square = f32x4.mul(r, r);
  let value = constant(SIN_4);
  value = step(value, square, SIN_3);
  value = step(value, square, SIN_2);
  value = step(value, square, SIN_1);
  value = step(value, square, SIN_0);
  return f32x4.mul(r, value);
}

// @ts-ignore: decorator
@inline
export function sinPi(x: v128): v128 {
  const r = turn(x);
  const sign = v128.and(r, constant(SIGN));
  const edge = v128.or(constant(ONE), sign);
  const folded = v128.bitselect(f32x4.sub(edge, r), r, f32x4.gt(f32x4.abs(r), constant(HALF)));
  return sinPiReduced(folded);
}

// @ts-ignore: decorator
@inline
export function cosPi(x: v128): v128 {
  return sinPiReduced(f32x4.sub(constant(HALF), f32x4.abs(turn(x))));
}

// @ts-ignore: decorator
@inline
export function sin(angle: v128): v128 {
  return sinPi(f32x4.mul(angle, constant(INVERSE_PI)));
}

// @ts-ignore: decorator
@inline
export function cos(angle: v128): v128 {
  return cosPi(f32x4.mul(angle, constant(INVERSE_PI)));
}

// @ts-ignore: decorator
@inline
export function wrap(angle: v128): v128 {
  const turns = f32x4.nearest(f32x4.mul(angle, constant(INVERSE_TWO_PI)));
  return f32x4.sub(angle, f32x4.mul(constant(TWO_PI), turns));
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const limited = clamp(x, TANH_MIN, TANH_MAX);
  const square = f32x4.mul(limited, limited);
  let top = constant(TANH_TOP_4);
  top = step(top, square, TANH_TOP_3);
  top = step(top, square, TANH_TOP_2);
  top = step(top, square, TANH_TOP_1);
  top = step(top, square, ONE);
  let bottom = constant(TANH_BOTTOM_4);
  bottom = step(bottom, square, TANH_BOTTOM_3);
  bottom = step(bottom, square, TANH_BOTTOM_2);
  bottom = step(bottom, square, TANH_BOTTOM_1);
  bottom = step(bottom, square, ONE);
  return clamp(f32x4.div(f32x4.mul(limited, top), bottom), MINUS_ONE, ONE);
}
