/** Commands with a cluster: the same results and bytes as without, words and exit codes where it is gone, no password anywhere. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { testWorker } from "../fixtures/cluster.ts";
import { inProcess, start } from "../fixtures/command-line.ts";
import { describeWithRedis, freePort } from "../fixtures/redis.ts";
import { bytesOf, smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** Sets an environment variable for the test. */
function setFor(name: string, value: string): void {
  process.env[name] = value;
  onTestFinished(() => void delete process.env[name]);
}

/** All that a folder's files hold. */
function textOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1")).join("\n");
}

/** Options but that of threads, which says another thing with a cluster. */
const options = smallOptions(8).filter((option) => !option.startsWith("--threads"));

describeWithRedis("with a cluster", (server) => {
  const cluster = () => ["--cluster", server().address];

  test("search, resume, tune, evaluate and study leave what they leave without", async () => {
    await testWorker(server().address);
    const folder = temporaryFolder();
    const left: object[] = [];
    for (const where of [[], cluster()]) {
      const run = `run${where.length}`;
      const study = `study${where.length}`;
      const give = async (...words: string[]) => {
        const { code, stdout, stderr } = await inProcess([...words, ...where, "--json"], folder);
        expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
        return JSON.parse(stdout);
      };
      await give("search", "swingup", ...options, "--out", run);
      await give("resume", run, "--generations", "12", "--evaluation-episodes", "4");
      await give("tune", run, "--method", "cmaes", "--generations", "2", "--evaluation-episodes", "0");
      const { champion: _, ...evaluation } = await give("evaluate", run, "--episodes", "4");
      const variants = ["--seeds", "1-2", "--generations", "3", "--set", "population=8", "--out", study];
      const { record } = await give("study", "cartpole", ...variants, "--parallel", "1", "--episodes", "4");
      const tuned = readFileSync(join(folder, run, "tuned.json"), "utf8");
      left.push({ run: bytesOf(join(folder, run)), tuned, evaluation, record });
    }
    expect(left[1]).toEqual(left[0]);
  });

  test("workers are listed, by name", async () => {
    const none = await inProcess(["workers", server().address]);
    expect(none.stdout).toMatch(
      /^No worker is there\. To start one: precocial worker redis:\/\/127\.0\.0\.1:\d+\n\n0 searches have jobs done\.\n$/,
    );
    await testWorker(server().address, { name: "lab-7" });
    const { stdout } = await inProcess(["workers", server().address]);
    expect(stdout).toMatch(/^worker +version +threads +busy +jobs +steps\/s +at\nlab-7 +[\d.]+ +1 +0 % +0 +0 +-\n/);
    const { workers } = JSON.parse((await inProcess(["workers", server().address, "--json"])).stdout);
    expect(workers).toMatchObject([{ name: "lab-7", threads: 1, serves: [] }]);
  });

  test("a worker is started and stopped by the command line", async () => {
    const worker = start(["worker", server().address, "--threads", "1", "--name", "lab-8", "--json"]);
    let told = "";
    worker.child.stderr?.on("data", (text) => {
      told += text;
    });
    while (!told.includes("\n") && worker.child.exitCode === null) await sleep(20);
    worker.child.kill("SIGINT");
    const { code, stdout, stderr } = await worker.done;
    expect(stderr).toBe(
      "Worker lab-8 with 1 thread; Ctrl-C ends it after the jobs at hand.\n" +
        "Finishing the jobs at hand; press Ctrl-C again to stop at once.\n",
    );
    expect(JSON.parse(stdout)).toEqual({ worker: "lab-8", done: 0 });
    expect(code).toBe(0);
  });

  test("a search for which no worker comes ends with exit code 3, and nothing is made", async () => {
    const folder = temporaryFolder();
    const words = ["search", "swingup", ...options, "--out", "run", ...cluster(), "--cluster-timeout", "300ms"];
    const { code, stderr } = await inProcess(words, folder);
    expect(stderr).toMatch(
      /precocial: No worker at redis:\S+ has taken part for 0\.3s, which is how long it was to be waited for \(--cluster-timeout\)\.\n$/,
    );
    expect(code).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a Redis that stays away ends a search with its checkpoint and exit code 3; alone it goes on to the same bytes", async () => {
    await testWorker(server().address);
    const folder = temporaryFolder();
    const long = [...options.filter((option) => !option.startsWith("--generations")), "--generations", "60"];
    const words = ["search", "swingup", ...long, "--out", "run", ...cluster(), "--cluster-timeout", "6s"];
    const search = start(words, folder);
    const lines = () => {
      try {
        return readFileSync(join(folder, "run", "generations.jsonl"), "utf8").split("\n").length;
      } catch {
        return 0;
      }
    };
    while (lines() < 6 && search.child.exitCode === null) await sleep(5);
    await server().stop();
    const { code, stderr } = await search.done;
    await server().start();
    expect(stderr).toMatch(/precocial: Redis at redis:\S+ is gone: waiting for up to 6s\.\n/);
    expect(stderr).toMatch(
      /precocial: Redis at redis:\S+ has been gone for 6s, which is how long it was to be waited for \(--cluster-timeout\)\. The run keeps what was done before\. When this is mended, or without --cluster: precocial resume run\n$/,
    );
    expect(code).toBe(3);
    expect((await inProcess(["resume", "run", "--threads", "1", "--evaluation-episodes", "4"], folder)).code).toBe(0);
    await inProcess(["search", "swingup", ...long, "--out", "alone", "--threads", "1"], folder);
    expect(bytesOf(join(folder, "run"))).toEqual(bytesOf(join(folder, "alone")));
  });
});

describe("an address", () => {
  test.each([
    [["--cluster", "lab"], 'Expected the address of Redis as redis://host:6379, or rediss:// with TLS, got "lab".'],
    [
      ["--cluster-timeout", "3s"],
      "Expected --cluster with --cluster-timeout, got the time alone: say where the cluster is.",
    ],
    [
      ["--cluster", "redis://lab", "--cluster-timeout", "3"],
      'Expected --cluster-timeout to be a time such as 90s, 5m or 1h, got "3".',
    ],
    [
      ["--cluster", "redis://u:secret@lab"],
      "Expected the address of Redis without a password, which others could read in the list of processes: give it in the environment variable PRECOCIAL_REDIS_PASSWORD.",
    ],
  ])("%j is refused in words", async (words, message) => {
    const { code, stderr } = await inProcess(["search", "swingup", ...words], temporaryFolder());
    expect(stderr).toBe(`precocial: ${message}\n`);
    expect(code).toBe(2);
  });

  test("at which nothing listens is refused in words", async () => {
    const address = `redis://127.0.0.1:${await freePort()}`;
    const { code, stderr } = await inProcess(["worker", address]);
    expect(stderr).toBe(
      `precocial: Could not use Redis at ${address}: nothing listens there: start it, or mend the address.\n`,
    );
    expect(code).toBe(2);
  });
});

describeWithRedis(
  "with a password",
  (server) => {
    test.each([undefined, "wrong"])("that is %s, Redis is not used", async (password) => {
      if (password !== undefined) setFor("PRECOCIAL_REDIS_PASSWORD", password);
      const { code, stderr } = await inProcess(["workers", server().address]);
      expect(stderr).toBe(
        `precocial: Could not use Redis at ${server().address}: it wants another password: give it in the environment variable PRECOCIAL_REDIS_PASSWORD.\n`,
      );
      expect(code).toBe(2);
    });

    test("that is right, it is, and the password is nowhere in the run folder nor in what is printed", async () => {
      setFor("PRECOCIAL_REDIS_PASSWORD", "hush-hush");
      await testWorker(server().address);
      const folder = temporaryFolder();
      const words = ["search", "swingup", ...options, "--out", "run", "--cluster", server().address];
      const { code, stdout, stderr } = await inProcess(words, folder);
      expect(code).toBe(0);
      expect(stdout + stderr + textOf(folder)).not.toContain("hush-hush");
      expect(textOf(folder)).not.toContain("redis:");
    });
  },
  () => ["--requirepass", "hush-hush"],
);

describeWithRedis(
  "with TLS",
  (server) => {
    test("a certificate is trusted if the authority that signed it is named, and only then", async () => {
      const refused = await start(["workers", server().address]).done;
      expect(refused.stderr).toMatch(
        /^precocial: Could not use Redis at rediss:\/\/localhost:\d+: its certificate is not one to trust \(DEPTH_ZERO_SELF_SIGNED_CERT\): name the file of the authority that signed it in NODE_EXTRA_CA_CERTS\.\n$/,
      );
      expect(refused.code).toBe(2);
      const certificate = { NODE_EXTRA_CA_CERTS: join(server().folder, "cert.pem") };
      const { code, stdout } = await start(["workers", server().address], undefined, certificate).done;
      expect(stdout).toMatch(/^No worker is there\./);
      expect(code).toBe(0);
    });

    test("a Redis that speaks it is not taken for one that does not", async () => {
      const plain = server().address.replace("rediss:", "redis:");
      const { code, stderr } = await inProcess(["workers", plain]);
      expect(stderr).toMatch(
        /^precocial: Could not use Redis at redis:\S+: .*; does it speak TLS alone\? Then say rediss:\/\/\.\n$/,
      );
      expect(code).toBe(2);
    });
  },
  (port, folder) => {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const files = ["-keyout", "key.pem", "-out", "cert.pem"];
    spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...files, ...subject], {
      cwd: folder,
    });
    const tls = {
      "tls-port": port,
      "tls-cert-file": join(folder, "cert.pem"),
      "tls-key-file": join(folder, "key.pem"),
    };
    return [
      "--port",
      "0",
      "--tls-auth-clients",
      "no",
      ...Object.entries(tls).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ];
  },
);
