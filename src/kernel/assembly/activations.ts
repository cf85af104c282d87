/** Activations applied to a row of vectors in place; twin of genome/activations.ts. */
import { clamp, constant, cosPi, exp, HALF, MINUS_HALF, ONE, SATURATION, saturate, sinPi, tanh, ZERO } from "./math";

/** Applies the activation with this code to `vectors` vectors at `row`. */
export function activate(code: i32, row: usize, vectors: i32): void {
  const end = row + ((<usize>vectors) << 4);
  switch (code) {
    case 1:
      for (let at = row; at < end; at += 16) v128.store(at, saturate(v128.load(at)));
      break;
    case 2:
      for (let at = row; at < end; at += 16) {
        v128.store(at, v128.and(f32x4.gt(v128.load(at), f32x4.splat(0)), constant(ONE)));
      }
      break;
    case 3:
      for (let at = row; at < end; at += 16) v128.store(at, sinPi(v128.load(at)));
      break;
    case 4:
      for (let at = row; at < end; at += 16) {
        const x = v128.load(at);
        v128.store(at, exp(f32x4.mul(f32x4.mul(x, x), constant(MINUS_HALF))));
      }
      break;
    case 5:
      for (let at = row; at < end; at += 16) v128.store(at, tanh(v128.load(at)));
      break;
    case 6:
      for (let at = row; at < end; at += 16) {
        const half = tanh(f32x4.mul(v128.load(at), constant(HALF)));
        v128.store(at, f32x4.mul(f32x4.add(half, constant(ONE)), constant(HALF)));
      }
      break;
    case 7:
      for (let at = row; at < end; at += 16) v128.store(at, saturate(f32x4.neg(v128.load(at))));
      break;
    case 8:
      for (let at = row; at < end; at += 16) v128.store(at, saturate(f32x4.abs(v128.load(at))));
      break;
    case 9:
      for (let at = row; at < end; at += 16) v128.store(at, clamp(v128.load(at), ZERO, SATURATION));
      break;
    case 10:
      for (let at = row; at < end; at += 16) v128.store(at, cosPi(v128.load(at)));
      break;
    case 11:
      for (let at = row; at < end; at += 16) {
        const x = v128.load(at);
        v128.store(at, saturate(f32x4.mul(x, x)));
      }
      break;
  }
}
