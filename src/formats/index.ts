/**
 * The formats champions are read from and written in, by name; a path's ending says which (format.ts has the contract).
 *
 * To add one: its file here and a row in this table; commands that take or give champions then know it. A format of
 * one's own needs no row: `readChampion(bytes, { path }, { ...FORMATS, mine })`.
 */

import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { parseSettings } from "../base/settings.ts";
import { c, js, python } from "./code/index.ts";
import { dot } from "./dot.ts";
import type { Format, PortableChampion, ReadInfo } from "./format.ts";
import { graph } from "./graph.ts";
import { json } from "./json.ts";
import { latex } from "./latex.ts";
import { onnx } from "./onnx/index.ts";
import { published } from "./published.ts";

/** Formats by name. */
export type Formats = Readonly<Record<string, Format>>;

/** A format that can be written. */
export type WritableFormat = Format & Required<Pick<Format, "write">>;

/** All formats. */
export const FORMATS = { json, published, onnx, js, c, python, latex, dot, graph } satisfies Formats;

/**
 * The format of a path, by its ending.
 *
 * @throws UsageError that names the known endings if it is none of them
 */
export function formatOf(path: string, formats: Formats = FORMATS): Format {
  const name = path.toLowerCase();
  let found: { format: Format; length: number } | undefined;
  for (const format of Object.values(formats)) {
    for (const ending of format.endings) {
      if (name.endsWith(ending) && ending.length > (found?.length ?? 0)) found = { format, length: ending.length };
    }
  }
  if (found !== undefined) return found.format;
  throw new UsageError(
    `Expected a champion's file to end in ${endingsOf(Object.values(formats))}, got ${path}: give it the ending of its format.`,
  );
}

/** A format that can be read. */
type ReadableFormat = Format & Required<Pick<Format, "read">>;

/** The format of a path, of those that can be read. @throws UsageError if there is none */
export function readableFormat(path: string, formats: Formats = FORMATS): ReadableFormat {
  const format = formatOf(path, formats);
  if (isReadable(format)) return format;
  const readable = Object.values(formats).filter(isReadable);
  throw new UsageError(
    `Expected a champion in a format that can be read (${endingsOf(readable)}), got ${path}: ${format.name} can only be written.`,
  );
}

function isReadable(format: Format): format is ReadableFormat {
  return format.read !== undefined;
}

/**
 * Reads a champion in the format that its path says.
 *
 * @throws UsageError if there is no such format, it can only be written, or the bytes are no champion in it
 */
export function readChampion(bytes: Uint8Array, info: ReadInfo, formats: Formats = FORMATS): PortableChampion {
  return readableFormat(info.path, formats).read(bytes, info);
}

/** Whether a format can be written. */
export function isWritable(format: Format): format is WritableFormat {
  return format.write !== undefined;
}

/** The format of a path, of those that can be written. @throws UsageError if there is none */
export function writableFormat(path: string, formats: Formats = FORMATS): WritableFormat {
  const format = formatOf(path, formats);
  if (isWritable(format)) return format;
  const writable = Object.values(formats).filter(isWritable);
  throw new UsageError(
    `Expected a format that can be written (${endingsOf(writable)}), got ${path}: ${format.name} can only be read.`,
  );
}

/**
 * Writes a champion in the format that a path says; what to do with the bytes is the caller's.
 *
 * @param settings of the format's own, where they differ from the defaults
 * @throws UsageError if there is no such format, it can only be read, a setting is wrong, or too little is known of the
 *         champion
 */
export async function writeChampion(
  champion: PortableChampion,
  path: string,
  settings: Readonly<Record<string, unknown>> = {},
  formats: Formats = FORMATS,
): Promise<Uint8Array> {
  return writeFormat(writableFormat(path, formats), champion, settings);
}

/** The same in a format that is given, whatever the path. @throws UsageError as `writeChampion` */
export async function writeFormat(
  format: WritableFormat,
  champion: PortableChampion,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Uint8Array> {
  const complete = parseSettings(format.name, z.strictObject(format.settings ?? {}), settings);
  const content = await format.write(champion, complete);
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** The endings of formats with their names, as messages list them. */
function endingsOf(formats: readonly Format[]): string {
  return formats.map(({ name, endings }) => `${endings.join(" or ")} (${name})`).join(", ");
}
