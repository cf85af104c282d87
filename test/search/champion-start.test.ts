/** Searches that start from a champion: its genes keep their numbers, and all that is new gets numbers of its own. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  compile,
  decodeGenome,
  encodeGenome,
  extend,
  type Genome,
  Innovations,
  readPublishedGenome,
  Search,
  type SearchChanges,
  validate,
} from "../../src/index.ts";
import { fixture } from "../fixtures/folder.ts";
import { genomeOf, randomGenome, withCycle } from "../fixtures/genomes.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };
/** Every operator, and growth more than anything. */
const SETTINGS: SearchChanges = {
  population: 30,
  removeConnection: 0.1,
  crossover: 0.1,
  connectionObjective: 0,
  insertNode: 0.6,
};

const run = (search: Search, generations: number): Search => {
  for (let generation = 0; generation < generations; generation++) search.tell(search.ask().map(madeUpScores));
  return search;
};

/** A champion as it comes back from a file, after 40 generations of another search. */
function evolved(): Genome {
  const genomes = run(new Search(SHAPE, SETTINGS, 11), 40).ask();
  const largest = genomes.reduce((best, genome) => (genome.ids.length > best.ids.length ? genome : best));
  expect(largest.ids.length).toBeGreaterThan(9);
  return decodeGenome(JSON.parse(JSON.stringify(encodeGenome(largest))));
}

/** The same graph numbered as a foreign program might: 3 is a hidden connection, 0 an end of the first hidden node. */
function foreign(): Genome {
  const genome = genomeOf(
    3,
    2,
    ["sin", "relu"],
    [
      [6, 7],
      [1, 6],
      [7, 4],
      [0, 5],
      [2, 4],
      [1, 4],
    ],
  );
  genome.ids.set([40, 12], 6);
  return genome;
}

/** The connections of a genome as source id > target id, by number. */
const connectionsOf = (genome: Genome): [string, number][] =>
  Array.from(genome.innovations, (innovation, gene) => [
    `${genome.ids[genome.sources[gene]]} > ${genome.ids[genome.targets[gene]]}`,
    innovation,
  ]);

/** Fails if a structure has two numbers or a number two structures, in all of the genomes. */
function expectOneToOne(genomes: readonly Genome[]): void {
  const numbers = new Map<string, number>();
  const structures = new Map<number, string>();
  for (const [structure, number] of genomes.flatMap(connectionsOf)) {
    expect(numbers.get(structure) ?? number, structure).toBe(number);
    expect(structures.get(number) ?? structure, `number ${number}`).toBe(structure);
    numbers.set(structure, number);
    structures.set(number, structure);
  }
}

/** How many things two genomes differ in: nodes or connections added, activations or connections changed. */
function changes(champion: Genome, child: Genome): string[] {
  const found: string[] = [];
  if (child.ids.length > champion.ids.length) found.push("node");
  if (child.innovations.length > champion.innovations.length && found.length === 0) found.push("connection");
  champion.activations.forEach((code, node) => {
    if (child.activations[node] !== code) found.push("activation");
  });
  champion.enabled.forEach((enabled, gene) => {
    if (child.enabled[gene] !== enabled && child.ids.length === champion.ids.length) found.push("enabled");
  });
  return found;
}

describe.each([
  ["of an earlier run", evolved],
  ["of a foreign program", foreign],
])("a search from a champion %s", (_, create) => {
  const champion = create();

  test("begins with the champion and children of it by one operator each, one family", () => {
    const search = new Search(SHAPE, SETTINGS, 1, { champion });
    const genomes = search.ask();
    expect(genomes).toHaveLength(30);
    expect(genomes[0]).toBe(champion);
    genomes.forEach(validate);
    for (const child of genomes.slice(1)) expect(changes(champion, child)).toHaveLength(1);
    expect(new Set(genomes.slice(1).flatMap((child) => changes(champion, child))).size).toBeGreaterThan(2);
    expect([...search.families]).toEqual(Array(30).fill(0));
    expect(new Set(genomes.map(({ outputCount }) => outputCount))).toEqual(new Set([2]));
  });

  test("keeps the champion's numbers in all descendants, gives none of them twice and equal structure an equal one", () => {
    const own = new Map(connectionsOf(champion));
    const search = new Search(SHAPE, SETTINGS, 1, { champion });
    const seen: Genome[] = [];
    for (let generation = 0; generation < 20; generation++) {
      const genomes = search.ask();
      seen.push(...genomes);
      search.tell(genomes.map(madeUpScores));
    }
    seen.push(...search.ask());
    for (const genome of seen) {
      validate(genome);
      expect([...genome.ids.slice(0, champion.ids.length)]).toEqual([...champion.ids]);
      const connections = new Map(connectionsOf(genome));
      for (const [structure, number] of own) expect(connections.get(structure)).toBe(number);
    }
    expectOneToOne(seen);
    expect(Math.max(...seen.map(({ ids }) => ids.length))).toBeGreaterThan(champion.ids.length + 2);
  });

  test("is the same for equal seeds, another for others", () => {
    const state = (seed: number) => run(new Search(SHAPE, SETTINGS, seed, { champion }), 5).state;
    expect(state(1)).toEqual(state(1));
    expect(state(1).genomes).not.toEqual(state(2).genomes);
  });

  test("goes on bit for bit from its state", () => {
    for (const generations of [0, 6]) {
      const search = run(new Search(SHAPE, SETTINGS, 1, { champion }), generations);
      const restored = Search.from(structuredClone(search.state));
      expect(run(restored, 8).state).toEqual(run(search, 8).state);
    }
  });

  test("leaves the champion as it was", () => {
    const before = structuredClone(champion);
    run(new Search(SHAPE, SETTINGS, 1, { champion }), 5);
    expect(champion).toEqual(before);
  });
});

describe("innovations that go on from a genome", () => {
  test("know its connections and the splits that its nodes came from", () => {
    const search = run(new Search(SHAPE, SETTINGS, 5), 25);
    const genome = search.ask().reduce((best, other) => (other.ids.length > best.ids.length ? other : best));
    const table = Innovations.of(genome);
    for (const [structure, number] of connectionsOf(genome)) {
      const [source, target] = structure.split(" > ").map(Number);
      expect(table.connection(source, target)).toBe(number);
    }
    const state = search.state.innovations;
    let known = 0;
    for (let at = 0; at < state.splits.length; at += 3) {
      const [innovation, occurrence, id] = state.splits.subarray(at, at + 3);
      if (!genome.ids.includes(id)) continue;
      expect(table.split(innovation, occurrence)).toBe(id);
      known++;
    }
    expect(known).toBe(genome.ids.length - 6);
  });

  test("give new structure numbers above all that the genome has", () => {
    const champion = foreign();
    const table = Innovations.of(champion);
    expect(table.split(4, 0)).toBe(41);
    expect(table.connection(3, 40)).toBe(8);
    // 0 > 4 would have the number 0, which the champion gave to another connection; 3 > 5 has its own.
    expect(table.connection(0, 4)).toBe(9);
    expect(table.connection(3, 5)).toBe(7);
    expect(table.connection(0, 5)).toBe(3);
    const restored = Innovations.from(structuredClone(table.state), 3, 2);
    expect(restored.state).toEqual(table.state);
    expect(restored.connection(0, 4)).toBe(9);
    expect(restored.connection(1, 5)).toBe(10);
    expect(restored.split(4, 1)).toBe(42);
  });
});

describe("a champion that does not fit is refused:", () => {
  const start = (champion: Genome) => () => new Search(SHAPE, {}, 1, { champion });

  test("other inputs or outputs", () => {
    expect(start(randomGenome(1, 5, { inputs: 4, outputs: 2 }))).toThrow(
      "Expected a champion with 3 inputs and 2 outputs to start from, got one with 4 and 2: take a champion of the same task.",
    );
    expect(start(randomGenome(1, 5, { inputs: 3, outputs: 1 }))).toThrow("got one with 3 and 1: take a champion");
  });

  test("a broken invariant", () => {
    expect(() => new Search({ ...SHAPE, inputCount: 1, outputCount: 1 }, {}, 1, { champion: withCycle() })).toThrow(
      "Expected a graph without cycles, got the cycle",
    );
  });

  test.each([
    [1, "got 1 twice: number the genome anew."],
    [-1, "got -1: number the genome anew."],
    [2 ** 25, "got 33554432: number the genome anew."],
  ])("the innovation number %i", (number, words) => {
    const champion = extend(foreign());
    champion.innovations[3] = number;
    expect(start(champion)).toThrow(`Expected innovation numbers from 0 to 33554431, each once, ${words}`);
  });

  test("a node id that leaves no room for new ones", () => {
    const champion = extend(foreign());
    champion.ids[7] = 2 ** 25;
    expect(start(champion)).toThrow("Expected node ids from 0 to 33554431, each once, got 33554432: number");
  });
});

const published = fixture("wannrelease/swing.out");

test.skipIf(!published)("the published swing-up champion can be started from", () => {
  const champion = readPublishedGenome(readFileSync(String(published), "utf8"), 5, 1);
  const shape = { inputCount: 5, outputCount: 1, outputActivation: 1 };
  const search = new Search(shape, { population: 40 }, 1, { champion });
  const own = new Map(connectionsOf(champion));
  const first = search.ask();
  expect(compile(first[0])).toEqual(compile(champion));
  search.tell(first.map(madeUpScores));
  run(search, 19);
  const genomes = search.ask();
  for (const genome of genomes) {
    validate(genome);
    const connections = new Map(connectionsOf(genome));
    for (const [structure, number] of own) expect(connections.get(structure)).toBe(number);
  }
  expectOneToOne(genomes);
});
