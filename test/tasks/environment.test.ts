/** Environments of the user's: what is played, with which actions and settings, and where a watcher finds it. */
import { beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { createChooser, outputNames } from "../../src/tasks/actions.ts";
import type { Environment } from "../../src/tasks/environment.ts";
import { environmentDefinition } from "../../src/tasks/environments/definition.ts";
import { environmentInfo, environmentMeasure, environmentTask } from "../../src/tasks/environments/task.ts";
import { Episode, playEpisode } from "../../src/tasks/play/episode.ts";
import { checkEnvironment, completeSettings } from "../../src/tasks/play/settings.ts";
import { WATCH, WATCH_LENGTH } from "../../src/tasks/task.ts";
import { randomGenome } from "../fixtures/genomes.ts";
import { program, trialOf, WALK, type Walk } from "../fixtures/walk.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

test("scores networks as plain TypeScript plays them, discrete actions, more lanes than are played at once", () => {
  const episodes = Array.from({ length: 15 }, (_, index) => `walk/${index}`);
  const weights = [-2, -1, -0.5, 0.5, 1, 2].map(Math.fround);
  for (let seed = 0; seed < 10; seed++) {
    const { program } = compile(randomGenome(seed, 5 * seed, { inputs: 2, outputs: 3 }));
    const [{ scores, steps }] = environmentTask(WALK).score(kernel, [program], trialOf(episodes, ...weights));
    const forward = createForward(program);
    const slots = outputSlots(program);
    const choose = createChooser(WALK.actions);
    const played = weights.flatMap((weight) =>
      episodes.map((label) =>
        playEpisode(WALK, label, (seen) => {
          const values = forward(seen, weight);
          return choose(Array.from(slots, (slot) => values[slot]));
        }),
      ),
    );
    expect([...scores], `seed ${seed}`).toEqual(played.map(({ score }) => score));
    expect(steps).toBe(played.reduce((sum, episode) => sum + episode.steps, 0));
  }
});

test("says of itself what a search needs, with defaults where the environment is silent", () => {
  expect(environmentInfo(WALK)).toMatchObject({
    name: "walk",
    inputs: ["position", "pace"],
    outputs: ["left", "stay", "right"],
    reported: "score",
    tested: "episodes",
  });
  expect(environmentMeasure(WALK)).toEqual({
    name: "score",
    description: "sum of rewards over at most 40 steps",
    unit: "score",
  });
  expect(environmentDefinition({ ...WALK, presets: { episodes: 5 } }).presets.default).toMatchObject({
    population: 192,
    episodes: 5,
  });
});

describe("actions", () => {
  test("are the number of the largest output, the lowest of equals", () => {
    const choose = createChooser({ discrete: 3 });
    expect(
      [
        [0, 0, 0],
        [-1, 2, 2],
        [3, 2, 5],
        [-3, -2, -1],
      ].map((outputs) => choose(outputs)),
    ).toEqual([0, 1, 2, 2]);
    expect(outputNames({ discrete: 3 })).toEqual(["action 0", "action 1", "action 2"]);
    expect(outputNames(WALK.actions)).toEqual(["left", "stay", "right"]);
  });

  test("are each output limited to its range in single precision", () => {
    const choose = createChooser({ names: ["a", "b"], low: [-1, 0], high: 0.1 });
    expect(choose([-2, 0.05])).toEqual(Float32Array.of(-1, 0.05));
    expect(choose([9, -9])).toEqual(Float32Array.of(0.1, 0));
  });
});

describe("settings and starts", () => {
  test("reach every function of the environment", () => {
    const far = new Episode(WALK, "a", { settings: { pace: 0.5 } });
    const start = far.state.position;
    far.step(2);
    expect(far.state.position).toBe(start + 0.5);
    expect(far.observation[1]).toBe(0.5);
    const score = (pace: number) =>
      environmentTask(WALK, { pace }).score(kernel, [program], trialOf(["a"], 1))[0].scores[0];
    expect(score(0.5)).not.toBe(score(0.1));
    expect(new Episode(WALK, "a", { kind: "middle" }).state.position).toBe(0);
  });

  test.each([
    [{ pcae: 1 }, 'Unknown walk setting "pcae". Did you mean "pace"? Known: pace, wrap, ground.'],
    [{ pace: "fast" }, 'Expected setting "pace" of task "walk" to be a finite number, got "fast".'],
    [{ pace: Number.NaN }, 'Expected setting "pace" of task "walk" to be a finite number, got NaN.'],
    [{ wrap: 1 }, 'Expected setting "wrap" of task "walk" to be a boolean, got 1.'],
    [{ ground: 1 }, 'Expected setting "ground" of task "walk" to be a string, got 1.'],
  ])("%j is refused", (settings, message) => {
    expect(() => environmentTask(WALK, settings as never)).toThrow(new UsageError(message));
  });

  test("none are taken by an environment without any, and no unknown start", () => {
    expect(() => completeSettings({ name: "walk" }, { pace: 1 })).toThrow(
      'Expected no settings for task "walk", got "pace".',
    );
    expect(() => new Episode(WALK, "a", { kind: "top" })).toThrow('Unknown walk start "top". Known: anywhere, middle.');
  });
});

describe("an environment that is none is refused", () => {
  const wide = { names: ["speed"], low: -1, high: 1 };
  test.each<[unknown, string]>([
    [undefined, "Expected an environment (an object with name, inputs, actions, ...), got undefined."],
    [{ ...WALK, name: 3 }, "Expected an environment's name to be a word, got 3."],
    [{ ...WALK, inputs: [] }, 'Expected inputs of task "walk" to be a list of different names, got [].'],
    [{ ...WALK, inputs: ["a", "a"] }, 'Expected inputs of task "walk" to be a list of different names, got ["a","a"].'],
    [
      { ...WALK, actions: undefined },
      'Expected actions of task "walk" to be { discrete } or { names, low, high }, got',
    ],
    [
      { ...WALK, actions: { discrete: 1 } },
      'Expected the number of actions of task "walk" to be an integer of at least 2, got 1.',
    ],
    [
      { ...WALK, actions: { ...wide, low: [0, 0] } },
      'Expected low of actions of task "walk" to be a number or 1 numbers',
    ],
    [
      { ...WALK, actions: { ...wide, low: 1 } },
      'Expected a range from low to high for action "speed" of task "walk", got 1 to 1.',
    ],
    [{ ...WALK, maxSteps: 0 }, 'Expected maxSteps of task "walk" to be an integer of at least 1, got 0.'],
    [
      { ...WALK, behaviours: [{ name: "far", description: "how far", unit: "metres", of: () => 1 }] },
      'Expected the behaviours of task "walk" to be a list of { name, description, unit, of }, the unit "score" or "share" and of a function, got {"name":"far","description":"how far","unit":"metres"}.',
    ],
    [{ ...WALK, behaviours: "far" }, 'the unit "score" or "share" and of a function, got "far".'],
    [
      { ...WALK, behaviours: [{ name: "score", description: "again", unit: "score", of: () => 1 }] },
      'Expected the names of the behaviours of task "walk" and of its score to be a list of different names, got ["score","score"].',
    ],
    [{ ...WALK, starts: "top" }, 'Expected starts of task "walk" to be a list of different names, got "top".'],
    [
      { ...WALK, settings: { pace: [1] } },
      'Expected setting "pace" of task "walk" to be a finite number, a string or a boolean, got [1].',
    ],
    [{ ...WALK, step: undefined }, 'Expected step of task "walk" to be a function, got undefined.'],
    [{ ...WALK, observe: 3 }, 'Expected observe of task "walk" to be a function, got 3.'],
  ])("%#", (value, message) => {
    expect(() => checkEnvironment(value)).toThrow(UsageError);
    expect(() => checkEnvironment(value)).toThrow(message);
  });
});

test("a watchman reads part, episode and step while they are played, and a beat that never stands still", () => {
  const watch = new Int32Array(new SharedArrayBuffer(WATCH_LENGTH * 4));
  const seen: number[][] = [];
  const step = (state: Walk) => {
    seen.push([watch[WATCH.beat], watch[WATCH.part], watch[WATCH.episode], watch[WATCH.step]]);
    // Ends after 2 steps in the first episode, 3 in the second.
    state.steps++;
    return { reward: 0, terminated: state.steps === (state.position === 0 ? 2 : 3) };
  };
  let starts = 0;
  const environment = { ...WALK, start: () => ({ position: starts++ % 2, steps: 0 }), step };
  environmentTask(environment).score(kernel, [program, program], trialOf(["a", "b"], 1), watch);
  expect(seen.map(([, ...place]) => place)).toEqual(
    [0, 1].flatMap(() => [
      [2, 0, 1],
      [2, 1, 1],
      [2, 0, 2],
      [2, 1, 2],
      [2, 1, 3],
    ]),
  );
  expect(new Set(seen.map(([beat]) => beat)).size).toBe(seen.length);
});

test("the worked example plays: a state that is the observation, a continuous action, random numbers from the label", () => {
  const walk: Environment<number[], Record<string, never>, Float32Array> = {
    name: "walk",
    inputs: ["position"],
    actions: { names: ["speed"], low: -1, high: 1 },
    maxSteps: 100,
    start: (rng) => [rng.between(-1, 1)],
    step(state, [speed]) {
      state[0] += 0.1 * speed;
      return { reward: -Math.abs(state[0]), terminated: Math.abs(state[0]) > 2 };
    },
  };
  const there = playEpisode(walk, "a", ([position]) => [-position]);
  expect(there.steps).toBe(100);
  expect(Math.abs(there.state[0])).toBeLessThan(0.01);
  expect(playEpisode(walk, "a", ([position]) => [-position]).score).toBe(there.score);
  expect(playEpisode(walk, "b", ([position]) => [-position]).score).not.toBe(there.score);
  expect(playEpisode(walk, [1.95], () => [5])).toMatchObject({ steps: 1, terminated: true });
});
