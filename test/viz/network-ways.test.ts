/** What leads where in a network, and what a node computes in words. */
import { describe, expect, it } from "vitest";
import { decodeGenome } from "../../src/index.ts";
import { waysOf } from "../../viz/network-ways.ts";
import { formulaOf, type Graph } from "../../viz/page/network/inspector.ts";
import { createPlayer, withoutNode } from "../../viz/player.ts";
import { growGenomeJson } from "../fixtures/champion.ts";

/**
 *     0 ──► 2 ──► 4 ──► 5
 *     1 ──► 3 ────┘
 *     1 ────────────────┘    6 ──► 7 apart
 */
const EDGES = [
  [0, 2],
  [2, 4],
  [1, 3],
  [3, 4],
  [4, 5],
  [1, 5],
  [6, 7],
].map(([source, target], gene) => ({ source, target, gene }));
const ways = waysOf(EDGES);
const sorted = (items: Iterable<number> = []) => [...items].sort((a, b) => a - b);

describe("ways", () => {
  it("upstream and downstream are all that leads to a node, and all that it leads to", () => {
    expect(sorted(ways.upstream(4).nodes)).toEqual([0, 1, 2, 3, 4]);
    expect(sorted(ways.upstream(4).genes)).toEqual([0, 1, 2, 3]);
    expect(sorted(ways.downstream(1).nodes)).toEqual([1, 3, 4, 5]);
    expect(sorted(ways.downstream(1).genes)).toEqual([2, 3, 4, 5]);
    expect(sorted(ways.downstream(5).nodes)).toEqual([5]);
  });

  it("between two nodes are all connections on any way, none where no way leads", () => {
    expect(sorted(ways.between(1, 5)?.genes)).toEqual([2, 3, 4, 5]);
    expect(sorted(ways.between(0, 5)?.nodes)).toEqual([0, 2, 4, 5]);
    expect(ways.between(5, 0)).toBeUndefined();
    expect(ways.between(6, 5)).toBeUndefined();
  });

  it("the shortest has the fewest connections", () => {
    expect(ways.shortest(1, 5)).toEqual([1, 5]);
    expect(ways.shortest(0, 5)).toEqual([0, 2, 4, 5]);
    expect(ways.shortest(6, 5)).toEqual([]);
    expect(ways.shortest(4, 4)).toEqual([4]);
  });
});

describe("the formula of a node", () => {
  const node = (kind: "input" | "hidden" | "output", activation: string) => ({ kind, activation });
  const graph: Graph = {
    ways,
    nameOf: (position) => `n${position}`,
    nodes: new Map([
      [0, node("input", "")],
      [4, node("hidden", "tanh")],
      [5, node("output", "linear")],
      [6, node("hidden", "relu")],
    ]),
    outputs: [5],
  };

  it("is its activation of the shared weight times the sum of its sources", () => {
    expect(formulaOf(graph, 4)).toBe("tanh(w · (n2 + n3))");
    expect(formulaOf(graph, 0)).toBe("an input, given as it is");
    expect(formulaOf(graph, 6)).toBe("relu(0): nothing leads here");
  });

  it("has the weight of each source where each has its own, and says how many are left out", () => {
    expect(formulaOf({ ...graph, weightOf: (gene) => (gene === 4 ? 1.5 : -0.25) }, 5)).toBe(
      "linear(1.50 · n4 − 0.25 · n1)",
    );
    const many = waysOf(Array.from({ length: 9 }, (_, gene) => ({ source: 10 + gene, target: 4, gene })));
    expect(formulaOf({ ...graph, ways: many }, 4)).toBe("tanh(w · (n10 + n11 + n12 + n13 + n14 + n15 + 3 more))");
  });
});

it("a network without a node has none of the connections that leave it, and the weights of the others", () => {
  const genome = growGenomeJson({ inputs: 5, outputs: 1, connections: 40, seed: 3 });
  const trainedWeights = genome.connections.map((_, gene) => gene / 10);
  const player = createPlayer({ genome, trainedWeights });
  const hidden = decodeGenome(genome).ids.findIndex(
    (_, position) => position > 6 && player.network.positions.includes(position),
  );
  const cut = withoutNode(player, hidden);
  const left = Array.from(player.genome.sources).filter((source) => source === hidden).length;
  expect(left).toBeGreaterThan(0);
  expect(cut.network.connectionCount).toBeLessThan(player.network.connectionCount);
  expect(Array.from(cut.network.genes).every((gene) => player.genome.sources[gene] !== hidden)).toBe(true);
  expect(cut.trained).toEqual(Float32Array.from(cut.network.genes, (gene) => gene / 10));
  expect(player.genome.enabled.length).toBe(cut.genome.enabled.length);
});
