/**
 * The backend that has its jobs done by workers on any machine, through a queue of BullMQ in Redis (worker side: host.ts).
 *
 * Each sender has a queue of its own, so that workers can take jobs of several in turn. Answers do not go through BullMQ,
 * which would keep them in its log of events, but into a list from which reading takes them.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { type UnreachableError, UsageError } from "../base/errors.ts";
import { counted } from "../base/numbers.ts";
import type { Backend } from "../evaluation/backend.ts";
import type { Answer, Job } from "../evaluation/job.ts";
import type { WorkingHost } from "./host.ts";
import { createJobSizes } from "./job-sizes.ts";
import { answersKey, CALLS } from "./keys.ts";
import { unpackReply } from "./pack.ts";
import type { Patience } from "./patience.ts";
import { type PendingJob, PendingJobs } from "./pending.ts";
import { clearQueue } from "./queues.ts";
import { beat, type ClusterWorker, listWorkers, type Sender, sayGone, sayHere } from "./roll.ts";

/** Milliseconds after which it is looked where a job has got to. */
const LATE = 2_000;
/** Milliseconds that workers have to say whether they take part, once one does. */
const SETTLING = 5_000;
/** Seconds that a read waits for answers; milliseconds that a good end may take. */
const READ = 2;
const CLOSING = 5_000;
/** Answers that are taken at a time. */
const MOST_ANSWERS = 1_000;

/** What a sender is connected by. */
export interface Lines {
  readonly redis: Redis;
  /** Waits for answers, and does nothing else. */
  readonly reader: Redis;
  readonly queue: Queue;
  readonly helper: WorkingHost | undefined;
}

/** One sender: a search, a tuning, an evaluation. */
export class ClusterSender implements Backend {
  readonly #self: Sender;
  readonly #lines: Lines;
  readonly #patience: Patience;
  readonly #onNotice: (words: string) => void;
  readonly #pending = new PendingJobs();
  /** Of programs that are related, and others: those share work. */
  readonly #sizes = { related: createJobSizes(), alone: createJobSizes() };
  /** Why workers do not take part, by their id, as far as it was told. */
  readonly #refused = new Map<string, string>();
  #workers: readonly ClusterWorker[] = [];
  #unsent: PendingJob[] = [];
  #slots = 1;
  #isClosed = false;
  #stopBeat = () => {};

  constructor(self: Sender, lines: Lines, patience: Patience, onNotice: (words: string) => void) {
    this.#self = self;
    this.#lines = lines;
    this.#patience = patience;
    this.#onNotice = onNotice;
  }

  /** Waits for the first worker, and until all have said whether they take part. @throws UnreachableError */
  async begin(): Promise<void> {
    let failed: UnreachableError | undefined;
    this.#patience.watch(this.#lines.redis, (error) => {
      failed = error;
      this.#pending.fail(error);
    });
    this.#stopBeat = beat(() => this.#look());
    void this.#read();
    await this.#lines.redis.publish(CALLS, this.#self.id);
    let first: number | undefined;
    while (failed === undefined) {
      if (this.#serving().length > 0) first ??= performance.now();
      const isSettled = first !== undefined && this.#workers.every((worker) => this.#hasDecided(worker));
      if (isSettled || (first !== undefined && performance.now() - first > SETTLING)) {
        this.#onNotice(
          `${counted(this.#serving().length, "worker")} with ${counted(this.#slots, "thread")} take part.`,
        );
        return;
      }
      await sleep(20);
    }
    throw failed;
  }

  get slots(): number {
    return this.#slots;
  }

  jobCount(cost: number, related: boolean): number {
    return this.#sizes[related ? "related" : "alone"].countFor(cost, this.#slots);
  }

  async submit(job: Job): Promise<Answer> {
    const { job: pending, answer } = this.#pending.add(job);
    this.#send([pending]);
    return answer;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopBeat();
    this.#patience.end();
    this.#pending.fail(new UsageError("Expected no more jobs: the cluster was closed."));
    const { redis, reader, queue, helper } = this.#lines;
    await helper?.close();
    reader.disconnect();
    const clear = async () => {
      await clearQueue(this.#self.id, redis);
      await queue.close();
      // Last, since what is left of a sender that is on the list is cleared by others.
      await sayGone(redis, "sender", this.#self.id);
    };
    // A Redis that is gone has nothing of ours.
    await Promise.race([clear().catch(() => {}), sleep(CLOSING, undefined, { ref: false })]);
    redis.disconnect();
  }

  /** Sends jobs, all of the same moment together. */
  #send(jobs: readonly PendingJob[]): void {
    for (const job of jobs) job.sent = undefined;
    this.#unsent.push(...jobs);
    if (this.#unsent.length > jobs.length) return;
    queueMicrotask(async () => {
      const batch = this.#unsent;
      this.#unsent = [];
      const { redis, queue } = this.#lines;
      try {
        await queue.addBulk(batch.map(({ id, data }) => ({ name: "score", data, opts: { jobId: id } })));
        await redis.publish(CALLS, this.#self.id);
      } catch {
        // What did not get there is missed at a look, and sent again.
      }
      for (const job of batch) job.sent = performance.now();
    });
  }

  async #read(): Promise<void> {
    const { reader } = this.#lines;
    const key = answersKey(this.#self.id);
    while (!this.#isClosed) {
      try {
        const [, first] = (await reader.blpopBuffer(key, READ)) ?? [];
        if (first === undefined) continue;
        this.#take(first);
        for (const bytes of (await reader.lpopBuffer(key, MOST_ANSWERS)) ?? []) this.#take(bytes);
      } catch {
        // What was read and lost on the way is missed at a look, and done again.
        if (!this.#isClosed) await sleep(100);
      }
    }
  }

  #take(bytes: Uint8Array): void {
    try {
      const reply = unpackReply(bytes);
      const job = this.#pending.settle(reply);
      if (job === undefined || !("scores" in reply)) return;
      this.#sizes[job.related ? "related" : "alone"].learn(job.cost, reply.seconds);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#onNotice(`An answer in Redis was none: ${error.message}`);
    }
  }

  /** Says that we are here, looks who else is, and for jobs that got lost. */
  async #look(): Promise<void> {
    const { redis } = this.#lines;
    await sayHere(redis, this.#self);
    this.#workers = (await listWorkers(redis)).there;
    const serving = this.#serving();
    this.#patience.see(serving.length);
    const threads = serving.reduce((sum, worker) => sum + worker.threads, 0);
    if (threads > 0) this.#slots = threads;
    for (const { id, name, refuses } of this.#workers) {
      const reason = refuses[this.#self.id];
      if (reason === undefined || this.#refused.get(id) === reason) continue;
      this.#refused.set(id, reason);
      this.#onNotice(`The worker ${name} does not take part: ${reason}.`);
    }
    await this.#lookForLost();
  }

  async #lookForLost(): Promise<void> {
    const { queue } = this.#lines;
    const lost: PendingJob[] = [];
    const look = async (job: PendingJob) => {
      const state = await queue.getJobState(job.id);
      if (state === "failed") {
        await queue.remove(job.id);
        const times = "it lost its worker more often than chance explains";
        this.#pending.settle({ job: job.id, seconds: 0, lost: times });
      } else if (state !== "unknown") job.isMissing = false;
      // Its answer may just be on its way.
      else if (job.isMissing) lost.push(job);
      else job.isMissing = true;
    };
    await Promise.all(this.#pending.sentBefore(LATE).map(look));
    if (lost.length > 0) this.#send(lost);
  }

  #serving(): ClusterWorker[] {
    return this.#workers.filter(({ serves }) => serves.includes(this.#self.id));
  }

  #hasDecided({ serves, refuses }: ClusterWorker): boolean {
    return serves.includes(this.#self.id) || this.#self.id in refuses;
  }
}
