/** The line to a process that plays, as its task sees it; who starts processes and reads pipes makes it. */
import { indent } from "../../base/errors.ts";
import type { Hello } from "./hello.ts";
import type { Frame } from "./protocol.ts";

/** A process at work. */
export interface Link {
  readonly hello: Hello;
  /**
   * Sends a request and waits for what comes back. One request at a time.
   *
   * @param onProgress told how many lanes are done, where that takes long
   * @returns          an answer, or a fault (protocol.ts)
   * @throws LostProcess if the process ends, or has not ended a call in the time it said; it is gone then
   * @throws UsageError  if what it sends is no frame
   */
  ask(request: Uint8Array<ArrayBuffer>, onProgress: (lanes: number) => void): Promise<Frame>;
  /** Ends the process. */
  close(): void;
}

/** Starts a process and waits for what it says of itself. @throws LostProcess, UsageError */
export type Connect = () => Promise<Link>;

/** A process ended, or had to be ended, before it answered. */
export class LostProcess extends Error {
  override name = "LostProcess";
  /** How it ended: "exit code 1", "signal SIGKILL". */
  readonly reason: string;
  /** The last lines that it printed. */
  readonly lastWords: string;
  /** Whether it was ended because a call of its environment would not. */
  readonly hangs: boolean;

  constructor(reason: string, lastWords: string, hangs = false) {
    super(`The process ended with ${reason}.`);
    this.reason = reason;
    this.lastWords = lastWords;
    this.hangs = hangs;
  }
}

/** The last words of a process as the end of a message: lines of their own, if there are any. */
export function lastWordsOf({ lastWords }: LostProcess): string {
  return lastWords === "" ? "" : ` Its last words:\n${indent(lastWords)}`;
}
