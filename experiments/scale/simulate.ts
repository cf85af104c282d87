/** Simulates generations whose networks are scored by many workers: how much of the workers' time is spent on waiting. */
import { derive, type Rng } from "precocial";

/** What a generation is, measured (measure.ts). */
export interface Work {
  readonly task: string;
  /** Seconds of one core that each network of a generation takes. */
  readonly seconds: readonly number[];
  /** Episodes of each, by which a network can be dealt out. */
  readonly episodes: number;
  /** Seconds of the search's own process for each network, between two generations: ranking, varying, compiling. */
  readonly between: number;
}

/** What machines and lines are like. */
export interface Conditions {
  readonly name: string;
  /** Seconds from a worker to Redis or back. */
  readonly latency: number;
  /** Seconds of the search's own process for each job: to pack, send, receive and unpack. */
  readonly perJob: number;
  /** Share of the workers that are half as fast as the others, and of the jobs whose worker is lost. */
  readonly slow: number;
  readonly lost: number;
}

/** Seconds after which a lost job is somebody else's (src/cluster/keys.ts). */
const DETECTION = 5;
/** The sizes of jobs (src/cluster/job-sizes.ts): seconds at least and at most, and jobs of a slot that are enough. */
const SHORTEST = 0.2;
const LONGEST = 2;
const ENOUGH = 8;

/** Jobs for each worker where a worker's share of a generation takes so long. */
export function jobsPerWorker(seconds: number): number {
  return Math.max(1, Math.min(Math.floor(seconds / SHORTEST), Math.max(ENOUGH, Math.ceil(seconds / LONGEST))));
}

/**
 * The share of the workers' time that scores networks, where all wait for the end of a generation: the mean of `rounds`
 * generations. The rest is waiting: for the slowest, for the line, for the search's own process.
 */
export function generational(work: Work, workers: number, conditions: Conditions, rounds = 5): number {
  const total = work.seconds.reduce((sum, seconds) => sum + seconds, 0);
  let spent = 0;
  for (let round = 0; round < rounds; round++) {
    const rng = derive("scale", work.task, conditions.name, workers, round);
    spent += work.between * work.seconds.length + makespan(jobsOf(work, workers), workers, conditions, rng);
  }
  return (rounds * total) / (workers * spent);
}

/**
 * The same without a barrier: whoever is free is given the next child at once, so that nobody waits for the slowest; what
 * is left is the line, and a search's own process that makes and ranks children one by one.
 */
export function steadyState(work: Work, workers: number, { latency, perJob, slow }: Conditions): number {
  const mean = work.seconds.reduce((sum, seconds) => sum + seconds, 0) / work.seconds.length;
  const speed = 1 - slow / 2;
  const asked = (workers * speed * mean) / (mean / speed + 4 * latency) / mean;
  const given = 1 / (work.between + perJob);
  return (Math.min(asked, given) * mean) / workers;
}

/** A generation dealt out to jobs: networks in turn, cut by episodes where there are fewer of them than workers. */
function jobsOf({ seconds, episodes }: Work, workers: number): number[] {
  const total = seconds.reduce((sum, one) => sum + one, 0);
  const count = workers * jobsPerWorker(total / workers);
  const parts = seconds.length < workers ? Math.min(episodes, Math.ceil(count / seconds.length)) : 1;
  const each = Math.max(1, seconds.length / count);
  const jobs: number[] = [];
  for (let from = 0; from < seconds.length; from += each) {
    const some = seconds.slice(Math.round(from), Math.round(from + each)).reduce((sum, one) => sum + one, 0);
    for (let part = 0; part < parts; part++) jobs.push(some / parts);
  }
  return jobs;
}

/** Seconds until all jobs are answered; whoever is free takes the next. */
function makespan(
  jobs: readonly number[],
  workers: number,
  { latency, perJob, slow, lost }: Conditions,
  rng: Rng,
): number {
  const speeds = Array.from({ length: Math.min(workers, jobs.length) }, () => (rng.uniform() < slow ? 0.5 : 1));
  const free = new Float64Array(speeds.length);
  const heap = Array.from(free.keys());
  const ends: number[] = [];
  jobs.forEach((job, number) => {
    const worker = heap[0];
    // There and back: to be fetched, and to be answered.
    const start = Math.max(free[worker], (number + 1) * (perJob / 2)) + 2 * latency;
    const end = start + job / speeds[worker] + (rng.uniform() < lost ? DETECTION + job : 0);
    free[worker] = end + latency;
    ends.push(end + latency);
    sink(heap, free);
  });
  // The search's process takes the answers one after the other.
  return ends.sort((a, b) => a - b).reduce((time, end) => Math.max(time, end) + perJob / 2, 0);
}

/** Puts the first of a heap, whose time has changed, where it belongs. */
function sink(heap: number[], times: Float64Array): void {
  for (let at = 0; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && times[heap[child]] < times[heap[least]]) least = child;
    }
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least], heap[at]];
    at = least;
  }
}
