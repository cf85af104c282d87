/** How long a sender waits: for a Redis that is gone, and for workers where there are none. */
import type { Redis } from "ioredis";
import { UnreachableError } from "../base/errors.ts";
import { time } from "../base/numbers.ts";
import { formatTime } from "../base/time.ts";

/** Milliseconds for which something is gone before that is told, and between two looks at the clock. */
const QUIET = 2_000;
const LOOK = 200;

/** Watches the clock of one sender. */
export class Patience {
  readonly #address: string;
  readonly #timeout: number;
  readonly #onNotice: (words: string) => void;
  /** When Redis, and the last worker, were last there, as `performance.now()` has it; undefined: they are. */
  readonly #gone: { redis?: Gone; workers?: Gone } = { workers: { since: performance.now(), isTold: false } };
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param timeout seconds */
  constructor(address: string, timeout: number, onNotice: (words: string) => void) {
    this.#address = address;
    this.#timeout = timeout;
    this.#onNotice = onNotice;
  }

  /** Watches a connection from now on. @param giveUp called once, when it has been waited long enough */
  watch(redis: Redis, giveUp: (error: UnreachableError) => void): void {
    redis.on("close", () => {
      this.#gone.redis ??= { since: performance.now(), isTold: false };
    });
    redis.on("ready", () => this.#back("redis", `Redis at ${this.#address} is back`));
    this.#timer = setInterval(() => {
      const error = this.#look();
      if (error === undefined) return;
      this.end();
      giveUp(error);
    }, LOOK);
  }

  /** Takes down how many workers there are. */
  see(workers: number): void {
    if (workers === 0) this.#gone.workers ??= { since: performance.now(), isTold: false };
    else this.#back("workers", "There are workers again");
  }

  /** Watches no more. */
  end(): void {
    clearInterval(this.#timer);
  }

  #look(): UnreachableError | undefined {
    const { redis, workers } = this.#gone;
    const wait = `waiting for up to ${formatTime(this.#timeout)}`;
    if (redis !== undefined) {
      this.#tell(redis, `Redis at ${this.#address} is gone: ${wait}.`);
      // Who is at the other end is not known meanwhile.
      if (workers !== undefined) workers.since = Math.max(workers.since, redis.since);
      return this.#isOver(redis, `Redis at ${this.#address} has been gone`);
    }
    if (workers === undefined) return undefined;
    this.#tell(workers, `No worker takes part: ${wait}. To start one: precocial worker ${this.#address}`);
    return this.#isOver(workers, `No worker at ${this.#address} has taken part`);
  }

  #tell(gone: Gone, words: string): void {
    if (gone.isTold || performance.now() - gone.since < QUIET) return;
    gone.isTold = true;
    this.#onNotice(words);
  }

  #isOver({ since }: Gone, what: string): UnreachableError | undefined {
    if (performance.now() - since < this.#timeout * 1000) return undefined;
    const limit = formatTime(this.#timeout);
    return new UnreachableError(`${what} for ${limit}, which is how long it was to be waited for (--cluster-timeout).`);
  }

  #back(what: "redis" | "workers", words: string): void {
    const gone = this.#gone[what];
    if (gone === undefined) return;
    this.#gone[what] = undefined;
    if (gone.isTold) this.#onNotice(`${words}, after ${time((performance.now() - gone.since) / 1000)}.`);
  }
}

interface Gone {
  since: number;
  isTold: boolean;
}
