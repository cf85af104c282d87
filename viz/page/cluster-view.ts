/** The workers of a cluster on the page, below all else: who is there, what they do, how fast they are. */
import type { Cluster } from "../../src/index.ts";
import { html, show } from "./html.ts";
import { tableElement } from "./table.ts";

/** Milliseconds between two looks. */
const PAUSE = 2000;

/** Shows the cluster that the server behind this page watches, if it watches one, and goes on with it. */
export async function followCluster(): Promise<void> {
  const look = async () => (await (await fetch("api/cluster")).json()) as Cluster | null;
  const away = () => html("p", { class: "told" }, "The cluster cannot be reached at present.");
  if ((await look().catch(() => undefined)) === null) return;
  const body = html("div", { class: "card" });
  // Within margins of its own, like all else: what is shown above is put in anew as one goes on.
  document.querySelector("#page")?.after(html("aside", { id: "cluster" }, html("h2", {}, "Workers"), body));
  for (;;) {
    const element = await look().then((cluster) => (cluster === null ? away() : clusterElement(cluster)), away);
    body.replaceChildren(element);
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

/** A row for each worker, and why some take no part. */
export function clusterElement({ workers, senders }: Cluster): HTMLElement {
  const taskOf = new Map(senders.map(({ id, identity }) => [id, identity.task]));
  const notes = workers.flatMap(({ name, refuses }) =>
    Object.entries(refuses).flatMap(([id, reason]) =>
      taskOf.has(id) ? [`${name} takes no jobs of ${taskOf.get(id)}: ${reason}.`] : [],
    ),
  );
  if (workers.length === 0)
    notes.unshift("No worker is there. To start one: precocial worker and the address of its Redis");
  return tableElement({
    head: ["worker", "at", "threads", "busy", "jobs done", "steps/s"],
    rows: workers.map(({ name, doing, serves, threads, rate, done }) => [
      name,
      [...new Set(doing.map((task) => task.split(" of ")[0]))].join(", ") || (serves.length > 0 ? "waits" : "-"),
      String(threads),
      `${Math.round((100 * rate.busy) / threads)} %`,
      show(done, 0),
      show(rate.steps, 0),
    ]),
    words: 2,
    notes,
  });
}
