/** Mountain car: start, limits, reward; Gymnasium's own runs are in gymnasium.test.ts. */
import { expect, test } from "vitest";
import { mean } from "../../src/base/stats.ts";
import { MOUNTAIN_CAR } from "../../src/tasks/environments/mountain-car.ts";
import { Episode, playEpisode } from "../../src/tasks/play/episode.ts";

const labels = Array.from({ length: 200 }, (_, index) => `test/${index}`);
const from = (position: number, velocity: number) =>
  new Episode(MOUNTAIN_CAR, { position: Math.fround(position), velocity: Math.fround(velocity) });

test("starts at rest near the bottom", () => {
  const states = labels.map((label) => new Episode(MOUNTAIN_CAR, label).state);
  const positions = states.map(({ position }) => position);
  expect(Math.min(...positions)).toBeGreaterThanOrEqual(Math.fround(-0.6));
  expect(Math.min(...positions)).toBeLessThan(-0.597);
  expect(Math.max(...positions)).toBeLessThanOrEqual(Math.fround(-0.4));
  expect(Math.max(...positions)).toBeGreaterThan(-0.403);
  expect(states.every(({ velocity }) => velocity === 0)).toBe(true);
});

test("the left end stops it, the right one holds it, and it is never faster than 0.07", () => {
  const left = from(-1.19, -0.05);
  left.step([0]);
  expect(left.state).toEqual({ position: Math.fround(-1.2), velocity: 0 });
  const right = from(0.58, 0.07);
  right.step([1]);
  expect(right.state).toEqual({ position: Math.fround(0.6), velocity: Math.fround(0.07) });
  const falling = from(-0.9, 0.0695);
  falling.step([1]);
  expect(falling.state.velocity).toBe(Math.fround(0.07));
});

test("the flag gains 100 and ends it, to be reached forwards only; every push is paid for", () => {
  expect(from(0.44, 0.03).step([0])).toEqual({ reward: 100, terminated: true });
  expect(from(0.44, 0.03).step([0.5]).reward).toBeCloseTo(100 - 0.025, 4);
  expect(from(0.55, -0.03).step([0])).toEqual({ reward: 0, terminated: false });
  expect(from(-0.5, 0).step([-0.5]).reward).toBeCloseTo(-0.025, 7);
  expect(from(-0.5, 0).step([7])).toEqual(from(-0.5, 0).step([1]));
});

test("to do nothing gains 0, to push one way loses all 99.9, and to push the way it goes gains 88 or more", () => {
  const meanScore = (policy: (observation: Float32Array) => number | ArrayLike<number>) =>
    mean(labels.slice(0, 50).map((label) => playEpisode(MOUNTAIN_CAR, label, policy).score));
  expect(meanScore(() => [0])).toBe(0);
  expect(meanScore(() => [1])).toBeCloseTo(-99.9, 2);
  expect(meanScore((seen) => MOUNTAIN_CAR.pilot?.act(seen) ?? 0)).toBeGreaterThan(88);
});
