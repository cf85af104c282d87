/** Shared beginnings of sums: fewer connections, nodes in order; that scores stay is in tasks/classification.test.ts. */
import { expect, it } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { extend, type Genome } from "../../src/genome/genome.ts";
import { compile } from "../../src/network/compile.ts";
import { mergePrograms } from "../../src/network/merge.ts";
import { PARTIAL_SUM, sharePrefixes } from "../../src/network/prefixes.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "../../src/network/program.ts";
import { randomChild, randomGenome } from "../fixtures/graphs.ts";

/** One output that sums two inputs, then ten hidden nodes of input 0 each. */
function comb(): Genome {
  const hidden = Array.from({ length: 10 }, (_, index) => index);
  return extend(
    {
      inputCount: 2,
      outputCount: 1,
      ids: Int32Array.of(0, 1, 2, 3),
      activations: Uint8Array.of(1, 1, 1, 1),
      sources: Int32Array.of(1, 2),
      targets: Int32Array.of(3, 3),
      innovations: Int32Array.of(0, 1),
      enabled: Uint8Array.of(1, 1),
    },
    {
      nodes: hidden.map((index) => ({ id: 4 + index, activation: 1 + index })),
      connections: hidden.flatMap((index) => [
        { source: 1, target: 4 + index, innovation: 2 * index + 2 },
        { source: 4 + index, target: 3, innovation: 2 * index + 3 },
      ]),
    },
  );
}

function codes(program: Program): number[] {
  const { nodeCount } = programHeader(program);
  return Array.from({ length: nodeCount }, (_, node) => program[HEADER_LENGTH + node * NODE_LENGTH]);
}

it("relatives that differ in a late source share the sum of the sources before it", () => {
  const parent = comb();
  const child = extend(parent);
  child.activations[12] = 11;
  const merged = mergePrograms([compile(parent).program, compile(child).program]);
  const shared = sharePrefixes(merged);
  expect(codes(merged).filter((code) => code === PARTIAL_SUM)).toHaveLength(0);
  expect(codes(shared).filter((code) => code === PARTIAL_SUM)).toHaveLength(1);
  // Two inputs and eight hidden nodes are summed once instead of twice, by one node that two others start from.
  expect(programHeader(shared).connectionCount).toBe(programHeader(merged).connectionCount - 10 + 2);
});

it("a program in which nothing begins alike stays as it is", () => {
  const { program } = compile(comb());
  expect(sharePrefixes(program)).toBe(program);
});

it("keeps every node after its sources", () => {
  let partials = 0;
  for (let seed = 0; seed < 20; seed++) {
    const rng = derive(seed, "prefixes");
    const parent = randomGenome(8, 3, 60, rng);
    const family = Array.from({ length: 12 }, () => compile(randomChild(parent, rng)).program);
    const merged = mergePrograms(family);
    const program = sharePrefixes(merged);
    const header = programHeader(program);
    let source = header.sources;
    codes(program).forEach((code, node) => {
      if (code === PARTIAL_SUM) partials++;
      const end = source + program[HEADER_LENGTH + node * NODE_LENGTH + 2];
      for (; source < end; source++) expect(program[source], `seed ${seed}`).toBeLessThan(1 + header.inputCount + node);
    });
    expect(source).toBe(header.outputs);
    expect(header.connectionCount).toBeLessThanOrEqual(programHeader(merged).connectionCount);
    expect(codes(program).filter((code) => code !== PARTIAL_SUM)).toEqual(codes(merged));
  }
  expect(partials).toBeGreaterThan(5);
});
