/**
 * Follows a run folder while a search writes it: new lines, files written anew, and a run that was taken back. Of past
 * champions and of the front genomes are left out, which a page asks for (networks.ts).
 */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { RUN_FILES } from "../run/run-files.ts";
import { LINE_FILES, type LineEnds, WHOLE_FILES } from "./document.ts";
import { frontHeads } from "./networks.ts";
import { RecordLines } from "./record-lines.ts";
import { type RunStatus, runStatus } from "./status.ts";

/** What happened to a run. */
export type FollowEvent =
  | { readonly kind: (typeof LINE_FILES)[number]; readonly line: unknown }
  | { readonly kind: (typeof WHOLE_FILES)[number]; readonly value: unknown }
  | { readonly kind: "status"; readonly value: RunStatus | null }
  /** Lines were cut away (the run was resumed from a checkpoint): read it anew. */
  | { readonly kind: "reset" };

/** How far the line files have been read: bytes up to the end of the last whole line of each. */
export type Position = LineEnds;

/** Bytes that are looked through at once. */
const CHUNK = 1 << 16;

/** Where the line files end now. */
export function positionOf(folder: string): Position {
  const end = (file: (typeof LINE_FILES)[number]) => lastLineEnd(join(folder, RUN_FILES[file]));
  return Object.fromEntries(LINE_FILES.map((file) => [file, end(file)])) as Position;
}

/** A position as the id of a server-sent event, the numbers in the order of the files: `120-80-40-0`. */
export function encodePosition(position: Position): string {
  return LINE_FILES.map((file) => position[file]).join("-");
}

/** Reads a position; undefined when it is none. */
export function decodePosition(text: string | undefined | null): Position | undefined {
  const numbers = (text ?? "").split("-");
  if (numbers.length !== LINE_FILES.length || !numbers.every((number) => /^\d{1,15}$/.test(number))) return undefined;
  return Object.fromEntries(LINE_FILES.map((file, place) => [file, Number(numbers[place])])) as Position;
}

/**
 * Looks at the files of a run at an interval. First tells the files that are written anew, the status, and lines after `from`.
 *
 * Looking is by size and time of change, since notices of the system are unreliable on network and container disks.
 *
 * @param told  called with each event and the position after it
 * @returns     how to stop
 */
export function followRun(
  folder: string,
  from: Position,
  interval: number,
  told: (event: FollowEvent, position: Position) => void,
): () => void {
  let position = { ...from };
  const stamps = new Map<string, string>();
  let status: RunStatus | null | undefined;
  const look = () => {
    for (const file of LINE_FILES) {
      const path = join(folder, RUN_FILES[file]);
      const start = position[file];
      const size = existsSync(path) ? statSync(path).size : 0;
      if (size < start) {
        position = positionOf(folder);
        told({ kind: "reset" }, position);
        return;
      }
      if (size === start) continue;
      const text = readFrom(path, start);
      const whole = text.subarray(0, text.lastIndexOf(10) + 1);
      position = { ...position, [file]: start + whole.length };
      const records = [...new RecordLines(whole.toString("utf8"))];
      for (const line of records) told({ kind: file, line: file === "champions" ? headOf(line) : line }, position);
      if (file === "champions" && records.length > 0 && !existsSync(join(folder, RUN_FILES.champion)))
        told({ kind: "champion", value: records.at(-1) }, position);
    }
    for (const file of WHOLE_FILES) {
      const path = join(folder, RUN_FILES[file]);
      const stamp = stampOf(path);
      if (stamp === (stamps.get(file) ?? "")) continue;
      const content = stamp === "" ? null : JSON.parse(readFileSync(path, "utf8"));
      const value = file === "front" ? frontHeads(content) : content;
      stamps.set(file, stamp);
      told({ kind: file, value }, position);
    }
    const now = runStatus(folder) ?? null;
    if (now !== status) {
      status = now;
      told({ kind: "status", value: now }, position);
    }
  };
  const timer = setInterval(() => {
    try {
      look();
    } catch {
      // The folder is being changed under our eyes (moved, removed, written): the next look sees how it ended.
    }
  }, interval);
  return () => clearInterval(timer);
}

function headOf(line: unknown): unknown {
  const { genome: _, ...head } = line as { genome?: unknown };
  return head;
}

/** The bytes of a file from `offset` on. */
function readFrom(path: string, offset: number): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(file);
  }
}

/** Bytes up to the end of the last whole line, which is looked for from the end of the file. */
function lastLineEnd(path: string): number {
  if (!existsSync(path)) return 0;
  const file = openSync(path, "r");
  try {
    for (let end = fstatSync(file).size; end > 0; end -= CHUNK) {
      const start = Math.max(0, end - CHUNK);
      const bytes = Buffer.alloc(end - start);
      const newline = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start)).lastIndexOf(10);
      if (newline >= 0) return start + newline + 1;
    }
    return 0;
  } finally {
    closeSync(file);
  }
}

/** What of a file changes when it is written anew; empty where there is none. */
export function stampOf(path: string): string {
  if (!existsSync(path)) return "";
  const { mtimeMs, size, ino } = statSync(path);
  return `${mtimeMs}/${size}/${ino}`;
}
