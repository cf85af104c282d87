/** Pendulum: start, reward, limits; Gymnasium's own runs are in gymnasium.test.ts. */
import { expect, test } from "vitest";
import { mean } from "../../src/base/stats.ts";
import { PENDULUM, pendulumState } from "../../src/tasks/environments/pendulum.ts";
import { Episode, playEpisode } from "../../src/tasks/play/episode.ts";

const labels = Array.from({ length: 500 }, (_, index) => `test/${index}`);
const from = (angle: number, angularVelocity: number) => new Episode(PENDULUM, pendulumState(angle, angularVelocity));

test("starts anywhere on its circle, with up to 1 rad/s", () => {
  const states = labels.map((label) => new Episode(PENDULUM, label).state);
  for (const [key, limit] of [
    ["angle", Math.PI],
    ["angularVelocity", 1],
  ] as const) {
    const column = states.map((state) => state[key]);
    expect(Math.max(...column)).toBeLessThanOrEqual(Math.fround(limit));
    expect(Math.max(...column)).toBeGreaterThan(0.98 * limit);
    expect(Math.min(...column)).toBeGreaterThanOrEqual(-Math.fround(limit));
    expect(Math.min(...column)).toBeLessThan(-0.98 * limit);
  }
});

test("costs what angle, speed and torque were, whatever the number of turns", () => {
  expect(from(0, 0).step([0])).toEqual({ reward: -0, terminated: false });
  expect(from(0.5, -2).step([1]).reward).toBeCloseTo(-(0.5 ** 2 + 0.1 * 2 ** 2 + 0.001), 6);
  for (const turns of [-5, -1, 1, 5]) {
    expect(from(0.5 + turns * 2 * Math.PI, 0).step([0]).reward).toBeCloseTo(-(0.5 ** 2), 5);
    expect(from(-3 + turns * 2 * Math.PI, 0).step([0]).reward).toBeCloseTo(-(3 ** 2), 4);
  }
});

test("limits torque and speed, and turns on as its score costs", () => {
  expect(from(1, 0).step([100])).toEqual(from(1, 0).step([2]));
  const fast = from(Math.PI / 2, 7.9);
  fast.step([2]);
  expect(fast.state.angularVelocity).toBe(8);
  expect(fast.state.angle).toBeCloseTo(Math.PI / 2 + 0.4, 6);
});

test("its pilot swings up and balances from almost every start; without torque it swings on", () => {
  const meanScore = (policy: (observation: Float32Array) => number | ArrayLike<number>) =>
    mean(labels.slice(0, 50).map((label) => playEpisode(PENDULUM, label, policy).score));
  expect(meanScore((seen) => PENDULUM.pilot?.act(seen) ?? 0)).toBeGreaterThan(-200);
  expect(meanScore(() => [0])).toBeLessThan(-1000);
});
