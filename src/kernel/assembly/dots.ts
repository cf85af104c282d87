/** Products of all rows of one matrix with all rows of another; twin of `dotRows` of network/dots.ts, bit for bit. */

/**
 * out[i][j] = the sum of a[i] * b[j], as four sums of every fourth column, added in pairs.
 *
 * @param stride bytes of a row of `a` and of `b`, a multiple of 16
 * @param out    [countA x countB] singles
 */
export function dots(a: usize, countA: i32, b: usize, countB: i32, stride: usize, out: usize): void {
  const endA = a + <usize>countA * stride;
  const endB = b + <usize>countB * stride;
  for (; a < endA; a += stride) {
    let row = b;
    // Two rows at a time: each value of `a` is read once for both.
    for (; row + stride < endB; row += 2 * stride) {
      let sum = f32x4.splat(0);
      let next = sum;
      for (let at: usize = 0; at < stride; at += 16) {
        const value = v128.load(a + at);
        sum = f32x4.add(sum, f32x4.mul(value, v128.load(row + at)));
        next = f32x4.add(next, f32x4.mul(value, v128.load(row + stride + at)));
      }
      store<f32>(out, total(sum));
      store<f32>(out, total(next), 4);
      out += 8;
    }
    if (row < endB) {
      let sum = f32x4.splat(0);
      for (let at: usize = 0; at < stride; at += 16) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(row + at)));
      }
      store<f32>(out, total(sum));
      out += 4;
    }
  }
}

// @ts-ignore: decorator
@inline
function total(sum: v128): f32 {
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}
