/** Tries of CMA-ES side by side: the better half stays, one try is CMA-ES alone, states go on bit for bit. */
import { expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { CmaEs, startCma } from "../../src/tuning/cma-es.ts";
import { CMAES } from "../../src/tuning/cma-tuner.ts";
import { Rivals, ROUND, startRivals } from "../../src/tuning/rivals.ts";
import { swingupNetworks } from "../fixtures/swingup-programs.ts";

/** Highest at 0, with a hill about each whole number (Rastrigin's function, upside down). */
const hills = (x: Float32Array) =>
  -x.reduce((sum, value) => sum + 10 + value * value - 10 * Math.cos(2 * Math.PI * value), 0);

const START = Float32Array.of(3.2, -2.7, 4.1);

function begin(tries: number, seed: number | string = 5): Rivals {
  return new Rivals(startRivals(START, { seed, population: 8, sigma: 1.5, tries }));
}

const scoreHills = async (samples: readonly Float32Array[]) => Float64Array.from(samples, hills);

/** Some generations, and the best score of each. */
async function run(rivals: Rivals, generations: number): Promise<number[]> {
  const bests: number[] = [];
  for (let generation = 0; generation < generations; generation++) {
    bests.push((await rivals.step(scoreHills)).line.best);
  }
  return bests;
}

test("16 tries become 8, 4, 2 and 1, at the end of a round each", async () => {
  const rivals = begin(16);
  const counts: [number, number][] = [];
  for (let round = 0; round < 6; round++) {
    await run(rivals, ROUND - 1);
    const before = rivals.count;
    await run(rivals, 1);
    counts.push([before, rivals.count]);
  }
  expect(counts).toEqual([
    [16, 8],
    [8, 4],
    [4, 2],
    [2, 1],
    [1, 1],
    [1, 1],
  ]);
});

test("of an odd number the greater half stays", async () => {
  const rivals = begin(5);
  await run(rivals, ROUND);
  expect(rivals.count).toBe(3);
});

test("those stay whose best scores of the last generations of the round were higher", async () => {
  const rivals = begin(4);
  await run(rivals, ROUND - 10);
  for (let generation = 0; generation < 10; generation++) {
    // From here on only what the second and the fourth try sample is worth anything.
    let asked = 0;
    await rivals.step(async (samples) => new Float64Array(samples.length).fill(asked++ % 2));
  }
  expect(rivals.state.rivals.map(({ cma }) => cma.seed)).toEqual(["5/try/1", "5/try/3"]);
});

test("many tries find a higher hill than one, or the same, on nine of ten seeds", async () => {
  const last = async (tries: number, seed: number) => (await run(begin(tries, seed), 4 * ROUND)).at(-1) as number;
  let better = 0;
  for (let seed = 0; seed < 10; seed++) {
    if ((await last(16, seed)) >= (await last(1, seed))) better++;
  }
  expect(better).toBeGreaterThanOrEqual(9);
});

test("the only try is CMA-ES alone, with the seed itself", async () => {
  const alone = new CmaEs(startCma(START, { seed: 5, population: 8, sigma: 1.5 }));
  const rivals = begin(1);
  for (let generation = 0; generation < ROUND + 3; generation++) {
    const scores = alone.ask().map((sample) => hills(Float32Array.from(sample)));
    alone.tell(scores);
    const { candidates, line } = await rivals.step(scoreHills);
    expect(candidates[0]).toEqual(Float32Array.from(alone.state.mean));
    expect(line).toMatchObject({ best: Math.max(...scores), sigma: alone.state.stepSize, tries: 1 });
  }
  expect(rivals.state.rivals[0].cma).toEqual(alone.state);
});

test("goes on from its state bit for bit, in the middle of a round and at its end", async () => {
  for (const stop of [ROUND - 4, ROUND, ROUND + 3]) {
    const whole = begin(4);
    const first = await run(whole, stop);
    const half = begin(4);
    expect(await run(half, stop)).toEqual(first);
    const again = new Rivals(structuredClone(half.state));
    expect(await run(again, ROUND)).toEqual(await run(whole, ROUND));
    expect(again.state).toEqual(whole.state);
  }
});

test("scores may come in any order, and a generation that fails is taken again", async () => {
  const reference = begin(3);
  const expected = [await reference.step(scoreHills), await reference.step(scoreHills)];
  const rivals = begin(3);
  let asked = 0;
  const late = async (samples: readonly Float32Array[]) => {
    const turns = 30 - 10 * asked++;
    for (let turn = 0; turn < turns; turn++) await undefined;
    return scoreHills(samples);
  };
  expect(await rivals.step(late)).toEqual(expected[0]);
  const before = structuredClone(rivals.state);
  let answered = 0;
  const failing = (samples: readonly Float32Array[]) =>
    answered++ < 2 ? scoreHills(samples) : Promise.reject(new Error("the pool is gone"));
  await expect(rivals.step(failing)).rejects.toThrow("the pool is gone");
  expect(rivals.state).toEqual(before);
  expect(await rivals.step(scoreHills)).toEqual(expected[1]);
});

test("the leader is the try with the best sample", async () => {
  const rivals = begin(3);
  const asked: (readonly Float32Array[])[] = [];
  const { candidates, line } = await rivals.step(async (samples) => {
    asked.push(samples);
    return Float64Array.from(samples, (_, index) => (asked.length === 3 && index === 1 ? 7 : 0));
  });
  expect(candidates[1]).toEqual(asked[2][1]);
  const { mean, stepSize } = rivals.state.rivals[2].cma;
  expect(candidates[0]).toEqual(Float32Array.from(mean));
  expect(line).toEqual({ best: 7, median: 0, sigma: stepSize, tries: 3 });
});

test("a checkpoint of one try, as earlier versions wrote it, is gone on with", async () => {
  const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const network = swingupNetworks(12, "tuner")[11];
  const start = new Float32Array(network.genes.length).fill(1);
  const cma = startCma(start, { seed: 1, sigma: 0.5 });
  expect(CMAES.isState(cma)).toBe(true);
  const tuner = await CMAES.open(
    { evaluator, network, start, seed: 1 },
    { generations: null, population: null, sigma: 0.5, tries: null, episodes: 2 },
    cma,
  );
  const { line } = await tuner.step();
  expect(line).toMatchObject({ tries: 1 });
  expect(tuner.count).toBe(1);
});

test.each([{ generation: 1, rivals: [] }, { generation: 1, rivals: [{ merit: 0 }] }, { rivals: [] }])(
  "%j is no state",
  (json) => {
    expect(CMAES.isState(json)).toBe(false);
  },
);
