/** A worker: takes jobs of all senders that it can serve, in turn, each when a thread is free (sender side: sender.ts). */
import { randomUUID } from "node:crypto";
import { availableParallelism, hostname } from "node:os";
import type { Redis } from "ioredis";
import { checkInteger } from "../base/check.ts";
import { reasonOf } from "../base/errors.ts";
import { VERSION } from "../run/version.ts";
import { connect, parseAddress } from "./address.ts";
import type { Identity } from "./identity.ts";
import { CALLS, RENEWAL } from "./keys.ts";
import { createMeter } from "./meter.ts";
import { Pools } from "./pools.ts";
import { clearQueue } from "./queues.ts";
import { beat, listSenders, listWorkers, type Sender, sayGone, sayHere, strike } from "./roll.ts";
import { type Service, startService } from "./service.ts";
import { findTask, type Stock } from "./stock.ts";

/** How to work for a cluster. */
export interface WorkerOptions extends Partial<Stock> {
  /** `redis://host:6379`, or `rediss://` with TLS; the password is taken from PRECOCIAL_REDIS_PASSWORD. */
  readonly address: string;
  /** Default: that of the machine. */
  readonly name?: string;
  /** Threads at work, at least 1. Default: all cores. */
  readonly threads?: number;
  /** Told what goes on, a sentence each. */
  readonly onNotice?: (words: string) => void;
}

/** A worker that is there. */
export interface WorkingHost {
  readonly name: string;
  readonly threads: number;
  /** Jobs done. */
  readonly done: number;
  /** Ends it, when the jobs that it is at are done. */
  close(): Promise<void>;
}

/** Starts a worker in this process. @throws UsageError if the address or the number of threads cannot be used */
export async function startWorker(options: WorkerOptions): Promise<WorkingHost> {
  const address = parseAddress(options.address);
  const threads = checkInteger("threads", options.threads ?? availableParallelism(), 1, 1024);
  const { name = hostname(), tasks = [], data = [], onNotice = () => {} } = options;
  const redis = await connect(address);
  const listener = await connect(address);
  const host = new Host({ name, threads, stock: { tasks, data }, onNotice }, redis, listener);
  await host.begin();
  return host;
}

interface HostOptions {
  readonly name: string;
  readonly threads: number;
  readonly stock: Stock;
  readonly onNotice: (words: string) => void;
}

class Host implements WorkingHost {
  readonly name: string;
  readonly threads: number;
  readonly #id: string;
  readonly #options: HostOptions;
  readonly #redis: Redis;
  readonly #listener: Redis;
  readonly #pools: Pools;
  readonly #meter = createMeter();
  /** Those that are served, in turn, and why others are not, by their id. */
  readonly #services = new Map<string, Service & { readonly identity: Identity }>();
  readonly #refused = new Map<string, string>();
  /** Those whose task is being loaded. */
  readonly #meeting = new Set<string>();
  readonly #started = Date.now();
  /** Jobs at hand: their task, and what ends with them. */
  readonly #doing = new Map<Promise<void>, string>();
  #turn = 0;
  #isFetching = false;
  #isCalled = false;
  #isClosed = false;
  #stops: (() => void)[] = [];

  constructor(options: HostOptions, redis: Redis, listener: Redis) {
    this.name = options.name;
    this.threads = options.threads;
    this.#options = options;
    this.#redis = redis;
    this.#listener = listener;
    this.#pools = new Pools(options.threads);
    this.#id = `${options.name}-${randomUUID().slice(0, 8)}`.replace(/[^\w.-]+/g, "-").slice(-200);
  }

  get done(): number {
    return this.#meter.done;
  }

  async begin(): Promise<void> {
    this.#stops.push(beat(() => this.#look()));
    const renewal = setInterval(() => {
      for (const service of this.#services.values()) service.renew();
    }, RENEWAL);
    this.#stops.push(() => clearInterval(renewal));
    this.#listener.on("message", (_, id) => {
      if (this.#services.has(id)) void this.#fetch();
      else void this.#look().catch(() => {});
    });
    await this.#listener.subscribe(CALLS);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.#listener.disconnect();
    await Promise.all(this.#doing.keys());
    await Promise.all([...this.#services.values()].map((service) => service.close()));
    await this.#pools.close("all");
    if (this.#redis.status === "ready") await sayGone(this.#redis, "worker", this.#id).catch(() => {});
    this.#redis.disconnect();
  }

  /** Says that we are here, and looks for senders that have come and gone, and for jobs. */
  async #look(): Promise<void> {
    await this.#say();
    const { there, gone } = await listSenders(this.#redis);
    for (const id of gone) {
      if (await strike(this.#redis, "sender", id)) await clearQueue(id, this.#redis);
    }
    for (const id of (await listWorkers(this.#redis)).gone) await strike(this.#redis, "worker", id);
    const ids = new Set(there.map(({ id }) => id));
    for (const [id, service] of this.#services) {
      if (ids.has(id)) continue;
      this.#services.delete(id);
      await service.close();
      this.#pools.release(service.identity);
      this.#options.onNotice(`${service.title} has ended.`);
    }
    for (const id of this.#refused.keys()) if (!ids.has(id)) this.#refused.delete(id);
    for (const sender of there) void this.#meet(sender).catch(() => {});
    await this.#pools.close("unused");
    this.#fetch();
  }

  async #say(): Promise<void> {
    await sayHere(this.#redis, {
      id: this.#id,
      name: this.name,
      version: VERSION,
      threads: this.threads,
      serves: [...this.#services.keys()],
      refuses: Object.fromEntries(this.#refused),
      doing: [...this.#doing.values()],
      done: this.#meter.done,
      rate: this.#meter.rate(),
      started: this.#started,
    });
  }

  /** Serves a sender that is new, or keeps why not. */
  async #meet({ id, identity }: Sender): Promise<void> {
    if (this.#isClosed || this.#services.has(id) || this.#refused.has(id) || this.#meeting.has(id)) return;
    const title = `${identity.task} of ${id}`;
    this.#meeting.add(id);
    try {
      const pool = await this.#pools.take(identity, () => findTask(identity, this.#options.stock));
      this.#services.set(id, { ...(await startService({ id, title, redis: this.#redis, pool })), identity });
      this.#options.onNotice(`Taking jobs of ${title}.`);
    } catch (error) {
      const reason = reasonOf(error);
      this.#refused.set(id, reason);
      this.#options.onNotice(`Taking no jobs of ${title}: ${reason}.`);
    }
    this.#meeting.delete(id);
    await this.#say();
    this.#fetch();
  }

  /** Fetches jobs for as long as there are threads for them; once more if it is called meanwhile. */
  async #fetch(): Promise<void> {
    this.#isCalled = true;
    if (this.#isFetching) return;
    this.#isFetching = true;
    while (this.#isCalled) {
      this.#isCalled = false;
      while (this.#doing.size < this.threads && !this.#isClosed && (await this.#fetchOne().catch(() => false)));
    }
    this.#isFetching = false;
  }

  /** Fetches a job of the next sender that has any. */
  async #fetchOne(): Promise<boolean> {
    const services = [...this.#services.values()];
    for (let step = 0; step < services.length; step++) {
      const service = services[(this.#turn + step) % services.length];
      const job = await service.fetch();
      if (job === undefined) continue;
      this.#turn = (this.#turn + step + 1) % services.length;
      const work = service.perform(job).then(({ seconds, steps }) => {
        this.#meter.add(seconds, steps);
        this.#doing.delete(work);
        this.#fetch();
      });
      this.#doing.set(work, service.title);
      return true;
    }
    return false;
  }
}
