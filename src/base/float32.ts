/**
 * Elementary functions in single precision, built from additions, multiplications and divisions only, so that they
 * give the same bits on every machine. The kernels compute the same operations in the same order
 * (twin: kernel/assembly/math.ts); a test holds the two together bit for bit.
 *
 * The polynomials were fitted here to minimise the largest error; the tests state the accuracy.
 */

/** Rounds to single precision. Every operation below is rounded, as a 32-bit machine would. */
export const f32 = Math.fround;

/** Values of nodes saturate here, so that no sum of them ever overflows to infinity or NaN. 2^60. */
export const SATURATION = 2 ** 60;

/** Constants of the functions below, in single precision; code that is generated in other languages has them too. */
export const ROUNDER = 2 ** 23;
export const LOG2_E = f32(Math.LOG2E);
export const LN2_HIGH = f32(0.693359375);
export const LN2_LOW = f32(-2.1219444e-4);
export const EXP_MIN = f32(-87);
export const EXP_MAX = f32(88);
export const EXP = [0.5, 0.166665181517601, 0.04166620597243309, 0.008368889801204205, 0.0013950485736131668].map(f32);
export const SIN_PI = [
  3.141592502593994, -5.16770601272583, 2.550020694732666, -0.5979892015457153, 0.07712157070636749,
].map(f32);
export const TANH_MAX = f32(9.1);
export const TANH_TOP = [
  1, 0.13374494016170502, 0.003487833309918642, 2.0481527826632373e-5, 1.3177949398368582e-8,
].map(f32);
export const TANH_BOTTOM = [
  1, 0.4670780897140503, 0.025847474113106728, 3.272955655120313e-4, 7.704230711169657e-7,
].map(f32);
/** The series of log((1 + r) / (1 - r)) in odd powers of r; what is cut off is below 1e-8 of the value. */
const LOG = [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9].map(f32);
const ROOT_HALF_BITS = 0x3f3504f3;
const INVERSE_PI = f32(1 / Math.PI);
const TWO_PI = f32(2 * Math.PI);
const INVERSE_TWO_PI = f32(1 / (2 * Math.PI));

/** The nearest integer to a single, ties to even. */
export function nearest32(x: number): number {
  const size = Math.abs(x);
  if (size >= ROUNDER) return x;
  const rounded = f32(f32(size + ROUNDER) - ROUNDER);
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/** Limits a single to [low, high]. */
export function clamp32(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}

/** Added and taken away, it rounds a single below 2^22 in size to the nearest integer, ties to even; -0 becomes 0. */
const MAGIC = 1.5 * 2 ** 23;
/** 2^power at -OFFSET to OFFSET: `2 ** power` took longer than all else in `exp32`. */
const OFFSET = 128;
const POWERS = Float64Array.from({ length: 2 * OFFSET }, (_, at) => 2 ** (at - OFFSET));

/** e^x, for x limited to [-87, 88]. */
export function exp32(x: number): number {
  const limited = clamp32(x, EXP_MIN, EXP_MAX);
  const power = f32(f32(f32(limited * LOG2_E) + MAGIC) - MAGIC);
  const value = expReduced32(lessPower32(limited, power));
  return f32(value * POWERS[power + OFFSET]);
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** The natural logarithm of a positive, normal, finite single; log32(1) is exactly 0. */
export function log32(x: number): number {
  // x = 2^power * part, with part in [sqrt(1/2), sqrt(2)).
  single[0] = x;
  const power = (bits[0] - ROOT_HALF_BITS) >> 23;
  bits[0] -= power << 23;
  const part = single[0];
  const ratio = f32(f32(part - 1) / f32(part + 1));
  const tail = f32(f32(ratio * polynomial(LOG, f32(ratio * ratio))) + f32(power * LN2_LOW));
  return f32(f32(power * LN2_HIGH) + tail);
}

/** x - power * log(2), accurately where the two are close. */
export function lessPower32(x: number, power: number): number {
  return f32(f32(x - f32(power * LN2_HIGH)) - f32(power * LN2_LOW));
}

/** e^rest for a rest in [-0.35, 0.35], half of log(2) and a little. */
export function expReduced32(rest: number): number {
  return f32(f32(f32(f32(rest * rest) * polynomial(EXP, rest)) + rest) + 1);
}

/** sin(pi x). Exact range reduction, so that whole numbers give 0 however large. */
export function sinPi32(x: number): number {
  return sinPiFolded(turn(x));
}

/** cos(pi x). */
export function cosPi32(x: number): number {
  return sinPiReduced(f32(0.5 - Math.abs(turn(x))));
}

/** The sine of an angle in radians. */
export function sin32(angle: number): number {
  return sinPi32(f32(angle * INVERSE_PI));
}

/** The cosine of an angle in radians. */
export function cos32(angle: number): number {
  return cosPi32(f32(angle * INVERSE_PI));
}

/** An angle in radians less its full turns: from -pi to pi, up to rounding; one that is within is unchanged. */
export function wrap32(angle: number): number {
  return f32(angle - f32(TWO_PI * nearest32(f32(angle * INVERSE_TWO_PI))));
}

/** The hyperbolic tangent: an odd rational function, constant for |x| above 9.1, never beyond +-1. */
export function tanh32(x: number): number {
  const limited = clamp32(x, -TANH_MAX, TANH_MAX);
  const square = f32(limited * limited);
  const ratio = f32(f32(limited * polynomial(TANH_TOP, square)) / polynomial(TANH_BOTTOM, square));
  return clamp32(ratio, -1, 1);
}

/** Limits a node's value to +-SATURATION. */
export function saturate32(x: number): number {
  return clamp32(x, -SATURATION, SATURATION);
}

/** x reduced by full turns of 2 to [-1, 1]. */
function turn(x: number): number {
  return f32(x - f32(2 * nearest32(f32(x * 0.5))));
}

/** sin(pi r) for r in [-1, 1]: folded to [-1/2, 1/2] by sin(pi r) = sin(pi (+-1 - r)). */
function sinPiFolded(r: number): number {
  const edge = r < 0 || Object.is(r, -0) ? -1 : 1;
  return sinPiReduced(Math.abs(r) > 0.5 ? f32(edge - r) : r);
}

function sinPiReduced(r: number): number {
  return f32(r * polynomial(SIN_PI, f32(r * r)));
}

/** Horner's rule, rounding after each multiplication and addition. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = coefficients[4];
  value = f32(f32(value * x) + coefficients[3]);
  value = f32(f32(value * x) + coefficients[2]);
  value = f32(f32(value * x) + coefficients[1]);
  return f32(f32(value * x) + coefficients[0]);
}
