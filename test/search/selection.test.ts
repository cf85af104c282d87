/** What selection did: parents by front, children and elites by operator, told by the populations alone. */
import { expect, test } from "vitest";
import { paretoFronts } from "../../src/search/rankings/nsga2.ts";
import { Search } from "../../src/search/search.ts";
import { EVERYTHING } from "../fixtures/genomes.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };

test("a first generation has children and no operators yet; every child has a parent on a front", () => {
  const search = new Search(SHAPE, { population: 20 }, 1);
  const { selection, objectives } = search.tell(search.ask().map(madeUpScores));
  expect(selection.operators).toEqual({});
  // 4 of 20 are elites.
  expect(selection.fronts.reduce((sum, children) => sum + children, 0)).toBe(16);
  const parents = [...search.families.slice(4)];
  expect(selection.parents).toBe(new Set(parents).size);
  const fronts = paretoFronts(objectives).map((front) => parents.filter((parent) => front.includes(parent)).length);
  expect(selection.fronts).toEqual(fronts.slice(0, selection.fronts.length));
  expect(selection.fronts.at(-1)).toBeGreaterThan(0);
});

test("children are counted by each operator that made them, and those that go on as elites", () => {
  const search = new Search(SHAPE, { ...EVERYTHING, population: 20, operatorsPerChild: 2 }, 1);
  let elites = 0;
  for (let generation = 0; generation < 15; generation++) {
    const before = search.ancestors.map((ancestor, index) => ({
      ancestor,
      isNew: search.births[index] === generation,
    }));
    const { selection } = search.tell(search.ask().map(madeUpScores));
    const after = search.ancestors;
    const names = new Set(before.flatMap(({ ancestor, isNew }) => (isNew ? ancestor.operators : [])));
    expect(new Set(Object.keys(selection.operators))).toEqual(names);
    for (const name of names) {
      const made = before.filter(({ ancestor, isNew }) => isNew && ancestor.operators.includes(name));
      const living = made.filter(({ ancestor }) => after.includes(ancestor)).length;
      expect(selection.operators[name]).toEqual([made.length, living]);
      elites += living;
    }
  }
  expect(elites).toBeGreaterThan(10);
});

test("newcomers are no one's children, and migrants' copies are counted once", () => {
  const settings = { population: 20, select: "age", newcomers: 2, islands: 2, migration: 1, migrants: 1 };
  const search = new Search(SHAPE, settings, 1);
  for (let generation = 0; generation < 5; generation++) {
    const { selection } = search.tell(search.ask().map(madeUpScores));
    // Of each island of 10: 2 elites, 1 migrant, 2 newcomers.
    expect(selection.fronts.reduce((sum, children) => sum + children, 0)).toBe(10);
    const living = Object.values(selection.operators).reduce((sum, [, elites]) => sum + elites, 0);
    expect(living).toBeLessThanOrEqual(4);
  }
});
