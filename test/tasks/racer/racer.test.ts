/** The racer in plain TypeScript against what Box2D computes, to the last bit; its tracks against Gymnasium's. */
import { derive, drawRacetrack, Episode, groundOf, RACER, racerStart, stepRacer } from "precocial";
import { describe, expect, test } from "vitest";
import { recorded } from "../biped/recordings.ts";
import { actionsOf, hashOf, type Run, rowsOf, runs, startOn } from "./recordings.ts";

/** An episode of Gymnasium's. */
interface Recording {
  track: number[][];
  initial: { hull: number[]; wheels: number[][]; joint: number[]; visited: number };
  initial_reward_acc: number;
  actions: number[][];
  reward: number[];
  terminated: boolean[];
  hull: number[][];
  wheels: number[][][];
  joint: number[][];
  omega: number[][];
  gas: number[][];
  phase: number[][];
  ntiles: number[][];
  visited: number[];
  visited_tile_ids_final: number[];
}

const singles = (values: readonly number[]) => values.map(Math.fround);

describe.each(["carracing_pursuit_seed0", "carracing_sched_seed0"])("against Gymnasium's %s", (name) => {
  const recording = recorded<Recording>(`gymnasium/${name}.json`);

  test.skipIf(recording === undefined)("draws the same track from the seed", () => {
    const { track } = recording as Recording;
    const rows = drawRacetrack(0);
    expect(rows).toHaveLength(track.length);
    const difference = (row: number) =>
      Math.max(...Object.values(rows[row]).map((value, index) => Math.abs(value - track[row][index])));
    expect(Math.max(...track.map((_, row) => difference(row)))).toBeLessThan(1e-9);
    expect(groundOf(rows).tiles).toEqual(groundOf(rowsOf(track)).tiles);
  });

  test.skipIf(recording === undefined)("gives every state, reward, tile and end of all steps", () => {
    const all = recording as Recording;
    const state = racerStart(groundOf(rowsOf(all.track)));
    const { car } = state.world;
    const seen = () => ({
      hull: [car.bodies[0].transform.x, car.bodies[0].transform.y, car.bodies[0].a, ...car.bodies[0].velocity],
      wheels: car.bodies.slice(1).map(({ cx, cy, a, velocity }) => [cx, cy, a, ...velocity]),
      joint: car.bodies.slice(1).map(({ a }) => Math.fround(a - car.bodies[0].a)),
    });
    const { hull, wheels, joint, visited } = all.initial;
    expect(seen()).toEqual({ hull: singles(hull), wheels: wheels.map(singles), joint: singles(joint) });
    expect([state.world.visited.size, state.world.total]).toEqual([visited, all.initial_reward_acc]);
    all.actions.forEach(([steer, gas, brake], step) => {
      const result = stepRacer(state, { steer, gas, brake });
      const each = (part: "omega" | "gas" | "phase") => car.wheels.map((wheel) => wheel[part]);
      expect(
        [seen(), each("omega"), each("gas"), each("phase"), car.wheels.map(({ tiles }) => tiles.length), result],
        `step ${step}`,
      ).toEqual([
        { hull: singles(all.hull[step]), wheels: all.wheels[step].map(singles), joint: singles(all.joint[step]) },
        ...[all.omega[step], all.gas[step], all.phase[step], all.ntiles[step]],
        { reward: all.reward[step], terminated: all.terminated[step] },
      ]);
      expect(state.world.visited.size).toBe(all.visited[step]);
    });
    expect([...state.world.visited].sort((a, b) => a - b)).toEqual(all.visited_tile_ids_final);
  });
});

test.skipIf(runs === undefined).each(runs?.runs.map(({ id }) => id) ?? [])("gives every hash of run %s", (id) => {
  const run = runs?.runs.find((other) => other.id === id) as Run;
  const state = startOn(run.track);
  let end: number | null = null;
  let step = 0;
  for (const action of actionsOf(run)) {
    const { reward, terminated } = stepRacer(state, action);
    expect(hashOf(state, reward), `step ${step}`).toBe(run.hashes[step]);
    if (terminated) end ??= step;
    step++;
  }
  expect(step).toBe(run.hashes.length);
  expect(end).toBe(run.firstTerminated);
});

test.skipIf(runs === undefined)("draws every recorded track from its seed", () => {
  for (const { seed, rows } of runs?.tracks ?? []) {
    expect(groundOf(drawRacetrack(seed)).tiles).toEqual(groundOf(rowsOf(rows)).tiles);
  }
});

test("drives as the outputs say: half throttle at 0, each limited to its range", () => {
  const limited = new Episode(RACER, "a");
  const given = new Episode(RACER, "a");
  const state = new Episode(RACER, "a").state;
  for (let step = 0; step < 30; step++) {
    const steer = Math.fround(Math.sin(step));
    limited.step([steer, 0, 0.25]);
    given.step([steer, 0, 0.25]);
    stepRacer(state, { steer, gas: 0.5, brake: 0.25 });
  }
  expect(limited.state.world.car).toEqual(state.world.car);
  limited.step([1, 1, 0]);
  given.step([7, 30, -2]);
  expect(given.state.world.car).toEqual(limited.state.world.car);
});

test("stays finite whatever is done, also out of the field, and sees its outside as road", () => {
  for (let index = 0; index < 2; index++) {
    const rng = derive("fuzz", index);
    const episode = new Episode(RACER, `fuzz/${index}`);
    const { bodies } = episode.state.world.car;
    // Near the edge, and off it soon.
    for (const body of bodies) {
      body.cx = Math.fround(body.cx + 100);
      body.transform.x = Math.fround(body.transform.x + 100);
    }
    for (let step = 0; step < 60; step++) {
      const action = Array.from({ length: 3 }, () => rng.between(-1, 1) * 10 ** rng.integer(30));
      const { reward } = episode.step(action);
      expect(episode.observation.every(Number.isFinite) && Number.isFinite(reward)).toBe(true);
    }
    for (const body of bodies) body.cx = Math.fround(body.cx + 1000);
    expect(episode.step([0, -1, 0])).toEqual({ reward: -100, terminated: true });
    expect(episode.state.picture.every((value) => value === 255)).toBe(true);
  }
});

test("ends when every tile has been touched", () => {
  const { state, step } = { state: new Episode(RACER, "a").state, step: { steer: 0, gas: 0, brake: 0 } };
  const { visited, road } = state.world;
  road.tiles.forEach((_, tile) => {
    visited.add(tile);
  });
  expect(stepRacer(state, step).terminated).toBe(true);
  visited.delete(road.tiles.length >> 1);
  expect(stepRacer(state, step).terminated).toBe(false);
});

test("refuses what is no number", () => {
  const { state } = new Episode(RACER, "a");
  expect(() => stepRacer(state, { steer: 0, gas: Number.NaN, brake: 0 })).toThrow(
    "Expected three numbers as the action of a racer, got 0, NaN, 0.",
  );
});
