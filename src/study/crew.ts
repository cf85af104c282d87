/** The processes of a study: each does one stretch at a time (process side: worker.ts). */
import { type ChildProcess, fork } from "node:child_process";
import { UnreachableError, UsageError } from "../base/errors.ts";
import type { ClusterOptions } from "../cluster/cluster.ts";
import type { MeasuredRun } from "./record.ts";
import type { Order, StretchOptions } from "./stretch.ts";
import type { FromWorker, Scorers, ToWorker } from "./worker.ts";

/** Who watches a stretch. */
export type StretchListener = Pick<StretchOptions, "onStep" | "warn">;

/** A process that works. */
export class CrewMember {
  readonly #scorers: Scorers;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  /** @param threads of a run, at least 1 @param cluster whose workers score in their place */
  constructor(threads: number, cluster?: ClusterOptions, program = new URL("../study/worker.js", import.meta.url)) {
    this.#scorers = { threads, cluster };
    // What a task prints is not the study's result. Options of this process, such as a program to evaluate, are its own.
    this.#child = fork(program, [], { execArgv: [], stdio: ["ignore", 2, 2, "ipc"] });
    this.#ended = new Promise((resolve) => this.#child.once("exit", () => resolve()));
  }

  /**
   * Does a stretch; one at a time.
   *
   * @returns what the run came to; undefined if it was stopped before
   * @throws UsageError if the settings, the data or the disk are at fault; Error if the process was lost
   */
  perform(order: Order, { onStep, warn }: StretchListener): Promise<MeasuredRun | undefined> {
    const child = this.#child;
    return new Promise<MeasuredRun | undefined>((resolve, reject) => {
      const onMessage = (message: FromWorker) => {
        if (message.kind === "step") onStep(message.steps, message.seconds);
        else if (message.kind === "warning") warn(message.message);
        else {
          child.off("message", onMessage).off("exit", onExit).off("error", reject);
          if (message.kind === "done") resolve(message.measured);
          else reject(errorOf(message));
        }
      };
      const onExit = (code: number | null, signal: string | null) =>
        reject(new Error(`The process at work on ${order.folder} ended with ${signal ?? `exit code ${code}`}.`));
      if (!child.connected) {
        onExit(child.exitCode, child.signalCode);
        return;
      }
      child.on("message", onMessage).once("exit", onExit).once("error", reject);
      this.#tell({ kind: "work", order, ...this.#scorers });
    });
  }

  /** Ends the stretch with the step that is being done. */
  stop(): void {
    this.#tell({ kind: "stop" });
  }

  /** Ends the process, when its stretch has ended. */
  async close(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }

  #tell(message: ToWorker): void {
    // A process that is gone says so by its end.
    if (this.#child.connected) this.#child.send(message);
  }
}

function errorOf({ message, stack, isUnreachable }: FromWorker & { kind: "failed" }): Error {
  if (stack === undefined) return new (isUnreachable ? UnreachableError : UsageError)(message);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
