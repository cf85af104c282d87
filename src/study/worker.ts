/** A process of a study: does one stretch after another as it is told, and ends in good order when its parent does. */
import { setTimeout as sleep } from "node:timers/promises";
import { UnreachableError, UsageError } from "../base/errors.ts";
import { type ClusterOptions, createCluster } from "../cluster/cluster.ts";
import { lockState } from "../files/lock.ts";
import type { StageConfig } from "../run/stage.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { createWorkshop, type ThreadWorkshop } from "../run/workshop.ts";
import type { TaskSource } from "../tasks/registry.ts";
import { readFounder } from "./read-champion.ts";
import type { MeasuredRun } from "./record.ts";
import { type Order, runStretch } from "./stretch.ts";

/** Who scores the networks of a run: threads of its process, or the workers of a cluster. */
export interface Scorers {
  readonly threads: number;
  readonly cluster?: ClusterOptions;
}

/** What a worker is told. */
export type ToWorker = ({ readonly kind: "work"; readonly order: Order } & Scorers) | { readonly kind: "stop" };

/** What a worker says. */
export type FromWorker =
  | { readonly kind: "step"; readonly steps: number; readonly seconds: number }
  | { readonly kind: "warning"; readonly message: string }
  /** `measured` is left out if the stretch was stopped. */
  | { readonly kind: "done"; readonly measured?: MeasuredRun }
  /** `stack` is left out if the user can mend it. */
  | { readonly kind: "failed"; readonly message: string; readonly stack?: string; readonly isUnreachable: boolean };

/** Milliseconds between two words about how far a stretch is. */
const TELL_INTERVAL = 100;
/** Milliseconds between two looks at a lock, and in all. */
const WAIT = 50;
const LONGEST_WAIT = 20_000;

let isStopping = false;
let isBusy = false;
/** That of the last stretch, whose threads and data may do for the next. */
let last: { readonly key: string; readonly workshop: ThreadWorkshop } | undefined;

function say(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

async function workshopOf(
  { task, taskSettings, ...config }: StageConfig,
  { threads, cluster }: Scorers,
): Promise<ThreadWorkshop> {
  const { from } = config as { from?: string };
  const key = JSON.stringify([task, taskSettings, from, threads, cluster]);
  if (last?.key === key) return last.workshop;
  await last?.workshop.close();
  last = undefined;
  const source = await loadTaskSource({ task, taskSettings });
  const founder = from === undefined ? undefined : await readFounder(from, task);
  const onNotice = (message: string) => say({ kind: "warning", message });
  const scorers = cluster === undefined ? threads : (own: TaskSource) => createCluster(own, { ...cluster, onNotice });
  const workshop = createWorkshop(source, scorers, founder);
  last = { key, workshop };
  return workshop;
}

/** Tells how far a stretch is, now and then. */
function createTeller(): (steps: number, seconds: number) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (steps, seconds) => {
    if (performance.now() - told < TELL_INTERVAL) return;
    told = performance.now();
    say({ kind: "step", steps, seconds });
  };
}

/**
 * Waits until a process that lost its parent has ended its generation, where a study is gone on with at once. One that
 * writes a run for other reasons is named by the error that follows.
 */
async function waitForLock(folder: string): Promise<void> {
  for (let waited = 0; lockState(folder) === "held" && waited < LONGEST_WAIT && !isStopping; waited += WAIT) {
    await sleep(WAIT);
  }
}

async function work({ order, ...scorers }: ToWorker & { kind: "work" }): Promise<FromWorker> {
  try {
    await waitForLock(order.folder);
    const workshop = await workshopOf(order.config, scorers);
    const measured = await runStretch(order, workshop, {
      shouldStop: () => isStopping,
      onStep: createTeller(),
      warn: (message) => say({ kind: "warning", message }),
    });
    return { kind: "done", measured };
  } catch (error) {
    const { message, stack } = error as Error;
    const isUnreachable = error instanceof UnreachableError;
    return { kind: "failed", message, stack: error instanceof UsageError ? undefined : stack, isUnreachable };
  }
}

process.on("message", async (message: ToWorker) => {
  if (message.kind === "stop") {
    isStopping = true;
    return;
  }
  isBusy = true;
  say(await work(message));
  isBusy = false;
  if (!process.connected) await end();
});

process.on("disconnect", async () => {
  isStopping = true;
  if (!isBusy) await end();
});

// A Ctrl-C reaches all processes of a terminal: the stretch ends with its generation.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => (isStopping = true));

async function end(): Promise<void> {
  await last?.workshop.close();
  process.exit();
}
