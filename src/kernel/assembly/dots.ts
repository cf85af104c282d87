/** Products of all rows of one matrix, and of their squares, with all rows of others; twin of network/dots.ts, bit for bit. */

/**
 * Adds a[i] * b[j] to first[i][j], a[i]^2 * c[j] to second[i][j], columns of rows apart by their place modulo 4.
 *
 * @param stride bytes of a row of `a`, `b` and `c`, a multiple of 16
 * @param count  rows of `b` and of `c`
 * @param first  [rows x count x 4] singles, as `second`
 */
export function dots(
  a: usize,
  rows: i32,
  b: usize,
  c: usize,
  count: i32,
  stride: usize,
  first: usize,
  second: usize,
): void {
  const end = a + <usize>rows * stride;
  for (; a < end; a += stride) {
    let left = b;
    let right = c;
    // Two rows at a time, since an addition waits for the one before it.
    for (let pairs = count >> 1; pairs > 0; pairs--) {
      let sum = v128.load(first);
      let sum2 = v128.load(first, 16);
      let squares = v128.load(second);
      let squares2 = v128.load(second, 16);
      for (let at: usize = 0; at < stride; at += 16) {
        const value = v128.load(a + at);
        const square = f32x4.mul(value, value);
        sum = f32x4.add(sum, f32x4.mul(value, v128.load(left + at)));
        sum2 = f32x4.add(sum2, f32x4.mul(value, v128.load(left + stride + at)));
        squares = f32x4.add(squares, f32x4.mul(square, v128.load(right + at)));
        squares2 = f32x4.add(squares2, f32x4.mul(square, v128.load(right + stride + at)));
      }
      v128.store(first, sum);
      v128.store(first, sum2, 16);
      v128.store(second, squares);
      v128.store(second, squares2, 16);
      left += 2 * stride;
      right += 2 * stride;
      first += 32;
      second += 32;
    }
    if ((count & 1) == 0) continue;
    let sum = v128.load(first);
    let squares = v128.load(second);
    for (let at: usize = 0; at < stride; at += 16) {
      const value = v128.load(a + at);
      sum = f32x4.add(sum, f32x4.mul(value, v128.load(left + at)));
      squares = f32x4.add(squares, f32x4.mul(f32x4.mul(value, value), v128.load(right + at)));
    }
    v128.store(first, sum);
    v128.store(second, squares);
    first += 16;
    second += 16;
  }
}
