/** Genomes of dense layers: every node of a layer leads to every node of the next, and nowhere else. */
import { expect, test } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import { activationCode } from "../../src/genome/activations.ts";
import { layeredConnectionCount, layeredGenome, layeredName } from "../../src/genome/layered.ts";
import { validate } from "../../src/genome/validate.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";

const [LINEAR, RELU, TANH] = ["linear", "relu", "tanh"].map((name) => activationCode(name) as number);

test.each([
  { inputCount: 5, outputCount: 1, layers: [10], name: "5-10-1", connections: 71 },
  { inputCount: 2, outputCount: 3, layers: [4, 2], name: "2-4-2-3", connections: 31 },
  { inputCount: 1, outputCount: 1, layers: [1], name: "1-1-1", connections: 4 },
  { inputCount: 3, outputCount: 2, layers: [], name: "3-2", connections: 8 },
])("$name has $connections connections, those of the bias among them", ({ name, connections, ...shape }) => {
  const genome = validate(layeredGenome(shape, TANH, LINEAR));
  expect(layeredName(shape)).toBe(name);
  expect(layeredConnectionCount(shape)).toBe(connections);
  const { genes, connectionCount, positions } = compile(genome);
  expect([connectionCount, genes.length]).toEqual([connections, connections]);
  expect(positions).toHaveLength(1 + shape.inputCount + shape.outputCount + shape.layers.reduce((a, b) => a + b, 0));
});

test("it computes layer after layer, with a weight of its own on each connection", () => {
  const genome = layeredGenome({ inputCount: 2, outputCount: 1, layers: [2] }, RELU, LINEAR);
  const { program, genes } = compile(genome);
  // By target, in the order of genes: bias, x, y of the first hidden node, of the second, then bias and both of the output.
  const byGene = [0.5, 1, -1, -0.25, 2, 0, 3, 1, -2];
  const weights = Float32Array.from(genes, (gene) => byGene[gene]);
  const values = createForward(program)([1, 2], weights);
  const [first, second] = [Math.max(0, 0.5 + 1 - 2), Math.max(0, -0.25 + 2)];
  expect(values[outputSlots(program)[0]]).toBe(3 + first - 2 * second);
});

test("more connections than can be drawn are refused", () => {
  const shape = { inputCount: 784, outputCount: 10, layers: [256] };
  expect(() => layeredGenome(shape, TANH, LINEAR)).toThrow(UsageError);
  expect(() => layeredGenome(shape, TANH, LINEAR)).toThrow(
    "Expected layers with at most 200,000 connections, got 203,530 in 784-256-10: give fewer or smaller layers.",
  );
});
