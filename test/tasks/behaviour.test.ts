/** What networks do besides what they score: measures of a task that are told from replays. */
import { beforeAll, describe, expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { scoreConditions } from "../../src/measure/conditions.ts";
import { compile } from "../../src/network/compile.ts";
import type { Environment, Replay } from "../../src/tasks/environment.ts";
import { SWINGUP, SWINGUP_ROLLOUT, swingupState } from "../../src/tasks/environments/swingup.ts";
import { environmentTask } from "../../src/tasks/environments/task.ts";
import { Episode } from "../../src/tasks/play/episode.ts";
import { randomGenome } from "../fixtures/genomes.ts";
import { program, trialOf, WALK, type Walk } from "../fixtures/walk.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

/** What swing-up tells of an episode that a policy plays. */
function told(start: string | ReturnType<typeof swingupState>, act: (seen: Float32Array) => number[]) {
  const episode = new Episode(SWINGUP, start);
  const replay = { steps: 0, observations: [] as Float32Array[], rewards: [] as number[] };
  while (!episode.ended) {
    replay.rewards.push(episode.step(act(episode.observation)).reward);
    replay.observations.push(episode.observation.slice());
    replay.steps++;
  }
  return Object.fromEntries((SWINGUP.behaviours ?? []).map(({ name, of }) => [name, of(replay)]));
}

describe("of swing-up", () => {
  test("a pilot balances and is upright most of the time, after less than two turns", () => {
    const { turns, upright, balances } = told("test/1", (seen) => SWINGUP.pilot?.act(seen) as number[]);
    expect(balances).toBe(1);
    expect(upright).toBeGreaterThan(0.7);
    expect(turns).toBeLessThan(2);
  });

  test("a pole that whirls turns often and does not balance", () => {
    const { turns, upright, balances } = told(swingupState(0, 2.1, 0, 14), () => [0]);
    expect(turns).toBeGreaterThan(20);
    expect(upright).toBeLessThan(0.4);
    expect(balances).toBe(0);
  });

  test("one that leaves the track early balances nothing, though it stood", () => {
    const { upright, balances } = told(swingupState(2.3, 2, 0, 0), () => [1]);
    expect(upright).toBeLessThan(0.1);
    expect(balances).toBe(0);
  });

  test("turns are counted in whole angles: a swing from one side to the other is less than one", () => {
    const turns = SWINGUP.behaviours?.find(({ name }) => name === "turns");
    const spin = (speeds: number[]): Replay => ({
      steps: speeds.length,
      observations: speeds.map((speed) => Float32Array.of(0, 0, 0, 0, speed)),
      rewards: [],
    });
    // 628 steps of 0.01 s at 1 rad/s are one turn.
    expect(turns?.of(spin(new Array(1884).fill(1)))).toBeCloseTo(3, 2);
    expect(turns?.of(spin([...new Array(314).fill(1), ...new Array(314).fill(-1)]))).toBeCloseTo(0.5, 2);
  });
});

describe("as measures of a task", () => {
  const environment: Environment<Walk, { pace: number; wrap: boolean; ground: string }, number> = {
    ...WALK,
    behaviours: [
      { name: "length", description: "steps", unit: "score", of: ({ steps }) => steps },
      {
        name: "gain",
        description: "sum of rewards",
        unit: "score",
        of: ({ rewards }) => rewards.reduce((sum, reward) => Math.fround(sum + reward), 0),
      },
      {
        name: "end",
        description: "last position",
        unit: "score",
        of: ({ observations }) => observations.at(-1)?.[0] ?? 9,
      },
    ],
  };

  test("they are told of the episodes that are scored: the same steps, the same rewards", () => {
    const task = environmentTask(environment);
    const trial = { ...trialOf(["a", "b", "c"], -1, 0.5), starts: ["anywhere", "middle", "anywhere"] };
    const [scored] = task.score(kernel, [program], trial);
    const measured = (measure: string) => task.score(kernel, [program], { ...trial, measure })[0];
    expect([...measured("gain").scores]).toEqual([...scored.scores]);
    expect(measured("gain").steps).toBe(scored.steps);
    expect(measured("length").scores.reduce((sum, length) => sum + length, 0)).toBe(scored.steps);
    expect(task.measures.map(({ name }) => name)).toEqual(["score", "length", "gain", "end"]);
  });

  test("individual weights are taken as the kernel takes them", () => {
    const task = environmentTask(environment);
    const { genes } = compile(randomGenome(3, 20, { inputs: 2, outputs: 3 }));
    const sets = Float32Array.from({ length: 2 * genes.length }, (_, index) => Math.sin(index));
    const trial = { ...trialOf(["a", "b"]), weights: { kind: "individual", sets, count: 2 }, pairing: "each" } as const;
    const [gain] = task.score(kernel, [program], { ...trial, measure: "gain" });
    expect([...gain.scores]).toEqual([...task.score(kernel, [program], trial)[0].scores]);
  });

  test("the champion's are measured at its best shared weight, on the task's own starts", async () => {
    const evaluator = await createInlineEvaluator(environmentTask(SWINGUP, {}, SWINGUP_ROLLOUT));
    const network = compile(randomGenome(7, 20, { inputs: 5, outputs: 1 }));
    const { behaviour, bestShared } = await scoreConditions({ evaluator, network, episodes: 4, seed: 1 });
    expect(behaviour?.map(({ name, unit, count }) => [name, unit, count])).toEqual([
      ["turns", "score", 4],
      ["upright", "share", 4],
      ["balances", "share", 4],
    ]);
    const episodes = Array.from({ length: 4 }, (_, episode) => `1/test/best-shared/${episode}`);
    const trial = { ...trialOf(episodes, bestShared.weight), measure: "turns" };
    const [{ scores }] = (await evaluator.evaluate([network.program], trial)).scores.map(({ values }) => ({
      scores: values,
    }));
    expect(behaviour?.[0].mean).toBe(scores.reduce((sum, turns) => sum + turns, 0) / 4);
  });
});
