/**
 * The racer in the kernel against plain TypeScript, bit for bit: any number of lanes, with any encoder, anywhere. Of the built
 * package, whose plain physics is several times faster than that of single files.
 */
import {
  compile,
  derive,
  drawRacetrack,
  type Environment,
  environmentTask,
  groundOf,
  Kernel,
  programHeader,
  RACER,
  RACER_ENCODER,
  type RacerState,
  racerEnvironment,
  racerRollout,
  racerStart,
  type Trial,
} from "precocial";
import { describe, expect, test } from "vitest";
import { randomGenome } from "../fixtures/genomes.ts";

/** Where in a block's rows a car's state begins, and how many of its rows are places, velocities, axes and impulses. */
const [FIRST_ROW, MOVING_ROWS] = [4, 61];
const SHAPE = { inputs: 16, outputs: 3 };
const programOf = (seed: number, steps: number, shape = SHAPE) => compile(randomGenome(seed, steps, shape)).program;
const labels = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}/${index}`);
const shared = (...values: number[]) => ({ kind: "shared", values: Float32Array.from(values) }) as const;
const racer = RACER as unknown as Environment<RacerState>;
const short = (maxSteps: number, changes: Partial<Environment<RacerState>> = {}) => ({
  ...racer,
  maxSteps,
  ...changes,
});

/** Plays a trial in the kernel and in plain TypeScript. */
async function expectSame(
  environment: Environment<RacerState>,
  seeds: number[],
  trial: Trial,
  rollout = racerRollout(),
) {
  const kernel = await Kernel.create();
  const programs = seeds.map((seed) => programOf(seed, 10 * seed, { ...SHAPE, inputs: environment.inputs.length }));
  const [fast, plain] = [environmentTask(environment, {}, rollout), environmentTask(environment)];
  const scores = fast.score(kernel, programs, trial);
  expect(scores).toEqual(plain.score(kernel, programs, trial));
  return scores;
}

describe("plays as plain TypeScript does", () => {
  test("with shared weights and individual ones", async () => {
    const { connectionCount } = programHeader(programOf(2, 20));
    const rng = derive("racer");
    const singles = (length: number) => Float32Array.from({ length }, () => rng.between(-2, 2));
    await expectSame(short(70), [0, 3], {
      ...{ weights: shared(-2, -0.5, 1), episodes: labels("all", 2), split: "train", pairing: "all" },
    });
    await expectSame(short(50), [2], {
      weights: { kind: "individual", sets: singles(3 * connectionCount), count: 3 },
      ...{ episodes: labels("each", 3), split: "train", pairing: "each" },
    });
  });

  test.each([8, 32])("with %i inputs", async (inputs) => {
    const environment = racerEnvironment(RACER_ENCODER, inputs) as unknown as Environment<RacerState>;
    const trial: Trial = { weights: shared(1, -1), episodes: ["a"], split: "train", pairing: "all" };
    await expectSame({ ...environment, maxSteps: 20 }, [1], trial, racerRollout(RACER_ENCODER, inputs));
  });

  test("out of the field, at its edge, and where the hull has turned by more than 120 rad", async () => {
    const rows = drawRacetrack(5);
    const headingOut = (x: number) =>
      groundOf(rows.map((row) => ({ ...row, x: row.x + x - rows[0].x, beta: row.beta - Math.PI / 2 })));
    const grounds = {
      outside: headingOut(334),
      edge: headingOut(325),
      turned: groundOf(rows.map((row) => ({ ...row, beta: row.beta + 50 * Math.PI }))),
    };
    const starts = Object.keys(grounds);
    const start = (_: unknown, kind: string) => racerStart(grounds[kind as keyof typeof grounds]);
    const trial: Trial = { weights: shared(-1.5, 0.5), episodes: ["a", "b", "c"], split: "train", pairing: "all" };
    const [{ scores, steps }] = await expectSame(short(60, { starts, start }), [2], { ...trial, starts });
    expect([scores[0], scores[3]]).toEqual([-100, -100]);
    expect(steps).toBe(2 * (1 + 60 + 60));
  });
});

test("an episode does not depend on those beside it", async () => {
  const kernel = await Kernel.create();
  const task = environmentTask(short(200), {}, racerRollout());
  const program = programOf(7, 40);
  const values = [-2, -1, -0.5, 0.5, 1, 2];
  const episodes = labels("beside", 11);
  // More lanes than are played at once, and more ground than fits into the kernel's memory with theirs.
  const trial: Trial = { weights: shared(...values), episodes, split: "train", pairing: "all" };
  const [{ scores }] = task.score(kernel, [program], trial);
  values.forEach((value, row) => {
    episodes.forEach((episode, column) => {
      if ((row + column) % 4 !== 0) return;
      const [alone] = task.score(kernel, [program], { ...trial, weights: shared(value), episodes: [episode] });
      expect(alone.scores[0]).toBe(scores[row * episodes.length + column]);
    });
  });
});

test("1,000 random episodes stay finite: scores, and whatever moves", async () => {
  const kernel = await Kernel.create();
  let looks = 0;
  // A car whose numbers are none is never out of the field: it is there when its block has been played.
  const { exports } = kernel;
  const racer: typeof exports.racer = (program, values, rows, individual, stride, ...others) => {
    const last = exports.racer(program, values, rows, individual, stride, ...others);
    const moving = new Float32Array(kernel.floats(0).buffer, rows + FIRST_ROW * stride, (MOVING_ROWS * stride) / 4);
    expect(moving.every(Number.isFinite)).toBe(true);
    looks++;
    return last;
  };
  Object.defineProperty(kernel, "exports", { value: { ...exports, racer } });
  const task = environmentTask(short(60), {}, racerRollout());
  let count = 0;
  for (let seed = 0; seed < 20; seed++) {
    const rng = derive("wild", seed);
    const values = Array.from({ length: 10 }, () => rng.between(-20, 20));
    const trial: Trial = { weights: shared(...values), episodes: labels("wild", 5), split: "train", pairing: "all" };
    const [{ scores }] = task.score(kernel, [programOf(seed, 10 * seed)], trial);
    expect(scores.every((score) => Number.isFinite(score) && score > -400 && score < 1000)).toBe(true);
    count += scores.length;
  }
  expect(count).toBe(1000);
  expect(looks).toBeGreaterThanOrEqual(20);
});

test("refuses a track of more tiles than the kernel has room for", () => {
  const rows = drawRacetrack(5);
  const ground = groundOf(rows);
  const state = racerStart({ ...ground, tiles: Array.from({ length: 2049 }, () => ground.tiles[0]) });
  expect(() => racerRollout().hide(state)).toThrow(
    "Expected a track of at most 2048 tiles for the kernel, got 2049: play it in plain TypeScript.",
  );
});
