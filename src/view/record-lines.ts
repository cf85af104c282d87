/** The records of a .jsonl text one after the other, so that those of a long run need not all be held at once. */
import { existsSync, readFileSync } from "node:fs";

/** A text of lines, read each time that it is gone through. */
export class RecordLines implements Iterable<Record<string, never>> {
  readonly #text: string;
  #broken = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Of a file; none where there is none. @param until bytes of it that are read; default: all */
  static of(path: string, until?: number): RecordLines {
    return new RecordLines(existsSync(path) ? readFileSync(path).toString("utf8", 0, until) : "");
  }

  /** Lines, broken ones and a last one without its end included. */
  get count(): number {
    let count = 0;
    for (const _ of this.#lines()) count++;
    return count;
  }

  /** Of the lines gone through last, how many are no JSON object (a last one without its end included). */
  get broken(): number {
    return this.#broken;
  }

  *[Symbol.iterator](): Iterator<Record<string, never>> {
    this.#broken = 0;
    for (const line of this.#lines()) {
      const record = recordOf(line);
      if (record === undefined) this.#broken++;
      else yield record;
    }
  }

  *#lines(): Iterable<string> {
    for (let start = 0; start < this.#text.length; ) {
      const newline = this.#text.indexOf("\n", start);
      const end = newline < 0 ? this.#text.length : newline;
      const line = this.#text.slice(start, end);
      if (line.trim() !== "") yield line;
      start = end + 1;
    }
  }
}

function recordOf(line: string): Record<string, never> | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === "object" && record !== null ? (record as Record<string, never>) : undefined;
  } catch {
    return undefined;
  }
}
