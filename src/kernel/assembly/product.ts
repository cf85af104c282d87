/** The product of a list of entries with a matrix: sums of rows, blocked so that the sums stay in registers. */

/**
 * out[i] = start + the sum over the entries (index, value) of span i, in order, of value * matrix[index].
 *
 * @param spans   `count` pairs of addresses, the first entry and the end; an entry is an i32 index and a f32 value
 * @param start   one row
 * @param stride  bytes from one row to the next, of `matrix` and of `out`
 * @param vectors width of a row
 */
export function product(
  spans: usize,
  count: i32,
  start: usize,
  matrix: usize,
  stride: usize,
  out: usize,
  vectors: i32,
): void {
  const end = spans + (<usize>count << 3);
  // Column block by column block: the block of the matrix then fits the nearest cache.
  while (vectors > 0) {
    const block = vectors >= 8 ? 8 : vectors >= 3 ? 3 : 1;
    let to = out;
    for (let span = spans; span < end; span += 8) {
      const entry = load<usize>(span);
      const last = load<usize>(span, 4);
      if (block == 8) product8(entry, last, start, matrix, stride, to);
      else if (block == 3) product3(entry, last, start, matrix, stride, to);
      else product1(entry, last, start, matrix, stride, to);
      to += stride;
    }
    const bytes = <usize>block << 4;
    start += bytes;
    matrix += bytes;
    out += bytes;
    vectors -= block;
  }
}

function product8(entry: usize, end: usize, start: usize, matrix: usize, stride: usize, out: usize): void {
  let a = v128.load(start);
  let b = v128.load(start, 16);
  let c = v128.load(start, 32);
  let d = v128.load(start, 48);
  let e = v128.load(start, 64);
  let f = v128.load(start, 80);
  let g = v128.load(start, 96);
  let h = v128.load(start, 112);
  for (; entry < end; entry += 8) {
    const row = matrix + <usize>load<i32>(entry) * stride;
    const value = v128.load32_splat(entry, 4);
    a = f32x4.add(a, f32x4.mul(value, v128.load(row)));
    b = f32x4.add(b, f32x4.mul(value, v128.load(row, 16)));
    c = f32x4.add(c, f32x4.mul(value, v128.load(row, 32)));
    d = f32x4.add(d, f32x4.mul(value, v128.load(row, 48)));
    e = f32x4.add(e, f32x4.mul(value, v128.load(row, 64)));
    f = f32x4.add(f, f32x4.mul(value, v128.load(row, 80)));
    g = f32x4.add(g, f32x4.mul(value, v128.load(row, 96)));
    h = f32x4.add(h, f32x4.mul(value, v128.load(row, 112)));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
  v128.store(out, e, 64);
  v128.store(out, f, 80);
  v128.store(out, g, 96);
  v128.store(out, h, 112);
}

function product3(entry: usize, end: usize, start: usize, matrix: usize, stride: usize, out: usize): void {
  let a = v128.load(start);
  let b = v128.load(start, 16);
  let c = v128.load(start, 32);
  for (; entry < end; entry += 8) {
    const row = matrix + <usize>load<i32>(entry) * stride;
    const value = v128.load32_splat(entry, 4);
    a = f32x4.add(a, f32x4.mul(value, v128.load(row)));
    b = f32x4.add(b, f32x4.mul(value, v128.load(row, 16)));
    c = f32x4.add(c, f32x4.mul(value, v128.load(row, 32)));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
}

function product1(entry: usize, end: usize, start: usize, matrix: usize, stride: usize, out: usize): void {
  let a = v128.load(start);
  for (; entry < end; entry += 8) {
    const row = matrix + <usize>load<i32>(entry) * stride;
    a = f32x4.add(a, f32x4.mul(v128.load32_splat(entry, 4), v128.load(row)));
  }
  v128.store(out, a);
}
