/** A ranking, an operator and an objective of one's own, by the public API alone. */
import { Search as BuiltSearch } from "precocial";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  connectionCount,
  extend,
  type Genome,
  OBJECTIVES,
  type Objective,
  type Operator,
  RANKINGS,
  type Ranking,
  type ScoredGeneration,
  Search,
  type SearchChanges,
  type SearchSettings,
  type SearchState,
  type SearchTables,
  validate,
} from "../../src/index.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };

/** Worst score of all weights and episodes: an objective of one's own. */
const worst: Objective = ({ values }) => Math.min(...values);

/** Orders by the worst score less `agePenalty` for each generation of age; parents are drawn anyhow. */
const CAUTIOUS_SETTINGS = { agePenalty: z.number().min(0).max(10).default(1).describe("Points lost a generation.") };
const cautious: Ranking<typeof CAUTIOUS_SETTINGS> = {
  summary: "Worst score, less for the old.",
  settings: CAUTIOUS_SETTINGS,
  rank({ scores, connectionCounts, ages }, { agePenalty }) {
    const value = scores.map((score, index) => worst(score, connectionCounts[index]) - agePenalty * ages[index]);
    const indices = Int32Array.from(scores.keys());
    return {
      order: indices.sort((a, b) => value[b] - value[a] || a - b),
      objectives: {
        first: Float64Array.from(scores, (score, index) => OBJECTIVES.mean(score, connectionCounts[index])),
        second: Float64Array.from(value),
      },
      second: "worst",
    };
  },
};

/** Exchanges the activations of two hidden nodes. */
const swapActivations: Operator = {
  weight: 0,
  description: "Weight of the operator that exchanges two activations.",
  settings: { swapTries: z.int().min(1).default(3).describe("Draws for a pair that differs.") },
  makeChild(parent, { rng, settings }) {
    const fixed = 1 + parent.inputCount + parent.outputCount;
    const hidden = parent.ids.length - fixed;
    for (let draw = 0; hidden > 1 && draw < Number(settings.swapTries); draw++) {
      const [a, b] = [fixed + rng.integer(hidden), fixed + rng.integer(hidden)];
      if (parent.activations[a] === parent.activations[b]) continue;
      const child = extend(parent);
      child.activations[a] = parent.activations[b];
      child.activations[b] = parent.activations[a];
      return child;
    }
    return undefined;
  },
};

const run = (search: Search, generations: number): Search => {
  for (let generation = 0; generation < generations; generation++) search.tell(search.ask().map(madeUpScores));
  return search;
};

describe("a ranking of one's own", () => {
  const tables: SearchTables = { rankings: { cautious } };
  const settings: SearchChanges = { population: 20, select: "cautious", agePenalty: 0.5 };

  test("orders the generation, and the record's objectives are its own", () => {
    const search = new Search(SHAPE, settings, 1, tables);
    const genomes = search.ask();
    const scores = genomes.map(madeUpScores);
    const { order, second, objectives } = search.tell(scores);
    const worsts = Array.from(order, (index) => Math.min(...scores[index].values));
    expect(worsts).toEqual([...worsts].sort((a, b) => b - a));
    expect(second).toBe("worst");
    expect(objectives.second[order[0]]).toBe(worsts[0]);
    expect(search.ask()[0]).toBe(genomes[order[0]]);
  });

  test("has its settings checked and filled in among the search's", () => {
    expect(new Search(SHAPE, { select: "cautious" }, 1, tables).settings).toMatchObject({ agePenalty: 1 });
    expect(() => new Search(SHAPE, { select: "cautious", agePenalty: 11 }, 1, tables)).toThrow(
      "Expected agePenalty to be a number from 0 to 10, got 11.",
    );
    expect(() => new Search(SHAPE, { agePenalty: 1 })).toThrow('Unknown search setting "agePenalty". Known: ');
  });

  test("is taken by the built package, which has a copy of zod of its own", () => {
    // The built classes are the same as those of src, but not to the type checker.
    const own = tables as unknown as ConstructorParameters<typeof BuiltSearch>[3];
    expect(new BuiltSearch(SHAPE, { select: "cautious" }, 1, own).settings).toMatchObject({ agePenalty: 1 });
    expect(() => new BuiltSearch(SHAPE, { select: "cautious", agePenalty: 11 }, 1, own)).toThrow(
      "Expected agePenalty to be a number from 0 to 10, got 11.",
    );
  });

  test("goes on bit for bit from a state, ages included; a state without its table names what is known", () => {
    const search = run(new Search(SHAPE, settings, 1, tables), 6);
    const state = structuredClone(search.state);
    expect(run(Search.from(state, tables), 6).state).toEqual(run(search, 6).state);
    expect(() => Search.from(state)).toThrow('Expected select to be one of nsga2, lexicase, age, got "cautious".');
  });

  test("that is not in the table is refused with the names that are", () => {
    expect(() => new Search(SHAPE, { select: "cautious" })).toThrow(
      'Expected select to be one of nsga2, lexicase, age, got "cautious".',
    );
    expect(() => new Search(SHAPE, { select: "none" }, 1, tables)).toThrow(
      'Expected select to be one of nsga2, lexicase, age, cautious, got "none".',
    );
  });

  test("is told the generation: its number, ages that elites gather, connections, streams of its own", () => {
    const seen: ScoredGeneration[] = [];
    const watching: Ranking = {
      summary: "Watches nsga2.",
      rank(scored, all) {
        seen.push(scored);
        return RANKINGS.nsga2.rank(scored, all as SearchSettings);
      },
    };
    const search = new Search(SHAPE, { population: 10, elites: 0.3, select: "watching" }, 1, {
      rankings: { watching },
    });
    const plain = run(new Search(SHAPE, { population: 10, elites: 0.3 }, 1), 4).state;
    expect(run(search, 4).state.genomes).toEqual(plain.genomes);
    expect(seen.map(({ generation }) => generation)).toEqual([0, 1, 2, 3]);
    expect([...seen[0].ages]).toEqual(Array(10).fill(0));
    expect([...seen[1].ages]).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(Math.max(...seen[3].ages)).toBeGreaterThan(1);
    for (const { genomes, connectionCounts, ages } of seen) {
      expect([...connectionCounts]).toEqual(genomes.map(connectionCount));
      expect(ages.slice(3)).toEqual(new Int32Array(7));
    }
    const draw = (at: number, purpose: string) => seen[at].rng(purpose).uniform();
    expect(draw(1, "cases")).toBe(draw(1, "cases"));
    expect(new Set([draw(0, "cases"), draw(1, "cases"), draw(1, "other")]).size).toBe(3);
  });

  test("may draw parents itself, as lexicase selection does", () => {
    const last: Ranking = {
      summary: "The paper's order, but only the last two have children.",
      rank(scored, all) {
        const ranked = RANKINGS.nsga2.rank(scored, all as SearchSettings);
        return { ...ranked, chooseParent: (rng) => ranked.order[18 + rng.integer(2)] };
      },
    };
    const search = new Search(SHAPE, { population: 20, select: "last" }, 1, { rankings: { last } });
    const { order } = search.tell(search.ask().map(madeUpScores));
    expect([...search.families.slice(0, 4)]).toEqual([...order.slice(0, 4)]);
    expect(new Set(search.families.slice(4))).toEqual(new Set(order.slice(18)));
  });

  test.each([
    [[0, 1, 2], "got the order [0,1,2]."],
    [[0, 1, 2, 2], "got the order [0,1,2,2]."],
    [[0, 1, 2, 4], "got the order [0,1,2,4]."],
  ])("that gives the order %j of four genomes is named", (order, words) => {
    const wrong: Ranking = {
      summary: "Wrong.",
      rank: (scored, all) => ({ ...RANKINGS.nsga2.rank(scored, all as SearchSettings), order: Int32Array.from(order) }),
    };
    const search = new Search(SHAPE, { population: 4, select: "wrong" }, 1, { rankings: { wrong } });
    const scores = search.ask().map(madeUpScores);
    expect(() => search.tell(scores)).toThrow(
      `Expected the ranking "wrong" to give each of 4 genomes a place, once, ${words}`,
    );
  });
});

describe("an operator of one's own", () => {
  const tables: SearchTables = { operators: { swapActivations } };
  const on: SearchChanges = {
    population: 12,
    insertNode: 0.5,
    addConnection: 0,
    changeActivation: 0,
    enableConnection: 0,
    swapActivations: 0.5,
  };
  const activationsOf = ({ activations }: Genome) => [...activations].sort().join();

  test("makes children by the weight in the setting of its name", () => {
    const search = run(new Search(SHAPE, on, 1, tables), 8);
    const parents = search.ask();
    const { order: _ } = search.tell(parents.map(madeUpScores));
    const children = search.ask();
    children.forEach(validate);
    const swapped = children.filter((child, index) => {
      const parent = parents[search.families[index]];
      return child !== parent && child.ids.length === parent.ids.length;
    });
    expect(swapped.length).toBeGreaterThan(0);
    for (const child of swapped) {
      const parent = parents[search.families[children.indexOf(child)]];
      expect(activationsOf(child)).toBe(activationsOf(parent));
      expect(child.activations).not.toEqual(parent.activations);
    }
  });

  test("is off by its default weight 0: the search is the one without it", () => {
    const state = (own?: SearchTables): SearchState => run(new Search(SHAPE, { population: 12 }, 1, own), 6).state;
    expect(state(tables).genomes).toEqual(state().genomes);
  });

  test("has its weight and settings checked, and without its table they are unknown", () => {
    expect(new Search(SHAPE, on, 1, tables).settings).toMatchObject({ swapActivations: 0.5, swapTries: 3 });
    expect(() => new Search(SHAPE, { swapActivations: 2 }, 1, tables)).toThrow(
      "Expected swapActivations to be a number from 0 to 1, got 2.",
    );
    expect(() => new Search(SHAPE, on)).toThrow('Unknown search setting "swapActivations".');
  });

  test("goes on bit for bit from a state", () => {
    const search = run(new Search(SHAPE, on, 1, tables), 5);
    const restored = Search.from(structuredClone(search.state), tables);
    expect(run(restored, 5).state).toEqual(run(search, 5).state);
  });

  test("may not take the name of a setting", () => {
    expect(() => new Search(SHAPE, {}, 1, { operators: { population: swapActivations } })).toThrow(
      "Expected a name of its own for each setting of operators and rankings, got population twice: rename one.",
    );
  });
});
