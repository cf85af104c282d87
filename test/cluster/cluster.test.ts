/** Searches whose networks are scored by workers: the same bytes, nothing left behind, a fair share for each. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { createClusterBackend, listCluster, loadTaskSource } from "precocial";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { packJob } from "../../src/cluster/pack.ts";
import type { Sender } from "../../src/cluster/roll.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { type Job, joinPrograms } from "../../src/evaluation/job.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { NAP, testCluster, testWorker } from "../fixtures/cluster.ts";
import { describeWithRedis } from "../fixtures/redis.ts";
import { bytesOf, smallConfig } from "../fixtures/runs.ts";
import { startSearch } from "../fixtures/sessions.ts";
import { standardTrial, swingupNetworks } from "../fixtures/swingup-programs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const networks = swingupNetworks(6, "cluster").map(({ program }) => program);
const trial = standardTrial(1);
const config = smallConfig(12);
/** A job of one network, which the task NAP cannot score: it has other inputs. */
const job = (): Job => ({ programs: joinPrograms([networks[0]]), related: false, indices: [0], trial, firstWeight: 0 });

/** Waits until something is true. */
async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += 20) {
    if (waited > 30_000) throw new Error(`Waited in vain: ${what}`);
    await sleep(20);
  }
}

describeWithRedis("a cluster", (server) => {
  let redis: Redis;
  let expected: Record<string, string>;
  const address = () => server().address;
  /** Keys of Redis that are there, but for those of workers. */
  const keys = async () => (await redis.keys("*")).filter((key) => !key.startsWith("precocial:worker"));

  beforeAll(async () => {
    redis = new Redis(server().port);
    const folder = join(mkdtempSync(join(tmpdir(), "precocial-test-")), "alone");
    await startSearch({ folder, config, evaluator: await createInlineEvaluator(createTask({ name: "swingup" })) });
    expected = bytesOf(folder);
    return async () => {
      rmSync(dirname(folder), { recursive: true });
      await redis.quit();
    };
  });

  test.each([1, 5])("of %i workers leaves the bytes of one process, and nothing in Redis", async (count) => {
    for (let number = 0; number < count; number++) await testWorker(address(), { name: `w${number}` });
    const evaluator = await testCluster(address(), "swingup");
    expect(evaluator.threads).toBe(count);
    const folder = join(temporaryFolder(), "run");
    await startSearch({ folder, config, evaluator });
    expect(bytesOf(folder)).toEqual(expected);
    await evaluator.close();
    expect(await keys()).toEqual([]);
  });

  test("whose workers come and go leaves the same bytes", async () => {
    let worker = await testWorker(address());
    const evaluator = await testCluster(address(), "swingup");
    const folder = join(temporaryFolder(), "run");
    let steps = 0;
    let change: Promise<unknown> = Promise.resolve();
    const turn = async () => {
      const next = await testWorker(address());
      await worker.close();
      worker = next;
    };
    await startSearch({
      folder,
      config,
      evaluator,
      onStep() {
        if (++steps % 4 === 0) change = change.then(turn);
      },
    });
    await change;
    expect(bytesOf(folder)).toEqual(expected);
  });

  test("may have threads of the search's own process", async () => {
    const evaluator = await testCluster(address(), "swingup", { threads: 2 });
    expect(evaluator.threads).toBe(2);
    const alone = await createInlineEvaluator(createTask({ name: "swingup" }));
    expect((await evaluator.evaluate(networks, trial)).scores).toEqual((await alone.evaluate(networks, trial)).scores);
  });

  test("gives two searches its workers in turn, however many jobs the first has", async () => {
    process.env.NAP = "10";
    onTestFinished(() => void delete process.env.NAP);
    await testWorker(address());
    const source = await loadTaskSource({ task: NAP });
    const backends: Awaited<ReturnType<typeof createClusterBackend>>[] = [];
    for (const _ of "ab") backends.push(await createClusterBackend(source, { address: address() }));
    onTestFinished(async () => void (await Promise.all(backends.map((backend) => backend.close()))));
    const ended: number[] = [];
    const send = (sender: number, count: number) =>
      Array.from({ length: count }, () => backends[sender].submit(job() as never).then(() => ended.push(sender)));
    const first = send(0, 30);
    await Promise.all([...first, ...send(1, 6)]);
    // The last of the second search was done when the first had as many, and those that were at work before it came.
    expect(ended.lastIndexOf(1)).toBeLessThan(20);
  });

  test("lists who is there, what they do and how fast they are", async () => {
    await testWorker(address(), { name: "lab-2", threads: 2 });
    const evaluator = await testCluster(address(), "swingup");
    await evaluator.evaluate(networks, trial);
    await until(async () => (await listCluster(address())).workers.some(({ done }) => done > 0), "a job that is done");
    const { workers, senders } = await listCluster(address());
    expect(senders.map(({ identity }) => identity.task)).toEqual(["swingup"]);
    const [worker] = workers.filter(({ name }) => name === "lab-2");
    expect(worker).toMatchObject({ threads: 2, serves: [senders[0].id], refuses: {} });
    expect(worker.rate.jobs).toBeGreaterThan(0);
    expect(worker.rate.steps).toBeGreaterThan(0);
  });

  test("throws away what a search that was killed has left", async () => {
    await redis.sadd("precocial:senders", "gone-1");
    await new Queue("gone-1", { connection: redis, prefix: "precocial" }).add("score", "x");
    await redis.rpush("precocial:answers:gone-1", "y");
    const left = async () => (await keys()).filter((key) => key.includes("gone-1"));
    expect((await left()).length).toBeGreaterThan(3);
    await testWorker(address());
    await until(async () => (await left()).length === 0, "an empty Redis");
  });

  describe("what it is given", () => {
    /** A sender like a real one, but for what is changed; gives what the worker says of it. */
    async function refusalOf(change: (identity: Sender["identity"]) => object, task = "swingup"): Promise<string> {
      const real = await createClusterBackend(await loadTaskSource({ task }), { address: address(), threads: 1 });
      const [{ identity }] = (await listCluster(address())).senders.filter((one) => one.identity.task !== "fake");
      await real.close();
      const id = `fake-${Math.floor(performance.now())}`;
      onTestFinished(async () => void (await redis.del(`precocial:sender:${id}`)));
      await redis.set(`precocial:sender:${id}`, JSON.stringify({ id, identity: { ...identity, ...change(identity) } }));
      await redis.sadd("precocial:senders", id);
      let reason: string | undefined;
      await until(async () => {
        reason = (await listCluster(address())).workers.find(({ refuses }) => id in refuses)?.refuses[id];
        return reason !== undefined;
      }, "a refusal");
      return reason as string;
    }

    test.each<[string, (identity: Sender["identity"]) => object, RegExp]>([
      [
        "another version",
        () => ({ version: "9.9.9" }),
        /^it is Precocial [\d.]+, the search is of 9\.9\.9: install the same on both$/,
      ],
      [
        "another build",
        () => ({ code: "f".repeat(64) }),
        /^its build of Precocial [\d.]+ \(\w{8}\) is not that of the search \(ffffffff\): install the same on both$/,
      ],
      [
        "a task that it has not",
        () => ({ task: "swim" }),
        /^it was started without the task swim: start it with --task and its own path of that$/,
      ],
      ["a setting that there is not", () => ({ settings: { depth: 3 } }), /^Unknown "swingup" setting "depth"\./],
      [
        "a data set where there is none",
        () => ({ data: "0" }),
        /^its data set "swingup" is not that of the search: copy the files of the search to it$/,
      ],
    ])("%s is refused, with the remedy", async (_, change, words) => {
      await testWorker(address());
      expect(await refusalOf(change)).toMatch(words);
    });

    test("a module that the worker was not started with is not run, wherever it lies", async () => {
      const marker = join(temporaryFolder(), "ran");
      const evil = `${marker}.mjs`;
      writeFileSync(evil, `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(marker)}, "");\n`);
      await testWorker(address());
      expect(await refusalOf(() => ({ task: evil }))).toMatch(
        /^it was started without the task .*ran\.mjs: start it with --task/,
      );
      expect(await refusalOf(() => ({ task: `node ${evil}` }))).toMatch(
        /^it was started without the task node .*ran\.mjs/,
      );
      expect(existsSync(marker)).toBe(false);
    });

    test("a table is taken from where the worker has it, and refused if it is another", async () => {
      const folder = temporaryFolder();
      const rows = Array.from({ length: 60 }, (_, row) => `${(row * 37) % 60},${row % 7},${row % 2 ? "odd" : "even"}`);
      const write = (name: string, lines: string[]) => {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, "rows.csv"), ["a,b,kind", ...lines].join("\n"));
        return join(folder, name, "rows.csv");
      };
      const own = write("search", rows);
      const same = write("worker", rows);
      const other = write("other", rows.toReversed());
      const source = await loadTaskSource({ task: "csv", taskSettings: { data: own, target: "kind" } });
      const notices: string[] = [];
      const onNotice = (words: string) => void notices.push(words);
      await testWorker(address(), { name: "without" });
      await testWorker(address(), { name: "another", data: [other] });
      await testWorker(address(), { name: "with", data: [same] });
      const backend = await createClusterBackend(source, { address: address(), onNotice });
      onTestFinished(() => backend.close());
      await until(() => notices.length >= 3, "three notices");
      expect(notices.sort()).toEqual([
        "1 worker with 1 thread take part.",
        "The worker another does not take part: its rows.csv is not that of the search: copy the files of the search to it.",
        "The worker without does not take part: it was started without rows.csv: start it with --data and its own path of that.",
      ]);
    });

    test("another module of the same name is refused", async () => {
      const other = join(temporaryFolder(), "nap.mjs");
      copyFileSync(NAP, other);
      writeFileSync(other, `${readFileSync(NAP, "utf8")}\n`);
      const notices: string[] = [];
      await testWorker(address(), { name: "another", tasks: [other] });
      await testWorker(address(), { name: "same" });
      await testCluster(address(), NAP, { onNotice: (words) => void notices.push(words) });
      await until(() => notices.length >= 2, "two notices");
      expect(notices).toContain(
        "The worker another does not take part: its nap.mjs is not that of the search: copy the file of the search to it.",
      );
    });

    test("jobs that are none are answered with an error, and the next is done", async () => {
      const worker = await testWorker(address());
      const evaluator = await testCluster(address(), "swingup");
      const [{ id }] = (await listCluster(address())).senders;
      const queue = new Queue(id, { connection: redis, prefix: "precocial" });
      const bad = [
        { run: "process.exit()" },
        "not base64 \u0000",
        Buffer.from("x").toString("base64"),
        packJob(job()).toString("base64").slice(9),
      ];
      for (const data of bad) await queue.add("score", data, { removeOnComplete: true });
      await redis.publish("precocial:calls", id);
      await until(() => worker.done >= bad.length, "answers to bad jobs");
      expect((await evaluator.evaluate(networks, trial)).scores).toHaveLength(networks.length);
    });

    test("answers that are none are told of, and those that come twice count once", async () => {
      const notices: string[] = [];
      await testWorker(address());
      const evaluator = await testCluster(address(), "swingup", { onNotice: (words) => void notices.push(words) });
      const [{ id }] = (await listCluster(address())).senders;
      await redis.rpush(`precocial:answers:${id}`, "gibberish");
      await until(
        () => notices.some((words) => /^An answer in Redis was none: Expected an answer in bytes/.test(words)),
        "a notice",
      );
      const alone = await createInlineEvaluator(createTask({ name: "swingup" }));
      const scores = (await alone.evaluate(networks, trial)).scores;
      expect((await evaluator.evaluate(networks, trial)).scores).toEqual(scores);
    });
  });
});
