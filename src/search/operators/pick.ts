/** Draws a gene by whether it is enabled. */
import type { Rng } from "../../base/rng.ts";

/** A random index at which `values` holds `wanted`, or undefined if none does. */
export function pick(values: Uint8Array, wanted: number, rng: Rng): number | undefined {
  let count = 0;
  for (let index = 0; index < values.length; index++) if (values[index] === wanted) count++;
  if (count === 0) return undefined;
  let skip = rng.integer(count);
  for (let index = 0; ; index++) if (values[index] === wanted && skip-- === 0) return index;
}
