/** The lock of a run folder: one process at a time writes, of two takers one wins, and a kill leaves nothing to clean. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { checkUnlocked, type LockHolder, lockState, RunLock, withLock } from "../../src/files/lock.ts";
import { processStart } from "../../src/files/processes.ts";
import { runStatus } from "../../src/view/status.ts";
import { precocial, start, waitForLines } from "../fixtures/command-line.ts";
import { bytesOf, smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const links = vi.hoisted(() => ({ refused: "" }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const linkSync: typeof fs.linkSync = (...paths) => {
    if (links.refused !== "") throw Object.assign(new Error("no links"), { code: links.refused });
    fs.linkSync(...paths);
  };
  return { ...fs, linkSync };
});

/** No system gives a process so high a number. */
const GONE = 2 ** 30;

/** The lock as one script, for processes that take it. */
let built: string;
beforeAll(async () => {
  const outDir = mkdtempSync(join(tmpdir(), "precocial-lock-"));
  built = join(outDir, "lock.mjs");
  const ssr = join(import.meta.dirname, "../../src/files/lock.ts");
  const rolldownOptions = { output: { entryFileNames: "lock.mjs" } };
  await build({ configFile: false, logLevel: "error", build: { ssr, outDir, rolldownOptions } });
  return () => rmSync(outDir, { recursive: true });
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, "lock.json");
  links.refused = "";
});

/** Writes a lock, of this process unless told otherwise. */
function writeLock(changes: Partial<LockHolder> = {}): void {
  const self = { pid: process.pid, host: hostname(), processStart: processStart(process.pid), since: "2020-02-02" };
  writeFileSync(path, JSON.stringify({ ...self, ...changes }));
}

function holder(): LockHolder {
  return JSON.parse(readFileSync(path, "utf8"));
}

describe("a lock", () => {
  test.each(["", "EPERM"])(
    "says who holds it, and is gone afterwards, also after an error (links: %s)",
    async (code) => {
      links.refused = code;
      await withLock(folder, () => {
        expect(holder()).toMatchObject({ pid: process.pid, host: hostname(), processStart: processStart(process.pid) });
        expect(readdirSync(folder)).toEqual(["lock.json"]);
        expect(lockState(folder)).toBe("held");
      });
      expect(readdirSync(folder)).toEqual([]);
      const failing = withLock(folder, () => {
        throw new Error("of the action");
      });
      await expect(failing).rejects.toThrow("of the action");
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test.each(["", "ENOTSUP"])("refuses a second taker and names the first (links: %s)", async (code) => {
    links.refused = code;
    await withLock(folder, () => {
      const message =
        `The folder ${folder} is being written by process ${process.pid} on ${hostname()} since ${holder().since}: ` +
        `wait until it ends, or stop it with Ctrl-C or by: kill ${process.pid}`;
      expect(() => withLock(folder, () => {})).toThrow(message);
      expect(() => checkUnlocked(folder)).toThrow(message);
    });
    expect(checkUnlocked(folder)).toBeUndefined();
  });

  test("of another machine is refused with what to do, and left as it is", () => {
    writeLock({ host: "elsewhere", pid: GONE });
    expect(() => RunLock.take(folder)).toThrow(
      `The folder ${folder} is being written by process ${GONE} on elsewhere since 2020-02-02: whether it still is ` +
        `cannot be seen from here. If it is not, remove ${path} and try again.`,
    );
    expect(lockState(folder)).toBe("elsewhere");
    expect(holder().host).toBe("elsewhere");
  });

  test.each<[string, () => void]>([
    ["whose process is gone", () => writeLock({ pid: GONE })],
    ["whose number another process has now", () => writeLock({ pid: process.ppid, processStart: "before" })],
    ["of this number, from before the system was started again", () => writeLock({ processStart: "before/1" })],
    ["that is damaged", () => writeFileSync(path, '{"pid":1')],
    ["that is empty", () => writeFileSync(path, "")],
    [
      "whose taker was killed, and the taker of that lock too",
      () => {
        writeLock({ pid: GONE });
        cpSync(path, `${path}.takeover`);
        cpSync(path, `${path}.takeover.takeover`);
        writeFileSync(`${path}.part`, "{");
        writeFileSync(`${path}.${GONE}.part`, "{");
        writeFileSync(`${path}.takeover.${GONE}.part`, "{");
      },
    ],
  ])("%s is taken over, and nothing is left of it", (_, prepare) => {
    prepare();
    expect(lockState(folder)).toBe("gone");
    const lock = RunLock.take(folder);
    expect(holder().pid).toBe(process.pid);
    expect(readdirSync(folder)).toEqual(["lock.json"]);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("that is being taken over by a live process is refused, in its name", () => {
    writeLock({ pid: GONE });
    const stale = readFileSync(path, "utf8");
    writeLock();
    cpSync(path, `${path}.takeover`);
    writeFileSync(path, stale);
    expect(() => RunLock.take(folder)).toThrow(`is being written by process ${process.pid} on `);
    expect(readFileSync(path, "utf8")).toBe(stale);
  });

  test("that is not one's own any more is not released", () => {
    const lock = RunLock.take(folder);
    writeLock({ host: "elsewhere" });
    lock.release();
    expect(holder().host).toBe("elsewhere");
  });

  test("cannot be taken of a folder that is not there", () => {
    expect(() => RunLock.take(join(folder, "none"))).toThrow(
      `Could not write ${join(folder, "none", "lock.json")}, there is no such folder: choose another one.`,
    );
  });
});

/** A process that takes the lock when it is told to, says "held" or "refused", and holds it until its input ends. */
function taker(): { child: ChildProcess; go: () => Promise<string> } {
  const script = `
    import { RunLock } from ${JSON.stringify(built)};
    process.stdin.once("data", () => {
      try { RunLock.take(${JSON.stringify(folder)}); process.stdout.write("held"); }
      catch (error) { process.stdout.write(error.name === "UsageError" ? "refused" : String(error.stack)); }
    });
    process.stdout.write("ready");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "pipe" });
  const answer = () => new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(String(data))));
  const ready = answer();
  const go = async () => {
    expect(await ready).toBe("ready");
    const answered = answer();
    child.stdin.write("go");
    return answered;
  };
  return { child, go };
}

test.each([1, 2, 3])("of six processes that take over a dead one's lock at once, one wins (round %i)", async () => {
  writeLock({ pid: GONE });
  const takers = Array.from({ length: 6 }, taker);
  const answers = await Promise.all(takers.map(({ go }) => go()));
  expect(answers.filter((answer) => answer === "held")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "refused")).toHaveLength(5);
  expect(holder().pid).toBe(takers[answers.indexOf("held")].child.pid);
  const ended = Promise.all(takers.map(({ child }) => new Promise((resolve) => child.once("exit", resolve))));
  for (const { child } of takers) child.kill("SIGKILL");
  await ended;
  expect(lockState(folder)).toBe("gone");
  RunLock.take(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

describe.each<[string, string[]]>([
  ["a search", ["search", "swingup", ...smallOptions(1_000_000)]],
  ["a baseline", ["baseline", "linear", "digits", "--epochs", "100000"]],
])("%s at work", (_, words) => {
  test("refuses resume, which names it; killed by kill -9 it has died, and resume goes on", async () => {
    const run = join(folder, "run");
    const running = start([...words, "--out", run]);
    const lines = join(run, "generations.jsonl");
    await waitForLines(lines, 3, running);
    expect(runStatus(run)).toBe("running");
    const refused = await precocial(["resume", run]);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      `precocial: The folder ${run} is being written by process ${running.child.pid} on ${hostname()} since `,
    );
    const before = readFileSync(lines, "utf8").split("\n").length;
    await waitForLines(lines, before + 3, running);
    running.child.kill("SIGKILL");
    expect((await running.done).code).toBeNull();
    expect(existsSync(join(run, "lock.json"))).toBe(true);
    expect(runStatus(run)).toBe("died");

    const again = start(["resume", run]);
    await waitForLines(lines, before + 20, again);
    again.child.kill("SIGINT");
    expect((await again.done).code).toBe(130);
    const records = readFileSync(lines, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const first = words[0] === "search" ? 0 : 1;
    expect(records.map(({ generation, epoch }) => generation ?? epoch)).toEqual(
      records.map((_, index) => index + first),
    );
    expect(existsSync(join(run, "lock.json"))).toBe(false);
    expect(readdirSync(run).filter((name) => name.includes("lock") || name.endsWith(".part"))).toEqual([]);
  });
});

test("two searches into one folder at once: one runs, the other is refused and writes nothing", async () => {
  const words = ["search", "swingup", "--out", "run", ...smallOptions(30)];
  const outcomes = await Promise.all([precocial(words, folder), precocial(words, folder), precocial(words, folder)]);
  expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 2, 2]);
  for (const { stderr } of outcomes.filter(({ code }) => code === 2)) {
    expect(stderr).toMatch(/precocial: (There is a run at run already: |The folder \.run\.part is being written by )/);
  }
  expect(readdirSync(folder)).toEqual(["run"]);
  expect(bytesOf(join(folder, "run"))["generations.jsonl"].split("\n")).toHaveLength(31);
});

test("a second Ctrl-C ends at once, and leaves no lock", async () => {
  const run = join(folder, "run");
  const running = start(["search", "swingup", ...smallOptions(1_000_000), "--population", "5000", "--out", run]);
  await waitForLines(join(run, "generations.jsonl"), 1, running);
  const asked = new Promise((resolve) => running.child.stderr?.once("data", resolve));
  running.child.kill("SIGINT");
  await asked;
  running.child.kill("SIGINT");
  expect((await running.done).code).toBe(130);
  expect(existsSync(join(run, "lock.json"))).toBe(false);
});
