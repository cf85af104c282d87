/** Cuts the bytes that come from a process into frames; what was printed before the first of them is no frame. */
import { type Frame, HEADER_BYTES, MAGIC, protocolError } from "./protocol.ts";

/** Bytes of a frame at most: more than any observation needs. */
const LARGEST = 2 ** 30;

/** Takes bytes as they come, and gives frames. */
export class FrameReader {
  #bytes = new Uint8Array(4096);
  /** Bytes that are there, and those of them that were given away. */
  #filled = 0;
  #given = 0;
  #begun = false;

  /** Takes bytes. @returns what was printed, if the first frame is not there yet */
  add(chunk: Uint8Array): string {
    this.#shift();
    if (this.#filled + chunk.length > this.#bytes.length) {
      const more = new Uint8Array(2 * (this.#filled + chunk.length));
      more.set(this.#bytes.subarray(0, this.#filled));
      this.#bytes = more;
    }
    this.#bytes.set(chunk, this.#filled);
    this.#filled += chunk.length;
    return this.#begun ? "" : this.#begin();
  }

  /**
   * The next frame that is whole, good until this is called again.
   *
   * @throws UsageError if what comes cannot be a frame
   */
  next(): Frame | undefined {
    this.#shift();
    if (!this.#begun || this.#filled < HEADER_BYTES) return undefined;
    const header = new DataView(this.#bytes.buffer, 0, HEADER_BYTES);
    const length = header.getUint32(0, true);
    const kind = header.getUint32(4, true);
    if (length > LARGEST) throw protocolError(`a frame of at most ${LARGEST} bytes`, `${length} bytes of kind ${kind}`);
    if (this.#filled < HEADER_BYTES + length) return undefined;
    this.#given = HEADER_BYTES + length;
    return { kind, payload: this.#bytes.subarray(HEADER_BYTES, this.#given) };
  }

  /** What is there before the first frame, and may yet be the beginning of what announces it. */
  get unread(): string {
    return this.#begun ? "" : new TextDecoder().decode(this.#bytes.subarray(this.#given, this.#filled));
  }

  /** Looks for what stands before the first frame, and drops what comes before that. */
  #begin(): string {
    const text = new TextDecoder("latin1").decode(this.#bytes.subarray(0, this.#filled));
    const at = text.indexOf(MAGIC);
    this.#begun = at >= 0;
    this.#given = this.#begun ? at + MAGIC.length : Math.max(0, this.#filled - MAGIC.length + 1);
    const printed = new TextDecoder().decode(this.#bytes.subarray(0, this.#begun ? at : this.#given));
    this.#shift();
    return printed;
  }

  #shift(): void {
    if (this.#given === 0) return;
    this.#bytes.copyWithin(0, this.#given, this.#filled);
    this.#filled -= this.#given;
    this.#given = 0;
  }
}
