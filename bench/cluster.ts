/** Bench of the cluster: two workers of one thread against a pool of two, the cost of a job, and bytes in Redis. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateRawSync } from "node:zlib";
import { Redis } from "ioredis";
import {
  completeConfig,
  createCluster,
  createPool,
  type Evaluator,
  listCluster,
  type Program,
  programHeader,
  runSearch,
} from "precocial";
import { type Line, measure } from "./measure.ts";

const MAIN = join(import.meta.dirname, "../dist/cli/main.js");
/** Generations that are timed, after some that are not: jobs are sized by what those cost. */
const TIMED = {
  swingup: { population: 192, warm: 20, generations: 60, rounds: 3 },
  biped: { population: 24, warm: 1, generations: 2, rounds: 2 },
};
/** How fast the cluster is to be, as a share of the pool. */
const WANTED = { swingup: "at least 0.6", biped: "at least 0.9" };
/** Jobs of one network that are timed, after one that is not. */
const JOBS = 300;
/** Generations after which memory is compared with that before. */
const LONG = 2000;

/** Runs all and yields the lines of the table; without a Redis a line that says so. */
export async function* benchCluster(): AsyncGenerator<Line> {
  const folder = mkdtempSync(join(tmpdir(), "precocial-bench-"));
  const port = await freePort();
  const started: ChildProcess[] = [];
  const start = (program: string, ...words: string[]) => {
    const child = spawn(program, words, { stdio: "ignore" });
    child.on("error", () => {});
    started.push(child);
    return child;
  };
  try {
    const server = start("redis-server", "--port", String(port), "--dir", folder, "--save", "", "--appendonly", "no");
    await sleep(500);
    if (server.exitCode !== null || server.pid === undefined) {
      yield { name: "cluster", value: Number.NaN, unit: "", note: "not measured: there is no redis-server" };
      return;
    }
    const address = `redis://127.0.0.1:${port}`;
    for (const name of ["a", "b"]) start(process.execPath, MAIN, "worker", address, "--threads", "1", "--name", name);
    while ((await listCluster(address)).workers.length < 2) await sleep(100);
    for (const task of ["biped", "swingup"] as const) yield* against(task, address);
    yield* jobs(address);
    yield* memory(address, port);
  } finally {
    for (const child of started.reverse()) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Generations in a second of two workers, over those of a pool of two threads: by turns, so that both see the same machine;
 * and what a job of theirs costs the search's own process.
 */
async function* against(task: keyof typeof TIMED, address: string): AsyncGenerator<Line> {
  const { population, warm, generations, rounds } = TIMED[task];
  const config = completeConfig({ task, population, generations, seed: 11 });
  const [pool, cluster] = [
    await createPool({ name: task }, { threads: 2 }),
    await createCluster({ name: task }, { address }),
  ];
  for (const evaluator of [pool, cluster]) await runSearch({ config: { ...config, generations: warm }, evaluator });
  const seconds = { pool: 0, cluster: 0 };
  let own = 0;
  const jobs = await jobsDone(address);
  for (let round = 0; round < rounds; round++) {
    for (const [name, evaluator] of Object.entries({ pool, cluster })) {
      const before = process.cpuUsage();
      const start = performance.now();
      await runSearch({ config, evaluator });
      seconds[name as keyof typeof seconds] += (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(before);
      if (evaluator === cluster) own += (user + system) / 1000;
    }
  }
  const done = (await jobsDone(address)) - jobs;
  await Promise.all([pool.close(), cluster.close()]);
  yield {
    name: `${task}, 2 workers of one thread over a pool of 2`,
    value: seconds.pool / seconds.cluster,
    unit: "x",
    target: WANTED[task],
    note: `population ${population}, ${((1000 * seconds.cluster) / rounds / generations).toFixed(0)} ms a generation`,
  };
  yield {
    name: `${task}, processor time of the search's own process for a job`,
    value: own / done,
    unit: "ms",
    note: `ranking and varying included; ${(done / rounds / generations).toFixed(1)} jobs a generation; experiments/scale starts from it`,
  };
}

/** Jobs that all workers have done, once they have said so, which they do every second. */
async function jobsDone(address: string): Promise<number> {
  await sleep(2000);
  return (await listCluster(address)).workers.reduce((sum, { done }) => sum + done, 0);
}

/** What a job costs besides its work, and what a genome takes in Redis. */
async function* jobs(address: string): AsyncGenerator<Line> {
  const cluster = await createCluster({ name: "swingup" }, { address });
  let programs: readonly Program[] = [];
  const watched: Evaluator = {
    ...cluster,
    evaluate(some, trial, families) {
      if (families !== undefined) programs = some;
      return cluster.evaluate(some, trial, families);
    },
  };
  const config = completeConfig({ task: "swingup", generations: 100, seed: 11 });
  await runSearch({ config, evaluator: watched });
  const [smallest] = [...programs].sort((a, b) => a.length - b.length);
  const weights = { kind: "shared", values: Float32Array.of(0.01) } as const;
  const trial = { weights, episodes: ["one"], split: "train", pairing: "all" } as const;
  const before = process.cpuUsage();
  const { min } = await measure(JOBS, () => cluster.evaluate([smallest], trial));
  const { user, system } = process.cpuUsage(before);
  yield {
    name: "cluster, a job of one network from end to end",
    value: 1000 * min,
    unit: "ms",
    note: `least of ${JOBS}`,
  };
  yield {
    name: "cluster, processor time of the search's own process for a job",
    value: (user + system) / 1000 / (JOBS + 1),
    unit: "ms",
    note: "one job at a time",
  };
  const words = programs.reduce((sum, program) => sum + program.length, 0);
  const joined = Buffer.concat(programs.map(({ buffer }) => Buffer.from(buffer)));
  const packed = (4 / 3) * deflateRawSync(joined, { level: 1 }).length;
  const connections = programs.reduce((sum, program) => sum + programHeader(program).connectionCount, 0);
  yield {
    name: "cluster, a genome in Redis",
    value: packed / programs.length,
    unit: "bytes",
    note: `${((4 * words) / programs.length).toFixed(0)} before; ${(connections / programs.length).toFixed(0)} connections, generation 100 of swing-up`,
  };
  await cluster.close();
}

/** Memory of Redis and of the sender before and after a long search of many small generations. */
async function* memory(address: string, port: number): AsyncGenerator<Line> {
  const redis = new Redis(port);
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]) / 2 ** 20;
  const own = () => process.memoryUsage().rss / 2 ** 20;
  const config = completeConfig({ task: "cartpole", population: 32, seed: 11, generations: LONG, weights: [-1, 1] });
  const cluster = await createCluster({ name: "cartpole" }, { address });
  let most = 0;
  let before = { redis: 0, own: 0 };
  let count = 0;
  const looks: Promise<void>[] = [];
  await runSearch({
    config,
    evaluator: cluster,
    onGeneration() {
      count++;
      if (count % 100 !== 0) return;
      looks.push(
        used().then((value) => {
          most = Math.max(most, value);
          if (before.redis === 0) before = { redis: value, own: own() };
        }),
      );
    },
  });
  await Promise.all(looks);
  yield {
    name: `cluster, memory of Redis after ${LONG} generations over that after 100`,
    value: (await used()) / before.redis,
    unit: "x",
    target: "about 1",
    note: `${most.toFixed(1)} MiB at most`,
  };
  yield {
    name: "cluster, memory of the search's process, likewise",
    value: own() / before.own,
    unit: "x",
    target: "about 1",
  };
  await cluster.close();
  redis.disconnect();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
