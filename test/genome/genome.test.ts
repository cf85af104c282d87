/** Invariants, order, codec and innovations of genomes. */
import { alg, Graph } from "@dagrejs/graphlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { ACTIVATIONS } from "../../src/genome/activations.ts";
import { decodeGenome, encodeGenome } from "../../src/genome/codec.ts";
import { createGenome, type Genome } from "../../src/genome/genome.ts";
import { Innovations } from "../../src/genome/innovation.ts";
import { packGenomes, unpackGenomes } from "../../src/genome/pack.ts";
import { hasCycle, topologicalOrder } from "../../src/genome/topology.ts";
import { validate } from "../../src/genome/validate.ts";
import { genomeOf, oneHidden, randomGenome, withCycle } from "../fixtures/genomes.ts";

/** Random directed graphs, with and without cycles. */
const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((nodeCount) =>
    fc
      .array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1)), { maxLength: 30 })
      .map((edges) => ({ nodeCount, edges })),
  );

describe("topological order", () => {
  test("exists exactly when there is no cycle, and graphlib agrees", () => {
    fc.assert(
      fc.property(graphs, ({ nodeCount, edges }) => {
        const sources = Int32Array.from(edges, ([source]) => source);
        const targets = Int32Array.from(edges, ([, target]) => target);
        const order = topologicalOrder(nodeCount, sources, targets);
        const graph = new Graph({ directed: true });
        for (let node = 0; node < nodeCount; node++) graph.setNode(String(node));
        for (const [source, target] of edges) graph.setEdge(String(source), String(target));
        expect(order.length === nodeCount).toBe(alg.isAcyclic(graph));
        expect(hasCycle(nodeCount, sources, targets)).toBe(!alg.isAcyclic(graph));
        if (order.length < nodeCount) return;
        const places = new Map(Array.from(order, (node, place) => [node, place]));
        expect(places.size).toBe(nodeCount);
        for (const [source, target] of edges) expect(places.get(source)).toBeLessThan(places.get(target) as number);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe("validate", () => {
  const broken = (change: (genome: Genome) => void) => () => {
    const genome = oneHidden();
    change(genome);
    return validate(genome);
  };

  test("accepts a good genome and returns it", () => {
    const genome = oneHidden();
    expect(validate(genome)).toBe(genome);
  });

  test("names the nodes of a cycle", () => {
    expect(() => validate(withCycle())).toThrow(
      "Expected a graph without cycles, got the cycle 3 -> 4 -> 3: remove one of its connections.",
    );
    expect(() => validate(genomeOf(1, 1, ["sin"], [[3, 3]]))).toThrow("got the cycle 3 -> 3:");
  });

  test("counts disabled connections for cycles", () => {
    const genome = withCycle();
    genome.enabled[2] = 0;
    expect(() => validate(genome)).toThrow("got the cycle");
  });

  test("names every other broken invariant and its gene", () => {
    expect(
      broken((genome) => {
        genome.ids[3] = 2;
      }),
    ).toThrow("Expected unique node ids, got 2 twice.");
    expect(
      broken((genome) => {
        genome.ids[1] = 9;
      }),
    ).toThrow("Expected node 1 (bias, input or output) to have the id 1, got 9.");
    expect(
      broken((genome) => {
        genome.activations[3] = 12;
      }),
    ).toThrow("Expected an activation code from 1 to 11 at node 3, got 12.");
    expect(
      broken((genome) => {
        genome.targets[0] = 7;
      }),
    ).toThrow("Connection 0 has an end that is not a node: position 7 of 4 nodes.");
    expect(
      broken((genome) => {
        genome.targets[0] = 1;
      }),
    ).toThrow("Connection 1 -> 1 ends in an input or the bias");
    expect(
      broken((genome) => {
        genome.sources[2] = 3;
      }),
    ).toThrow("Expected at most one connection 3 -> 2, got two.");
    expect(() => validate({ ...oneHidden(), inputCount: 8 })).toThrow(
      "Expected at least 10 nodes (bias, 8 inputs, 1 outputs)",
    );
  });
});

describe("codec", () => {
  test("round trips random genomes", () => {
    for (let seed = 0; seed < 50; seed++) {
      const genome = randomGenome(seed, seed);
      expect(decodeGenome(JSON.parse(JSON.stringify(encodeGenome(genome)))), `seed ${seed}`).toEqual(genome);
    }
  });

  test("round trips a genome without connections and the largest ids", () => {
    expect(decodeGenome(encodeGenome(genomeOf(1, 1, [], [])))).toEqual(genomeOf(1, 1, [], []));
    const genome = oneHidden();
    genome.ids[3] = 2 ** 31 - 1;
    expect(decodeGenome(encodeGenome(genome))).toEqual(genome);
  });

  test("says what is wrong with the form", () => {
    const json = encodeGenome(oneHidden());
    expect(() => decodeGenome({ ...json, format: 2 })).toThrow("Expected a genome of format 1: format:");
    expect(() => decodeGenome({ ...json, nodes: [] })).toThrow(
      "Expected at least 1 nodes, one for each output, got 0.",
    );
    const lost = { ...json, connections: [{ innovation: 5, source: 1, target: 99, enabled: true }] };
    expect(() => decodeGenome(lost)).toThrow("Connection 5 has an end that is not there: expected a node with id 99.");
    expect(() => decodeGenome(encodeGenome(withCycle()))).toThrow("got the cycle 3 -> 4 -> 3");
    const sine = { ...json, nodes: json.nodes.map((node) => ({ ...node, activation: "sine" })) };
    expect(() => decodeGenome(sine)).toThrow("nodes.0.activation:");
  });

  test("packs and unpacks", () => {
    const genomes = [0, 1, 2, 3].map((seed) => randomGenome(seed, seed * 20));
    expect(unpackGenomes(packGenomes(genomes))).toEqual(genomes);
  });
});

describe("innovations", () => {
  test("the same change gets the same number, whoever finds it, and another change another", () => {
    const table = new Innovations(3, 2);
    const first = table.connection(9, 4);
    expect(table.connection(9, 5)).not.toBe(first);
    expect(table.connection(9, 4)).toBe(first);
    const node = table.split(first, 0);
    expect(table.split(first, 1)).not.toBe(node);
    expect(table.split(first, 0)).toBe(node);
  });

  test("first connections have the numbers of first genomes", () => {
    const table = new Innovations(3, 2);
    const genome = createGenome(3, 2, 1, 1, derive("first"));
    genome.innovations.forEach((innovation, gene) => {
      expect(table.connection(genome.sources[gene], genome.targets[gene])).toBe(innovation);
    });
  });

  test("goes on from its state with the same numbers", () => {
    const table = new Innovations(3, 2);
    table.connection(9, 4);
    table.split(3, 0);
    const restored = Innovations.from(table.state, 3, 2);
    expect(restored.connection(9, 4)).toBe(table.connection(9, 4));
    expect(restored.split(7, 0)).toBe(table.split(7, 0));
    expect(restored.connection(12, 4)).toBe(table.connection(12, 4));
  });
});

test("a first genome connects no pair at probability 0 and all at 1", () => {
  expect(createGenome(4, 3, 0, 1, derive(1)).sources.length).toBe(0);
  expect(createGenome(4, 3, 1, 1, derive(1)).sources.length).toBe(15);
});

test("the activation table is ordered by code", () => {
  ACTIVATIONS.forEach(({ code }, index) => {
    expect(code).toBe(index + 1);
  });
});
