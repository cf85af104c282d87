/** What a worker does for one sender: fetches its jobs, keeps them its own while they last, answers them. */
import type { Job as QueuedJob, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { reasonOf, UsageError } from "../base/errors.ts";
import type { Backend } from "../evaluation/backend.ts";
import type { Job } from "../evaluation/job.ts";
import { ANSWER_LIFE, answersKey, LOCK } from "./keys.ts";
import { packReply, type Reply, unpackJob } from "./pack.ts";
import { openJobs } from "./queues.ts";

/** What a service needs. */
export interface ServiceOptions {
  /** Of the sender. */
  readonly id: string;
  /** What it does, in words. */
  readonly title: string;
  readonly redis: Redis;
  /** Threads that have the sender's task. */
  readonly pool: Backend;
}

/** The service of one sender. */
export interface Service {
  readonly title: string;
  /** The next job, if there is one; it is ours for a while (`LOCK`). */
  fetch(): Promise<QueuedJob | undefined>;
  /** Does a job and sends the answer, without waiting for that to arrive; never rejects. @returns seconds it took, steps done */
  perform(job: QueuedJob): Promise<{ readonly seconds: number; readonly steps: number }>;
  /** Says of all jobs at hand that they are still ours. */
  renew(): void;
  /** Waits until what was sent has arrived, and ends it. */
  close(): Promise<void>;
}

/** Starts to serve a sender. */
export async function startService({ id, title, redis, pool }: ServiceOptions): Promise<Service> {
  const jobs: Worker = await openJobs(id, redis);
  const held = new Map<string, QueuedJob>();
  const sending = new Set<Promise<unknown>>();
  const key = answersKey(id);
  let count = 0;

  /** What comes of a job, whatever is in it. */
  async function replyTo(queued: QueuedJob): Promise<Reply> {
    const start = performance.now();
    const reply = { job: String(queued.id) };
    const seconds = () => (performance.now() - start) / 1000;
    let job: Job;
    try {
      if (typeof queued.data !== "string") throw new UsageError("Expected a job in text, got none.");
      job = unpackJob(Buffer.from(queued.data, "base64"));
    } catch (error) {
      return { ...reply, seconds: seconds(), error: (error as Error).message, usage: true };
    }
    try {
      return { ...reply, ...(await pool.submit(job)), seconds: seconds() };
    } catch (error) {
      if (error instanceof UsageError) return { ...reply, seconds: seconds(), error: error.message, usage: true };
      return { ...reply, seconds: seconds(), lost: reasonOf(error) };
    }
  }

  return {
    title,
    async fetch() {
      const job = await jobs.getNextJob(`${title} ${++count}`, { block: false });
      if (job !== undefined) held.set(String(job.id), job);
      return job;
    },
    async perform(job) {
      const reply = await replyTo(job);
      held.delete(String(job.id));
      // On one connection, so in this order: a job that is done has been answered. If it is no longer ours, since we
      // were cut off, whoever has it now answers too, and the sender takes the first.
      const answered = redis.multi().rpush(key, packReply(reply)).pexpire(key, ANSWER_LIFE).exec();
      const done = job.moveToCompleted(null, String(job.token), false);
      const sent = Promise.allSettled([answered, done]).finally(() => sending.delete(sent));
      sending.add(sent);
      return { seconds: reply.seconds, steps: "steps" in reply ? reply.steps : 0 };
    },
    renew() {
      const all = [...held.values()];
      if (all.length === 0) return;
      const ids = all.map(({ id }) => String(id));
      const tokens = all.map(({ token }) => String(token));
      jobs.extendJobLocks(ids, tokens, LOCK).catch(() => {});
    },
    async close() {
      if (redis.status === "ready") await Promise.all(sending);
      await jobs.close(true);
    },
  };
}
