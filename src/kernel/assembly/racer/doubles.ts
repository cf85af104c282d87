/** Doubles of four lanes in two rows: the low halves, then the high ones. */

/** The doubles of the first two lanes. @param stride bytes from row to row */
// @ts-ignore: decorator
@inline
export function firstDoubles(row: usize, stride: usize): v128 {
  return v128.shuffle<i32>(v128.load(row), v128.load(row + stride), 0, 4, 1, 5);
}

/** The doubles of the other two lanes. */
// @ts-ignore: decorator
@inline
export function lastDoubles(row: usize, stride: usize): v128 {
  return v128.shuffle<i32>(v128.load(row), v128.load(row + stride), 2, 6, 3, 7);
}

// @ts-ignore: decorator
@inline
export function storeDoubles(row: usize, stride: usize, first: v128, last: v128): void {
  v128.store(row, v128.shuffle<i32>(first, last, 0, 2, 4, 6));
  v128.store(row + stride, v128.shuffle<i32>(first, last, 1, 3, 5, 7));
}

/** Two singles as doubles: those of the last two lanes. */
// @ts-ignore: decorator
@inline
export function promoteLast(singles: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(singles, singles, 2, 3, 2, 3));
}

/** Four singles of two times two doubles. */
// @ts-ignore: decorator
@inline
export function demote(first: v128, last: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(last), 0, 1, 4, 5);
}
