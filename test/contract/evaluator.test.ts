/** One suite for all evaluators: which one runs, and on how many threads, never changes a score. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createPool } from "precocial";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { programHeader } from "../../src/network/program.ts";
import { createTask } from "../../src/tasks/registry.ts";
import type { Trial } from "../../src/tasks/task.ts";
import { builtPool } from "../fixtures/built-pool.ts";
import { clusterOfTwo } from "../fixtures/cluster.ts";
import { isWithoutRedis } from "../fixtures/redis.ts";
import { standardTrial, swingupNetworks } from "../fixtures/swingup-programs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const SOURCE = { name: "swingup" };
const CRASHING = new URL("../fixtures/crashing-worker.mjs", import.meta.url).href;
const networks = swingupNetworks(18, "evaluator");
const programs = networks.map(({ program }) => program);
const trial = standardTrial(2);

const EVALUATORS: Record<string, () => Promise<Evaluator>> = {
  inline: () => createInlineEvaluator(createTask(SOURCE)),
  "pool of 1": () => builtPool({ threads: 1 }),
  "pool of 2": () => builtPool({ threads: 2 }),
  "pool of 8": () => builtPool({ threads: 8 }),
  "cluster of 2": clusterOfTwo,
};

/** What cannot be had here is skipped by name. */
const isSkipped = (name: string) => name.startsWith("cluster") && isWithoutRedis;

describe.each(Object.keys(EVALUATORS).filter((name) => !isSkipped(name)))("evaluator: %s", (name) => {
  let evaluator: Evaluator;
  let reference: Evaluator;
  beforeAll(async () => {
    evaluator = await EVALUATORS[name]();
    reference = await EVALUATORS.inline();
  });
  afterAll(() => evaluator.close());

  test("names its task and its threads", () => {
    expect(evaluator.task.info.name).toBe("swingup");
    expect(evaluator.threads).toBe(name === "inline" ? 1 : Number(name.split(" ").at(-1)));
  });

  test("gives scores [weights x episodes] for each program, in order, whatever the families", async () => {
    const expected = await reference.evaluate(programs, trial);
    const rng = derive("families");
    const choices: (Int32Array | undefined)[] = [
      undefined,
      Int32Array.from(programs.keys()),
      new Int32Array(programs.length).fill(7),
      Int32Array.from(programs, () => rng.integer(4)),
    ];
    for (const families of choices) expect(await evaluator.evaluate(programs, trial, families)).toEqual(expected);
    expect(expected.scores[0]).toMatchObject({ weightCount: 6, episodeCount: 2 });
    expect(expected.scores.every(({ values }) => values.length === 12)).toBe(true);
    expect(expected.steps).toBeGreaterThan(0);
  });

  test.each([1, 3])(
    "gives each program the scores of its own weights, %i for each connection, whatever the families, and few programs too",
    async (count) => {
      const rng = derive("own weights", count);
      const sets = programs.map((program) =>
        Float32Array.from({ length: count * programHeader(program).connectionCount }, () => rng.between(-2, 2)),
      );
      const joined = (some: readonly Float32Array[]) => Float32Array.from(some.flatMap((set) => [...set]));
      const expected = await Promise.all(
        programs.map(async (program, index) => {
          const weights = { kind: "individual", sets: sets[index], count } as const;
          return (await reference.evaluate([program], { ...trial, weights })).scores[0];
        }),
      );
      const own = { ...trial, weights: { kind: "own", sets: joined(sets), count } } as const;
      const families = Int32Array.from(programs, (_, index) => index % 3);
      for (const some of [undefined, families]) {
        expect((await evaluator.evaluate(programs, own, some)).scores).toEqual(expected);
      }
      const few = { ...trial, weights: { kind: "own", sets: joined(sets.slice(3, 5)), count } } as const;
      expect((await evaluator.evaluate(programs.slice(3, 5), few)).scores).toEqual(expected.slice(3, 5));
      const [label] = trial.episodes;
      const one = { ...few, episodes: [label] };
      const first = (await evaluator.evaluate(programs.slice(3, 5), one)).scores.map(({ values }) => [...values]);
      expect(first).toEqual(
        expected.slice(3, 5).map(({ values }) => [...values].filter((_, place) => place % trial.episodes.length === 0)),
      );
      await expect(evaluator.evaluate(programs.slice(0, 5), few)).rejects.toThrow(
        new RegExp(
          `^Expected \\d+ weights of their own for 5 programs, ${count} for each connection, got \\d+: take those of compile\\(\\), in the order of the programs\\.$`,
        ),
      );
    },
  );

  test("a program scores the same alone and among others", async () => {
    const [all, alone] = [await evaluator.evaluate(programs, trial), await evaluator.evaluate([programs[9]], trial)];
    expect(alone.scores[0]).toEqual(all.scores[9]);
  });

  test("pairs weight i with episode i only, if asked", async () => {
    const each: Trial = { ...standardTrial(6), pairing: "each" };
    const { scores } = await evaluator.evaluate(programs, each);
    expect(scores).toEqual((await reference.evaluate(programs, each)).scores);
    expect(scores[3]).toMatchObject({ weightCount: 6, episodeCount: 1 });
    const { scores: all } = await reference.evaluate([programs[3]], standardTrial(6));
    expect(Array.from(scores[3].values)).toEqual(Array.from({ length: 6 }, (_, i) => all[0].values[i * 6 + i]));
  });

  test.each(["all", "each"] as const)("takes individual weights, pairing %s", async (pairing) => {
    const rng = derive("individual");
    const [{ program, genes }] = networks.slice(-1);
    const sets = Float32Array.from({ length: genes.length * 3 }, () => rng.between(-2, 2));
    const individual: Trial = { ...standardTrial(3), weights: { kind: "individual", sets, count: 3 }, pairing };
    const { scores } = await evaluator.evaluate([program], individual);
    expect(scores).toEqual((await reference.evaluate([program], individual)).scores);
    expect(scores[0].values.length).toBe(pairing === "all" ? 9 : 3);
  });

  test("refuses individual weights of the wrong number in words", async () => {
    const [{ program, genes }] = networks.slice(-1);
    const sets = new Float32Array(genes.length * 3 - 1);
    const individual: Trial = { ...standardTrial(3), weights: { kind: "individual", sets, count: 3 } };
    const refused = await evaluator.evaluate([program], individual).catch((error) => error);
    // By name: the pool is the built package's, with an error class of its own.
    expect(refused.name).toBe("UsageError");
    expect(refused.message).toMatch(/^Expected \d+ individual weights, one for each of the program's \d+ connections/);
  });

  test("equal individual weights score as the shared weight, up to the rounding of a sum", async () => {
    const { program, genes } = networks[0];
    const weights = { kind: "individual", sets: new Float32Array(genes.length).fill(1), count: 1 } as const;
    const individual = await evaluator.evaluate([program], { ...standardTrial(2), weights });
    const values = Float32Array.of(1);
    const shared = await evaluator.evaluate([program], { ...standardTrial(2), weights: { kind: "shared", values } });
    expect(individual.scores).toEqual(shared.scores);
  });

  test("scores no programs at no cost", async () => {
    expect(await evaluator.evaluate([], trial)).toEqual({ scores: [], steps: 0 });
  });

  test("an error in a task arrives with task, genomes, weights and episodes, and the evaluator works on", async () => {
    const wrong: Trial = { ...standardTrial(2), pairing: "each" };
    await expect(evaluator.evaluate([programs[0]], wrong)).rejects.toThrow(
      'Scoring failed (task "swingup", genomes 0, weights -2, -1, -0.5, 0.5, 1, 2, episodes test/0, test/1): ' +
        'Expected as many episodes as weights for pairing "each", got 2 and 6. This is a fault of Precocial: please ' +
        "report it with the seed and the command.",
    );
    expect((await evaluator.evaluate([programs[0]], trial)).scores).toHaveLength(1);
  });
});

test.runIf(isWithoutRedis).skip("evaluator: cluster of 2 (skipped: no redis-server)", () => {});

describe("a pool", () => {
  async function crashingPool(crash: string): Promise<Evaluator> {
    process.env.CRASH = crash;
    const pool = await builtPool({ threads: 2, worker: CRASHING });
    onTestFinished(async () => {
      delete process.env.CRASH;
      await pool.close();
    });
    return pool;
  }

  test("replaces a worker that crashes and does its work again", async () => {
    const marker = join(temporaryFolder(), "crashed");
    const pool = await crashingPool(marker);
    const expected = await (await EVALUATORS.inline()).evaluate(programs, trial);
    expect(await pool.evaluate(programs, trial)).toEqual(expected);
    expect(existsSync(marker)).toBe(true);
    expect(await pool.evaluate(programs, trial)).toEqual(expected);
  });

  test("gives up on work that crashes every worker, naming it", async () => {
    const pool = await crashingPool("always");
    await expect(pool.evaluate([programs[0]], trial)).rejects.toThrow(
      /^A worker crashed 3 times on task "swingup", genomes 0, weights .*, episodes test\/[01]: .*[^.]\. This is a fault/,
    );
  });

  test("refuses an unknown task and a wrong number of threads", async () => {
    await expect(createPool({ name: "swim" })).rejects.toThrow(/^Unknown task "swim"\. Known: swingup/);
    await expect(createPool(SOURCE, { threads: 0 })).rejects.toThrow(
      "Expected threads to be an integer from 1 to 1024, got 0.",
    );
    await expect(createPool(SOURCE, { threads: 1.5 })).rejects.toThrow("got 1.5.");
  });
});
