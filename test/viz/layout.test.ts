/** The layout of graphs: order of layers, minimum distances, kept order of inputs and outputs. */
import { expect, it } from "vitest";
import { derive, gradesOf } from "../../src/index.ts";
import { isotonic } from "../../viz/isotonic.ts";
import { layOut } from "../../viz/layout.ts";
import { chooseGraph } from "../../viz/network-graph.ts";
import { gradedGenome } from "../fixtures/graded.ts";

/** A random graph whose edges go from lower to higher numbers. */
function randomGraph(seed: number) {
  const rng = derive(seed, "layout");
  const nodeCount = 4 + rng.integer(30);
  const pairs = new Set<number>();
  for (let edge = 0; edge < 3 * nodeCount; edge++) {
    const target = 3 + rng.integer(nodeCount - 3);
    pairs.add(rng.integer(target) * nodeCount + target);
  }
  const edges = [...pairs].filter((pair) => pair % nodeCount > 2);
  return {
    nodeCount,
    sources: edges.map((pair) => Math.floor(pair / nodeCount)),
    targets: edges.map((pair) => pair % nodeCount),
    first: [0, 1, 2],
    last: [nodeCount - 1],
  };
}

it("every edge goes to a later layer, and its way names one height for each layer between", () => {
  for (let seed = 0; seed < 50; seed++) {
    const graph = randomGraph(seed);
    const layout = layOut(graph, { node: 20, line: 6 });
    graph.sources.forEach((source, edge) => {
      const distance = layout.layers[graph.targets[edge]] - layout.layers[source];
      expect(distance, `seed ${seed}, edge ${edge}`).toBeGreaterThan(0);
      expect(layout.ways[edge], `seed ${seed}, edge ${edge}`).toHaveLength(distance - 1);
    });
  }
});

it("the layers of a graded network are its grades, unless a step begins them anew", () => {
  let stepped = 0;
  for (let seed = 0; seed < 40; seed++) {
    const genome = gradedGenome(seed, seed, { inputs: 4, outputs: 3, grades: 4 + 2 * (seed % 2) });
    const graph = chooseGraph(genome, { inputNames: [], outputNames: [], image: false });
    const nodes = graph.nodes.map((_, node) => node);
    const of = (kind: string) => nodes.filter((node) => graph.nodes[node].kind === kind);
    const layout = layOut(
      { nodeCount: nodes.length, ...graph, first: of("input"), last: of("output") },
      { node: 20, line: 6 },
    );
    graph.sources.forEach((source, edge) => {
      expect(layout.layers[graph.targets[edge]], `seed ${seed}, edge ${edge}`).toBeGreaterThan(layout.layers[source]);
    });
    if (graph.nodes.some(({ activation }) => activation === "step")) {
      stepped++;
      expect(graph.layers).toBeUndefined();
      continue;
    }
    const grades = gradesOf(genome);
    expect([...layout.layers]).toEqual(graph.nodes.map(({ position }) => grades[position]));
    expect(layout.layerCount).toBe(1 + (genome.grades as number));
  }
  expect(stepped).toBeGreaterThan(5);
  expect(stepped).toBeLessThan(35);
});

it("a layer that would be too tall is parted into columns, in each of which nodes keep their distance", () => {
  const wide = {
    nodeCount: 64,
    sources: Array.from({ length: 120 }, (_, edge) => (edge < 60 ? edge % 3 : edge - 57)),
    targets: Array.from({ length: 120 }, (_, edge) => (edge < 60 ? 3 + edge : 63)),
    first: [0, 1, 2],
    last: [63],
  };
  const whole = layOut(wide, { node: 20, line: 6 });
  expect([whole.columns, whole.height]).toEqual([[1, 1, 1], 59 * 20]);
  const { columns, columnOf, heights, height } = layOut(wide, { node: 20, line: 6 }, 400);
  expect(columns).toEqual([1, 3, 1]);
  expect(height).toBeLessThanOrEqual(400);
  for (const column of [0, 1, 2]) {
    const inColumn = Array.from({ length: 60 }, (_, index) => 3 + index).filter((node) => columnOf[node] === column);
    expect(inColumn).toHaveLength(20);
    const sorted = inColumn.map((node) => heights[node]).sort((a, b) => a - b);
    for (let at = 1; at < sorted.length; at++) expect(sorted[at] - sorted[at - 1]).toBeGreaterThan(20 - 1e-9);
  }
});

it("nodes of a layer keep their distance, and heights start at 0", () => {
  for (let seed = 0; seed < 50; seed++) {
    const graph = randomGraph(seed);
    const layout = layOut(graph, { node: 20, line: 6 });
    for (let layer = 0; layer < layout.layerCount; layer++) {
      const heights = Array.from(layout.heights.keys())
        .filter((node) => layout.layers[node] === layer)
        .map((node) => layout.heights[node])
        .sort((a, b) => a - b);
      heights.slice(1).forEach((height, at) => {
        expect(height - heights[at], `seed ${seed}, layer ${layer}`).toBeGreaterThan(19.999);
      });
    }
    expect(Math.min(...layout.heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...layout.heights)).toBeLessThanOrEqual(layout.height);
  }
});

it("inputs stay in their order", () => {
  for (let seed = 0; seed < 50; seed++) {
    const { heights } = layOut(randomGraph(seed), { node: 20, line: 6 });
    expect(heights[0] < heights[1] && heights[1] < heights[2], `seed ${seed}`).toBe(true);
  }
});

it("isotonic gives the nearest values that do not descend", () => {
  expect(isotonic([1, 2, 3], [1, 1, 1])).toEqual([1, 2, 3]);
  expect(isotonic([3, 1, 2], [1, 1, 1])).toEqual([2, 2, 2]);
  expect(isotonic([4, 1], [3, 1])).toEqual([3.25, 3.25]);
  expect(isotonic([], [])).toEqual([]);
});
