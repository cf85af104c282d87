/** The queue of a sender in BullMQ: opened at both ends, and thrown away with all that is in it. */
import type { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { answersKey, LOCK, LOOK, MOST_LOSSES, PREFIX } from "./keys.ts";

/** Events of its queues that BullMQ keeps for who may watch; nothing here reads them. */
const EVENTS = 100;

/** Opens the sender's end. @param isNew false leaves what BullMQ keeps of the queue as it is, or gone */
export async function openQueue(id: string, redis: Redis, isNew = true): Promise<Queue> {
  const { Queue } = await import("bullmq");
  const queue = new Queue(id, {
    connection: redis,
    prefix: PREFIX,
    streams: { events: { maxLen: EVENTS } },
    defaultJobOptions: { removeOnComplete: true },
    skipMetasUpdate: !isNew,
  });
  // Those of the connection are its owner's to hear.
  queue.on("error", () => {});
  return queue;
}

/** Opens the worker's end: jobs are fetched one by one, each when a thread is free. */
export async function openJobs(id: string, redis: Redis): Promise<Worker> {
  const { Worker } = await import("bullmq");
  const worker = new Worker(id, undefined, {
    connection: redis,
    prefix: PREFIX,
    autorun: false,
    lockDuration: LOCK,
    stalledInterval: LOOK,
    maxStalledCount: MOST_LOSSES,
  });
  worker.on("error", () => {});
  await worker.startStalledCheckTimer();
  return worker;
}

/** Throws away what is left of a sender's queue and answers. */
export async function clearQueue(id: string, redis: Redis): Promise<void> {
  const queue = await openQueue(id, redis, false);
  await queue.obliterate({ force: true });
  await redis.del(answersKey(id));
  await queue.close();
}
