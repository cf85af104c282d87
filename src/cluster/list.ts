/** Who is there, for whoever looks from outside: lists of workers and senders, without taking part. */
import { connect, parseAddress } from "./address.ts";
import { type ClusterWorker, listSenders, listWorkers, type Sender } from "./roll.ts";

/** What a cluster consists of now. */
export interface Cluster {
  readonly workers: readonly ClusterWorker[];
  readonly senders: readonly Sender[];
}

/** Somebody who looks at a cluster now and then. */
export interface ClusterWatch {
  look(): Promise<Cluster>;
  close(): void;
}

/** Looks once. @throws UsageError if the address cannot be used */
export async function listCluster(address: string): Promise<Cluster> {
  const watch = await watchCluster(address);
  try {
    return await watch.look();
  } finally {
    watch.close();
  }
}

/** Connects, to look as often as one likes. @throws UsageError if the address cannot be used */
export async function watchCluster(address: string): Promise<ClusterWatch> {
  const redis = await connect(parseAddress(address));
  return {
    async look() {
      const [workers, senders] = await Promise.all([listWorkers(redis), listSenders(redis)]);
      return { workers: workers.there, senders: senders.there };
    },
    close: () => redis.disconnect(),
  };
}
