/** The walker in plain TypeScript against what Box2D computes, to the last bit; its ground against Gymnasium's. */
import { BIPED, BIPED_HARDCORE, bipedStart, createTask, derive, drawTrack, Episode } from "precocial";
import { describe, expect, test } from "vitest";
import {
  actionsOf,
  bodiesOf,
  firstDifference,
  hashOf,
  type Numbers,
  observationOf,
  type Run,
  recorded,
  stepAndSee,
  type Terrain,
  trackOf,
} from "./recordings.ts";

/** An episode of Gymnasium's. */
interface Recording {
  initial_force_x: number;
  terrain_y: number[];
  terrain_polys?: [number, number][][];
  initial_obs: number[];
  initial_bodies: number[][];
  actions: number[][];
  obs: number[][];
  reward: number[];
  terminated: boolean[];
  bodies: number[][][];
}

describe.each([
  ["biped_open_seed0", 0, false],
  ["biped_open_seed1", 1, false],
  ["biped_open_seed2", 2, false],
  ["biped_hard_open_seed0", 0, true],
] as const)("against Gymnasium's %s", (name, seed, isHardcore) => {
  const recording = recorded<Recording>(`gymnasium/${name}.json`);

  test.skipIf(recording === undefined)("draws the same ground and force from the seed", () => {
    const { terrain_y, initial_force_x, terrain_polys = [] } = recording as Recording;
    const { heights, force, polygons } = drawTrack(seed, isHardcore);
    expect(heights).toEqual(terrain_y);
    expect(force).toBe(initial_force_x);
    const singles = polygons.map((corners) => corners.map(({ x, y }) => [Math.fround(x), Math.fround(y)]));
    expect(singles).toEqual(terrain_polys.map((corners) => corners.map((corner) => corner.map(Math.fround))));
  });

  test.skipIf(recording === undefined)("gives every observation, reward, end and body of 300 steps", () => {
    const { initial_obs, initial_bodies, actions, obs, reward, terminated, bodies } = recording as Recording;
    const state = bipedStart(drawTrack(seed, isHardcore));
    expect(firstDifference(observationOf(state), initial_obs)).toBe(-1);
    const differing = (expected: number[][]) =>
      bodiesOf(state).findIndex((numbers, body) => firstDifference(numbers, expected[body]) >= 0);
    expect(differing(initial_bodies)).toBe(-1);
    expect(actions).toHaveLength(300);
    actions.forEach((action, step) => {
      const result = stepAndSee(state, action);
      expect(firstDifference(result.observation, obs[step]), `observation of step ${step}`).toBe(-1);
      expect(differing(bodies[step]), `bodies of step ${step}`).toBe(-1);
      expect(result.reward, `reward of step ${step}`).toBe(reward[step]);
      expect(result.terminated, `end of step ${step}`).toBe(terminated[step]);
    });
  });
});

const runs = recorded<{ terrains: Terrain[]; runs: Run[] }>("walker/walker_runs.json");

test.skipIf(runs === undefined).each(runs?.runs.map(({ id }) => id) ?? [])("gives every hash of run %s", (id) => {
  const run = runs?.runs.find((other) => other.id === id) as Run;
  const terrain = runs?.terrains.find((other) => other.id === run.terrain) as Terrain;
  const state = bipedStart(trackOf(terrain, run.force));
  let end: number | null = null;
  let step = 0;
  for (const action of actionsOf(run)) {
    const { observation, reward, terminated } = stepAndSee(state, action);
    expect(hashOf(observation, reward), `step ${step}`).toBe(run.hashes[step]);
    if (terminated) end ??= step;
    step++;
  }
  expect(step).toBe(run.hashes.length);
  expect(end).toBe(run.firstTerminated);
});

describe.each([
  ["biped", BIPED],
  ["biped-hardcore", BIPED_HARDCORE],
])("%s", (_, environment) => {
  test("takes actions of any size as at most 1, and stays finite past the fall", () => {
    for (let index = 0; index < 3; index++) {
      const rng = derive("fuzz", index);
      const label = `fuzz/${index}`;
      const limited = new Episode(environment, label).state;
      const { state } = new Episode(environment, label);
      for (let step = 0; step < 60; step++) {
        const action = Array.from({ length: 4 }, () => [rng.between(-1, 1), rng.between(-1, 1) * 1e30][rng.integer(2)]);
        if (step % 7 === 0) action[step % 4] = Number.NEGATIVE_INFINITY;
        const { observation, reward } = stepAndSee(state, action);
        const other = stepAndSee(
          limited,
          action.map((value) => Math.min(Math.max(value, -1), 1)),
        );
        expect(observation).toEqual(other.observation);
        expect(reward).toBe(other.reward);
        expect(observation.every(Number.isFinite) && Number.isFinite(reward)).toBe(true);
      }
    }
  });

  test("refuses what is no number", () => {
    const { state } = new Episode(environment, "a");
    expect(() => stepAndSee(state, [0, Number.NaN, 0, 0])).toThrow(
      "Expected four numbers as the action of a walker, got 0, NaN, 0, 0.",
    );
  });

  test("ends at both ends of the track", () => {
    const ends = (x: number): Numbers => {
      const { state } = new Episode(environment, "a");
      for (const body of state.world.bodies) {
        body.cx = Math.fround(body.cx + x);
        body.transform.x = Math.fround(body.transform.x + x);
        body.cy = Math.fround(body.cy + 9);
        body.transform.y = Math.fround(body.transform.y + 9);
      }
      const { reward, terminated } = stepAndSee(state, [0, 0, 0, 0]);
      return [Number(terminated), reward];
    };
    expect(ends(-5)).toEqual([1, -100]);
    expect(ends(84.5)[0]).toBe(1);
    expect(ends(84.5)[1]).toBeGreaterThan(100);
    expect(ends(83.5)[0]).toBe(0);
  });
});

test.each(["biped", "biped-hardcore"])("%s is measured on fewer episodes, since its steps take long", (name) => {
  expect(createTask({ name }).info).toMatchObject({ name, isSlow: true });
});
