/** Merged programs: the same bits as their parts, and fewer nodes. */
import { describe, expect, it } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { activationCode } from "../../src/genome/activations.ts";
import { createGenome } from "../../src/genome/genome.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { distinctNodes, mergeInGroups, mergePrograms } from "../../src/network/merge.ts";
import { type Program, programHeader } from "../../src/network/program.ts";
import { firstCode } from "../../src/search/forms/codes.ts";
import { type Form, genomeOf } from "../../src/search/forms/form.ts";
import { randomChild, randomGenome } from "../fixtures/graphs.ts";

const codeOf = (activation: string) => activationCode(activation) as number;

function family(seed: number, children: number, hidden = 20): Program[] {
  const rng = derive(seed, "family");
  const parent = randomGenome(6, 3, hidden, rng);
  return [parent, ...Array.from({ length: children }, () => randomChild(parent, rng))].map(
    (genome) => compile(genome).program,
  );
}

function outputsOf(program: Program, inputs: readonly number[], weight: number): number[] {
  const values = createForward(program)(inputs, weight);
  return Array.from(outputSlots(program), (slot) => values[slot]);
}

describe("distinctNodes", () => {
  it("has relays of the same source once, and the same outputs bit for bit", () => {
    const form: Form = {
      ...{ inputCount: 4, outputCount: 2, features: 6, activations: ["relu", "abs", "step"].map(codeOf) },
      ...{ multiplicity: 3, outputs: "signs", strength: 5 },
    };
    for (let seed = 0; seed < 20; seed++) {
      const rng = derive(seed, "code");
      const { program } = compile(genomeOf(form, firstCode(form, 0.8, rng)));
      const distinct = distinctNodes(program);
      expect(programHeader(distinct).nodeCount, `seed ${seed}`).toBeLessThan(0.8 * programHeader(program).nodeCount);
      for (const weight of [-2, -0.3, 1]) {
        const inputs = Array.from({ length: 4 }, () => Math.fround(rng.normal()));
        expect(outputsOf(distinct, inputs, weight), `seed ${seed}`).toEqual(outputsOf(program, inputs, weight));
      }
    }
  });

  it("is the program itself where no node is there twice", () => {
    const [program] = family(1, 0);
    const distinct = distinctNodes(program);
    expect(distinctNodes(distinct)).toBe(distinct);
  });
});

describe("mergePrograms", () => {
  it("gives the outputs of all programs, one after another, bit for bit", () => {
    for (let seed = 0; seed < 30; seed++) {
      const programs = family(seed, 8);
      const merged = mergePrograms(programs);
      const rng = derive(seed, "inputs");
      for (const weight of [-2, -0.3, 1]) {
        const inputs = Array.from({ length: 6 }, () => Math.fround(rng.normal()));
        const apart = programs.flatMap((program) => outputsOf(program, inputs, weight));
        expect(outputsOf(merged, inputs, weight), `seed ${seed}`).toEqual(apart);
      }
    }
  });

  it("computes nodes shared by relatives once", () => {
    for (let seed = 0; seed < 10; seed++) {
      const programs = family(seed, 8);
      const apart = programs.reduce((sum, program) => sum + programHeader(program).nodeCount, 0);
      const { nodeCount } = programHeader(mergePrograms(programs));
      expect(nodeCount, `seed ${seed}`).toBeLessThan(apart * 0.7);
    }
  });

  it("collapses identical programs to one", () => {
    const [program] = family(1, 0);
    const header = programHeader(program);
    const merged = programHeader(mergePrograms([program, program.slice(), program.slice()]));
    expect(merged.outputCount).toBe(3 * header.outputCount);
    expect(merged.nodeCount).toBeLessThanOrEqual(header.nodeCount);
    expect(merged.connectionCount).toBeLessThanOrEqual(header.connectionCount);
  });

  it("is the same when merged again", () => {
    const merged = mergePrograms(family(2, 5));
    expect(mergePrograms([merged, merged]).slice(3, 6)).toEqual(Int32Array.of(2 * merged[3], merged[4], merged[5]));
  });

  it("merges programs without connections", () => {
    const program = compile(createGenome(3, 2, 0, 1, derive(1))).program;
    expect(outputsOf(mergePrograms([program, program]), [1, 2, 3], 1)).toEqual([0, 0, 0, 0]);
  });

  it("refuses programs with different inputs", () => {
    const programs = [3, 4].map((inputs) => compile(createGenome(inputs, 1, 1, 1, derive(1))).program);
    expect(() => mergePrograms(programs)).toThrow("Expected programs with the same inputs to merge, got 3 and 4.");
  });
});

describe("mergeInGroups", () => {
  it("closes a group with the program that reaches the limit", () => {
    const programs = family(3, 9);
    const groups = mergeInGroups(programs, programHeader(programs[0]).nodeCount + 10);
    expect(groups.length).toBeGreaterThan(1);
    expect(groups.reduce((sum, { programCount }) => sum + programCount, 0)).toBe(programs.length);
    const inputs = [1, -1, 0.5, 0, 2, -0.25];
    expect(groups.flatMap(({ program }) => outputsOf(program, inputs, 1))).toEqual(
      programs.flatMap((program) => outputsOf(program, inputs, 1)),
    );
    expect(mergeInGroups(programs, 1).map(({ programCount }) => programCount)).toEqual(programs.map(() => 1));
  });
});
