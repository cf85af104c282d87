/** Swing-up: the environment, the kernel against it, and the paper's champion. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { STANDARD_WEIGHTS } from "../../src/base/scores.ts";
import { mean, summarize } from "../../src/base/stats.ts";
import { readPublishedGenome } from "../../src/interop/published.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { programHeader } from "../../src/kernel/program.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { playEpisode } from "../../src/tasks/environment.ts";
import { Swingup, swingupStart } from "../../src/tasks/swingup.ts";
import { createSwingup } from "../../src/tasks/swingup-kernel.ts";
import { fixture } from "../fixtures/folder.ts";
import { randomGenome } from "../fixtures/genomes.ts";

const task = createSwingup();
const labels = (count: number) => Array.from({ length: count }, (_, index) => `test/${index}`);

test("starts around hanging at rest, with standard deviation 0.2", () => {
  const starts = labels(2000).map(swingupStart);
  const expected = [0, 0, Math.PI, 0];
  expected.forEach((center, index) => {
    const { mean: average, std } = summarize(starts.map((start) => start[index]));
    expect(average).toBeCloseTo(center, 1);
    expect(std).toBeCloseTo(0.2, 1);
  });
  expect(swingupStart("a")).toEqual(swingupStart("a"));
});

test("a pole at rest upright in the middle gains 1 a step, a hanging one 0", () => {
  const environment = new Swingup();
  environment.reset([0, 0, 0, 0]);
  expect(environment.step([0])).toEqual({ reward: 1, terminated: false });
  environment.reset([0, 0, Math.PI, 0]);
  expect(environment.step([0]).reward).toBeCloseTo(0, 6);
});

test("moves by explicit Euler, as the equations say in double precision", () => {
  const [x, v, angle, w, force] = [0.3, -0.4, 2.5, 1.5, 5];
  const environment = new Swingup();
  environment.reset([x, v, angle, w]);
  environment.step([force / 10]);
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  const [m, M, l, g, b] = [0.5, 1, 0.6, 9.82, 0.1];
  const a = (-2 * m * l * w * w * s + 3 * m * g * s * c + 4 * force - 4 * b * v) / (4 * M - 3 * m * c * c);
  const alpha =
    (-3 * m * l * w * w * s * c + 6 * M * g * s + 6 * (force - b * v) * c) / (4 * l * M - 3 * m * l * c * c);
  const expected = [x + v * 0.01, v + a * 0.01, angle + w * 0.01, w + alpha * 0.01];
  expected.forEach((value, index) => {
    expect(environment.state[index]).toBeCloseTo(value, 5);
  });
});

test("ends when the cart leaves the track, and limits the force", () => {
  const environment = new Swingup();
  const right = playEpisode(environment, [0, 0, Math.PI, 0], () => [1]);
  expect(right.steps).toBeLessThan(200);
  expect(environment.state[0]).toBeGreaterThan(2.4);
  expect(playEpisode(environment, [0, 0, Math.PI, 0], () => [1e9])).toEqual(right);
});

test("a scripted pilot swings the pole up and keeps it there, from almost every start", () => {
  // Pumps energy into the swing while the pole hangs, then balances it (cart terms with the sign of a balancing hand).
  const pilot = ([x, v, c, s, w]: Float32Array) =>
    c > 0.85 ? [0.1 * x + 0.2 * v - 3 * s - 0.7 * w] : [0.5 * Math.sign(c * w || 1) - 0.3 * x - 0.1 * v];
  const meanScore = (policy: (observation: Float32Array) => number[]) =>
    mean(labels(20).map((label) => playEpisode(new Swingup(), swingupStart(label), policy).score));
  expect(meanScore(pilot)).toBeGreaterThan(700);
  expect(meanScore(() => [0])).toBeLessThan(100);
});

test("the kernel plays whole episodes as the plain environment does, bit for bit, lanes that end early included", async () => {
  const kernel = await Kernel.create();
  for (let seed = 0; seed < 12; seed++) {
    const { program } = compile(randomGenome(seed, 6 * seed, { inputs: 5, outputs: 1 }));
    const weights = Float32Array.from([-2, -0.5, 0.5, 1.5]);
    const episodes = labels(1 + (seed % 4));
    const trial = { weights: { kind: "shared", values: weights }, episodes, split: "train", pairing: "all" } as const;
    const { scores, steps } = task.score(kernel, [program], trial);
    const forward = createForward(program);
    const [output] = outputSlots(program);
    let taken = 0;
    const expected = [...weights].flatMap((weight) =>
      episodes.map((label) => {
        const played = playEpisode(new Swingup(), swingupStart(label), (seen) => [forward(seen, weight)[output]]);
        taken += played.steps;
        return played.score;
      }),
    );
    expect([...scores[0]], `seed ${seed}`).toEqual(expected);
    expect(steps).toBe(taken);
  }
});

test("individual weights and one-to-one pairing agree with the plain environment, over more lanes than one call holds", async () => {
  const kernel = await Kernel.create();
  const { program } = compile(randomGenome(7, 60, { inputs: 5, outputs: 1 }));
  const count = 130;
  const connections = programHeader(program).connectionCount;
  const rng = derive("sets");
  const sets = Float32Array.from({ length: count * connections }, () => rng.between(-2, 2));
  const trial = {
    weights: { kind: "individual", sets, count },
    episodes: labels(count),
    split: "test",
    pairing: "each",
  } as const;
  const { scores } = task.score(kernel, [program], trial);
  const forward = createForward(program);
  const [output] = outputSlots(program);
  for (let set = 0; set < count; set += 13) {
    const own = sets.subarray(set * connections, (set + 1) * connections);
    const { score } = playEpisode(new Swingup(), swingupStart(`test/${set}`), (seen) => [forward(seen, own)[output]]);
    expect(scores[0][set]).toBe(score);
  }
});

test("the kernel's constants are those of the plain environment by name, or plain numbers", () => {
  const source = (path: string) => readFileSync(join(import.meta.dirname, "../../src", path), "utf8");
  const named = (path: string, pattern: RegExp) => [...source(path).matchAll(pattern)].map(([, name]) => name);
  const constants = named("kernel/assembly/swingup.ts", /^const (\w+): usize = memory/gm);
  const plain = named("tasks/swingup.ts", /^const (\w+) = /gm);
  expect(constants).toContain("POLE_INERTIA");
  expect(constants.filter((name) => !plain.includes(name))).toEqual(["THREE", "FOUR", "SIX"]);
});

test("refuses one-to-one pairing of unequal counts", async () => {
  const { program } = compile(randomGenome(7, 10, { inputs: 5, outputs: 1 }));
  const weights = { kind: "shared", values: Float32Array.of(1, 2) } as const;
  const trial = { weights, episodes: labels(3), split: "test", pairing: "each" } as const;
  const kernel = await Kernel.create();
  expect(() => task.score(kernel, [program], trial)).toThrow(
    'Expected as many episodes as weights for pairing "each", got 3 and 2.',
  );
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
  expect(task.score(kernel, [small], trial(connections)).scores).toHaveLength(1);
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
    const { scores } = task.score(await Kernel.create(), [compile(genome).program], trial);
    expect(Math.abs(mean(scores[0]) - 611)).toBeLessThan(20);
  },
);
