/** Ranking, selection, and the ask/tell loop. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scores } from "../../src/base/scores.ts";
import { connectionCount, type Genome } from "../../src/genome/genome.ts";
import { validate } from "../../src/genome/validate.ts";
import { growGenome, growPopulation } from "../../src/search/grow.ts";
import { OBJECTIVES } from "../../src/search/objectives.ts";
import { paretoFronts, rank } from "../../src/search/rankings/nsga2.ts";
import { Search } from "../../src/search/search.ts";
import { settingsWith } from "../fixtures/genomes.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };
const scoreOf = (value: number): Scores => ({ weightCount: 1, episodeCount: 1, values: Float64Array.of(value) });
/** A made-up task: many connections are good, up to a point. */
const scoreGenomes = (genomes: readonly Genome[]) =>
  genomes.map((genome) => scoreOf(-Math.abs(connectionCount(genome) - 20)));

describe("rank", () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 })), {
    minLength: 1,
    maxLength: 40,
  });
  const asObjectives = (list: [number, number][]) => ({
    first: Float64Array.from(list, ([first]) => first),
    second: Float64Array.from(list, ([, second]) => second),
  });

  test("fronts are those of the definition of dominance", () => {
    fc.assert(
      fc.property(points, (list) => {
        const dominates = ([a, b]: [number, number], [c, d]: [number, number]) => a >= c && b >= d && (a > c || b > d);
        let left = list.map((_, index) => index);
        const expected: number[][] = [];
        while (left.length > 0) {
          const front = left.filter((index) => !left.some((other) => dominates(list[other], list[index])));
          expected.push(front);
          left = left.filter((index) => !front.includes(index));
        }
        expect(paretoFronts(asObjectives(list)).map((front) => [...front].sort((a, b) => a - b))).toEqual(expected);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("is a permutation, the same again, for both crowding distances and any numbers", () => {
    const numbers = fc.array(
      fc.tuple(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(numbers, fc.constantFrom("range" as const, "published" as const), (list, crowding) => {
        const order = rank(asObjectives(list), crowding);
        expect([...order].sort((a, b) => a - b)).toEqual(list.map((_, index) => index));
        expect(rank(asObjectives(list), crowding)).toEqual(order);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test("prefers the ends of a front, then the lonely (Deb et al. 2002, III-B)", () => {
    const list: [number, number][] = [
      [0, 10],
      [1, 9],
      [2, 8],
      [6, 4],
      [10, 0],
    ];
    expect([...rank(asObjectives(list), "range")]).toEqual([0, 4, 3, 2, 1]);
  });
});

test("objectives are the mean, fewer connections, and the best weight", () => {
  const scores = { weightCount: 2, episodeCount: 1, values: Float64Array.of(1, 5) };
  const values = Object.entries(OBJECTIVES).map(([name, objective]) => [name, objective(scores, 4)]);
  expect(Object.fromEntries(values)).toEqual({ mean: 3, connections: -4, inverseConnections: 0.25, best: 5 });
  expect(OBJECTIVES.inverseConnections(scores, 0)).toBe(1);
});

describe("search", () => {
  const generationsOf = (search: Search, count: number) => {
    for (let generation = 0; generation < count; generation++) search.tell(scoreGenomes(search.ask()));
    return search;
  };

  test("gets better at a made-up task, and all genomes stay valid", () => {
    const search = generationsOf(new Search(SHAPE, { population: 40 }, 5), 60);
    const genomes = search.ask();
    genomes.forEach(validate);
    expect(genomes.map(connectionCount)).toContain(20);
  });

  test("elites go on unchanged, in order of rank", () => {
    const search = new Search(SHAPE, { population: 10, elites: 0.3 }, 1);
    const genomes = search.ask();
    const { order } = search.tell(scoreGenomes(genomes));
    const next = search.ask();
    for (let place = 0; place < 3; place++) expect(next[place]).toBe(genomes[order[place]]);
    expect(search.families[0]).toBe(order[0]);
  });

  test("only genomes that are not culled get children", () => {
    const search = new Search(SHAPE, { population: 10, cull: 0.5, tournament: 1 }, 1);
    const { order } = search.tell(scoreGenomes(search.ask()));
    const survivors = new Set(order.slice(0, 5));
    for (const parent of search.families) expect(survivors).toContain(parent);
  });

  test("works at the least population, and with every score equal", () => {
    const search = new Search(SHAPE, { population: 2, elites: 0, cull: 0.9 }, 1);
    for (let generation = 0; generation < 5; generation++) search.tell(search.ask().map(() => scoreOf(1)));
    expect(search.ask().length).toBe(2);
  });
});

test("grown genomes are valid and as large as asked", () => {
  const genome = growGenome(SHAPE, settingsWith(), 150, "grow");
  expect(connectionCount(validate(genome))).toBeGreaterThanOrEqual(150);
  const { families } = growPopulation(SHAPE, settingsWith({ population: 5 }), 30, "grow");
  expect(families.length).toBe(5);
});
