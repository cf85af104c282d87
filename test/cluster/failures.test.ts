/**
 * What may happen to workers, the network and Redis while a search goes on: each time the run folder has the bytes of an
 * undisturbed search of one process. Lines are made worse by a proxy in the test, which runs everywhere, and one is cut by
 * a network namespace where that is permitted.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listCluster } from "precocial";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { NAP, testWorker } from "../fixtures/cluster.ts";
import { inProcess, MAIN } from "../fixtures/command-line.ts";
import { BadLine, Namespace } from "../fixtures/network.ts";
import { describeWithRedis } from "../fixtures/redis.ts";
import { bytesOf } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** Sixteen networks at two weights, each an episode of NAP: a generation takes a third of a second of one thread. */
const OPTIONS = ["--population", "16", "--weights=-1,1", "--episodes", "1", "--generations", "16", "--seed", "11"];
const WORDS = ["search", NAP, ...OPTIONS, "--evaluation-episodes", "0", "--out", "run"];

const namespace = Namespace.make();
const withNamespace = namespace ? "" : " (skipped: no network namespace may be made)";

describeWithRedis(
  "a search goes on to the same bytes",
  (server) => {
    let expected: Record<string, string>;

    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
      await inProcess([...WORDS, "--threads", "1"], folder);
      expected = bytesOf(join(folder, "run"));
      rmSync(folder, { recursive: true });
      process.env.NAP = "10";
    });
    afterAll(() => {
      delete process.env.NAP;
      namespace?.close();
    });

    /** Searches by the workers that are there; `disturb` begins with the third generation. @returns its notices */
    async function search(disturb: () => Promise<void>): Promise<string> {
      const folder = temporaryFolder();
      const lines = join(folder, "run", "generations.jsonl");
      const done = inProcess([...WORDS, "--cluster", server().address, "--cluster-timeout", "60s"], folder);
      const count = () => (existsSync(lines) ? readFileSync(lines, "utf8").split("\n").length - 1 : 0);
      let isOver = false;
      void done.then(() => {
        isOver = true;
      });
      while (count() < 2 && !isOver) await sleep(5);
      expect(count()).toBeLessThan(16);
      await disturb();
      const { code, stderr } = await done;
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      expect(bytesOf(join(folder, "run"))).toEqual(expected);
      return stderr;
    }

    /** A worker in a process of its own, killed after the test. */
    async function workerProcess(
      name: string,
      address = server().address,
      prefix: readonly string[] = [],
    ): Promise<ChildProcess> {
      const words = [
        ...prefix,
        process.execPath,
        MAIN,
        "worker",
        address,
        "--threads",
        "1",
        "--name",
        name,
        "--task",
        NAP,
      ];
      const child = spawn(words[0], words.slice(1), { stdio: "ignore" });
      onTestFinished(() => void child.kill("SIGKILL"));
      while (!(await listCluster(server().address)).workers.some((worker) => worker.name === name)) await sleep(50);
      return child;
    }

    /** Workers in this process, each through a proxy. */
    async function proxied(count: number): Promise<BadLine[]> {
      const proxies: BadLine[] = [];
      for (let number = 0; number < count; number++) {
        const proxy = new BadLine(server().port);
        onTestFinished(() => proxy.close());
        await testWorker(`redis://127.0.0.1:${await proxy.listen()}`, { name: `p${number}` });
        proxies.push(proxy);
      }
      return proxies;
    }

    test("though each of three workers is killed in turn, and one of those that take their places is frozen", async () => {
      const workers = await Promise.all(["a", "b", "c"].map((name) => workerProcess(name)));
      let frozen: ChildProcess | undefined;
      await search(async () => {
        const places: Promise<ChildProcess>[] = [];
        for (const [place, worker] of workers.entries()) {
          worker.kill("SIGKILL");
          places.push(workerProcess(`d${place}`));
          await sleep(500);
        }
        frozen = await places[0];
        // Whatever it is at is taken from it, though its process is there.
        frozen.kill("SIGSTOP");
        await Promise.all(places);
      });
      frozen?.kill("SIGCONT");
    });

    test.skipIf(!namespace && process.env.CI !== "true")(
      `though a worker is cut off for ten seconds${withNamespace}`,
      async () => {
        if (namespace === undefined) throw new Error("Expected network namespaces: run as root.");
        await workerProcess("f", `redis://${namespace.host}:${server().port}`, namespace.prefix);
        await testWorker(server().address, { name: "g" });
        await search(async () => {
          namespace.isCut = true;
          await sleep(10_000);
          namespace.isCut = false;
        });
        const isThere = async () => (await listCluster(server().address)).workers.some(({ name }) => name === "f");
        while (!(await isThere())) await sleep(100);
      },
    );

    test("though nothing passes on the line of a worker for a while, and what passes comes late or twice", async () => {
      const [first, ...others] = await proxied(3);
      await search(async () => {
        for (const proxy of others) {
          proxy.delay = 100;
          proxy.loss = 0.05;
        }
        first.isCut = true;
        await sleep(6_000);
        // Now it answers a job that somebody else has answered.
        first.isCut = false;
      });
    });

    test("though Redis goes away, and comes back empty", async () => {
      await testWorker(server().address);
      await testWorker(server().address);
      const notices = await search(async () => {
        await server().stop();
        await sleep(3_000);
        await server().start();
      });
      expect(notices).toMatch(/precocial: Redis at redis:\S+ is gone: waiting for up to 1m\.\n/);
      expect(notices).toMatch(/precocial: Redis at redis:\S+ is back, after \ds\.\n/);
    });
  },
  () => ["--bind", "0.0.0.0", "--protected-mode", "no"],
);
