/** Islands: each ranks and breeds by itself, migrants go round, and all together are one generation. */
import { describe, expect, test } from "vitest";
import type { SearchChanges } from "../../src/search/config.ts";
import { islandsOf } from "../../src/search/islands.ts";
import { RANKINGS } from "../../src/search/rankings/index.ts";
import { Search } from "../../src/search/search.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };
const SETTINGS: SearchChanges = { population: 31, islands: 3, migration: 4, migrants: 2, elites: 0.2 };
const ISLANDS = [
  [0, 10],
  [10, 20],
  [20, 31],
];

/** Takes a search so many generations further; gives the ranking of the last. */
function run(search: Search, generations: number) {
  let ranked: ReturnType<Search["tell"]> | undefined;
  for (let generation = 0; generation < generations; generation++) ranked = search.tell(search.ask().map(madeUpScores));
  return ranked;
}

const islandOf = (place: number) => ISLANDS.findIndex(([start, end]) => place >= start && place < end);

test("are ranges of like size that cover the population", () => {
  expect(islandsOf(31, 3)).toEqual(ISLANDS.map(([first, end]) => ({ first, count: end - first })));
  expect(islandsOf(6, 3).map(({ count }) => count)).toEqual([2, 2, 2]);
});

test("too many for the population are refused before anything begins", () => {
  expect(() => new Search(SHAPE, { population: 5, islands: 3 })).toThrow(
    "Expected a population of at least 6, 2 for each of 3 islands, got 5: take fewer islands or more genomes.",
  );
});

describe.each(Object.keys(RANKINGS))("with the ranking %s", (select) => {
  const settings = { ...SETTINGS, select, newcomers: 1 };

  test("parents are of the same island, but for migrants, which come from the one before", () => {
    const search = new Search(SHAPE, settings, 3);
    for (let generation = 1; generation <= 9; generation++) {
      const genomes = search.ask();
      const { order } = search.tell(genomes.map(madeUpScores));
      const next = search.state;
      const foreign: number[] = [];
      search.families.forEach((family, place) => {
        if (family < 31 && islandOf(family) !== islandOf(place)) foreign.push(place);
      });
      // Two elites, then the migrants.
      expect(foreign).toEqual(generation % 4 === 0 ? [2, 3, 12, 13, 22, 23] : []);
      for (const place of foreign) {
        const from = (islandOf(place) + 2) % 3;
        const best = [...order].filter((other) => islandOf(other) === from);
        expect(search.families[place]).toBe(best[place - ISLANDS[islandOf(place)][0] - 2]);
      }
      expect(next.families).toHaveLength(31);
    }
  });

  test("elites of each island stand first on it, in order of its ranking", () => {
    const search = new Search(SHAPE, settings, 3);
    const genomes = search.ask();
    const { order } = search.tell(genomes.map(madeUpScores));
    const next = search.ask();
    for (const [island, [start]] of ISLANDS.entries()) {
      const best = [...order].filter((place) => islandOf(place) === island);
      expect([next[start], next[start + 1]]).toEqual([genomes[best[0]], genomes[best[1]]]);
    }
  });

  test("the record is one order of all, the best of each island first, and objectives in order of places", () => {
    const search = new Search(SHAPE, settings, 3);
    const scores = search.ask().map(madeUpScores);
    const { order, objectives } = search.tell(scores);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, place) => place));
    expect([...order.subarray(0, 6)].map(islandOf)).toEqual([0, 1, 2, 0, 1, 2]);
    scores.forEach(({ values }, place) => {
      expect(objectives.first[place]).toBe(values.reduce((sum, value) => sum + value, 0) / values.length);
    });
    expect(objectives.second).toHaveLength(31);
  });

  test("a search goes on from its state as if it had not stopped, whenever that was", () => {
    const whole = new Search(SHAPE, settings, 3);
    run(whole, 12);
    for (const stop of [3, 4, 5]) {
      const half = new Search(SHAPE, settings, 3);
      run(half, stop);
      const resumed = Search.from(structuredClone(half.state));
      run(resumed, 12 - stop);
      expect(resumed.state).toEqual(whole.state);
    }
  });
});

test("one island is no island: migration has no effect", () => {
  const plain = new Search(SHAPE, { population: 12 }, 1);
  const one = new Search(SHAPE, { population: 12, islands: 1, migration: 1, migrants: 5 }, 1);
  run(plain, 6);
  run(one, 6);
  expect(one.state.genomes).toEqual(plain.state.genomes);
});

test("more migrants than there is room for fill an island beside its elites", () => {
  const search = new Search(SHAPE, { population: 8, islands: 2, migration: 1, migrants: 100, elites: 0.25 }, 1);
  run(search, 1);
  expect([...search.families].map((family) => Math.floor(family / 4))).toEqual([0, 1, 1, 1, 1, 0, 0, 0]);
});
