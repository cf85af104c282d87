/** Lanes that a process plays score as they do in plain TypeScript, whatever the number of its seats. */
import { beforeAll, describe, expect, test } from "vitest";
import { derive } from "../../../src/base/rng.ts";
import { createGenome } from "../../../src/genome/genome.ts";
import { Kernel } from "../../../src/kernel/kernel.ts";
import { compile } from "../../../src/network/compile.ts";
import { programHeader } from "../../../src/network/program.ts";
import type { Environment } from "../../../src/tasks/environment.ts";
import { CARTPOLE } from "../../../src/tasks/environments/cartpole.ts";
import { SWINGUP } from "../../../src/tasks/environments/swingup.ts";
import { environmentTask } from "../../../src/tasks/environments/task.ts";
import { seedOf } from "../../../src/tasks/process/play.ts";
import { processTask } from "../../../src/tasks/process/task.ts";
import type { Trial } from "../../../src/tasks/task.ts";
import { createLink, helloOf, seeded } from "../../fixtures/link.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

const SHORT = { ...SWINGUP, maxSteps: 40 };

/** Networks of a task with so many inputs and outputs. */
function networks({ inputs }: Environment, outputs: number) {
  return Array.from(
    { length: 5 },
    (_, index) => compile(createGenome(inputs.length, outputs, 1, 1, derive("process", index))).program,
  );
}

describe.each([
  ["discrete actions", CARTPOLE as Environment, 2],
  ["continuous actions", SHORT as Environment, 1],
])("%s", (_, environment, outputs) => {
  const programs = networks(environment, outputs);
  const { connectionCount } = programHeader(programs[0]);
  const rng = derive("process", "sets");
  const sets = Float32Array.from({ length: 3 * connectionCount }, () => rng.between(-2, 2));
  const shared = { kind: "shared", values: Float32Array.of(-2, -0.5, 1) } as const;
  const trials: [string, Trial][] = [
    ["all", { weights: shared, episodes: ["a", "b", "c", "d"], split: "train", pairing: "all" }],
    ["each", { weights: shared, episodes: ["a", "b", "c"], split: "test", pairing: "each" }],
    [
      "all with individual weights",
      { weights: { kind: "individual", sets, count: 3 }, episodes: ["a", "b"], split: "train", pairing: "all" },
    ],
  ];

  test.each(trials)("pairing %s: the same bits and steps with 1, 5, 12 and 64 seats", async (_, trial) => {
    const expected = environmentTask(seeded(environment)).score(kernel, programs, trial);
    for (const seats of [1, 5, 12, 64]) {
      const link = createLink(environment, seats);
      const task = processTask("a process", helloOf(environment, seats), async () => link);
      expect(await task.score(kernel, programs, trial), `${seats} seats`).toEqual(expected);
      expect(link.most).toBeLessThanOrEqual(seats);
    }
  });
});

test("several programs are played side by side, and the next begins before the last has ended", async () => {
  const link = createLink(CARTPOLE as Environment, 30);
  let requests = 0;
  const ask: typeof link.ask = (...all) => {
    requests++;
    return link.ask(...all);
  };
  const task = processTask("a process", link.hello, async () => ({ ...link, ask }));
  // Half of its lanes soon let the pole fall.
  const { program } = compile(createGenome(4, 2, 0.5, 1, derive("bench")));
  const episodes = ["a", "b", "c", "d", "e", "f"];
  const weights = { kind: "shared", values: Float32Array.of(-1, 1) } as const;
  const trial: Trial = { weights, episodes, split: "train", pairing: "all" };
  const outcomes = await task.score(kernel, Array(6).fill(program), trial);
  const longest = Math.max(...outcomes[0].scores);
  expect(longest).toBeGreaterThan(5 * Math.min(...outcomes[0].scores));
  expect(link.most).toBeGreaterThan(24);
  // Two at a time from beginning to end, six would take three times as long as their longest episode.
  expect(requests).toBeLessThan(2.5 * longest);
});

test("calls on one task wait for each other, since they share a kernel", async () => {
  const link = createLink(SHORT as Environment, 8);
  const task = processTask("a process", link.hello, async () => link);
  const programs = networks(SHORT as Environment, 1);
  const trial: Trial = {
    weights: { kind: "shared", values: Float32Array.of(-1, 1) },
    episodes: ["a"],
    split: "train",
    pairing: "all",
  };
  const one = await task.score(kernel, programs, trial);
  const both = await Promise.all([task.score(kernel, programs, trial), task.score(kernel, programs, trial)]);
  expect(both).toEqual([one, one]);
});

test("seeds fit into 31 bits and come from the label alone", () => {
  const seeds = Array.from({ length: 200 }, (_, index) => seedOf(`label/${index}`));
  expect(new Set(seeds).size).toBe(200);
  for (const seed of seeds) expect(seed >= 0 && seed < 2 ** 31 && Number.isInteger(seed)).toBe(true);
  expect(seedOf("1/train/0/0")).toBe(seedOf("1/train/0/0"));
  expect(Math.max(...seeds)).toBeGreaterThan(2 ** 30);
});
