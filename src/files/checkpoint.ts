/** Checkpoints: the state of a run as JSON, typed arrays as base64; the previous one is kept beside the newest. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJson, withDiskErrors, writeAtomically } from "./disk.ts";

const NEWEST = "checkpoint.json";
const PREVIOUS = "checkpoint.previous.json";

const ARRAYS = { Int32Array, Int8Array, Uint8Array, Float32Array, Float64Array };
type ArrayName = keyof typeof ARRAYS;

/** Writes a checkpoint; the newest so far becomes the previous one. A kill at any moment leaves a whole one. */
export function writeCheckpoint(folder: string, state: unknown): void {
  const newest = join(folder, NEWEST);
  const text = `${JSON.stringify(state, encode)}\n`;
  withDiskErrors(newest, () => {
    if (existsSync(newest)) renameSync(newest, join(folder, PREVIOUS));
  });
  writeAtomically(newest, text);
}

/**
 * Reads the newest checkpoint that is whole.
 *
 * @param isWhole whether what was read is a state
 * @param warn told when the newest one is damaged and the previous one is used
 * @returns    undefined if the run has none, because it was stopped before its first
 * @throws UsageError if all are damaged
 */
export function readCheckpoint<State>(
  folder: string,
  isWhole: (state: unknown) => state is State,
  warn: (message: string) => void,
): State | undefined {
  const present = [NEWEST, PREVIOUS].map((name) => join(folder, name)).filter((path) => existsSync(path));
  for (const path of present) {
    try {
      const state = revive(readJson(path, "a checkpoint"));
      if (!isWhole(state)) throw new UsageError(`Expected a checkpoint in ${path}, got JSON of another form.`);
      // A damaged newest one must not become the previous one in place of this.
      if (path !== present[0]) rmSync(present[0]);
      return state;
    } catch (error) {
      warn(
        `${(error as Error).message} The checkpoint is damaged${path === present.at(-1) ? "" : "; going on from the previous one"}.`,
      );
    }
  }
  if (present.length === 0) return undefined;
  throw new UsageError(`No checkpoint of ${folder} can be read: start again with another --out.`);
}

function encode(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const name = value.constructor.name;
  if (!(name in ARRAYS)) throw new TypeError(`A ${name} cannot be kept in a checkpoint.`);
  return { [`$${name}`]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
}

/** Puts typed arrays back in place of their base64 form. */
function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(revive);
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0].startsWith("$")) {
    const bytes = Uint8Array.from(Buffer.from(entries[0][1] as string, "base64"));
    return new ARRAYS[entries[0][0].slice(1) as ArrayName](bytes.buffer);
  }
  return Object.fromEntries(entries.map(([key, entry]) => [key, revive(entry)]));
}
