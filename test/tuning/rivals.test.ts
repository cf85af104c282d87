/** Tries of CMA-ES side by side: the better half stays, one try is CMA-ES alone, states go on bit for bit. */
import { expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { CmaEs, startCma } from "../../src/tuning/cma-es.ts";
import { CMAES } from "../../src/tuning/cma-tuner.ts";
import { Rivals, type RivalsState, ROUND, startRivals } from "../../src/tuning/rivals.ts";
import { swingupNetworks } from "../fixtures/swingup-programs.ts";

/** Highest at 0, with a hill about each whole number (Rastrigin's function, upside down). */
const hills = (x: Float32Array) =>
  -x.reduce((sum, value) => sum + 10 + value * value - 10 * Math.cos(2 * Math.PI * value), 0);

const START = Float32Array.of(3.2, -2.7, 4.1);

function begin(tries: number, seed: number | string = 5): Rivals {
  return new Rivals(startRivals(START, { seed, population: 8, sigma: 1.5, tries }));
}

/** Some generations, and the best score of each. */
function run(rivals: Rivals, generations: number, score = hills): number[] {
  return Array.from({ length: generations }, () => rivals.tell(Float64Array.from(rivals.ask(), score)).line.best);
}

test("16 tries become 8, 4, 2 and 1, at the end of a round each", () => {
  const rivals = begin(16);
  const counts = Array.from({ length: 6 }, () => {
    run(rivals, ROUND - 1);
    const before = rivals.count;
    run(rivals, 1);
    return [before, rivals.count];
  });
  expect(counts).toEqual([
    [16, 8],
    [8, 4],
    [4, 2],
    [2, 1],
    [1, 1],
    [1, 1],
  ]);
});

test("of an odd number the greater half stays", () => {
  const rivals = begin(5);
  run(rivals, ROUND);
  expect(rivals.count).toBe(3);
});

test("those stay whose best scores of the last generations of the round were higher", () => {
  const rivals = begin(4);
  run(rivals, ROUND - 10);
  // From here on only what the second and the fourth try sample is worth anything.
  for (let generation = 0; generation < 10; generation++) {
    const scores = Float64Array.from(rivals.ask(), (_, index) => (Math.floor(index / 8) % 2 === 1 ? 1 : 0));
    rivals.tell(scores);
  }
  expect(rivals.state.rivals.map(({ cma }) => cma.seed)).toEqual(["5/try/1", "5/try/3"]);
});

test("many tries find a higher hill than one, on nine of ten seeds", () => {
  const last = (tries: number, seed: number) => run(begin(tries, seed), 6 * ROUND).at(-1) as number;
  const better = Array.from({ length: 10 }, (_, seed) => last(16, seed) >= last(1, seed));
  expect(better.filter(Boolean).length).toBeGreaterThanOrEqual(9);
});

test("the only try is CMA-ES alone, with the seed itself", () => {
  const alone = new CmaEs(startCma(START, { seed: 5, population: 8, sigma: 1.5 }));
  const rivals = begin(1);
  for (let generation = 0; generation < ROUND + 3; generation++) {
    const scores = alone.ask().map((sample) => hills(Float32Array.from(sample)));
    alone.tell(scores);
    const { candidates, line } = rivals.tell(Float64Array.from(rivals.ask(), hills));
    expect(candidates[0]).toEqual(Float32Array.from(alone.state.mean));
    expect(line).toMatchObject({ best: Math.max(...scores), sigma: alone.state.stepSize, tries: 1 });
  }
  expect(rivals.state.rivals[0].cma).toEqual(alone.state);
});

test("goes on from its state bit for bit, in the middle of a round and at its end", () => {
  for (const stop of [ROUND - 4, ROUND, ROUND + 3]) {
    const whole = begin(4);
    const first = run(whole, stop);
    const half = begin(4);
    expect(run(half, stop)).toEqual(first);
    const again = new Rivals(structuredClone(half.state));
    expect(run(again, ROUND)).toEqual(run(whole, ROUND));
    expect(again.state).toEqual(whole.state);
  }
});

test("the leader is the try with the best sample", () => {
  const rivals = begin(3);
  const samples = rivals.ask();
  const scores = new Float64Array(samples.length);
  scores[17] = 7;
  const { candidates, line } = rivals.tell(scores);
  expect(candidates[1]).toEqual(samples[17]);
  expect(candidates[0]).toEqual(Float32Array.from(rivals.state.rivals[2].cma.mean));
  expect(line).toEqual({ best: 7, median: 0, sigma: rivals.state.rivals[2].cma.stepSize, tries: 3 });
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
    cma as unknown as RivalsState,
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
