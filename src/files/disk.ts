/** Writing files so that nothing is ever half there: beside, then renamed; and errors of the disk in plain words. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { UsageError } from "../base/errors.ts";

const DISK_ERRORS: Record<string, string> = {
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "the disk quota is used up: free some space",
  EROFS: "the disk is read-only: choose another folder",
  EACCES: "permission is missing: choose another folder",
  EPERM: "permission is missing: choose another folder",
  ENOENT: "there is no such folder: choose another one",
  ENOTDIR: "a part of its path is a file: choose another folder",
  EISDIR: "there is a folder of that name: choose another one",
  ENAMETOOLONG: "the name is too long: choose a shorter one",
  EIO: "the disk reports an error: choose another one",
};

/** Writes a file under a temporary name, flushes it and renames it. @param content whole, or piece by piece */
export function writeAtomically(path: string, content: string | Uint8Array | Iterable<string>): void {
  withDiskErrors(path, () => {
    const beside = `${path}.part`;
    try {
      const file = openSync(beside, "w");
      try {
        const isWhole = typeof content === "string" || content instanceof Uint8Array;
        for (const piece of isWhole ? [content] : content) writeAll(file, piece);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  });
}

/** Appends text to a file. */
export function append(path: string, text: string): void {
  withDiskErrors(path, () => {
    const file = openSync(path, "a");
    try {
      writeAll(file, text);
    } finally {
      closeSync(file);
    }
  });
}

/** Waits until what was appended to a file is on the disk; nothing to do if there is no such file. */
export function flush(path: string): void {
  if (!existsSync(path)) return;
  withDiskErrors(path, () => {
    const file = openSync(path, "r+");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  });
}

/** Reads a file of JSON. @throws UsageError if it is missing or not JSON */
export function readJson(path: string, what: string): unknown {
  const text = readText(path, what);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`Expected ${what} as JSON in ${path}, got text that is not: ${(error as Error).message}.`);
  }
}

/** Reads a text file. @throws UsageError if it cannot be read */
export function readText(path: string, what: string): string {
  return readBytes(path, what).toString("utf8");
}

/** Reads a file. @throws UsageError if it cannot be read */
export function readBytes(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : (error as Error).message;
    throw new UsageError(`Expected ${what} at ${path}, but ${reason}.`);
  }
}

/** Runs `action`, and turns an error of the disk into a UsageError that names the file and the remedy. */
export function withDiskErrors<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const remedy = DISK_ERRORS[(error as NodeJS.ErrnoException).code ?? ""];
    if (remedy === undefined) throw error;
    throw new UsageError(`Could not write ${path}, ${remedy}. What was written before is whole.`);
  }
}

function writeAll(file: number, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
