/** SHA-256 of plain data, the same on every machine: settings, data sets, what a process says of itself. */
import { createHash, type Hash } from "node:crypto";

/** Bytes that are written at a time; memory that is shared with threads is copied first. */
const CHUNK = 2 ** 20;

/**
 * The digest of plain data, 64 hexadecimal digits: of numbers, text, lists, objects and typed arrays, and of nothing else
 * of them, such as the order of an object's keys or whether memory is shared.
 */
export function digestOf(value: unknown): string {
  const hash = createHash("sha256");
  add(hash, value);
  return hash.digest("hex");
}

function add(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength};`);
    for (let at = 0; at < value.byteLength; at += CHUNK) {
      const length = Math.min(CHUNK, value.byteLength - at);
      hash.update(new Uint8Array(value.buffer, value.byteOffset + at, length).slice());
    }
  } else if (Array.isArray(value)) {
    hash.update(`list ${value.length};`);
    for (const item of value) add(hash, item);
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== "function");
    hash.update(`object ${entries.length};`);
    for (const [key, item] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      add(hash, key);
      add(hash, item);
    }
  } else if (typeof value === "number" && !Number.isFinite(value)) {
    hash.update(`number ${value};`);
  } else {
    const text = JSON.stringify(value) ?? "undefined";
    hash.update(`${typeof value} ${text.length} ${text};`);
  }
}
