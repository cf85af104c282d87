/** Conducts a study: deals its runs out to processes, and keeps what they find; nothing is done twice. */
import type { ClusterOptions } from "../cluster/cluster.ts";
import { CrewMember } from "./crew.ts";
import { writeCurves } from "./csv.ts";
import { type StudyMeta, writeStudy } from "./folder.ts";
import { ordersOf, runFolders, runsOf } from "./orders.ts";
import type { StudyPlan } from "./plan.ts";
import { type Findings, type StudyRun, withRun } from "./record.ts";
import type { Order } from "./stretch.ts";

/** Runs at once, and threads of each. */
export type Crew = Pick<StudyMeta, "parallel" | "threads">;

/** How far a study is. */
export interface StudyProgress {
  readonly runs: number;
  /** Runs that were measured at all budgets. */
  readonly done: number;
  /** Of all there is to do, 0 to 1. */
  readonly share: number;
  /** Those at work. */
  readonly working: readonly StudyRun[];
}

/** Who watches and stops a study. */
export interface ConductOptions {
  readonly folder: string;
  /** Has the networks of all runs scored by the workers of a cluster. */
  readonly cluster?: ClusterOptions;
  /** Ends the study in good order: every run with its generation, and a checkpoint. */
  readonly signal?: AbortSignal;
  /** Told how far it is, whenever that changes. */
  readonly onProgress?: (progress: StudyProgress) => void;
  /** Told when a checkpoint is damaged, or the module of a task has changed or takes long. */
  readonly warn?: (message: string) => void;
}

/** How a study ended. */
export interface StudyOutcome extends Findings {
  readonly status: StudyMeta["status"];
}

/** A run, and how far it is. */
interface Job {
  readonly run: StudyRun;
  /** Stretches that are to be done. */
  readonly orders: readonly Order[];
  /** 0 to 1. */
  share: number;
  isWorking: boolean;
  isDone: boolean;
}

/**
 * Does all that is not done yet.
 *
 * @param found what is known already
 * @throws UsageError if the settings, data or disk are at fault; whatever happens, the other runs end in good order
 */
export async function conduct(
  plan: StudyPlan,
  found: Findings,
  { parallel, threads }: Crew,
  { folder, cluster, signal, onProgress = () => {}, warn = () => {} }: ConductOptions,
): Promise<StudyOutcome> {
  const folderOf = runFolders(folder, plan);
  const jobs = runsOf(plan).map((run) => jobOf(plan, run, folderOf(run), found));
  const queue = jobs.filter(({ orders }) => orders.length > 0);
  const members = Array.from({ length: Math.min(parallel, queue.length) }, () => new CrewMember(threads, cluster));
  let findings = found;
  let isStopping = false;
  let failure: { readonly error: unknown } | undefined;

  const stop = () => {
    isStopping = true;
    for (const member of members) member.stop();
  };
  const tell = () => onProgress(progressOf(jobs));
  const work = async (member: CrewMember) => {
    for (let job = queue.shift(); job !== undefined && !isStopping; job = queue.shift()) {
      job.isWorking = true;
      for (const order of job.orders) {
        if (isStopping) return;
        const onStep = (steps: number, seconds: number) => {
          (job as Job).share = shareOf(job as Job, steps, seconds);
          tell();
        };
        const measured = await member.perform(order, { onStep, warn });
        if (measured === undefined) {
          stop();
          return;
        }
        findings = withRun(findings, measured);
        writeStudy(folder, findings.record, findings.timings);
      }
      job.isWorking = false;
      job.isDone = true;
      tell();
    }
  };

  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  tell();
  await Promise.all(
    members.map((member) =>
      work(member).catch((error) => {
        failure ??= { error };
        stop();
      }),
    ),
  );
  signal?.removeEventListener("abort", stop);
  await Promise.all(members.map((member) => member.close()));
  if (failure !== undefined) throw failure.error;
  writeStudy(folder, findings.record, findings.timings);
  writeCurves(folder, findings.record, folderOf);
  return { ...findings, status: jobs.every(({ isDone }) => isDone) ? "finished" : "stopped" };
}

/** What is left to be done of a run. */
function jobOf(plan: StudyPlan, run: StudyRun, folder: string, { record }: Findings): Job {
  const all = ordersOf(plan, run, folder);
  const isMeasured = ({ budget }: Order) =>
    record.results.some(
      (result) => result.variant === run.variant && result.seed === run.seed && result.budget === budget,
    );
  const orders = all.filter((order) => !isMeasured(order));
  return { run, orders, share: 0, isWorking: false, isDone: orders.length === 0 };
}

/** How much of a run is done. */
function shareOf({ orders }: Job, steps: number, seconds: number): number {
  const { until } = orders[orders.length - 1];
  return Math.min(1, "steps" in until ? steps / until.steps : seconds / until.seconds);
}

function progressOf(jobs: readonly Job[]): StudyProgress {
  return {
    runs: jobs.length,
    done: jobs.filter(({ isDone }) => isDone).length,
    share: jobs.reduce((sum, { isDone, share }) => sum + (isDone ? 1 : share), 0) / jobs.length,
    working: jobs.filter(({ isWorking }) => isWorking).map(({ run }) => run),
  };
}
