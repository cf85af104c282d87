/** Rankings beside the paper's: whom epsilon-lexicase selection draws, what age counts for, who comes new. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import type { Scores } from "../../src/base/scores.ts";
import { Innovations } from "../../src/genome/innovation.ts";
import { validate } from "../../src/genome/validate.ts";
import type { SearchChanges } from "../../src/search/config.ts";
import { genomesOf } from "../../src/search/lineage.ts";
import { RANKINGS } from "../../src/search/rankings/index.ts";
import { lexicaseSelection } from "../../src/search/rankings/lexicase.ts";
import type { ScoredGeneration } from "../../src/search/rankings/ranking.ts";
import { Search } from "../../src/search/search.ts";
import { oneHidden, settingsWith } from "../fixtures/genomes.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };

const scoresOf = (...rows: number[][]): Scores[] =>
  rows.map((row) => ({ weightCount: row.length, episodeCount: 1, values: Float64Array.from(row) }));

/** How often each genome is drawn. */
function drawn(scores: readonly Scores[], draws: number): number[] {
  const draw = lexicaseSelection(scores);
  const counts = scores.map(() => 0);
  for (let index = 0; index < draws; index++) counts[draw(derive("lexicase", index))]++;
  return counts;
}

const run = (search: Search, generations: number): Search => {
  for (let generation = 0; generation < generations; generation++) search.tell(search.ask().map(madeUpScores));
  return search;
};

const scored = (changes: Partial<ScoredGeneration>): ScoredGeneration => ({
  generation: 0,
  genomes: [],
  scores: [],
  connectionCounts: new Int32Array(8),
  ages: new Int32Array(8),
  geneticAges: new Int32Array(8),
  rng: (purpose) => derive("rankings", purpose),
  ...changes,
});

describe("epsilon-lexicase selection", () => {
  // Deviations from the medians (5; 5): 5 5 0 0 0, whose median is 0: only the best of a case is near it.
  const specialists = scoresOf([10, 0], [0, 10], [5, 5], [5, 5], [5, 5]);

  test("draws who is best at a case, however bad at others, and never one that is best at none", () => {
    const [first, second, ...others] = drawn(specialists, 400);
    expect(first + second).toBe(400);
    expect(Math.min(first, second)).toBeGreaterThan(150);
    expect(others).toEqual([0, 0, 0]);
  });

  test("counts as equal who is within the median absolute deviation of the best, and asks the next case", () => {
    // Case 0: median 4, deviations 6 4 0 4 4, epsilon 4: 10 and 8 are near the best. Case 1: epsilon 0.
    const counts = drawn(scoresOf([10, 0], [8, 1], [4, 0], [0, 0], [0, 0]), 200);
    expect(counts).toEqual([0, 200, 0, 0, 0]);
  });

  test("asks who is near the best among those that are left, not of all (semi-dynamic)", () => {
    // Begun with case 0 only 0 and 1 are left, and 2, the best of all at case 1, counts no more: 1 is drawn. Begun with
    // case 1 it is 2.
    const counts = drawn(scoresOf([10, 1], [10, 2], [0, 9], [0, 0], [0, 0], [0, 0], [0, 0]), 400);
    expect(counts[0]).toBe(0);
    expect(counts[1] + counts[2]).toBe(400);
    expect(Math.min(counts[1], counts[2])).toBeGreaterThan(150);
  });

  test("draws anyone of those that are alike", () => {
    const counts = drawn(scoresOf([3, 3], [3, 3], [3, 3]), 300);
    expect(Math.min(...counts)).toBeGreaterThan(70);
  });

  test("takes thousands of draws from the paper's generation for MNIST without going through it each time", () => {
    const rng = derive("many");
    const many = Array.from({ length: 960 }, () => ({
      weightCount: 6,
      episodeCount: 3,
      values: Float64Array.from({ length: 18 }, () => rng.integer(1000)),
    }));
    expect(drawn(many, 3000).filter((count) => count > 0).length).toBeGreaterThan(100);
  });

  test("draws the share of parents that lexicaseShare says, the tournament the others; the order is that of nsga2", () => {
    const scores = specialists;
    const settings = settingsWith({ lexicaseShare: 0.25 });
    const ranked = RANKINGS.lexicase.rank(scored({ scores }), settings);
    const { order } = RANKINGS.nsga2.rank(scored({ scores }), settings);
    expect(ranked.order).toEqual(order);
    const parents = Array.from({ length: 800 }, (_, index) => ranked.chooseParent?.(derive("share", index), () => 99));
    const byTournament = parents.filter((parent) => parent === 99).length / parents.length;
    expect(byTournament).toBeGreaterThan(0.7);
    expect(byTournament).toBeLessThan(0.8);
  });

  test("of a search is another search than the paper's, and goes on from its state", () => {
    const settings: SearchChanges = { population: 24, select: "lexicase" };
    const search = run(new Search(SHAPE, settings, 1), 6);
    expect(search.state.genomes).not.toEqual(run(new Search(SHAPE, { population: 24 }, 1), 6).state.genomes);
    expect(run(Search.from(structuredClone(search.state)), 6).state).toEqual(run(search, 6).state);
  });
});

describe("age against score", () => {
  test("prefers the young among equals, and keeps a young one that an old one beats", () => {
    const scores = scoresOf([9], [9], [1], [0], [5]);
    const geneticAges = Int32Array.of(40, 3, 0, 2, 10);
    const { order, objectives, second, newcomers } = RANKINGS.age.rank(
      scored({ scores, geneticAges }),
      settingsWith({ newcomers: 2 }),
    );
    // 1 and 2 beat each other in one; 1 beats 0 and 4, 2 beats 3; 0 is beaten by 1 alone.
    expect([...order].slice(0, 2).sort()).toEqual([1, 2]);
    expect([...order].at(-1)).not.toBe(1);
    expect({ second, newcomers }).toEqual({ second: "youth", newcomers: 2 });
    expect([...objectives.second]).toEqual([-40, -3, -0, -2, -10]);
  });

  const settings: SearchChanges = { population: 20, select: "age", newcomers: 3 };

  test("has so many random genomes in each generation, the last of it, without ancestors and of no one's family", () => {
    const search = run(new Search(SHAPE, settings, 1), 5);
    const { ancestors, families, births } = search;
    const newcomers = ancestors.map(({ parent }, index) => (parent === undefined && births[index] === 5 ? index : -1));
    expect(newcomers.filter((index) => index >= 0)).toEqual([17, 18, 19]);
    expect(new Set(families.slice(17)).size).toBe(3);
    for (const index of [17, 18, 19]) expect(families[index]).toBeGreaterThanOrEqual(20);
    search.ask().forEach(validate);
  });

  test("counts from the oldest ancestor that was made at random", () => {
    const seen: ScoredGeneration[] = [];
    const watching = {
      ...RANKINGS.age,
      rank(generation: ScoredGeneration, all: never) {
        seen.push(generation);
        return RANKINGS.age.rank(generation, all);
      },
    };
    const search = new Search(SHAPE, { ...settings, select: "watching" }, 1, { rankings: { watching } });
    for (let generation = 0; generation < 12; generation++) {
      const firsts = search.ancestors.map(({ line }) => line[0].generation);
      search.tell(search.ask().map(madeUpScores));
      expect([...seen[generation].geneticAges]).toEqual(firsts.map((first) => generation - first));
    }
    expect(new Set(seen[11].geneticAges).size).toBeGreaterThan(3);
  });

  test("makes a child of two parents as old as the older", () => {
    const both: SearchChanges = { ...settings, crossover: 1, insertNode: 0.1, addConnection: 0, changeActivation: 0 };
    const search = run(new Search(SHAPE, both, 1), 12);
    const mixed = search.ancestors.filter(({ line }, index) => search.state.origins?.[index] !== line[0].generation);
    expect(mixed.length).toBeGreaterThan(0);
    search.ancestors.forEach(({ line }, index) => {
      expect(search.state.origins?.[index]).toBeLessThanOrEqual(line[0].generation);
    });
  });

  test("goes on from its state, and from that of a version that knew no origins", () => {
    const search = run(new Search(SHAPE, settings, 1), 8);
    expect(run(Search.from(structuredClone(search.state)), 6).state).toEqual(
      run(Search.from(structuredClone(search.state)), 6).state,
    );
    const { origins: _, ...former } = run(new Search(SHAPE, { population: 20 }, 1), 4).state;
    expect([...(Search.from(former).state.origins ?? [])]).toEqual(Array(20).fill(0));
  });

  test("numbers the connections of newcomers as the champion that the search started from has them", () => {
    const champion = oneHidden();
    champion.innovations.set([7, 8, 9]);
    const shape = { inputCount: 1, outputCount: 1, outputActivation: 1 };
    const all: SearchChanges = { ...settings, newcomers: 10, connectProbability: 1 };
    const search = run(new Search(shape, all, 1, { champion }), 3);
    const numbers = new Map<string, number>();
    for (const genome of search.ask()) {
      genome.innovations.forEach((innovation, gene) => {
        const ends = `${genome.ids[genome.sources[gene]]} > ${genome.ids[genome.targets[gene]]}`;
        expect(numbers.get(ends) ?? innovation, ends).toBe(innovation);
        numbers.set(ends, innovation);
      });
    }
    expect(numbers.get("0 > 2")).toBe(9);
    expect(new Innovations(1, 1).connection(0, 2)).toBe(0);
  });

  test("with graded genomes has graded newcomers, of the grades of the champion there was", () => {
    const graded: SearchChanges = { ...settings, genome: "graded", grades: 4 };
    const [champion] = new Search(SHAPE, { ...graded, grades: 6 }, 2).ask();
    for (const options of [{}, { champion }]) {
      const search = run(new Search(SHAPE, graded, 1, options), 6);
      const grades = "champion" in options ? 6 : 4;
      const genomes = search.ask();
      for (const genome of genomes) expect(validate(genome).grades).toBe(grades);
      const { line } = search.ancestors[19];
      expect(genomesOf(line, { inputCount: 3, outputCount: 2, grades }).at(-1)).toEqual(genomes[19]);
    }
  });
});
