/** One suite for all searchers: the order of calls, what a generation is, and that a search goes on from its state bit for bit. */
import { describe, expect, test } from "vitest";
import type { Scores } from "../../src/base/scores.ts";
import { connectionCount, type Genome } from "../../src/genome/genome.ts";
import { validate } from "../../src/genome/validate.ts";
import { FormSearch } from "../../src/search/forms/form-search.ts";
import { genomesOf } from "../../src/search/lineage.ts";
import { NeatSearch } from "../../src/search/neat/neat.ts";
import { RANKINGS } from "../../src/search/rankings/index.ts";
import { Search } from "../../src/search/search.ts";
import type { Searcher } from "../../src/search/searcher.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 4, outputCount: 3, outputActivation: 1 };
const POPULATION = 20;

interface Kind {
  start(seed: number, population?: number): Searcher;
  goOn(state: object): Searcher;
}

/** A kind of search with settings of its own. */
const kindOf = <State extends object>(
  Class: {
    new (shape: typeof SHAPE, settings: Record<string, unknown>, seed: number): Searcher<State>;
    from(state: State): Searcher<State>;
  },
  settings: Record<string, unknown> = {},
): Kind => ({
  start: (seed, population = POPULATION) => new Class(SHAPE, { ...settings, population }, seed),
  goOn: (state) => Class.from(state as State),
});

/** Every searcher, the weight-agnostic one by each of its rankings, on islands and with graded genomes too. */
const CASES: [string, Kind][] = [
  ...Object.keys(RANKINGS).map((select): [string, Kind] => [`evolution, ${select}`, kindOf(Search, { select })]),
  ["evolution, all operators", kindOf(Search, { crossover: 0.2, removeConnection: 0.2, operatorsPerChild: 2 })],
  ["evolution on islands", kindOf(Search, { islands: 2, migration: 3, migrants: 1 })],
  ["evolution of graded genomes", kindOf(Search, { genome: "graded" })],
  ["codes of a form", kindOf(FormSearch, { features: 3, recombination: 0.5 })],
  ["neat", kindOf(NeatSearch, { insertNode: 0.3, addConnection: 0.4, speciesDistance: 1.5 })],
];

const scoresOf = (value: number): Scores => ({ weightCount: 1, episodeCount: 1, values: Float64Array.of(value) });

/** All genomes of so many generations. */
function play(search: Searcher, generations: number, score = madeUpScores): (readonly Genome[])[] {
  return Array.from({ length: generations }, () => {
    const genomes = search.ask();
    search.tell(genomes.map(score));
    return genomes;
  });
}

describe.each(CASES)("%s", (_, kind) => {
  test("equal seeds give equal searches, other seeds other ones", () => {
    const played = (seed: number) => play(kind.start(seed), 5);
    expect(played(1)).toEqual(played(1));
    expect(played(1).at(-1)).not.toEqual(played(2).at(-1));
  });

  test("goes on bit for bit from a copy of its state, at any generation", () => {
    const whole = kind.start(7);
    play(whole, 9);
    for (const stop of [0, 5, 8]) {
      const begun = kind.start(7);
      play(begun, stop);
      const resumed = kind.goOn(structuredClone(begun.state));
      expect(resumed.generation).toBe(stop);
      play(resumed, 9 - stop);
      expect(resumed.state).toEqual(whole.state);
    }
  });

  test("between ask and tell the state is that before ask, and later generations change no state of before", () => {
    const search = kind.start(7);
    play(search, 3);
    const state = search.state;
    const before = structuredClone(state);
    search.ask();
    expect(search.state).toEqual(before);
    search.tell(kind.goOn(before).ask().map(madeUpScores));
    play(search, 3);
    expect(state).toEqual(before);
  });

  test("a generation is of valid genomes, ranked each in one place, which know family, birth and line", () => {
    const search = kind.start(3);
    for (let generation = 0; generation < 8; generation++) {
      expect(search.generation).toBe(generation);
      const genomes = search.ask();
      expect(genomes).toHaveLength(POPULATION);
      genomes.forEach(validate);
      for (const { ids } of genomes) expect(ids.length).toBeGreaterThanOrEqual(8);
      for (const family of search.families) expect(Number.isInteger(family) && family >= 0).toBe(true);
      for (const birth of search.births) expect(birth >= 0 && birth <= generation).toBe(true);
      search.ancestors.forEach(({ line }, place) => {
        expect(genomesOf(line, genomes[place]).at(-1)).toEqual(genomes[place]);
      });
      const ranked = search.tell(genomes.map(madeUpScores));
      expect(ranked.generation).toBe(generation);
      expect([...ranked.order].sort((a, b) => a - b)).toEqual([...genomes.keys()]);
      for (const objective of [ranked.objectives.first, ranked.objectives.second]) {
        expect(objective).toHaveLength(POPULATION);
        expect(objective.every(Number.isFinite)).toBe(true);
      }
    }
  });

  test("gets better at a made-up task: connections of a number that random genomes do not have", () => {
    const search = kind.start(5);
    const isNear = (genome: Genome) => scoresOf(-Math.abs(connectionCount(genome) - 24));
    const best = (genomes: readonly Genome[]) => Math.max(...genomes.map((genome) => isNear(genome).values[0]));
    const generations = play(search, 40, isNear);
    expect(best(generations.at(-1) ?? [])).toBeGreaterThanOrEqual(best(generations[0]));
    expect(best(generations.at(-1) ?? [])).toBeGreaterThanOrEqual(-1);
  });

  test("goes on where all score alike, in a population as small as can be", () => {
    const search = kind.start(1, 4);
    play(search, 6, () => scoresOf(1));
    expect(search.ask()).toHaveLength(4);
  });

  test("enforces the order of calls, and takes finite scores of all genomes only", () => {
    const search = kind.start(1);
    expect(() => search.tell([])).toThrow("tell() before ask(): call ask() to get the genomes to score.");
    const genomes = search.ask();
    expect(() => search.ask()).toThrow("ask() called twice: call tell() with the scores of the genomes first.");
    expect(() => search.tell(genomes.slice(1).map(madeUpScores))).toThrow("Expected scores of 20 genomes, got 19.");
    const bad = genomes.map((_, index) => scoresOf(index === 2 ? Number.NaN : 0));
    expect(() => search.tell(bad)).toThrow("Expected finite scores, got NaN for genome 2.");
    expect(search.generation).toBe(0);
    search.tell(genomes.map(madeUpScores));
    expect(search.generation).toBe(1);
  });
});
