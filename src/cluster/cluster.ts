/**
 * An evaluator whose jobs the workers of a cluster do, wherever they are; it is one more way to the same scores.
 *
 * Stage: network -> [evaluate] -> scores -> ranks.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { describeSettings } from "../base/settings.ts";
import type { Backend } from "../evaluation/backend.ts";
import { createEvaluator, type Evaluator } from "../evaluation/evaluator.ts";
import { createTask, type TaskSource, taskDefinition } from "../tasks/registry.ts";
import { connect, parseAddress } from "./address.ts";
import { startWorker, type WorkingHost } from "./host.ts";
import { identityOf } from "./identity.ts";
import { Patience } from "./patience.ts";
import { openQueue } from "./queues.ts";
import { ClusterSender } from "./sender.ts";

/** How to use a cluster. */
export interface ClusterOptions {
  /** `redis://host:6379`, or `rediss://` with TLS; the password is taken from PRECOCIAL_REDIS_PASSWORD. */
  readonly address: string;
  /** Seconds to wait for a Redis that is gone, or for a worker where there is none. Default: 300. */
  readonly timeout?: number;
  /** Threads of this process that take part, as a worker of its own. Default: 0. */
  readonly threads?: number;
  /** Told what goes on at the other end, a sentence each. */
  readonly onNotice?: (words: string) => void;
}

/** Seconds to wait unless something else is said. */
export const CLUSTER_TIMEOUT = 300;
/**
 * Makes an evaluator whose jobs workers do; waits for the first of them.
 *
 * @throws UsageError if the address cannot be used; UnreachableError if no worker comes
 */
export async function createCluster(source: TaskSource, options: ClusterOptions): Promise<Evaluator> {
  return createEvaluator(createTask(source), await createClusterBackend(source, options));
}

/** The backend of `createCluster`. @throws as that does */
export async function createClusterBackend(source: TaskSource, options: ClusterOptions): Promise<Backend> {
  const { timeout = CLUSTER_TIMEOUT, threads = 0, onNotice = () => {} } = options;
  const address = parseAddress(options.address);
  const redis = await connect(address);
  const reader = await connect(address);
  const id = `${hostname()}-${randomUUID().slice(0, 8)}`.replace(/[^\w.-]+/g, "-");
  const patience = new Patience(address.text, timeout, onNotice);
  const queue = await openQueue(id, redis);
  const helper = threads > 0 ? await startHelper(source, options.address, threads) : undefined;
  const lines = { redis, reader, queue, helper };
  const sender = new ClusterSender({ id, identity: identityOf(source) }, lines, patience, onNotice);
  try {
    await sender.begin();
  } catch (error) {
    await sender.close();
    throw error;
  }
  return sender;
}

/** A worker in this process, for this task. */
function startHelper(source: TaskSource, address: string, threads: number): Promise<WorkingHost> {
  const { settings } = taskDefinition(source.name);
  const paths = describeSettings(settings).flatMap(({ name, path }) => (path ? [source.settings?.[name]] : []));
  const data = paths.filter((path) => path !== undefined).map(String);
  return startWorker({ address, threads, name: `${hostname()}, process ${process.pid}`, tasks: [source.name], data });
}
