/** NEAT: distance, species and shared scores, crossover and mutation of genomes with weights, a search and its state. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { decodeGenome, encodeGenome } from "../../src/genome/codec.ts";
import { extend, type Genome } from "../../src/genome/genome.ts";
import { Innovations } from "../../src/genome/innovation.ts";
import { packGenomes, unpackGenomes } from "../../src/genome/pack.ts";
import { validate } from "../../src/genome/validate.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { distanceFrom } from "../../src/search/neat/distance.ts";
import { crossOver, mutate, mutateWeights, type Weighted, withWeights } from "../../src/search/neat/mutate.ts";
import { NeatSearch } from "../../src/search/neat/neat.ts";
import { completeNeatSettings, type NeatSettings } from "../../src/search/neat/settings.ts";
import { adjustThreshold, apportion, NO_SPECIES, shareScores, speciate } from "../../src/search/neat/species.ts";
import { genomeOf, oneHidden, randomGenome } from "../fixtures/genomes.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const SHAPE = { inputCount: 3, outputCount: 2, outputActivation: 1 };
const STRUCTURAL = { insertNode: 0.3, addConnection: 0.4, enableConnection: 0.2 };
const settingsWith = (changes: Partial<NeatSettings> = {}) => completeNeatSettings(changes);

/** Three connections of two inputs and the bias to one output; innovations 0, 1, 2. */
const star = (...weights: number[]): Weighted =>
  withWeights(
    genomeOf(
      2,
      1,
      [],
      [
        [0, 3],
        [1, 3],
        [2, 3],
      ],
    ),
    (gene) => weights[gene],
  );

/** The star with its first connection split by a node: genes 3 and 4. */
const split = (first: Weighted): Weighted => {
  const child = extend(first, {
    nodes: [{ id: 4, activation: 5 }],
    connections: [
      { source: 0, target: 4, innovation: 3 },
      { source: 4, target: 3, innovation: 4, weight: first.weights[0] },
    ],
  }) as Weighted;
  child.enabled[0] = 0;
  return child;
};

/** A random genome with weights, after so many mutations. */
function grown(seed: number, steps: number, innovations: Innovations): Weighted {
  const rng = derive("neat", seed);
  let genome = withWeights(randomGenome(0, 0), () => rng.between(-1, 1));
  for (let step = 0; step < steps; step++) ({ genome } = mutate(genome, rng, innovations, settingsWith(STRUCTURAL)));
  return genome;
}

describe("weights of a genome", () => {
  test("come back from JSON, packed arrays and the changes of a lineage, as they were", () => {
    const genome = grown(1, 30, new Innovations(3, 2));
    expect(decodeGenome(JSON.parse(JSON.stringify(encodeGenome(genome))))).toEqual(genome);
    expect(unpackGenomes(packGenomes([genome, genome]))).toEqual([genome, genome]);
    expect(genome.weights.length).toBe(genome.sources.length);
  });

  test("are those of its connections in a program, in the program's order", () => {
    const genome = split(star(0.5, -2, 3));
    const { weights, genes, program } = compile(genome);
    expect(Array.from(weights ?? [])).toEqual(Array.from(genes, (gene) => genome.weights[gene]));
    const [output] = outputSlots(program);
    // Linear output: -2 x + 3 y + 0.5 tanh(1).
    expect(createForward(program)([1, 2], weights as Float32Array)[output]).toBeCloseTo(4 + 0.5 * Math.tanh(1), 5);
  });

  test("are one for each connection, and finite", () => {
    expect(() => validate({ ...oneHidden(), weights: new Float32Array(2) })).toThrow(
      "Expected a weight for each of 3 connections, or none at all, got 2.",
    );
    expect(() => validate({ ...oneHidden(), weights: Float32Array.of(1, Number.NaN, 1) })).toThrow(
      "Expected finite weights, got NaN for connection 1.",
    );
    const json = encodeGenome(star(1, 2, 3));
    json.connections[1].weight = undefined;
    expect(() => decodeGenome(json)).toThrow(
      "Expected a weight for each connection, or for none, got none for connection 1.",
    );
  });
});

describe("the distance of genomes", () => {
  const coefficients = { excess: 10, disjoint: 1, weightDifference: 0.1, smallGenome: 20 };

  test("counts genes beyond the newest of the other, those between, and the mean difference of weights", () => {
    const first = star(1, 2, 3);
    expect(distanceFrom(first, coefficients)(star(1, 2, 3))).toBe(0);
    expect(distanceFrom(first, coefficients)(star(1, 0, 4))).toBeCloseTo(0.1, 10);
    expect(distanceFrom(first, coefficients)(split(first))).toBe(20);
    const other = extend(first, { connections: [{ source: 1, target: 3, innovation: 9 }] }) as Weighted;
    // 3 and 4 are disjoint, 9 is excess.
    expect(distanceFrom(split(first), coefficients)(other)).toBe(12);
  });

  test("is the same from either, and by gene of the larger where that has enough", () => {
    const innovations = new Innovations(3, 2);
    for (let seed = 0; seed < 20; seed++) {
      const [a, b] = [grown(seed, 5, innovations), grown(seed + 100, 25, innovations)];
      expect(distanceFrom(a, coefficients)(b)).toBeCloseTo(distanceFrom(b, coefficients)(a), 10);
    }
    const first = star(1, 2, 3);
    expect(distanceFrom(first, { ...coefficients, smallGenome: 5 })(split(first))).toBe(4);
  });
});

describe("species", () => {
  const genomes = [star(0, 0, 0), star(0.5, 0, 0), split(star(0, 0, 0)), star(0, 9, 9)];
  const settings = settingsWith({ weightDifference: 1 });

  test("take the genomes within the threshold of their first, or of a genome of the generation before", () => {
    const first = speciate(genomes, NO_SPECIES, [], settings, 1.9, 0);
    expect(Array.from(first.members)).toEqual([0, 0, 1, 2]);
    expect(first.species.map(({ id }) => id)).toEqual([0, 1, 2]);
    const next = speciate([genomes[3], genomes[2]], first, [genomes[0], genomes[2], genomes[3]], settings, 1.9, 1);
    expect(next.species.map(({ id }) => id)).toEqual([1, 2]);
    expect(Array.from(next.members)).toEqual([1, 0]);
    expect(next.nextId).toBe(3);
  });

  test("get children by their mean score, so that large ones do not take over", () => {
    const speciation = speciate(genomes, NO_SPECIES, [], settings, 1.9, 0);
    const { offspring } = shareScores(speciation, Float64Array.of(4, 4, 8, 4), settings, 0);
    expect(Array.from(offspring)).toEqual([1, 2, 1]);
    // Where there are scores below 0, all are taken from the lowest on.
    const below = shareScores(speciation, Float64Array.of(-4, -4, 0, -4), settings, 0);
    expect(Array.from(below.offspring)).toEqual([0, 4, 0]);
    const same = shareScores(speciation, Float64Array.of(0, 0, 0, 0), settings, 0);
    expect(Array.from(same.offspring)).toEqual([2, 1, 1]);
  });

  test("that did not improve for long have none, but that of the best genome has", () => {
    const speciation = speciate(genomes, NO_SPECIES, [], settings, 1.9, 0);
    const scores = Float64Array.of(4, 4, 8, 4);
    const { species, progress } = shareScores(speciation, scores, settings, 0);
    const later = { ...speciation, species, progress };
    const { stagnation, standstill } = settings;
    expect(Array.from(shareScores(later, scores, settings, stagnation - 1).offspring)).toEqual([1, 2, 1]);
    expect(Array.from(shareScores(later, scores, settings, stagnation).offspring)).toEqual([0, 4, 0]);
    // After a standstill of all, the two best count as improved.
    const still = shareScores(later, scores, settings, standstill);
    expect(Array.from(still.offspring)).toEqual([1, 3, 0]);
    expect(still.progress).toEqual({ best: 8, improved: standstill });
    expect(still.species.map(({ improved }) => improved)).toEqual([standstill, standstill, 0]);
  });

  test("of equal remainders the first get what is left of whole numbers", () => {
    expect(Array.from(apportion([1, 1, 1], 10))).toEqual([4, 3, 3]);
    expect(Array.from(apportion([1, 0, 2], 10))).toEqual([3, 0, 7]);
  });

  test("are aimed at by the threshold, which stays above 0", () => {
    const aim = settingsWith({ speciesTarget: 10, speciesStep: 0.5 });
    expect(adjustThreshold(3, 12, aim)).toBe(3.5);
    expect(adjustThreshold(3, 10, aim)).toBe(3);
    expect(adjustThreshold(0.6, 2, aim)).toBe(0.5);
    expect(adjustThreshold(3, 12, settingsWith({ speciesTarget: 0 }))).toBe(3);
  });
});

describe("crossover", () => {
  test("takes weights of matching genes from either, all else from the better parent", () => {
    const [better, other] = [split(star(1, 2, 3)), star(-1, -2, -3)];
    const seen = new Set<number>();
    for (let index = 0; index < 50; index++) {
      const child = crossOver(better, other, derive("cross", index), settingsWith());
      expect(child.ids).toEqual(better.ids);
      expect(child.innovations).toEqual(better.innovations);
      child.weights.forEach((weight, gene) => {
        expect([better.weights[gene], other.weights[gene]]).toContain(weight);
        seen.add(weight);
      });
    }
    expect(seen).toEqual(new Set([1, 2, 3, -1, -2, -3]));
  });

  test("leaves a gene that is disabled in either parent disabled with its probability", () => {
    const [better, other] = [star(1, 2, 3), split(star(1, 2, 3))];
    const share = (keepDisabled: number) => {
      const children = Array.from({ length: 400 }, (_, index) =>
        crossOver(better, other, derive("cross", index), settingsWith({ keepDisabled })),
      );
      return children.filter(({ enabled }) => enabled[0] === 0).length / children.length;
    };
    expect(share(1)).toBe(1);
    expect(share(0)).toBe(0);
    expect(Math.abs(share(0.75) - 0.75)).toBeLessThan(0.07);
  });
});

describe("mutation", () => {
  test("keeps every invariant, leaves the parent as it is, and numbers the same structure alike", () => {
    const innovations = new Innovations(3, 2);
    const settings = settingsWith(STRUCTURAL);
    const numbers = new Map<string, number>();
    for (let seed = 0; seed < 30; seed++) {
      const rng = derive("mutate", seed);
      let genome = grown(seed, 0, innovations);
      for (let step = 0; step < 40; step++) {
        const before = JSON.stringify(encodeGenome(genome));
        const { genome: child, operators } = mutate(genome, rng, innovations, settings);
        expect(JSON.stringify(encodeGenome(genome))).toBe(before);
        expect(validate(child).weights?.length).toBe(child.sources.length);
        expect(operators.length).toBeLessThanOrEqual(1);
        genome = child;
      }
      genome.innovations.forEach((innovation, gene) => {
        const ends = `${genome.ids[genome.sources[gene]]} ${genome.ids[genome.targets[gene]]}`;
        expect(numbers.get(ends) ?? innovation).toBe(innovation);
        numbers.set(ends, innovation);
      });
    }
    expect(numbers.size).toBeGreaterThan(100);
  });

  test("splits a connection by one of weight 1 and one of its own weight, and disables it", () => {
    const { genome, operators } = mutate(
      star(5, 5, 5),
      derive("split"),
      new Innovations(2, 1),
      settingsWith({ insertNode: 1 }),
    );
    expect(operators).toEqual(["insertNode"]);
    expect(Array.from(genome.weights)).toEqual([5, 5, 5, 1, 5]);
    expect(genome.enabled.filter((enabled) => enabled === 0).length).toBe(1);
  });

  test("moves weights by no more than the perturbation, or draws them anew, within the limit", () => {
    const moved = mutateWeights(
      star(1, 2, 2.99),
      derive("move"),
      settingsWith({ perturb: 1, perturbation: 0.5, weightLimit: 3 }),
    );
    moved.weights.forEach((weight, gene) => {
      expect(Math.abs(weight - [1, 2, 2.99][gene])).toBeLessThanOrEqual(0.5001);
      expect(weight).toBeLessThanOrEqual(3);
    });
    const drawn = mutateWeights(star(9, 9, 9), derive("draw"), settingsWith({ perturb: 0, weightRange: 0.25 }));
    for (const weight of drawn.weights) expect(Math.abs(weight)).toBeLessThanOrEqual(0.25);
  });
});

describe("a search", () => {
  const SMALL = { population: 40, ...STRUCTURAL, speciesDistance: 1.5 };
  const play = (search: NeatSearch, generations: number) => {
    const all: (readonly Genome[])[] = [];
    for (let generation = 0; generation < generations; generation++) {
      const genomes = search.ask();
      all.push(genomes);
      search.tell(genomes.map(madeUpScores));
    }
    return all;
  };

  test("has all genomes in a species", () => {
    const search = new NeatSearch(SHAPE, SMALL, 5);
    play(search, 25);
    const { species, members, nextId } = search.speciation;
    expect(members.length).toBe(SMALL.population);
    expect(new Set(members)).toEqual(new Set(species.keys()));
    expect(nextId).toBeGreaterThan(species.length);
  });

  test("begins without hidden nodes, every input connected with every output, with weights of its own", () => {
    const genomes = new NeatSearch(SHAPE, SMALL, 5).ask();
    for (const { ids, sources, weights } of genomes)
      expect([ids.length, sources.length, weights?.length]).toEqual([6, 8, 8]);
    expect(new Set(genomes.map(({ weights }) => String(weights))).size).toBe(SMALL.population);
  });

  test("keeps the best of species of more than five genomes unchanged", () => {
    const search = new NeatSearch(SHAPE, { ...SMALL, eliteSpecies: 5, speciesDistance: 100, speciesTarget: 0 }, 5);
    for (let generation = 0; generation < 10; generation++) {
      const genomes = search.ask();
      const { order } = search.tell(genomes.map(madeUpScores));
      expect(search.state.births[0]).toBeLessThanOrEqual(generation);
      const next = NeatSearch.from(search.state).ask();
      expect(next[0]).toEqual(genomes[order[0]]);
    }
  });

  test("starts from a champion and copies of it with other weights, whose genes keep their numbers", () => {
    const champion = withWeights(randomGenome(4, 20), () => 0.7);
    const search = new NeatSearch(SHAPE, SMALL, 3, { champion });
    const genomes = search.ask();
    expect(genomes[0]).toEqual(champion);
    for (const genome of genomes.slice(1)) {
      expect(genome.innovations).toEqual(champion.innovations);
      expect(genome.enabled).toEqual(champion.enabled);
      expect(genome.weights).not.toEqual(champion.weights);
    }
    search.tell(genomes.map(madeUpScores));
    for (const genome of play(search, 12).flat()) validate(genome);
  });

  test("refuses a champion of another shape, and settings out of range", () => {
    expect(() => new NeatSearch(SHAPE, {}, 1, { champion: oneHidden() })).toThrow(
      "Expected a champion with 3 inputs and 2 outputs to start from, got one with 1 and 1: take a champion of the same task.",
    );
    expect(() => new NeatSearch(SHAPE, { interspecies: 2 })).toThrow(
      "Expected interspecies to be a number from 0 to 1, got 2.",
    );
  });
});
