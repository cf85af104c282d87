/** What became of a founder's genes: names, order and shares from counts, and the words of a gene. */
import { expect, test } from "vitest";
import { encodeGenome } from "../../src/index.ts";
import { survivalOfGenes, toldOf } from "../../viz/survival.ts";
import { genomeOf } from "../fixtures/genomes.ts";

/** Two inputs, one output, a relu before it, and a connection that is disabled. */
const founder = () => {
  const genome = genomeOf(
    2,
    1,
    ["relu"],
    [
      [1, 4],
      [4, 3],
      [2, 3],
      [0, 3],
    ],
  );
  genome.enabled[3] = 0;
  return encodeGenome(genome);
};
const record = (generation: number, connections: number[], nodes: number[]) => ({
  generation,
  genomes: 10,
  connections,
  nodes,
});
const NAMES = { inputNames: ["angle", "speed"], outputNames: ["force"] };

test("connections come first, then nodes, of each the one that most genomes have at the end, then the longest in use", () => {
  const records = [record(0, [10, 10, 10], [10, 10]), record(1, [5, 8, 10], [10, 10]), record(2, [5, 5, 10], [10, 4])];
  const { generations, genes } = survivalOfGenes(founder(), records, NAMES);
  expect(generations).toEqual([0, 1, 2]);
  expect(genes).toEqual([
    { name: "speed → force", kind: "connection", shares: [1, 1, 1] },
    { name: "relu 4 → force", kind: "connection", shares: [1, 0.8, 0.5] },
    { name: "angle → relu 4", kind: "connection", shares: [1, 0.5, 0.5] },
    { name: "force", kind: "node", shares: [1, 1, 1] },
    { name: "relu 4", kind: "node", shares: [1, 1, 0.4] },
  ]);
  expect(toldOf(genes[1])).toBe("connection relu 4 → force: in use by 100 % of the first genomes, 50 % of the last");
});

test("of long runs at most 120 generations are shown, the last among them", () => {
  const records = Array.from({ length: 1001 }, (_, generation) => record(generation, [10, 10, 10], [10, 10]));
  const { generations } = survivalOfGenes(founder(), records, NAMES);
  expect(generations.length).toBeLessThanOrEqual(120);
  expect(generations.at(-1)).toBe(1000);
});
