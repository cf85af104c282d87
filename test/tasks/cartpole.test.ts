/** Cart-pole: the equations, the limits; Gymnasium's own runs are in gymnasium.test.ts. */
import { expect, test } from "vitest";
import { CARTPOLE, type CartpoleState } from "../../src/tasks/environments/cartpole.ts";
import { environmentTask } from "../../src/tasks/environments/task.ts";
import { Episode, playEpisode } from "../../src/tasks/play/episode.ts";
import { createTask } from "../../src/tasks/registry.ts";

const stateOf = ([position, velocity, angle, angularVelocity]: readonly number[]): CartpoleState => ({
  position,
  velocity,
  angle,
  angularVelocity,
});
const numbersOf = ({ position, velocity, angle, angularVelocity }: CartpoleState) => [
  position,
  velocity,
  angle,
  angularVelocity,
];
const labels = Array.from({ length: 500 }, (_, index) => `test/${index}`);

test("starts within 0.05 of rest upright in the middle, all numbers alike", () => {
  const starts = labels.map((label) => numbersOf(new Episode(CARTPOLE, label).state));
  for (const index of [0, 1, 2, 3]) {
    const column = starts.map((start) => start[index]);
    expect(Math.max(...column)).toBeLessThanOrEqual(0.05);
    expect(Math.max(...column)).toBeGreaterThan(0.048);
    expect(Math.min(...column)).toBeGreaterThanOrEqual(-0.05);
    expect(Math.min(...column)).toBeLessThan(-0.048);
  }
  expect(new Set(starts[0]).size).toBe(4);
});

test("moves by explicit Euler, as the equations of Barto, Sutton & Anderson say in double precision", () => {
  for (const action of [0, 1]) {
    const [x, v, theta, w] = [0.3, -0.4, 0.15, 1.5];
    const episode = new Episode(CARTPOLE, stateOf([x, v, theta, w]));
    episode.step(action);
    const [force, m, M, l] = [action === 1 ? 10 : -10, 0.1, 1.1, 0.5];
    const [s, c] = [Math.sin(theta), Math.cos(theta)];
    const alpha = (9.8 * s + (c * (-force - m * l * w * w * s)) / M) / (l * (4 / 3 - (m * c * c) / M));
    const a = (force + m * l * (w * w * s - alpha * c)) / M;
    const expected = [x + 0.02 * v, v + 0.02 * a, theta + 0.02 * w, w + 0.02 * alpha];
    const actual = numbersOf(episode.state);
    expected.forEach((value, index) => {
      expect(actual[index]).toBeCloseTo(value, 6);
    });
    expect([...episode.observation]).toEqual(actual);
  }
});

test.each([
  ["2.4 m to the right", [2.399, 0.06, 0, 0], [2.399, 0.04, 0, 0]],
  ["2.4 m to the left", [-2.399, -0.06, 0, 0], [-2.399, -0.04, 0, 0]],
  ["12 degrees to the right", [0, 0, 0.209, 0.03], [0, 0, 0.209, 0.01]],
  ["12 degrees to the left", [0, 0, -0.209, -0.03], [0, 0, -0.209, -0.01]],
])("ends beyond %s, and the last step gains 1 too", (_, beyond, within) => {
  expect(new Episode(CARTPOLE, stateOf(beyond)).step(0)).toEqual({ reward: 1, terminated: true });
  expect(new Episode(CARTPOLE, stateOf(within)).step(0)).toEqual({ reward: 1, terminated: false });
});

test("is validated on enough episodes that a champion of 500 has them everywhere", () => {
  expect(createTask({ name: "cartpole" }).info.validationEpisodes).toEqual({ screen: 500, confirm: 500 });
  expect(environmentTask(CARTPOLE).info.validationEpisodes).toEqual({ screen: 8, confirm: 32 });
});

test("lasts 500 steps in the hands of its pilot, about ten when pushed one way", () => {
  const { pilot } = CARTPOLE;
  expect(playEpisode(CARTPOLE, "a", (seen) => pilot?.act(seen) ?? 0)).toMatchObject({ score: 500, terminated: false });
  expect(playEpisode(CARTPOLE, "a", () => 1)).toMatchObject({ terminated: true });
  expect(playEpisode(CARTPOLE, "a", () => 1).score).toBeLessThan(15);
});
