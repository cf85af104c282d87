/** Arrays in the kernels' memory as kernel/assembly/dense.ts wants them: aligned, padded, and lists of entries. */

import type { Examples } from "../data/dataset.ts";
import type { Kernel } from "../kernel/kernel.ts";

/** Words of a cache line; rows and arrays start on one. */
export const LINE = 16;
/** Words of an entry (index, value) and of a span (address of the first entry, of the end). */
export const PAIR = 2;

/** Words of the kernels' memory: integers, singles or addresses. */
export type Words = Int32Array<ArrayBuffer>;

export const NOTHING: Words = new Int32Array(0);

/** Words of a padded row: an odd number of cache lines, so that a column of blocks spreads over the whole cache. */
export function strideOf(width: number): number {
  return (Math.ceil(width / LINE) | 1) * LINE;
}

/** Zeros that start on a cache line. */
export function alignedWords(kernel: Kernel, length: number): Words {
  const place = kernel.integers(length + LINE);
  const skipped = (-(place.byteOffset >> 2) & (LINE - 1)) >>> 0;
  return place.subarray(skipped, skipped + length).fill(0);
}

export function address(words: Words): number {
  return words.byteOffset;
}

export function floats(words: Words): Float32Array<ArrayBuffer> {
  return new Float32Array(words.buffer, words.byteOffset, words.length);
}

/** Spans of `count` lists of `length` entries each, with the entries' indices. */
export function fillEntries(spans: Words, entries: Words, count: number, length: number): void {
  for (let list = 0; list < count; list++) {
    const first = address(entries) + list * length * PAIR * 4;
    spans.set([first, first + length * PAIR * 4], list * PAIR);
    for (let index = 0; index < length; index++) entries[(list * length + index) * PAIR] = index;
  }
}

/** The inputs that are not 0: where each example's entries (input, value) start, the entries, and the longest list. */
export function compress({ count, features, labels }: Examples, inputs: number) {
  const starts = new Int32Array(count + 1);
  let longest = 0;
  for (let example = 0, at = 0; example < count; example++) {
    let used = 0;
    for (const end = at + inputs; at < end; at++) if (features[at] !== 0) used++;
    starts[example + 1] = starts[example] + used;
    longest = Math.max(longest, used);
  }
  const entries = new Int32Array(starts[count] * PAIR);
  const values = new Float32Array(entries.buffer);
  for (let example = 0, at = 0, to = 0; example < count; example++) {
    for (let input = 0; input < inputs; input++, at++) {
      if (features[at] === 0) continue;
      entries[to] = input;
      values[to + 1] = features[at];
      to += PAIR;
    }
  }
  return { starts, entries, labels: labels.subarray(0, count), longest };
}
