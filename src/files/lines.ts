/** Files that grow by lines of JSON, one for each step: read, and cut back to where a checkpoint stands. */
import { existsSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { withDiskErrors } from "./disk.ts";

/** Reads the whole lines of a .jsonl file, oldest first; a cut-off last line is left out, a missing file is empty. */
export function readLines(folder: string, name: string): unknown[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => parseLine(line, path, index + 1));
}

/** A line of a file that grows: of a generation from 0, or of an epoch or a step of a tuning from 1. */
interface Line {
  readonly generation?: number;
  readonly epoch?: number;
  readonly step?: number;
}

function parseLine(line: string, path: string, number: number): Line {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(
      `Expected JSON in line ${number} of ${path}: ${(error as Error).message}. The file is damaged.`,
    );
  }
}

/** Cuts a .jsonl file after its last whole line of the first `generation` generations, epochs or steps; gives the lines kept. */
export function cutLines(folder: string, name: string, generation: number): number {
  const path = join(folder, name);
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, "utf8");
  let kept = 0;
  let length = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    const line = parseLine(text.slice(length, end), path, kept + 1);
    if ((line.generation ?? Number(line.epoch ?? line.step) - 1) >= generation) break;
    length = end + 1;
    kept++;
  }
  withDiskErrors(path, () => truncateSync(path, Buffer.byteLength(text.slice(0, length))));
  return kept;
}
