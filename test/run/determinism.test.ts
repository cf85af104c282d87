/** Same config and seed, same bytes: for any threads, for a stop and resume, for kill -9, for damaged checkpoints. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import type { RunConfig } from "../../src/run/config.ts";
import { readMeta } from "../../src/run/folder.ts";
import { readChampionConfig } from "../../src/run/read-config.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { builtPool } from "../fixtures/built-pool.ts";
import { inProcess, start, waitForLines } from "../fixtures/command-line.ts";
import { bytesOf, smallConfig, smallOptions } from "../fixtures/runs.ts";
import { resumeSearch, startSearch } from "../fixtures/sessions.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const GENERATIONS = 40;
const config = smallConfig(GENERATIONS);
const whole = join(tmpdir(), `precocial-test-whole-${process.pid}`);
let evaluator: Evaluator;
let expected: Record<string, string>;

beforeAll(async () => {
  evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const { status } = await startSearch({ folder: whole, config, evaluator });
  expect(status).toBe("finished");
  expected = bytesOf(whole);
});
afterAll(() => rmSync(whole, { recursive: true, force: true }));

/** Resumes in this process; gives the warnings. */
async function resume(folder: string): Promise<string[]> {
  const warnings: string[] = [];
  const { status } = await resumeSearch(
    { folder, config: (await readChampionConfig(folder)) as RunConfig, evaluator },
    (text) => warnings.push(text),
  );
  expect(status).toBe("finished");
  return warnings;
}

/** A run stopped after `count` generations. */
async function stopped(count: number): Promise<string> {
  const folder = join(temporaryFolder(), "run");
  let done = 0;
  const options = { folder, config, evaluator, shouldStop: () => done === count, onStep: () => void done++ };
  expect((await startSearch(options)).status).toBe("stopped");
  return folder;
}

test("the run has a line for each generation and more than one champion", () => {
  expect(expected["generations.jsonl"].split("\n")).toHaveLength(GENERATIONS + 1);
  expect(expected["champions.jsonl"].split("\n").length).toBeGreaterThan(2);
});

test.each([1, 2, 8])("%i threads leave the bytes of the inline evaluator", async (threads) => {
  const folder = join(temporaryFolder(), "run");
  const pool = await builtPool({ threads });
  try {
    await startSearch({ folder, config, evaluator: pool });
  } finally {
    await pool.close();
  }
  expect(bytesOf(folder)).toEqual(expected);
});

test("another seed leaves other bytes", async () => {
  const folder = join(temporaryFolder(), "run");
  await startSearch({ folder, config: smallConfig(2, { seed: 4 }), evaluator });
  const [line] = bytesOf(folder)["generations.jsonl"].split("\n");
  expect(line).not.toBe(expected["generations.jsonl"].split("\n")[0]);
});

describe("a run that was stopped", () => {
  test.each([0, 1, 17, 39])("after %i generations goes on to the same bytes", async (count) => {
    const folder = await stopped(count);
    expect(readMeta(folder)).toMatchObject({ status: "stopped", generations: count });
    expect(await resume(folder)).toEqual([]);
    expect(bytesOf(folder)).toEqual(expected);
    expect(readMeta(folder)).toMatchObject({ status: "finished", generations: GENERATIONS });
  });

  test("or is finished can be made longer, to the bytes of a longer run", async () => {
    const folder = join(temporaryFolder(), "run");
    await startSearch({ folder, config: smallConfig(5), evaluator });
    await resumeSearch({ folder, config, evaluator }, () => {});
    expect(bytesOf(folder)).toEqual(expected);
  });

  test("by a version that called the setting select ranking goes on to the same bytes", async () => {
    const folder = await stopped(9);
    for (const name of ["config.json", "checkpoint.json"]) {
      const text = readFileSync(join(folder, name), "utf8");
      const former = text.replace('"select"', '"ranking"');
      expect(former).not.toBe(text);
      writeFileSync(join(folder, name), former);
    }
    await resume(folder);
    expect(bytesOf(folder)).toEqual(expected);
  });

  test("with a half-written last line goes on to the same bytes", async () => {
    const folder = await stopped(9);
    for (const name of ["generations.jsonl", "timings.jsonl", "champions.jsonl"]) {
      writeFileSync(join(folder, name), '{"generation":9,"sco', { flag: "a" });
    }
    await resume(folder);
    expect(bytesOf(folder)).toEqual(expected);
  });

  test("with lines, a champion and half a file of generations after its checkpoint goes on to the same bytes", async () => {
    const folder = await stopped(9);
    for (const name of ["generations.jsonl", "champions.jsonl", "champion.json"])
      cpSync(join(whole, name), join(folder, name));
    writeFileSync(join(folder, "checkpoint.json.part"), "{");
    await resume(folder);
    expect(bytesOf(folder)).toEqual(expected);
  });
});

test.skipIf(!existsSync("/dev/full"))("a run that the full disk ended goes on to the same bytes", async () => {
  const folder = join(temporaryFolder(), "run");
  const path = join(folder, "generations.jsonl");
  const fillDisk = () => {
    if (existsSync(`${path}.aside`)) return;
    renameSync(path, `${path}.aside`);
    symlinkSync("/dev/full", path);
  };
  await expect(startSearch({ folder, config, evaluator, onStep: fillDisk })).rejects.toThrow(
    `Could not write ${path}, the disk is full: free some space. What was written before is whole.`,
  );
  renameSync(`${path}.aside`, path);
  await resume(folder);
  expect(bytesOf(folder)).toEqual(expected);
});

describe("a damaged checkpoint", () => {
  /** A run with two checkpoints: after 9 generations, and the same as previous. */
  async function withTwo(): Promise<{ folder: string; newest: string; previous: string }> {
    const folder = await stopped(9);
    const newest = join(folder, "checkpoint.json");
    const previous = join(folder, "checkpoint.previous.json");
    copyFileSync(newest, previous);
    return { folder, newest, previous };
  }
  const halve = (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2));

  test("cut in half: the previous one is used and the user told", async () => {
    const { folder, newest } = await withTwo();
    halve(newest);
    const warnings = await resume(folder);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`Expected a checkpoint as JSON in ${newest}, got text that is not: `);
    expect(warnings[0]).toMatch(/The checkpoint is damaged; going on from the previous one\.$/);
    expect(bytesOf(folder)).toEqual(expected);
  });

  test("never takes the place of the good previous one", async () => {
    const { folder, newest, previous } = await withTwo();
    const good = readFileSync(previous, "utf8");
    halve(newest);
    await resumeSearch({ folder, config, evaluator, shouldStop: () => true }, () => {});
    expect(readFileSync(previous, "utf8")).toBe(good);
    expect(JSON.parse(readFileSync(newest, "utf8")).search.generation).toBe(JSON.parse(good).search.generation);
  });

  test("both damaged: refused with the remedy, and nothing is cut away", async () => {
    const { folder, newest, previous } = await withTwo();
    halve(newest);
    halve(previous);
    const before = bytesOf(folder);
    await expect(resume(folder)).rejects.toThrow(
      `No checkpoint of ${folder} can be read: start again with another --out.`,
    );
    expect(bytesOf(folder)).toEqual(before);
  });

  test("none at all: the run starts from the beginning", async () => {
    const { folder, newest, previous } = await withTwo();
    rmSync(newest);
    rmSync(previous);
    expect(await resume(folder)).toEqual([]);
    expect(bytesOf(folder)).toEqual(expected);
  });

  test("only the previous one, as a kill between two renames leaves it: it is used without a word", async () => {
    const { folder, newest } = await withTwo();
    rmSync(newest);
    expect(await resume(folder)).toEqual([]);
    expect(bytesOf(folder)).toEqual(expected);
  });
});

describe("the command line", () => {
  test.each([1, 6, 15, 30])(
    "killed by kill -9 after line %i leaves a run that resumes to the same bytes",
    async (count) => {
      const folder = join(temporaryFolder(), "run");
      const running = start(["search", "swingup", "--out", folder, ...smallOptions(GENERATIONS)]);
      await waitForLines(join(folder, "generations.jsonl"), count, running);
      running.child.kill("SIGKILL");
      expect((await running.done).code).toBeNull();
      if (count === 6) {
        expect((await inProcess(["resume", folder, "--threads", "2"])).code).toBe(0);
        // The command line also looks for the best shared weight, which comes last in the file.
        const { "champion.json": champion, ...others } = bytesOf(folder);
        const plain = champion.replace(/,\n "bestSharedWeight": -?[\d.]+\n}/, "\n}");
        expect({ ...others, "champion.json": plain }).toEqual(expected);
        expect(plain).not.toBe(champion);
        return;
      }
      await resume(folder);
      expect(bytesOf(folder)).toEqual(expected);
    },
  );

  test("finishes the generation when it is told to end by kill, and exits with 143", async () => {
    const folder = join(temporaryFolder(), "run");
    const running = start(["search", "swingup", "--out", folder, ...smallOptions(1_000_000)]);
    await waitForLines(join(folder, "generations.jsonl"), 3, running);
    running.child.kill("SIGTERM");
    const { code, stdout } = await running.done;
    expect(code).toBe(143);
    expect(stdout).toContain(`To go on: precocial resume ${folder}`);
    expect(readMeta(folder).status).toBe("stopped");
  });

  test("finishes the generation on Ctrl-C, writes a checkpoint, says how to resume and exits with 130", async () => {
    const folder = join(temporaryFolder(), "run");
    const running = start(["search", "swingup", "--json", "--out", folder, ...smallOptions(1_000_000)]);
    await waitForLines(join(folder, "generations.jsonl"), 3, running);
    running.child.kill("SIGINT");
    const { code, stdout, stderr } = await running.done;
    expect(code).toBe(130);
    expect(stderr).toContain("Finishing this generation; press Ctrl-C again to stop at once.");
    const { generations, status } = JSON.parse(stdout);
    expect(status).toBe("stopped");
    expect(generations).toBeGreaterThanOrEqual(3);
    expect(existsSync(join(folder, "checkpoint.json"))).toBe(true);
    const lines = readFileSync(join(folder, "generations.jsonl"), "utf8");
    expect(lines.split("\n")).toHaveLength(generations + 1);
    const again = start(["resume", folder, "--threads", "1"]);
    await waitForLines(join(folder, "generations.jsonl"), generations + 2, again);
    again.child.kill("SIGINT");
    const resumed = await again.done;
    expect(resumed.code).toBe(130);
    expect(resumed.stdout).toContain(`To go on: precocial resume ${folder}`);
    expect(readFileSync(join(folder, "generations.jsonl"), "utf8").startsWith(lines)).toBe(true);
  });
});
