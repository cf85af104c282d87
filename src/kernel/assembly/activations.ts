/** Activations applied to a row of vectors in place; twin of genome/activations.ts. */
import { clamp, cosPi, exp, saturate, sinPi, splat, tanh } from "./math";

/**
 * Multiplies `vectors` vectors at `row` by the shared weights at `weights` (0: by nothing), then applies the
 * activation with this code.
 */
export function activate(code: i32, row: usize, vectors: i32, weights: usize): void {
  const end = row + ((<usize>vectors) << 4);
  if (weights != 0) {
    for (let at = row; at < end; at += 16) {
      v128.store(at, f32x4.mul(v128.load(weights), v128.load(at)));
      weights += 16;
    }
  }
  switch (code) {
    case 1:
      for (let at = row; at < end; at += 16) v128.store(at, saturate(v128.load(at)));
      break;
    case 2:
      for (let at = row; at < end; at += 16) {
        v128.store(at, v128.and(f32x4.gt(v128.load(at), splat(0.0)), splat(1.0)));
      }
      break;
    case 3:
      for (let at = row; at < end; at += 16) v128.store(at, sinPi(v128.load(at)));
      break;
    case 4:
      for (let at = row; at < end; at += 16) {
        const x = v128.load(at);
        v128.store(at, exp(f32x4.mul(f32x4.mul(x, x), splat(-0.5))));
      }
      break;
    case 5:
      for (let at = row; at < end; at += 16) v128.store(at, tanh(v128.load(at)));
      break;
    case 6:
      for (let at = row; at < end; at += 16) {
        const half = tanh(f32x4.mul(v128.load(at), splat(0.5)));
        v128.store(at, f32x4.mul(f32x4.add(half, splat(1.0)), splat(0.5)));
      }
      break;
    case 7:
      for (let at = row; at < end; at += 16) v128.store(at, saturate(f32x4.neg(v128.load(at))));
      break;
    case 8:
      for (let at = row; at < end; at += 16) v128.store(at, saturate(f32x4.abs(v128.load(at))));
      break;
    case 9:
      for (let at = row; at < end; at += 16) v128.store(at, clamp(v128.load(at), 0.0, 1152921504606846976.0));
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
