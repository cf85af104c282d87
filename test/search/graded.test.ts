/** Searches over graded genomes: first populations, operators and champions to start from keep the grades. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { ACTIVATION_NAMES, activationCode } from "../../src/genome/activations.ts";
import { connectionCount, extend, findConnection, type Genome } from "../../src/genome/genome.ts";
import { activationsAt, gradeOfValue, gradesOf } from "../../src/genome/grades.ts";
import { Innovations } from "../../src/genome/innovation.ts";
import { validate } from "../../src/genome/validate.ts";
import type { SearchChanges } from "../../src/search/config.ts";
import { FormSearch } from "../../src/search/forms/form-search.ts";
import { OPERATORS } from "../../src/search/operators/index.ts";
import { Search } from "../../src/search/search.ts";
import { makeChild } from "../../src/search/vary.ts";
import { genomeOf, oneHidden } from "../fixtures/genomes.ts";
import { EVERYTHING_GRADED, gradedGenome, gradedLineage } from "../fixtures/graded.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 4, outputCount: 3, outputActivation: 1 };
const GRADED: SearchChanges = { ...EVERYTHING_GRADED, population: 40 };
const [linear, step] = ["linear", "step"].map((name) => activationCode(name) as number);

const run = (search: Search, generations: number): Search => {
  for (let generation = 0; generation < generations; generation++) search.tell(search.ask().map(madeUpScores));
  return search;
};

const context = (seed: number, parent: Genome, changes: Partial<typeof EVERYTHING_GRADED> = {}) => ({
  rng: derive("graded operators", seed),
  innovations: Innovations.of(parent),
  settings: { ...EVERYTHING_GRADED, ...changes },
  otherParent: () => parent,
  relative: () => parent,
});

test("after any of 200 operators the genome is graded, and no parent is changed", () => {
  const activations = new Set<number>();
  for (let seed = 0; seed < 9; seed++) {
    const grades = 2 + 2 * (seed % 3);
    let before: Genome | undefined;
    let kept: Genome | undefined;
    for (const genome of gradedLineage(seed, 200, { grades, inputs: 1 + (seed % 5), outputs: 1 + (seed % 4) })) {
      expect(validate(genome).grades, `seed ${seed}`).toBe(grades);
      expect(before).toEqual(kept);
      before = genome;
      kept = structuredClone(genome);
      for (const code of genome.activations) activations.add(code);
    }
    expect(connectionCount(before as Genome)).toBeGreaterThan(20);
  }
  expect([...activations].sort((a, b) => a - b)).toEqual([...activationsAt(2)].sort((a, b) => a - b));
});

describe("a first population", () => {
  test("carries inputs over relays to the grade of the outputs, the same structure by the same number", () => {
    const genomes = new Search(SHAPE, { ...GRADED, grades: 6 }, 3).ask();
    const numbers = new Map<number, string>();
    for (const genome of genomes) {
      expect(validate(genome).grades).toBe(6);
      expect(genome.ids).toHaveLength(8 + 3 * 5);
      expect([...genome.ids].slice(8)).toEqual([...genomes[0].ids].slice(8));
      genome.innovations.forEach((innovation, gene) => {
        const ends = `${genome.ids[genome.sources[gene]]} > ${genome.ids[genome.targets[gene]]}`;
        expect(numbers.get(innovation) ?? ends).toBe(ends);
        numbers.set(innovation, ends);
      });
    }
    expect(new Set(numbers.values()).size).toBe(numbers.size);
    expect(new Set(genomes.map((genome) => String(genome.activations))).size).toBeGreaterThan(20);
  });

  test.each([0, 1])("connects inputs with probability %i", (connectProbability) => {
    const [genome] = new Search(SHAPE, { ...GRADED, connectProbability }, 3).ask();
    expect(connectionCount(genome)).toBe(3 * 3 + connectProbability * 5 * 3);
  });

  test("needs activations that keep scale, of relays and of outputs", () => {
    expect(() => new Search(SHAPE, { ...GRADED, activations: ["relu", "tanh"] })).toThrow(
      "Expected activations of graded genomes to have one of linear, inverse, got relu, tanh: add one.",
    );
    expect(() => new Search({ ...SHAPE, outputActivation: 5 }, GRADED)).toThrow(
      "Expected outputs that keep scale (linear, inverse, abs, relu, step) for graded genomes, got tanh: search for genomes of any graph.",
    );
    expect(() => new Search(SHAPE, { ...GRADED, grades: 3 })).toThrow(
      "Expected grades to be an even integer from 2 to 20, got 3.",
    );
    expect(() => new Search(SHAPE, { genome: "grades" as never })).toThrow(
      'Expected genome to be one of any, graded, got "grades".',
    );
  });
});

describe("a search", () => {
  test("stays graded over generations, and goes on from its state bit for bit", () => {
    const genomes = run(new Search(SHAPE, GRADED, 5), 15).ask();
    for (const genome of genomes) expect(validate(genome).grades).toBe(4);
    const again = run(Search.from(run(new Search(SHAPE, GRADED, 5), 7).state), 8);
    expect(again.ask()).toEqual(genomes);
  });

  test("starts from a graded champion, whatever the setting grades", () => {
    const champion = gradedGenome(4, 60, { grades: 6 });
    const search = run(new Search(SHAPE, GRADED, 5, { champion }), 10);
    for (const genome of search.ask()) expect(validate(genome).grades).toBe(6);
  });

  test("over any graph takes a graded champion as a graph like any other", () => {
    const champion = gradedGenome(4, 60);
    const search = run(new Search(SHAPE, { ...GRADED, genome: "any" }, 5, { champion }), 10);
    const genomes = search.ask();
    for (const genome of genomes) expect(validate(genome).grades).toBeUndefined();
    expect(() => genomes.map((genome) => validate({ ...genome, grades: 4 }))).toThrow(/^Expected /);
  });

  test("over graded genomes takes no champion of any graph", () => {
    const shape = { inputCount: 1, outputCount: 1, outputActivation: 1 };
    expect(() => new Search(shape, GRADED, 5, { champion: oneHidden() })).toThrow(
      'Expected a graded champion to start from, since genome is "graded", got one of any graph: take one of a graded search or of a topology chosen by gradient, or leave the setting genome out.',
    );
  });
});

describe("insert node", () => {
  test("puts a node beside the target of a connection, which stays", () => {
    const parent = gradedGenome(1, 30);
    const grades = gradesOf(parent);
    for (let seed = 0; seed < 60; seed++) {
      const child = OPERATORS.insertNode.makeChild(parent, context(seed, parent));
      if (child === undefined) continue;
      expect(child.enabled.subarray(0, parent.enabled.length)).toEqual(parent.enabled);
      const node = parent.ids.length;
      const [source, target] = [child.sources.at(-2) as number, child.targets.at(-1) as number];
      expect([child.targets.at(-2), child.sources.at(-1)]).toEqual([node, node]);
      const own = gradesOf(child)[node];
      expect(own).toBe(gradeOfValue(grades[source], parent.activations[source]) + 1);
      expect(grades[target]).toBe(gradeOfValue(own, child.activations[node]) + 1);
      const beside = parent.targets.some((end, gene) => parent.sources[gene] === source && grades[end] === own);
      expect(beside).toBe(true);
    }
  });

  test("at the grade of the outputs inserts steps, whose targets have grade 1 and do not lead back", () => {
    const chain: Genome = {
      ...genomeOf(
        1,
        1,
        ["linear"],
        [
          [1, 3],
          [3, 2],
        ],
      ),
      grades: 2,
    };
    const only = (activations: string[]) => context(1, chain, { activations });
    // The one node of grade 1 leads to the step's own source.
    expect(OPERATORS.insertNode.makeChild(chain, only(["step"]))).toBeUndefined();
    expect(OPERATORS.insertNode.makeChild(chain, only(["relu"]))).toBeUndefined();
    const wider = extend(chain, {
      nodes: [{ id: 9, activation: linear }],
      connections: [
        { source: 1, target: 4, innovation: 8 },
        { source: 4, target: 2, innovation: 9 },
      ],
    });
    for (let seed = 0; seed < 20; seed++) {
      const child = OPERATORS.insertNode.makeChild(wider, context(seed, wider, { activations: ["step"] })) as Genome;
      expect(child.activations[5]).toBe(step);
      expect([
        [3, 4],
        [4, 3],
      ]).toContainEqual([child.sources.at(-2), child.targets.at(-1)]);
    }
  });
});

test("add connection proposes every pair of neighbouring grades that is free, and no other", () => {
  const parent: Genome = {
    ...genomeOf(
      1,
      1,
      ["linear", "relu", "inverse"],
      [
        [1, 3],
        [3, 4],
        [4, 5],
        [5, 2],
      ],
    ),
    grades: 4,
  };
  const wider = extend(parent, {
    nodes: [{ id: 9, activation: linear }],
    connections: [{ source: 1, target: 6, innovation: 9 }],
  });
  const found = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const child = OPERATORS.addConnection.makeChild(wider, context(seed, wider)) as Genome;
    found.add(`${child.sources.at(-1)} -> ${child.targets.at(-1)}`);
  }
  expect([...found].sort()).toEqual(["0 -> 3", "0 -> 6", "6 -> 4"]);
});

test("change activation stays among those of the grade, and leaves a step a step", () => {
  const parent = gradedGenome(3, 80);
  const grades = gradesOf(parent);
  expect(parent.activations).toContain(step);
  let changes = 0;
  for (let seed = 0; seed < 200; seed++) {
    const child = OPERATORS.changeActivation.makeChild(
      parent,
      context(seed, parent, { activations: [...ACTIVATION_NAMES] }),
    );
    const node = child?.activations.findIndex((code, index) => code !== parent.activations[index]) ?? -1;
    if (child === undefined) continue;
    changes++;
    expect(activationsAt(grades[node])).toContain(child.activations[node]);
    expect([parent.activations[node], child.activations[node]]).not.toContain(step);
  }
  expect(changes).toBeGreaterThan(50);
});

test("unite adds to a graded genome what siblings gained, and nothing that skips a grade", () => {
  let gained = 0;
  for (let seed = 0; seed < 30; seed++) {
    const root = gradedGenome(seed, 20);
    const all = context(seed, root);
    const [ours, theirs] = [0, 1].map((which) => {
      let sibling = root;
      const rng = derive("siblings", seed, which);
      for (let step = 0; step < 15; step++) sibling = makeChild(sibling, { ...all, rng }).genome;
      return sibling;
    });
    const child = OPERATORS.unite.makeChild(ours, { ...all, relative: () => theirs });
    if (child === undefined) continue;
    expect(validate(child).grades).toBe(4);
    if (child.ids.length > ours.ids.length) gained++;
  }
  expect(gained).toBeGreaterThan(10);
});

test("crossover takes no activation that the node's grade forbids", () => {
  const parent = gradedGenome(3, 80);
  const other = { ...parent, activations: parent.activations.slice().fill(step, 8) };
  for (let seed = 0; seed < 20; seed++) {
    const child = OPERATORS.crossover.makeChild(parent, { ...context(seed, parent), otherParent: () => other });
    expect(child === undefined || validate(child) === child).toBe(true);
  }
  expect(findConnection(parent, 0, 0)).toBe(-1);
});

test("operators keep the grades of a genome whose hidden nodes have higher ones than its outputs", () => {
  const parent = new FormSearch({ ...SHAPE, outputCount: 1 }, { outputs: "signs", strength: 2 }, 4).ask()[0];
  expect([parent.grades, Math.max(...gradesOf(parent))]).toEqual([2, 6]);
  for (const [name, { makeChild }] of Object.entries(OPERATORS)) {
    for (let seed = 0; seed < 20; seed++) {
      const child = makeChild(parent, context(seed, parent));
      if (child !== undefined) expect(validate(child).grades, `${name}, seed ${seed}`).toBe(2);
    }
  }
  const inserted = OPERATORS.insertNode.makeChild(parent, context(1, parent)) as Genome;
  expect(inserted.ids).toHaveLength(parent.ids.length + 1);
});
