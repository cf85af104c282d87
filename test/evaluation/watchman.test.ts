/** Endless code is given up, slow code is not: the watchman, the pool and the loader, each with a short limit. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPool, loadTaskSource } from "precocial";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { loadOwnTask } from "../../src/evaluation/threads-load.ts";
import { createWatchman } from "../../src/evaluation/watchman.ts";
import { createGenome } from "../../src/genome/genome.ts";
import { compile } from "../../src/network/compile.ts";
import { WATCH, WATCH_LENGTH } from "../../src/tasks/task.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

test("a watchman gives up what stands still for four looks, never what moves or was never there", () => {
  const cells = new Int32Array(WATCH_LENGTH);
  let given = 0;
  const watchman = createWatchman(cells, () => given++);
  for (let look = 0; look < 9; look++) watchman.look();
  expect(given).toBe(0);
  for (let look = 0; look < 9; look++) {
    cells[WATCH.beat]++;
    watchman.look();
  }
  expect(given).toBe(0);
  for (let look = 0; look < 9; look++) watchman.look();
  expect({ given, hangs: watchman.hangs }).toEqual({ given: 1, hangs: true });
});

/** An environment whose step does something. */
function write(step: string): string {
  const path = join(temporaryFolder(), "own.mjs");
  writeFileSync(
    path,
    `export const inputs = ["a"];
export const actions = { discrete: ["left", "right"] };
export const maxSteps = 5;
export const start = () => [0];
export function step(state, action) { state[0]++; ${step} return { reward: 1, terminated: false }; }
`,
  );
  return path;
}

const { program } = compile(createGenome(1, 2, 1, 1, derive("watch")));
const trial = {
  weights: { kind: "shared", values: Float32Array.of(1) },
  episodes: ["one", "two"],
  split: "train",
  pairing: "all",
} as const;

describe("a pool", () => {
  test("gives up a step without an end, naming module, episode and step", async () => {
    const path = write("while (state[0] === 3) {}");
    const source = await loadTaskSource({ task: path });
    const pool = await createPool(source, { threads: 1, longestStep: 200 });
    await expect(pool.evaluate([program], trial)).rejects.toThrow(
      `${path}: Task "own": step() has not ended after 0.2 s at step 3 of episode "one": look for a loop without an end.`,
    );
    await pool.close();
  });

  test("waits for steps that are merely slow", async () => {
    const path = write("const end = performance.now() + 60; while (performance.now() < end) {}");
    const pool = await createPool(await loadTaskSource({ task: path }), { threads: 1, longestStep: 400 });
    const { scores } = await pool.evaluate([program], trial);
    expect([...scores[0].values]).toEqual([5, 5]);
    await pool.close();
  });
});

test("a module whose top level never ends is said to take long, then given up", async () => {
  const path = join(temporaryFolder(), "loop.mjs");
  writeFileSync(path, "while (true) {}");
  const told: string[] = [];
  const options = { slow: 100, longest: 300, onSlow: (words: string) => void told.push(words) };
  await expect(loadOwnTask(path, options)).rejects.toThrow(
    `The task ${path} did not load: it has not ended after 0.3 s: look for a loop without an end.`,
  );
  expect(told).toEqual([`${path} has taken 0.1 s to load, and goes on.`]);
});
