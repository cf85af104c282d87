/** Swing-up: the environment, the kernel against it, and the paper's champion. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { STANDARD_WEIGHTS } from "../../src/base/scores.ts";
import { mean, summarize } from "../../src/base/stats.ts";
import { readPublishedGenome } from "../../src/formats/published.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { programHeader } from "../../src/network/program.ts";
import { SWINGUP, SWINGUP_ROLLOUT, type SwingupState, swingupState } from "../../src/tasks/environments/swingup.ts";
import { environmentTask } from "../../src/tasks/environments/task.ts";
import { Episode, playEpisode } from "../../src/tasks/play/episode.ts";
import { fixture } from "../fixtures/folder.ts";
import { randomGenome } from "../fixtures/genomes.ts";

const task = environmentTask(SWINGUP, {}, SWINGUP_ROLLOUT);
const plain = environmentTask(SWINGUP);
const labels = (count: number) => Array.from({ length: count }, (_, index) => `test/${index}`);
const from = (...state: Parameters<typeof swingupState>) => new Episode(SWINGUP, swingupState(...state));
const numbers = ({ position, velocity, angle, angularVelocity }: SwingupState) => [
  position,
  velocity,
  angle,
  angularVelocity,
];

test("starts around hanging at rest, with standard deviation 0.2", () => {
  const starts = labels(2000).map((label) => numbers(new Episode(SWINGUP, label).state));
  const expected = [0, 0, Math.PI, 0];
  expected.forEach((center, index) => {
    const { mean: average, std } = summarize(starts.map((start) => start[index]));
    expect(average).toBeCloseTo(center, 1);
    expect(std).toBeCloseTo(0.2, 1);
  });
  expect(new Episode(SWINGUP, "a").state).toEqual(new Episode(SWINGUP, "a").state);
});

test("a pole at rest upright in the middle gains 1 a step, a hanging one 0", () => {
  expect(from(0, 0, 0, 0).step([0])).toEqual({ reward: 1, terminated: false });
  expect(from(0, 0, Math.PI, 0).step([0]).reward).toBeCloseTo(0, 6);
});

test("moves by explicit Euler, as the equations say in double precision", () => {
  const [x, v, angle, w, force] = [0.3, -0.4, 2.5, 1.5, 5];
  const episode = from(x, v, angle, w);
  episode.step([force / 10]);
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  const [m, M, l, g, b] = [0.5, 1, 0.6, 9.82, 0.1];
  const a = (-2 * m * l * w * w * s + 3 * m * g * s * c + 4 * force - 4 * b * v) / (4 * M - 3 * m * c * c);
  const alpha =
    (-3 * m * l * w * w * s * c + 6 * M * g * s + 6 * (force - b * v) * c) / (4 * l * M - 3 * m * l * c * c);
  const expected = [x + v * 0.01, v + a * 0.01, angle + w * 0.01, w + alpha * 0.01];
  const actual = numbers(episode.state);
  expected.forEach((value, index) => {
    expect(actual[index]).toBeCloseTo(value, 5);
  });
});

test("ends when the cart leaves the track, and limits the force", () => {
  const play = (force: number) => playEpisode(SWINGUP, swingupState(0, 0, Math.PI, 0), () => [force]);
  const right = play(1);
  expect(right.steps).toBeLessThan(200);
  expect(right.terminated).toBe(true);
  expect(right.state.position).toBeGreaterThan(2.4);
  expect(play(1e9)).toEqual(right);
});

test("a scripted pilot swings the pole up and keeps it there, from almost every start", () => {
  // Pumps energy into the swing while the pole hangs, then balances it (cart terms with the sign of a balancing hand).
  const pilot = ([x, v, c, s, w]: Float32Array) =>
    c > 0.85 ? [0.1 * x + 0.2 * v - 3 * s - 0.7 * w] : [0.5 * Math.sign(c * w || 1) - 0.3 * x - 0.1 * v];
  const meanScore = (policy: (observation: Float32Array) => number[]) =>
    mean(labels(20).map((label) => playEpisode(SWINGUP, label, policy).score));
  expect(meanScore(pilot)).toBeGreaterThan(700);
  expect(meanScore(() => [0])).toBeLessThan(100);
});

test("refuses one-to-one pairing of unequal counts, individual weights that are not one per connection, other networks", async () => {
  const { program } = compile(randomGenome(7, 10, { inputs: 5, outputs: 1 }));
  const { connectionCount } = programHeader(program);
  const weights = { kind: "shared", values: Float32Array.of(1, 2) } as const;
  const trial = { weights, episodes: labels(3), split: "test", pairing: "each" } as const;
  const kernel = await Kernel.create();
  for (const each of [task, plain]) {
    expect(() => each.score(kernel, [program], trial)).toThrow(
      'Expected as many episodes as weights for pairing "each", got 3 and 2.',
    );
    const short = { kind: "individual", sets: new Float32Array(connectionCount * 3 - 1), count: 3 } as const;
    expect(() => each.score(kernel, [program], { ...trial, weights: short })).toThrow(
      `Expected ${connectionCount * 3} individual weights, one for each of the program's ${connectionCount} connections in ` +
        `each of 3 sets, got ${connectionCount * 3 - 1}: `,
    );
    const other = compile(randomGenome(7, 10, { inputs: 4, outputs: 2 })).program;
    expect(() => each.score(kernel, [other], { ...trial, pairing: "all" })).toThrow(
      'Expected a network of 5 inputs and 1 outputs for task "swingup", got 4 and 2.',
    );
  }
});

test("refuses individual weights that are not one for each connection", async () => {
  const [small, large] = [1, 60].map((steps) => compile(randomGenome(7, steps, { inputs: 5, outputs: 1 })).program);
  const connections = programHeader(small).connectionCount;
  const kernel = await Kernel.create();
  const trial = (length: number, count = 1) =>
    ({
      weights: { kind: "individual", sets: new Float32Array(length), count },
      episodes: labels(count),
      split: "test",
      pairing: "each",
    }) as const;
  expect(task.score(kernel, [small], trial(connections))).toHaveLength(1);
  for (const length of [connections - 1, connections + 1]) {
    expect(() => task.score(kernel, [small], trial(length))).toThrow(
      `Expected ${connections} individual weights, one for each of the program's ${connections} connections, ` +
        `got ${length}: take those of the genes that compile() names, in its order.`,
    );
  }
  expect(() => task.score(kernel, [small], trial(connections, 2))).toThrow(
    `one for each of the program's ${connections} connections in each of 2 sets, got ${connections}: `,
  );
  expect(() => task.score(kernel, [small, large], trial(connections))).toThrow(
    `Expected ${programHeader(large).connectionCount} individual weights`,
  );
});

const published = fixture("wannrelease/swing.out");
test.skipIf(published === undefined)(
  "the paper's champion has 611 over the standard weights, as in the published code",
  async () => {
    const genome = readPublishedGenome(readFileSync(published as string, "utf8"), 5, 1);
    const weights = { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) } as const;
    const trial = { weights, episodes: labels(100), split: "test", pairing: "all" } as const;
    const [{ scores }] = task.score(await Kernel.create(), [compile(genome).program], trial);
    expect(Math.abs(mean(scores) - 611)).toBeLessThan(20);
  },
);
