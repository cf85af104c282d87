/** Lineages: every ancestor's genome comes back from what is kept, over checkpoints too, and the dead are forgotten. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChange, changeBetween } from "../../src/genome/change.ts";
import { encodeGenome } from "../../src/genome/codec.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { type Ancestor, genomesOf, packLineage, unpackLineage } from "../../src/search/lineage.ts";
import type { Operator } from "../../src/search/operators/operator.ts";
import { Search } from "../../src/search/search.ts";
import { EVERYTHING, genomeOf, randomGenome } from "../fixtures/genomes.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };
const ENDS = { inputCount: 3, outputCount: 2 };

/** Takes a search so many generations further. */
function advance(search: Search, generations: number): Search {
  for (let generation = 0; generation < generations; generation++) search.tell(search.ask().map(madeUpScores));
  return search;
}

describe("a change", () => {
  test("makes the child of its parent, whatever the operators did", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 30 }), (seed, steps) => {
        const parent = randomGenome(seed, 12, { inputs: 3, outputs: 2 });
        const child = randomGenome(seed, 12 + steps, { inputs: 3, outputs: 2 });
        for (const from of [parent, undefined]) {
          expect(encodeGenome(applyChange(from, changeBetween(from, child), ENDS))).toEqual(encodeGenome(child));
        }
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  test("of one operator is a few numbers, of a genome in another order all of it", () => {
    const parent = genomeOf(
      1,
      1,
      [],
      [
        [0, 2],
        [1, 2],
      ],
    );
    const other = genomeOf(
      1,
      1,
      [],
      [
        [1, 2],
        [0, 2],
      ],
    );
    expect([...changeBetween(parent, { ...parent, enabled: Uint8Array.of(1, 0) })]).toEqual([1, 0, 0, 0, 1, 1, 0]);
    const whole = changeBetween(parent, other);
    expect(whole[0]).toBe(0);
    expect(encodeGenome(applyChange(parent, whole, { inputCount: 1, outputCount: 1 }))).toEqual(encodeGenome(other));
  });
});

describe("the lineage of a search", () => {
  test("ends in each genome, in steps of one operator from a first one", () => {
    const search = advance(new Search(SHAPE, { ...EVERYTHING, population: 20 }, 3), 30);
    const { ancestors } = search;
    const operators = new Set<string | undefined>();
    search.ask().forEach((genome, index) => {
      const { line } = ancestors[index];
      const genomes = genomesOf(line, ENDS);
      expect(encodeGenome(genomes.at(-1) as Genome)).toEqual(encodeGenome(genome));
      expect(line[0]).toMatchObject({ generation: 0, operators: [], parent: undefined });
      expect(line.at(-1)?.generation).toBe(search.births[index]);
      line.slice(1).forEach(({ generation, operators: used }, step) => {
        expect(generation).toBeGreaterThan(line[step].generation);
        expect(used).toHaveLength(1);
        operators.add(used[0]);
      });
    });
    expect(operators.size).toBeGreaterThan(3);
  });

  test("goes on after a checkpoint as if there had been none", () => {
    const whole = advance(new Search(SHAPE, { population: 20 }, 3), 20);
    const half = advance(new Search(SHAPE, { population: 20 }, 3), 9);
    const resumed = advance(Search.from(structuredClone(half.state)), 11);
    expect(resumed.state).toEqual(whole.state);
  });

  test("of an earlier checkpoint without one begins there", () => {
    const { lineage: _, ...state } = advance(new Search(SHAPE, { population: 20 }, 3), 9).state;
    const search = Search.from(state);
    expect(search.ancestors.every(({ line }) => line.length === 1)).toBe(true);
    expect(search.ancestors.map(({ generation }) => generation)).toEqual([...search.births]);
    advance(search, 5);
    const [{ line }] = search.ancestors;
    expect(encodeGenome(genomesOf(line, ENDS).at(-1) as Genome)).toEqual(encodeGenome(search.ask()[0]));
  });

  test("of a champion begins with it, and an operator of one's own is named", () => {
    const champion = randomGenome(4, 10, { inputs: 3, outputs: 2 });
    const flip: Operator = {
      weight: 0,
      description: "Turns a connection on or off.",
      makeChild(parent, { rng }) {
        const enabled = parent.enabled.slice();
        enabled[rng.integer(enabled.length)] ^= 1;
        return { ...parent, enabled };
      },
    };
    const off = { insertNode: 0, addConnection: 0, changeActivation: 0, enableConnection: 0 };
    const settings = { ...off, population: 6, flip: 1 };
    const search = advance(new Search(SHAPE, settings, 1, { champion, operators: { flip } }), 4);
    for (const { line } of search.ancestors) {
      expect(encodeGenome(genomesOf(line, ENDS)[0])).toEqual(encodeGenome(champion));
      expect(line.slice(1).every(({ operators }) => operators.join() === "flip")).toBe(true);
    }
  });

  test("keeps what has living descendants: not more after 400 generations than after 100, a trunk apart", () => {
    const search = new Search(SHAPE, { population: 20 }, 3);
    const branches = () => {
      const lines = search.ancestors.map(({ line }) => line);
      const trunk = lines[0].filter((ancestor) => lines.every((line) => line.includes(ancestor))).length;
      return packLineage(search.ancestors).parents.length - trunk;
    };
    advance(search, 100);
    const before = branches();
    advance(search, 300);
    expect(branches()).toBeLessThan(3 * before);
    expect(branches()).toBeLessThan(20 * 20);
  });

  test("names every operator of a child, in turn, and comes back from changes of several", () => {
    const search = advance(new Search(SHAPE, { ...EVERYTHING, population: 20, operatorsPerChild: 3 }, 3), 20);
    const counts = new Set<number>();
    search.ask().forEach((genome, index) => {
      const { line } = search.ancestors[index];
      expect(encodeGenome(genomesOf(line, ENDS).at(-1) as Genome)).toEqual(encodeGenome(genome));
      for (const { operators } of line) counts.add(operators.length);
    });
    expect(Math.max(...counts)).toBeGreaterThan(3);
    const again = unpackLineage(packLineage(search.ancestors));
    const namesOf = (ancestors: readonly Ancestor[]) => ancestors.map(({ line }) => line.map((one) => one.operators));
    expect(namesOf(again)).toEqual(namesOf(search.ancestors));
  });

  test("of a version that knew one operator a child is read", () => {
    const { operatorCounts: _, ...packed } = packLineage(
      advance(new Search(SHAPE, { population: 20 }, 3), 12).ancestors,
    );
    const former = {
      ...packed,
      operators: Int32Array.from(packed.parents, (parent, index) => (parent < 0 ? -1 : index % packed.names.length)),
    };
    const found = unpackLineage(former).flatMap(({ line }) => line);
    for (const { parent, operators } of found) expect(operators).toHaveLength(parent === undefined ? 0 : 1);
  });

  test("is the same after it was packed", () => {
    const { ancestors } = advance(new Search(SHAPE, { population: 20 }, 3), 12);
    const packed = packLineage(ancestors);
    expect(packLineage(unpackLineage(packed))).toEqual(packed);
    expect(unpackLineage(packLineage([]))).toEqual([]);
  });
});
