/** Where the champions of a run stand in champions.jsonl: all that is told of them but their genomes, which fill it. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

/** A champion without its genome; what a line holds is in docs/run-format.md. */
export type ChampionHead = Readonly<Record<string, unknown>>;

/** A line: its place in the file, bytes, and what it says. */
export interface ChampionLine {
  readonly start: number;
  readonly length: number;
  readonly head: ChampionHead;
}

/** Bytes that are looked through at once: few enough for a processor's cache, more where a line is longer. */
const CHUNK = 1 << 20;
const GENOME = Buffer.from(',"genome":');

/** The lines of a champions.jsonl, of which each look reads only what has been added. */
export class ChampionLines {
  readonly #path: string;
  #lines: ChampionLine[] = [];
  /** Bytes up to the end of the last whole line. */
  #end = 0;
  #broken = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Looks at the file. @param until bytes of it that are looked at; default: all @returns the lines within them */
  read(until = Number.POSITIVE_INFINITY): { readonly lines: readonly ChampionLine[]; readonly broken: number } {
    if (!existsSync(this.#path)) {
      this.#forget();
      return { lines: [], broken: 0 };
    }
    const file = openSync(this.#path, "r");
    try {
      const { size } = fstatSync(file);
      // Lines were cut away: those that come again may be others.
      if (size < this.#end) this.#forget();
      this.#readOn(file, size);
      const cutOff = Math.min(size, until) > this.#end ? 1 : 0;
      const lines = this.#lines.filter(({ start, length }) => start + length <= until);
      return { lines, broken: this.#broken + cutOff };
    } finally {
      closeSync(file);
    }
  }

  /** A whole line, with its genome. */
  whole({ start, length }: ChampionLine): ChampionHead {
    const file = openSync(this.#path, "r");
    try {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, start);
      return JSON.parse(bytes.toString());
    } finally {
      closeSync(file);
    }
  }

  #forget(): void {
    this.#lines = [];
    this.#end = 0;
    this.#broken = 0;
  }

  #readOn(file: number, size: number): void {
    /** What has been read and begins no whole line yet stands at the start; the rest is read behind it. */
    let bytes = Buffer.allocUnsafe(CHUNK);
    let kept = 0;
    for (let at = this.#end; at < size; ) {
      if (kept === bytes.length) bytes = Buffer.concat([bytes], 2 * bytes.length);
      const got = readSync(file, bytes, kept, bytes.length - kept, at);
      if (got === 0) return;
      at += got;
      const filled = kept + got;
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0 && end < filled; end = bytes.indexOf(10, start)) {
        this.#take(bytes.subarray(start, end));
        start = end + 1;
      }
      bytes.copyWithin(0, start, filled);
      kept = filled - start;
    }
  }

  #take(line: Buffer): void {
    const start = this.#end;
    this.#end += line.length + 1;
    if (line.length === 0) return;
    const head = headOf(line);
    if (head === undefined) this.#broken++;
    else this.#lines.push({ start, length: line.length, head });
  }
}

/** What a line says without its genome, which is the last it says in all that this program writes; undefined where it is damaged. */
export function headOf(line: Buffer): ChampionHead | undefined {
  const genome = line.indexOf(GENOME);
  const short = genome < 0 ? undefined : parsed(`${line.toString("utf8", 0, genome)}}`);
  if (short !== undefined && line[line.length - 1] === 125) return short;
  const { genome: _, ...head } = parsed(line.toString()) ?? {};
  return Object.keys(head).length > 0 ? head : undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
