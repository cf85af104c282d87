/** Acrobot: start, equations, limits, end; Gymnasium's own runs are in gymnasium.test.ts. */
import { expect, test } from "vitest";
import { mean } from "../../src/base/stats.ts";
import { ACROBOT, type AcrobotState } from "../../src/tasks/environments/acrobot.ts";
import { Episode, playEpisode } from "../../src/tasks/play/episode.ts";

const labels = Array.from({ length: 500 }, (_, index) => `test/${index}`);
const from = (...numbers: [number, number, number, number]) => {
  const [upper, lower, upperVelocity, lowerVelocity] = numbers.map(Math.fround);
  return new Episode(ACROBOT, { upper, lower, upperVelocity, lowerVelocity });
};
const numbersOf = ({ upper, lower, upperVelocity, lowerVelocity }: AcrobotState) => [
  upper,
  lower,
  upperVelocity,
  lowerVelocity,
];
/** Energy in J: kinetic with the mass matrix of two rods of inertia 1, potential of their centres. */
const energyOf = ({ upper, lower, upperVelocity: v, lowerVelocity: w }: AcrobotState) => {
  const c = Math.cos(lower);
  const kinetic = 0.5 * (3.5 + c) * v * v + (1.25 + 0.5 * c) * v * w + 0.5 * 1.25 * w * w;
  return kinetic - 9.8 * (1.5 * Math.cos(upper) + 0.5 * Math.cos(upper + lower));
};

test("starts within 0.1 of hanging at rest, all numbers alike", () => {
  const starts = labels.map((label) => numbersOf(new Episode(ACROBOT, label).state));
  for (const index of [0, 1, 2, 3]) {
    const column = starts.map((start) => start[index]);
    expect(Math.max(...column)).toBeLessThanOrEqual(Math.fround(0.1));
    expect(Math.max(...column)).toBeGreaterThan(0.098);
    expect(Math.min(...column)).toBeGreaterThanOrEqual(-Math.fround(0.1));
    expect(Math.min(...column)).toBeLessThan(-0.098);
  }
});

test("keeps its energy without torque, and a torque that follows the joint adds to it", () => {
  const free = from(1, -0.5, 0, 0);
  const before = energyOf(free.state);
  for (let step = 0; step < 20; step++) free.step(1);
  // Runge-Kutta with steps of 0.2 s loses a little.
  expect(Math.abs(energyOf(free.state) - before)).toBeLessThan(0.05);
  const driven = from(1, -0.5, 0, 0);
  for (let step = 0; step < 20; step++) driven.step(driven.state.lowerVelocity < 0 ? 0 : 2);
  expect(energyOf(driven.state)).toBeGreaterThan(before + 3);
});

test("limits both speeds, and keeps angles within a turn", () => {
  const spun = from(3.1, -3.1, 12.5, -28.2);
  for (let step = 0; step < 50; step++) {
    spun.step(0);
    const { upper, lower, upperVelocity, lowerVelocity } = spun.state;
    expect(Math.abs(upper)).toBeLessThan(Math.PI + 1e-5);
    expect(Math.abs(lower)).toBeLessThan(Math.PI + 1e-5);
    expect(Math.abs(upperVelocity)).toBeLessThanOrEqual(Math.fround(4 * Math.PI));
    expect(Math.abs(lowerVelocity)).toBeLessThanOrEqual(Math.fround(9 * Math.PI));
  }
});

test("ends when the tip is more than a link above the upper joint, and gains 0 for that step", () => {
  expect(from(Math.PI, 0, 0, 0).step(1)).toEqual({ reward: 0, terminated: true });
  // The upper link up, the lower one a little below level.
  expect(from(Math.PI, Math.PI / 2 + 0.1, 0, 0).step(1)).toEqual({ reward: -1, terminated: false });
  expect(from(0, 0, 0, 0).step(2)).toEqual({ reward: -1, terminated: false });
});

test("its pilot swings it up; no torque never does", () => {
  const meanScore = (policy: (observation: Float32Array) => number) =>
    mean(labels.slice(0, 20).map((label) => playEpisode(ACROBOT, label, policy).score));
  expect(meanScore((seen) => ACROBOT.pilot?.act(seen) as number)).toBeGreaterThan(-120);
  expect(meanScore(() => 1)).toBe(-500);
});
