/** Derivatives of activations applied to a row of errors in place; twin of genome/activations.ts. */
import { constant, cosPi, MINUS_ONE, ONE, SATURATION, saturate, sinPi, splat } from "./math";

const SIGN: usize = memory.data<u32>([0x80000000]);
const PI: usize = memory.data<f32>([3.1415927410125732]);
const MINUS_PI: usize = memory.data<f32>([-3.1415927410125732]);

/**
 * errors = saturated(errors * derivative) for `vectors` vectors.
 *
 * @param sums      what the activation was applied to
 * @param values    what it gave
 * @param surrogate 1 if flat activations have the derivative of their surrogate
 */
export function applyDerivative(
  code: i32,
  sums: usize,
  values: usize,
  errors: usize,
  vectors: i32,
  surrogate: i32,
): void {
  for (const end = errors + ((<usize>vectors) << 4); errors < end; errors += 16) {
    const derivative = derivativeOf(code, v128.load(sums), v128.load(values), surrogate);
    v128.store(errors, saturate(f32x4.mul(v128.load(errors), derivative)));
    sums += 16;
    values += 16;
  }
}

// @ts-ignore: decorator
@inline
function derivativeOf(code: i32, x: v128, y: v128, surrogate: i32): v128 {
  switch (code) {
    case 1:
      return within(x, ONE);
    case 2:
      if (surrogate == 0) return splat(0);
      return f32x4.pmax(splat(0), f32x4.sub(constant(ONE), f32x4.abs(x)));
    case 3:
      return f32x4.mul(constant(PI), cosPi(x));
    case 4:
      return f32x4.mul(f32x4.neg(x), y);
    case 5:
      return f32x4.sub(constant(ONE), f32x4.mul(y, y));
    case 6:
      return f32x4.mul(y, f32x4.sub(constant(ONE), y));
    case 7:
      return negative(within(x, ONE));
    case 8: {
      // The sign of x, and 0 at 0.
      const sized = v128.or(constant(ONE), v128.and(x, constant(SIGN)));
      return v128.and(v128.and(sized, f32x4.ne(x, splat(0))), below(f32x4.abs(x)));
    }
    case 9:
      return v128.and(f32x4.gt(x, splat(0)), within(x, ONE));
    case 10:
      return f32x4.mul(constant(MINUS_PI), sinPi(x));
    default:
      return v128.and(f32x4.add(x, x), below(f32x4.mul(x, x)));
  }
}

/** The constant at this address, or 0 where a value of the size of `x` is saturated. */
// @ts-ignore: decorator
@inline
function within(x: v128, address: usize): v128 {
  return v128.and(constant(address), below(f32x4.abs(x)));
}

/** All bits where a size is not saturated. */
// @ts-ignore: decorator
@inline
function below(size: v128): v128 {
  return f32x4.le(size, constant(SATURATION));
}

// @ts-ignore: decorator
@inline
function negative(x: v128): v128 {
  return f32x4.mul(x, constant(MINUS_ONE));
}
