/** Products of all rows of one matrix, and of their squares, with all rows of others; twin of network/dots.ts, bit for bit. */

/**
 * first[i][j] = the sum of a[i] * b[j], second[i][j] = the sum of a[i]^2 * c[j], each as four sums of every fourth column,
 * added in pairs.
 *
 * @param stride bytes of a row of `a`, `b` and `c`, a multiple of 16
 * @param count  rows of `b` and of `c`
 * @param first  [rows x count] singles, as `second`
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
    for (const last = b + <usize>count * stride; left < last; left += stride) {
      let sum = f32x4.splat(0);
      let squares = sum;
      for (let at: usize = 0; at < stride; at += 16) {
        const value = v128.load(a + at);
        sum = f32x4.add(sum, f32x4.mul(value, v128.load(left + at)));
        squares = f32x4.add(squares, f32x4.mul(f32x4.mul(value, value), v128.load(right + at)));
      }
      store<f32>(first, total(sum));
      store<f32>(second, total(squares));
      right += stride;
      first += 4;
      second += 4;
    }
  }
}

// @ts-ignore: decorator
@inline
function total(sum: v128): f32 {
  const low = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
  return low + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
}
