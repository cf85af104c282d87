/** The threads of a worker: a pool for each task that is asked for, shared by the senders of that task. */
import type { Backend } from "../evaluation/backend.ts";
import { createThreads } from "../evaluation/threads.ts";
import type { TaskSource } from "../tasks/registry.ts";
import { digestOf } from "./digest.ts";
import type { Identity } from "./identity.ts";

/** Milliseconds for which the threads of a task that nobody asks for any more are kept. */
const KEPT = 60_000;

interface Pool {
  readonly backend: Promise<Backend>;
  users: number;
  /** When the last of them went, as `performance.now()` has it. */
  since: number;
}

/** The pools of one worker. */
export class Pools {
  readonly #threads: number;
  readonly #pools = new Map<string, Pool>();

  /** @param threads of each pool */
  constructor(threads: number) {
    this.#threads = threads;
  }

  /** The pool of a task, to be given back; it is loaded if there is none. @throws what `load` does */
  async take(identity: Identity, load: () => Promise<TaskSource>): Promise<Backend> {
    const key = digestOf(identity);
    const found = this.#pools.get(key);
    const pool = found ?? { backend: this.#start(load), users: 0, since: 0 };
    this.#pools.set(key, pool);
    pool.users++;
    try {
      return await pool.backend;
    } catch (error) {
      this.#pools.delete(key);
      throw error;
    }
  }

  /** Gives a pool back. */
  release(identity: Identity): void {
    const pool = this.#pools.get(digestOf(identity));
    if (pool === undefined) return;
    pool.users--;
    pool.since = performance.now();
  }

  /** Ends the threads that nobody has asked for in a while, or all. */
  async close(which: "unused" | "all"): Promise<void> {
    for (const [key, { backend, users, since }] of this.#pools) {
      if (which === "unused" && (users > 0 || performance.now() - since < KEPT)) continue;
      this.#pools.delete(key);
      await (await backend).close();
    }
  }

  async #start(load: () => Promise<TaskSource>): Promise<Backend> {
    return createThreads(await load(), { threads: this.#threads });
  }
}
