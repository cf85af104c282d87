/** Activations of vectors, in registers or a row of them in place; twin of genome/activations.ts. */
import { clamp, constant, cosPi, exp, HALF, MINUS_HALF, ONE, SATURATION, saturate, sinPi, tanh, ZERO } from "./math";

// @ts-ignore: decorator
@inline
function step(x: v128): v128 {
  return v128.and(f32x4.gt(x, f32x4.splat(0)), constant(ONE));
}

// @ts-ignore: decorator
@inline
function gaussian(x: v128): v128 {
  return exp(f32x4.mul(f32x4.mul(x, x), constant(MINUS_HALF)));
}

// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  return f32x4.mul(f32x4.add(tanh(f32x4.mul(x, constant(HALF))), constant(ONE)), constant(HALF));
}

// @ts-ignore: decorator
@inline
function inverse(x: v128): v128 {
  return saturate(f32x4.neg(x));
}

// @ts-ignore: decorator
@inline
function absolute(x: v128): v128 {
  return saturate(f32x4.abs(x));
}

// @ts-ignore: decorator
@inline
function square(x: v128): v128 {
  return saturate(f32x4.mul(x, x));
}

// @ts-ignore: decorator
@inline
function relu(x: v128): v128 {
  return clamp(x, ZERO, SATURATION);
}

/** Applies the activation with this code to `vectors` vectors at `row`, many of them: a choice for three at a time took a quarter longer. */
export function activate(code: i32, row: usize, vectors: i32): void {
  const end = row + ((<usize>vectors) << 4);
  switch (code) {
    case 1:
      for (let at = row; at < end; at += 16) v128.store(at, saturate(v128.load(at)));
      break;
    case 2:
      for (let at = row; at < end; at += 16) v128.store(at, step(v128.load(at)));
      break;
    case 3:
      for (let at = row; at < end; at += 16) v128.store(at, sinPi(v128.load(at)));
      break;
    case 4:
      for (let at = row; at < end; at += 16) v128.store(at, gaussian(v128.load(at)));
      break;
    case 5:
      for (let at = row; at < end; at += 16) v128.store(at, tanh(v128.load(at)));
      break;
    case 6:
      for (let at = row; at < end; at += 16) v128.store(at, sigmoid(v128.load(at)));
      break;
    case 7:
      for (let at = row; at < end; at += 16) v128.store(at, inverse(v128.load(at)));
      break;
    case 8:
      for (let at = row; at < end; at += 16) v128.store(at, absolute(v128.load(at)));
      break;
    case 9:
      for (let at = row; at < end; at += 16) v128.store(at, relu(v128.load(at)));
      break;
    case 10:
      for (let at = row; at < end; at += 16) v128.store(at, cosPi(v128.load(at)));
      break;
    case 11:
      for (let at = row; at < end; at += 16) v128.store(at, square(v128.load(at)));
      break;
  }
}

/**
 * Stores at `row` 1 to 3 vectors to which the activation with this code is applied; 0, linear, leaves them as they are.
 * Their number is a constant where it is called: each has code of its own.
 */
// @ts-ignore: decorator
@inline
export function storeActivated(code: i32, row: usize, vectors: i32, x: v128, y: v128, z: v128): void {
  let a = x;
  let b = y;
  let c = z;
  switch (code) {
    case 1:
      a = saturate(a);
      if (vectors > 1) b = saturate(b);
      if (vectors > 2) c = saturate(c);
      break;
    case 2:
      a = step(a);
      if (vectors > 1) b = step(b);
      if (vectors > 2) c = step(c);
      break;
    case 3:
      a = sinPi(a);
      if (vectors > 1) b = sinPi(b);
      if (vectors > 2) c = sinPi(c);
      break;
    case 4:
      a = gaussian(a);
      if (vectors > 1) b = gaussian(b);
      if (vectors > 2) c = gaussian(c);
      break;
    case 5:
      a = tanh(a);
      if (vectors > 1) b = tanh(b);
      if (vectors > 2) c = tanh(c);
      break;
    case 6:
      a = sigmoid(a);
      if (vectors > 1) b = sigmoid(b);
      if (vectors > 2) c = sigmoid(c);
      break;
    case 7:
      a = inverse(a);
      if (vectors > 1) b = inverse(b);
      if (vectors > 2) c = inverse(c);
      break;
    case 8:
      a = absolute(a);
      if (vectors > 1) b = absolute(b);
      if (vectors > 2) c = absolute(c);
      break;
    case 9:
      a = relu(a);
      if (vectors > 1) b = relu(b);
      if (vectors > 2) c = relu(c);
      break;
    case 10:
      a = cosPi(a);
      if (vectors > 1) b = cosPi(b);
      if (vectors > 2) c = cosPi(c);
      break;
    case 11:
      a = square(a);
      if (vectors > 1) b = square(b);
      if (vectors > 2) c = square(c);
      break;
  }
  v128.store(row, a);
  if (vectors > 1) v128.store(row, b, 16);
  if (vectors > 2) v128.store(row, c, 32);
}
