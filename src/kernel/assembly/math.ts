/** Elementary functions on four singles at once; twin of base/float32.ts, operation for operation. */

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
function step(value: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(value, x), splat(coefficient));
}

// @ts-ignore: decorator
@inline
export function clamp(x: v128, low: f32, high: f32): v128 {
  // pmin and pmax are one machine instruction each; min and max, which care for NaN and -0, are eight.
  return f32x4.pmin(splat(high), f32x4.pmax(splat(low), x));
}

// @ts-ignore: decorator
@inline
export function saturate(x: v128): v128 {
  return clamp(x, -1152921504606846976.0, 1152921504606846976.0);
}

// @ts-ignore: decorator
@inline
export function expReduced(rest: v128): v128 {
  let tail = splat(0.0013950485736131668);
  tail = step(tail, rest, 0.008368889801204205);
  tail = step(tail, rest, 0.04166620597243309);
  tail = step(tail, rest, 0.166665181517601);
  tail = step(tail, rest, 0.5);
  return f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(rest, rest), tail), rest), splat(1.0));
}

/** x - power * log(2). */
// @ts-ignore: decorator
@inline
export function lessPower(x: v128, power: v128): v128 {
  return f32x4.sub(
    f32x4.sub(x, f32x4.mul(power, splat(0.693359375))),
    f32x4.mul(power, splat(-2.12194440e-4)),
  );
}

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const limited = clamp(x, -87.0, 88.0);
  const power = f32x4.nearest(f32x4.mul(limited, splat(1.4426950408889634)));
  const rest = lessPower(limited, power);
  const value = expReduced(rest);
  // 1.5 * 2^23 + power has `power` in its low bits, which the shift moves into the exponent.
  const bits = i32x4.shl(i32x4.add(f32x4.add(power, splat(12582912.0)), i32x4.splat(127)), 23);
  return f32x4.mul(value, bits);
}

// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const power = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const part = i32x4.sub(x, i32x4.shl(power, 23));
  const ratio = f32x4.div(f32x4.sub(part, splat(1.0)), f32x4.add(part, splat(1.0)));
  const square = f32x4.mul(ratio, ratio);
  let value = splat(0.2222222238779068);
  value = step(value, square, 0.2857142984867096);
  value = step(value, square, 0.4000000059604645);
  value = step(value, square, 0.6666666865348816);
  value = step(value, square, 2.0);
  const exponent = f32x4.convert_i32x4_s(power);
  return f32x4.add(
    f32x4.mul(exponent, splat(0.693359375)),
    f32x4.add(f32x4.mul(ratio, value), f32x4.mul(exponent, splat(-2.12194440e-4))),
  );
}

// @ts-ignore: decorator
@inline
function turn(x: v128): v128 {
  return f32x4.sub(x, f32x4.mul(splat(2.0), f32x4.nearest(f32x4.mul(x, splat(0.5)))));
}

// @ts-ignore: decorator
@inline
function sinPiReduced(r: v128): v128 {
  const square = f32x4.mul(r, r);
  let value = splat(0.07712157070636749);
  value = step(value, square, -0.5979892015457153);
  value = step(value, square, 2.550020694732666);
  value = step(value, square, -5.16770601272583);
  value = step(value, square, 3.141592502593994);
  return f32x4.mul(r, value);
}

// @ts-ignore: decorator
@inline
export function sinPi(x: v128): v128 {
  const r = turn(x);
  const sign = v128.and(r, i32x4.splat(0x80000000));
  const edge = v128.or(splat(1.0), sign);
  const folded = v128.bitselect(f32x4.sub(edge, r), r, f32x4.gt(f32x4.abs(r), splat(0.5)));
  return sinPiReduced(folded);
}

// @ts-ignore: decorator
@inline
export function cosPi(x: v128): v128 {
  return sinPiReduced(f32x4.sub(splat(0.5), f32x4.abs(turn(x))));
}

// @ts-ignore: decorator
@inline
export function sin(angle: v128): v128 {
  return sinPi(f32x4.mul(angle, splat(<f32>0.3183098861837907)));
}

// @ts-ignore: decorator
@inline
export function cos(angle: v128): v128 {
  return cosPi(f32x4.mul(angle, splat(<f32>0.3183098861837907)));
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const limited = clamp(x, -9.1, 9.1);
  const square = f32x4.mul(limited, limited);
  let top = splat(1.3177949398368582e-8);
  top = step(top, square, 2.0481527826632373e-5);
  top = step(top, square, 0.003487833309918642);
  top = step(top, square, 0.13374494016170502);
  top = step(top, square, 1.0);
  let bottom = splat(7.704230711169657e-7);
  bottom = step(bottom, square, 3.272955655120313e-4);
  bottom = step(bottom, square, 0.025847474113106728);
  bottom = step(bottom, square, 0.4670780897140503);
  bottom = step(bottom, square, 1.0);
  return clamp(f32x4.div(f32x4.mul(limited, top), bottom), -1.0, 1.0);
}
