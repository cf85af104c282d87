/** Compile, the plain forward pass, and the kernel against it: bit for bit. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { f32 } from "../../src/base/float32.ts";
import { derive } from "../../src/base/rng.ts";
import { ACTIVATIONS } from "../../src/genome/activations.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { createProgram, type Program, programHeader } from "../../src/network/program.ts";
import { genomeOf, oneHidden, randomGenome, withDeadEnd } from "../fixtures/genomes.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

/** All slots by the kernel, [lanes][slots]; weights per lane, or sets of individual ones. */
function runKernel(program: Program, inputs: number[][], shared: number[], individual?: Float32Array[]): number[][] {
  const header = programHeader(program);
  const lanes = inputs.length;
  const width = Math.ceil(lanes / 4) * 4;
  const rows = individual === undefined ? 0 : header.connectionCount;
  kernel.reserve(4 * (program.length + width * (header.slotCount + rows + 1)), 4);
  const code = kernel.integers(program.length);
  const values = kernel.floats(width * header.slotCount);
  const weights = kernel.floats(width);
  const sets = kernel.floats(width * rows);
  code.set(program);
  values.fill(0).fill(1, 0, width);
  weights.fill(0).set(shared);
  inputs.forEach((row, lane) => {
    row.forEach((value, input) => {
      values[(1 + input) * width + lane] = value;
    });
    for (let row = 0; row < rows; row++) sets[row * width + lane] = individual?.[lane][row] ?? 0;
  });
  kernel.exports.forward(
    code.byteOffset,
    values.byteOffset,
    width * 4,
    width / 4,
    rows > 0 ? 0 : weights.byteOffset,
    rows > 0 ? sets.byteOffset : 0,
  );
  return inputs.map((_, lane) => Array.from({ length: header.slotCount }, (_, slot) => values[slot * width + lane]));
}

/** Inputs and weights from tiny to huge, and zero. */
const extreme = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 1e-38, -1e-38, 1e18, -1e18, 8388608, 0.5, 1.5),
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);

describe("kernel and plain forward pass", () => {
  test("agree bit for bit on random graphs, shared weights and inputs, huge, tiny and zero ones", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.nat(120),
        fc.array(fc.tuple(extreme, extreme, extreme, extreme), { minLength: 1, maxLength: 21 }),
        (seed, steps, cases) => {
          const { program } = compile(randomGenome(seed, steps));
          const inputs = cases.map(([a, b, c]) => [a, b, c].map(f32));
          const weights = cases.map(([, , , weight]) => f32(weight));
          const forward = createForward(program);
          runKernel(program, inputs, weights).forEach((slots, lane) => {
            expect(slots).toEqual([...forward(inputs[lane], weights[lane])]);
            for (const value of slots) expect(Number.isFinite(value)).toBe(true);
          });
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  test("agree bit for bit with individual weights", () => {
    for (let seed = 0; seed < 40; seed++) {
      const { program } = compile(randomGenome(seed, 3 * seed));
      const rng = derive("individual", seed);
      const lanes = 1 + (seed % 9);
      const sets = Array.from({ length: lanes }, () =>
        Float32Array.from({ length: programHeader(program).connectionCount }, () => rng.between(-2, 2)),
      );
      const inputs = sets.map(() => [rng.normal(), rng.normal(), rng.normal()].map(f32));
      const forward = createForward(program);
      if (sets[0].length === 0) continue;
      runKernel(program, inputs, [], sets).forEach((slots, lane) => {
        expect(slots, `seed ${seed}`).toEqual([...forward(inputs[lane], sets[lane])]);
      });
    }
  });

  test("plain TypeScript refuses individual weights that are not one for each connection", () => {
    const { program } = compile(randomGenome(3, 20));
    const { connectionCount } = programHeader(program);
    const forward = createForward(program);
    for (const length of [0, connectionCount - 1, connectionCount + 1]) {
      expect(() => forward([1, 2, 3], new Float32Array(length))).toThrow(
        `Expected ${connectionCount} individual weights, one for each of the program's ${connectionCount} ` +
          `connections, got ${length}: take those of the genes that compile() names, in its order.`,
      );
    }
  });

  test.each(ACTIVATIONS.map(({ name, code }) => [name, code] as const))(
    "agree on %s over a sweep of arguments",
    (name, code) => {
      const genome = genomeOf(
        1,
        1,
        [name],
        [
          [1, 3],
          [3, 2],
        ],
      );
      const { program } = compile(genome);
      const arguments_ = [0, -0, 1e-45, 2 ** 24, 2 ** 60, -(2 ** 60), 87.5, -87.5, 13.2];
      for (let step = 0; step < 4000; step++) arguments_.push(f32(-100 + step * 0.05), f32(Math.sinh(step / 50 - 40)));
      const apply = ACTIVATIONS[code - 1].apply;
      const results = runKernel(
        program,
        arguments_.map((x) => [f32(x)]),
        arguments_.map(() => 1),
      );
      results.forEach((slots, lane) => {
        expect(Object.is(slots[2], apply(f32(arguments_[lane]) + 0)), `${name}(${arguments_[lane]}) ${slots[2]}`).toBe(
          true,
        );
      });
    },
  );
});

describe("compile", () => {
  test("puts sources before targets and input sources first", () => {
    for (let seed = 0; seed < 60; seed++) {
      const genome = randomGenome(seed, 2 * seed);
      const { program, positions, genes } = compile(genome);
      const header = programHeader(program);
      let source = header.sources;
      for (let node = 0; node < header.nodeCount; node++) {
        const [activation, inputSources, all] = program.subarray(8 + node * 3, 11 + node * 3);
        const slot = 1 + header.inputCount + node;
        expect(activation).toBe(genome.activations[positions[slot]]);
        for (let index = 0; index < all; index++, source++) {
          expect(program[source]).toBeLessThan(slot);
          expect(program[source] <= header.inputCount).toBe(index < inputSources);
          const gene = genes[source - header.sources];
          expect(positions[program[source]]).toBe(genome.sources[gene]);
          expect(positions[slot]).toBe(genome.targets[gene]);
          expect(genome.enabled[gene]).toBe(1);
        }
      }
      expect(source).toBe(header.outputs);
    }
  });

  test("drops nodes that reach no output, and counts their connections all the same", () => {
    const { program, connectionCount } = compile(withDeadEnd());
    expect(programHeader(program)).toMatchObject({ nodeCount: 2, connectionCount: 2 });
    expect(connectionCount).toBe(3);
  });

  test("leaves disabled connections out", () => {
    const genome = oneHidden();
    genome.enabled[0] = 0;
    expect(programHeader(compile(genome).program).connectionCount).toBe(2);
  });

  test("gives outputs without connections the value of nothing", () => {
    const { program } = compile(genomeOf(2, 2, [], []));
    const values = createForward(program)([5, 6], 1);
    expect([...outputSlots(program)].map((slot) => values[slot])).toEqual([0, 0]);
  });
});

describe("forward", () => {
  test("is activation(weight * sum of sources), written out", () => {
    const { program } = compile(oneHidden());
    const output = (input: number, weight: number) => createForward(program)([input], weight)[outputSlots(program)[0]];
    expect(output(3, 2)).toBe(2 * (1 + Math.max(0, 2 * 3)));
    expect(output(-3, 2)).toBe(2);
  });

  test("values saturate and never become infinite or NaN", () => {
    const chain: Genome = genomeOf(
      1,
      1,
      ["squared", "squared", "inverse"],
      [
        [1, 3],
        [3, 4],
        [4, 5],
        [4, 2],
        [5, 2],
      ],
    );
    const { program } = compile(chain);
    expect([...createForward(program)([f32(1e30)], 1e30)].every(Number.isFinite)).toBe(true);
  });
});

describe("programs", () => {
  test("are refused when they are none, of another version, or cut off", () => {
    const { program } = compile(oneHidden());
    expect(() => programHeader(new Int32Array(8))).toThrow("Expected a program, got data that starts with 0");
    const newer = program.slice();
    newer[1] = 2;
    expect(() => programHeader(newer)).toThrow(
      "Expected a program of version 1, got version 2: compile the genome again.",
    );
    expect(() => programHeader(program.slice(0, -1))).toThrow(
      `Expected a program of ${program.length} words, got ${program.length - 1}`,
    );
  });

  test("have a header that round trips at its ends", () => {
    for (const counts of [
      [1, 1, 0, 0],
      [784, 10, 70_000, 1],
    ] as [number, number, number, number][]) {
      const header = programHeader(createProgram(...counts));
      expect([header.inputCount, header.outputCount, header.nodeCount, header.connectionCount]).toEqual([...counts]);
    }
  });
});
