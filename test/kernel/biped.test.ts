/**
 * The walker in the kernel against plain TypeScript, bit for bit: any number of lanes, on any ground. Of the built package,
 * whose plain physics is several times faster than that of single files.
 */
import {
  BIPED,
  BIPED_HARDCORE,
  BIPED_ROLLOUT,
  type BipedState,
  bipedStart,
  compile,
  derive,
  drawTrack,
  type Environment,
  environmentTask,
  Kernel,
  programHeader,
  type Track,
  type Trial,
} from "precocial";
import { describe, expect, test } from "vitest";
import { randomGenome } from "../fixtures/genomes.ts";
import { recorded, type Terrain, trackOf } from "../tasks/biped/recordings.ts";

const SHAPE = { inputs: 24, outputs: 4 };
const programOf = (seed: number, steps: number) => compile(randomGenome(seed, steps, SHAPE)).program;
const labels = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}/${index}`);
const shared = (...values: number[]) => ({ kind: "shared", values: Float32Array.from(values) }) as const;

const CASES: [string, Environment<BipedState>][] = [
  ["biped", BIPED as unknown as Environment<BipedState>],
  ["biped-hardcore", BIPED_HARDCORE as unknown as Environment<BipedState>],
];

describe.each(CASES)("%s", (_, environment) => {
  const task = environmentTask(environment, {}, BIPED_ROLLOUT);
  const plain = environmentTask(environment);

  test("plays as plain TypeScript does, with shared weights and individual ones", async () => {
    const kernel = await Kernel.create();
    for (let seed = 0; seed < 2; seed++) {
      const program = programOf(seed, 15 * seed + 5);
      const { connectionCount } = programHeader(program);
      const rng = derive("walker", seed);
      const singles = (length: number) => Float32Array.from({ length }, () => rng.between(-2, 2));
      const count = 1 + 3 * seed;
      const trials: Trial[] = [
        { weights: shared(...singles(count)), episodes: labels("all", 2), split: "train", pairing: "all" },
        {
          weights: { kind: "individual", sets: singles(count * connectionCount), count },
          ...{ episodes: labels("each", count), split: "train", pairing: "each" },
        },
      ];
      for (const trial of trials) {
        expect(task.score(kernel, [program], trial)).toEqual(plain.score(kernel, [program], trial));
      }
    }
  });

  test("an episode does not depend on those beside it", async () => {
    const kernel = await Kernel.create();
    const program = programOf(7, 40);
    const values = [-2, -1, -0.5, 0.5, 1, 2];
    const episodes = labels("beside", 12);
    // More lanes than are played at once.
    const trial: Trial = { weights: shared(...values), episodes, split: "train", pairing: "all" };
    const [{ scores, steps }] = task.score(kernel, [program], trial);
    let taken = 0;
    values.forEach((value, row) => {
      episodes.forEach((episode, column) => {
        const [alone] = task.score(kernel, [program], { ...trial, weights: shared(value), episodes: [episode] });
        expect(alone.scores[0]).toBe(scores[row * episodes.length + column]);
        taken += alone.steps;
      });
    });
    expect(steps).toBe(taken);
  });
});

/** An environment whose episodes all begin on one track. */
function on(track: Track): Environment<BipedState> {
  return { ...(BIPED as unknown as Environment<BipedState>), maxSteps: 100, start: () => bipedStart(track) };
}

const terrains = recorded<{ terrains: Terrain[] }>("walker/walker_runs.json")?.terrains ?? [];

test.skipIf(terrains.length === 0).each(terrains.map(({ id }) => id))(
  "plays as plain TypeScript does on ground %s",
  async (id) => {
    const kernel = await Kernel.create();
    const environment = on(trackOf(terrains.find((terrain) => terrain.id === id) as Terrain, 2));
    const trial: Trial = { weights: shared(-1.5, -0.7, 0.7, 1.5), episodes: ["a"], split: "train", pairing: "all" };
    const programs = [11, 12].map((seed) => programOf(seed, 30));
    const plain = environmentTask(environment).score(kernel, programs, trial);
    expect(environmentTask(environment, {}, BIPED_ROLLOUT).score(kernel, programs, trial)).toEqual(plain);
  },
);

test("1,000 random episodes have finite scores", async () => {
  const kernel = await Kernel.create();
  let count = 0;
  for (let seed = 0; seed < 10; seed++) {
    const environment = seed % 2 === 0 ? BIPED : BIPED_HARDCORE;
    const rng = derive("wild", seed);
    const values = Array.from({ length: 10 }, () => rng.between(-20, 20));
    const trial: Trial = { weights: shared(...values), episodes: labels("wild", 10), split: "train", pairing: "all" };
    const short = { ...environment, maxSteps: 100 };
    const [{ scores }] = environmentTask(short, {}, BIPED_ROLLOUT).score(kernel, [programOf(seed, 15 * seed)], trial);
    expect(scores.every((score) => Number.isFinite(score) && score > -400 && score < 400)).toBe(true);
    count += scores.length;
  }
  expect(count).toBe(1000);
});

test("refuses a track with more polygons than the kernel has room for", () => {
  const track = drawTrack(3, true);
  const polygons = Array.from({ length: 49 }, () => track.polygons[0]);
  const state = bipedStart({ ...track, polygons });
  expect(() => BIPED_ROLLOUT.hide(state)).toThrow(
    "Expected a track of at most 48 polygons for the kernel, got 49: play it in plain TypeScript.",
  );
});
