/** Options of commands that score networks: with how many threads, or by the workers of a cluster. */
import { UsageError } from "../base/errors.ts";
import { formatTime } from "../base/time.ts";
import { parseAddress } from "../cluster/address.ts";
import { CLUSTER_TIMEOUT, type ClusterOptions, createCluster } from "../cluster/cluster.ts";
import type { StartEvaluator } from "../run/workshop.ts";
import { optionalInteger, timeOption, type Values } from "./command.ts";

/** See above; `threads` is the command's own, since its words differ. */
export const CLUSTER_OPTIONS = {
  cluster: {
    type: "string",
    describe:
      "Have networks scored by the workers at this Redis (see: precocial worker), redis://host:6379; --threads: how many " +
      "of this machine take part, default 0. Never changes a result",
  },
  "cluster-timeout": {
    type: "string",
    describe: `How long to wait for a Redis that is gone, or for a first worker. Default: ${formatTime(CLUSTER_TIMEOUT)}`,
  },
} as const;

/** What the options say of a cluster; undefined where they name none. @throws UsageError naming the option */
export function clusterOf(values: Values): ClusterOptions | undefined {
  if (values.cluster === undefined) {
    if (values.clusterTimeout === undefined) return undefined;
    throw new UsageError("Expected --cluster with --cluster-timeout, got the time alone: say where the cluster is.");
  }
  const timeout = values.clusterTimeout === undefined ? undefined : timeOption(values, "clusterTimeout");
  const { text: address } = parseAddress(String(values.cluster));
  return { address, timeout, threads: optionalInteger(values, "threads", 1) };
}

/** Where a workshop is to score, as the options say. @throws UsageError naming the option */
export function scorersOf(values: Values, onNotice: (words: string) => void): number | StartEvaluator | undefined {
  const cluster = clusterOf(values);
  if (cluster === undefined) return optionalInteger(values, "threads", 1);
  return (source) => createCluster(source, { ...cluster, onNotice });
}
