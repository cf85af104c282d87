/** Starts the processes that play tasks, one for each thread that scores, and carries frames to them and back. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { show } from "../base/check.ts";
import { reasonOf, UsageError } from "../base/errors.ts";
import { splitWords } from "../tasks/process/command-line.ts";
import { decodeHello, type Hello } from "../tasks/process/hello.ts";
import { type Link, LostProcess } from "../tasks/process/link.ts";
import { decodeProgress, type Frame, KINDS, protocolError } from "../tasks/process/protocol.ts";
import { FrameReader } from "../tasks/process/reader.ts";
import { WATCH, WATCH_LENGTH } from "../tasks/task.ts";
import { createWatchman, timeBetweenLooks } from "./watchman.ts";

/** How a process is started. */
export interface ProcessOptions {
  /** Takes what it prints to standard error; nobody does without it. */
  readonly onPrint?: (text: string) => void;
  /** Milliseconds after which it is given up if it has not said what it is. Default: 300,000. */
  readonly longest?: number;
}

/** Characters kept of what a process prints, and lines of them that a message quotes. */
const KEPT = 8000;
const LAST_LINES = 12;

/** Milliseconds that a process has to end by itself, and that its last words have to arrive. */
const CLOSING = 5000;
const FAREWELL = 200;

/** The longest time between two looks that a timer can do. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Starts a process and waits for what it says of itself.
 *
 * @throws UsageError  if there is no such program, it says nothing in time, or does not keep to the protocol
 * @throws LostProcess if it ends before it has said anything
 */
export async function startProcess(commandLine: string, options: ProcessOptions = {}): Promise<Link> {
  const started = new ProcessLink(commandLine, options);
  try {
    await started.open(options.longest ?? 300_000);
    return started;
  } catch (error) {
    started.close();
    throw error;
  }
}

/** Who waits for a frame. */
interface Waiting {
  readonly onProgress: (lanes: number) => void;
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: Error) => void;
}

class ProcessLink implements Link {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #commandLine: string;
  readonly #reader = new FrameReader();
  readonly #watch = new Int32Array(WATCH_LENGTH);
  readonly #timers: (() => void)[] = [];
  #hello: Hello | undefined;
  #waiting: Waiting | undefined;
  #hangs = false;
  #printed = "";
  /** Why nothing can be asked any more. */
  #end: Error | undefined;

  constructor(commandLine: string, { onPrint = () => {} }: ProcessOptions) {
    this.#commandLine = commandLine;
    this.#child = start(commandLine);
    const { stdin, stdout, stderr } = this.#child;
    stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    stderr.setEncoding("utf8");
    stderr.on("data", (text: string) => {
      this.#keep(text);
      onPrint(text);
    });
    // That a process does not listen any more is told by its end.
    stdin.on("error", () => {});
    this.#child.on("error", (error) => this.#fail(startError(commandLine, error)));
    this.#child.on("exit", (code, signal) => {
      const end = () => this.#fail(new LostProcess(reasonFor(code, signal), this.#lastWords(), this.#hangs));
      const timer = setTimeout(end, FAREWELL);
      this.#child.on("close", () => {
        clearTimeout(timer);
        end();
      });
    });
  }

  get hello(): Hello {
    return this.#hello as Hello;
  }

  /** Waits for what the process says of itself. */
  async open(longest: number): Promise<void> {
    const timer = setTimeout(() => this.#fail(this.#silence(longest)), longest);
    try {
      const frame = await this.#next(() => {});
      if (frame.kind !== KINDS.hello) throw protocolError(`a frame of kind ${KINDS.hello}`, `kind ${frame.kind}`);
      this.#hello = decodeHello(frame.payload);
    } finally {
      clearTimeout(timer);
    }
    const watchman = createWatchman(this.#watch, () => {
      this.#hangs = true;
      this.#child.kill("SIGKILL");
    });
    const pause = Math.min(timeBetweenLooks(this.#hello.longestStep * 1000), LONGEST_TIMER);
    const looking = setInterval(() => this.#waiting && watchman.look(), pause);
    looking.unref();
    this.#timers.push(() => clearInterval(looking));
  }

  ask(request: Uint8Array<ArrayBuffer>, onProgress: (lanes: number) => void): Promise<Frame> {
    this.#watch[WATCH.beat]++;
    this.#deliver();
    this.#child.stdin.write(request);
    return this.#next(onProgress);
  }

  close(): void {
    this.#clear();
    const { exitCode, signalCode, stdin } = this.#child;
    stdin.end();
    if (exitCode !== null || signalCode !== null) return;
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), CLOSING);
    this.#child.on("exit", () => clearTimeout(timer));
    this.#child.on("error", () => clearTimeout(timer));
  }

  #next(onProgress: (lanes: number) => void): Promise<Frame> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) reject(this.#end);
      else this.#waiting = { onProgress, resolve, reject };
    });
  }

  #receive(chunk: Uint8Array): void {
    this.#watch[WATCH.beat]++;
    this.#keep(this.#reader.add(chunk));
    this.#deliver();
  }

  /** Gives whoever waits the frames that are whole. */
  #deliver(): void {
    try {
      for (let frame = this.#reader.next(); frame !== undefined; frame = this.#reader.next()) {
        const waiting = this.#waiting;
        if (waiting === undefined) throw protocolError("silence", `a frame of kind ${frame.kind} before it was asked`);
        if (frame.kind === KINDS.progress) {
          waiting.onProgress(decodeProgress(frame));
          continue;
        }
        // Whoever waits reads the frame before another can be asked for.
        this.#waiting = undefined;
        waiting.resolve(frame);
        return;
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    this.#end ??= error;
    this.#clear();
    this.#waiting?.reject(this.#end);
    this.#waiting = undefined;
  }

  #clear(): void {
    for (const clear of this.#timers.splice(0)) clear();
  }

  #keep(text: string): void {
    this.#printed = (this.#printed + text).slice(-KEPT);
  }

  #lastWords(): string {
    const printed = this.#printed + this.#reader.unread;
    return printed.trim().split("\n").slice(-LAST_LINES).join("\n");
  }

  #silence(longest: number): UsageError {
    return new UsageError(
      `The process "${this.#commandLine}" has not said what it is after ${longest / 1000} s: it must call serve() ` +
        "of precocial_env.",
    );
  }
}

/** Starts a command without a shell. @throws UsageError if it cannot be one */
function start(commandLine: string): ChildProcessWithoutNullStreams {
  const words = splitWords(commandLine);
  if (words === undefined) throw new UsageError(`Expected each quote of the command ${commandLine} to be closed.`);
  // Where precocial_env.py is, so that `from precocial_env import serve` finds it.
  const own = join(import.meta.dirname, "../tasks/process");
  const { PYTHONPATH: folders } = process.env;
  const env = {
    // The order of sets of strings would differ from process to process.
    PYTHONHASHSEED: "0",
    ...process.env,
    PYTHONPATH: folders ? `${own}${delimiter}${folders}` : own,
  };
  try {
    return spawn(words[0], words.slice(1), { env, windowsHide: true, stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    throw startError(commandLine, error as Error);
  }
}

function startError(commandLine: string, error: Error): UsageError {
  const [program] = splitWords(commandLine) as string[];
  const { code } = error as NodeJS.ErrnoException;
  const why = code === "ENOENT" ? `there is no program ${show(program)}` : reasonOf(error);
  const other = program === "python" ? "; try python3" : program === "python3" ? "; try python" : "";
  return new UsageError(`Could not start "${commandLine}": ${why}${other}.`, { cause: error });
}

function reasonFor(code: number | null, signal: string | null): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
