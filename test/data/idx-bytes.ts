/** Writes the bytes of IDX files for tests. */

/** An IDX file of unsigned bytes. */
export function idxBytes(sizes: readonly number[], values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + values.length);
  bytes.set([0, 0, 8, sizes.length]);
  const view = new DataView(bytes.buffer);
  for (const [index, size] of sizes.entries()) view.setUint32(4 + 4 * index, size);
  bytes.set(Array.from(values), 4 + 4 * sizes.length);
  return bytes;
}
