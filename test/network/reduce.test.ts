/** A genome without what has no part in its outputs: smaller, and its answers the same in every bit. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { validate } from "../../src/genome/validate.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { reduce } from "../../src/network/reduce.ts";
import { genomeOf, randomGenome, withDeadEnd } from "../fixtures/genomes.ts";
import { gradedLineage } from "../fixtures/graded.ts";

/** What a genome's network answers; zeros have no sign here. */
function answers(genome: Genome, inputs: readonly number[], weight: number): number[] {
  const { program } = compile(genome);
  const values = createForward(program)(Float32Array.from(inputs), weight);
  return Array.from(outputSlots(program), (slot) => values[slot] + 0);
}

/** A genome with these genes disabled. */
function withDisabled(genome: Genome, genes: ReadonlySet<number>): Genome {
  return { ...genome, enabled: genome.enabled.map((value, gene) => (genes.has(gene) ? 0 : value)) };
}

describe("reduce", () => {
  test("answers as 200 random graphs do with the same connections disabled, and keeps every invariant", () => {
    let smaller = 0;
    for (let seed = 0; seed < 200; seed++) {
      const genome = randomGenome(seed, 60);
      const rng = derive("reduce", seed);
      const without = new Set(Array.from({ length: seed % 5 }, () => rng.integer(genome.sources.length)));
      const small = validate(reduce(genome, without));
      const [inputs, weight] = [[rng.normal(), rng.normal(), rng.normal()], rng.between(-2, 2)];
      expect(answers(small, inputs, weight)).toEqual(answers(withDisabled(genome, without), inputs, weight));
      expect(compile(small).genes.length).toBe(small.sources.length);
      if (small.ids.length < genome.ids.length) smaller++;
    }
    expect(smaller).toBeGreaterThan(100);
  });

  test("keeps grades: 20 graded genomes stay graded, whatever is left out", () => {
    for (let seed = 0; seed < 20; seed++) {
      const genome = [...gradedLineage(seed, 40)].at(-1) as Genome;
      for (const gene of genome.sources.keys()) {
        const small = validate(reduce(genome, new Set([gene])));
        expect(small.grades).toBe(genome.grades);
        expect(small.sources.length).toBeLessThan(genome.sources.length);
      }
    }
  });

  test("leaves out dead ends, and nodes that are 0 because nothing leads into them, but not those that are not 0", () => {
    expect([...reduce(withDeadEnd()).ids]).toEqual([0, 1, 2, 3]);
    const chain = (activation: string) =>
      genomeOf(
        1,
        1,
        ["tanh", activation],
        [
          [1, 3],
          [3, 4],
          [4, 2],
          [0, 2],
        ],
      );
    expect([...reduce(chain("relu"), new Set([0])).ids]).toEqual([0, 1, 2]);
    expect([...reduce(chain("cos"), new Set([0])).ids]).toEqual([0, 1, 2, 4]);
  });

  test("keeps the weights of the connections that are left", () => {
    const genome = { ...withDeadEnd(), weights: Float32Array.of(0.5, -2, 9) };
    expect([...(reduce(genome).weights as Float32Array)]).toEqual([0.5, -2]);
    expect([...(reduce(genome, new Set([0, 2])).weights as Float32Array)]).toEqual([]);
  });

  test("leaves the bias, inputs and outputs of a network without connections", () => {
    const genome = withDeadEnd();
    const bare = validate(reduce(genome, new Set(genome.sources.keys())));
    expect([...bare.ids]).toEqual([0, 1, 2]);
    expect(bare.sources.length).toBe(0);
  });
});
