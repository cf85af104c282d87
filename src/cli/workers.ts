/** `precocial workers <address>`: who works for a cluster, what they do, and how fast they are. */
import { count } from "../base/numbers.ts";
import { alignColumns } from "../base/table.ts";
import { listCluster } from "../cluster/list.ts";
import type { ClusterWorker } from "../cluster/roll.ts";
import type { Command } from "./command.ts";
import { printResult } from "./output.ts";
import { ADDRESS_POSITIONAL } from "./worker.ts";

/** Columns of words, which stand to the left. */
const WORDS = [0, 6];

export const workersCommand: Command = {
  name: "workers",
  positionals: ADDRESS_POSITIONAL,
  options: {},
  examples: [["precocial workers redis://lab:6379", "a row for each worker"]],
  async run(values) {
    const { workers, senders } = await listCluster(String(values.address));
    const tasks = new Map(senders.map(({ id, identity }) => [id, `${identity.task} of ${id}`]));
    const head = ["worker", "version", "threads", "busy", "jobs", "steps/s", "at"];
    const rows = workers.map((worker) => rowOf(worker));
    const notes = workers.flatMap(({ name, refuses }) =>
      Object.entries(refuses).flatMap(([id, reason]) =>
        tasks.has(id) ? [`${name} takes no jobs of ${tasks.get(id)}: ${reason}.`] : [],
      ),
    );
    const table =
      workers.length === 0
        ? `No worker is there. To start one: precocial worker ${values.address}`
        : alignColumns([head, ...rows], WORDS);
    const asking = senders.length === 1 ? "1 search has jobs done." : `${senders.length} searches have jobs done.`;
    printResult(values, { workers, senders }, [table, "", asking, ...notes].join("\n"));
  },
};

function rowOf({ name, version, threads, rate, done, doing }: ClusterWorker): string[] {
  const busy = `${Math.round((100 * rate.busy) / threads)} %`;
  const at = [...new Set(doing)].map((task) => `${task} x ${doing.filter((one) => one === task).length}`);
  return [name, version, String(threads), busy, count(done), count(rate.steps), at.join(", ") || "-"];
}
