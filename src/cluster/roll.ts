/** Who is there: what senders and workers say of themselves in Redis, each for as long as it gives signs of life. */
import type { Redis } from "ioredis";
import { z } from "zod";
import { IDENTITY, TEXT } from "./identity.ts";
import { BEAT, SENDER_LIFE, SENDERS, senderKey, WORKER_LIFE, WORKERS, workerKey } from "./keys.ts";

const SENDER = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,200}$/),
  identity: IDENTITY,
});

const WORKER = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,200}$/),
  name: TEXT,
  version: TEXT,
  threads: z.int().min(1),
  /** Ids of the senders whose jobs it takes. */
  serves: z.array(z.string()),
  /** Why it does not take those of others, by their id. */
  refuses: z.record(z.string(), TEXT),
  /** Tasks of the jobs that it is at. */
  doing: z.array(TEXT),
  /** Jobs done since it was started. */
  done: z.int().min(0),
  /** Jobs, environment steps and seconds of threads at work, each in a second, over the last half minute. */
  rate: z.strictObject({ jobs: z.number(), steps: z.number(), busy: z.number() }),
  /** Milliseconds since 1970 at which it was started. */
  started: z.number(),
});

/** What a sender says of itself. */
export type Sender = z.infer<typeof SENDER>;
/** What a worker says of itself. */
export type ClusterWorker = z.infer<typeof WORKER>;

/** Gives a sign of life. */
export async function sayHere(redis: Redis, who: Sender | ClusterWorker): Promise<void> {
  const [all, key, life] =
    "identity" in who ? [SENDERS, senderKey(who.id), SENDER_LIFE] : [WORKERS, workerKey(who.id), WORKER_LIFE];
  await redis.multi().set(key, JSON.stringify(who), "PX", life).sadd(all, who.id).exec();
}

/** Says that it is gone. */
export async function sayGone(redis: Redis, kind: "sender" | "worker", id: string): Promise<void> {
  const [all, key] = kind === "sender" ? [SENDERS, senderKey(id)] : [WORKERS, workerKey(id)];
  await redis.multi().del(key).srem(all, id).exec();
}

/** The senders that are there, in order of their ids; what is none is left out. */
export async function listSenders(redis: Redis): Promise<{ readonly there: Sender[]; readonly gone: string[] }> {
  return list(redis, SENDERS, senderKey, SENDER);
}

/** The workers that are there, by name. */
export async function listWorkers(redis: Redis): Promise<{ readonly there: ClusterWorker[]; readonly gone: string[] }> {
  const { there, gone } = await list(redis, WORKERS, workerKey, WORKER);
  return { there: there.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })), gone };
}

/** Takes out of the list who is gone. @returns whether it was still in it: only one caller is told so */
export async function strike(redis: Redis, kind: "sender" | "worker", id: string): Promise<boolean> {
  return (await redis.srem(kind === "sender" ? SENDERS : WORKERS, id)) === 1;
}

async function list<Schema extends z.ZodObject>(
  redis: Redis,
  all: string,
  keyOf: (id: string) => string,
  schema: Schema,
): Promise<{ there: z.infer<Schema>[]; gone: string[] }> {
  const ids = (await redis.smembers(all)).sort();
  const texts = ids.length === 0 ? [] : await redis.mget(ids.map(keyOf));
  const there: z.infer<Schema>[] = [];
  texts.forEach((text, index) => {
    const who = text === null ? undefined : parse(schema, text);
    if (who !== undefined && (who as { id?: string }).id === ids[index]) there.push(who);
  });
  return { there, gone: ids.filter((_, index) => texts[index] === null) };
}

function parse<Schema extends z.ZodObject>(schema: Schema, text: string): z.infer<Schema> | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Calls `beat` now, and again a while after it has ended, until it is stopped; what it throws ends nothing. */
export function beat(action: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const next = async () => {
    await action().catch(() => {});
    if (!isStopped) timer = setTimeout(next, BEAT);
  };
  void next();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
