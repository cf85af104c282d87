/** Graded genomes: which grade each node has, what breaks the invariant, and that their JSON and checkpoints carry it. */
import { describe, expect, test } from "vitest";
import { decodeGenome, encodeGenome } from "../../src/genome/codec.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { activationsAt, gradesOf, mayChange, namesOf } from "../../src/genome/grades.ts";
import { packGenomes, unpackGenomes } from "../../src/genome/pack.ts";
import { validate } from "../../src/genome/validate.ts";
import { genomeOf } from "../fixtures/genomes.ts";
import { gradedGenome } from "../fixtures/graded.ts";

/**
 *     1 --> 4:linear --> 5:step     grades 1, 2; a step gives on grade 0,
 *                        |
 *     2 -----------------+--> 6:inverse --> 3:linear      so 6 has grade 1 like 4, and the output 3 grade 2
 */
const withStep = (): Genome => ({
  ...genomeOf(
    2,
    1,
    ["linear", "step", "inverse"],
    [
      [1, 4],
      [4, 5],
      [5, 6],
      [2, 6],
      [6, 3],
    ],
  ),
  grades: 2,
});

/** The same, changed. */
function changed(change: (genome: Genome) => object | undefined): Genome {
  const genome = withStep();
  return { ...genome, ...change(genome) };
}

test("a node is one grade above its sources, and a step gives on grade 0", () => {
  expect([...gradesOf(withStep())]).toEqual([0, 0, 0, 2, 1, 2, 1]);
  expect(validate(withStep())).toEqual(withStep());
});

test("grades follow from genes in any order, disabled ones too", () => {
  const { sources, targets } = withStep();
  const reversed = changed(() => ({
    sources: sources.slice().reverse(),
    targets: targets.slice().reverse(),
    enabled: new Uint8Array(5),
  }));
  expect(gradesOf(reversed)).toEqual(gradesOf(withStep()));
});

test("odd grades keep linear and inverse, even ones abs, relu and step too; a step stays one", () => {
  expect(namesOf(activationsAt(1))).toBe("linear, inverse");
  expect(namesOf(activationsAt(4))).toBe("linear, inverse, abs, relu, step");
  const [linear, step, tanh, inverse, relu] = [1, 2, 5, 7, 9];
  expect([mayChange(1, linear, inverse), mayChange(2, inverse, relu)]).toEqual([true, true]);
  expect([
    mayChange(1, linear, relu),
    mayChange(2, relu, tanh),
    mayChange(2, relu, step),
    mayChange(2, step, relu),
  ]).toEqual([false, false, false, false]);
});

describe("refuses", () => {
  test.each<[string, Genome, string]>([
    [
      "an odd grade of the outputs",
      changed(() => ({ grades: 3 })),
      "Expected the outputs of a graded genome to have an even grade of at least 2, got 3.",
    ],
    [
      "no grade of the outputs",
      changed(() => ({ grades: 0 })),
      "Expected the outputs of a graded genome to have an even grade of at least 2, got 0.",
    ],
    [
      "a connection that skips grades",
      changed(({ sources }) => ({ sources: sources.with(4, 1) })),
      "Expected connections of a graded genome to lead from one grade to the next, got 1 -> 3 from grade 0 to grade 2.",
    ],
    [
      "a connection from a step on",
      changed(({ activations }) => ({ activations: activations.with(5, 9) })),
      "Expected connections of a graded genome to lead from one grade to the next, got 2 -> 6 from grade 0 to grade 3.",
    ],
    [
      "relu at an odd grade",
      changed(({ activations }) => ({ activations: activations.with(4, 9) })),
      "Expected node 4, of grade 1, to have one of linear, inverse, which keep the scale there, got relu.",
    ],
    [
      "an output that does not keep scale",
      changed(({ activations }) => ({ activations: activations.with(3, 5) })),
      "Expected node 3, of grade 2, to have one of linear, inverse, abs, relu, step, which keep the scale there, got tanh.",
    ],
    [
      "a hidden node into which nothing leads",
      { ...genomeOf(1, 1, ["linear"], [[3, 2]]), grades: 2 },
      "Expected a connection into node 3, so that its grade is known, got none: remove the node.",
    ],
  ])("%s", (_, genome, message) => {
    expect(() => validate(genome)).toThrow(message);
    const ungraded = { ...genome, grades: undefined };
    expect(validate(ungraded)).toBe(ungraded);
  });
});

test("JSON carries the grade, and none of other genomes", () => {
  const genome = gradedGenome(1, 40);
  const json = encodeGenome(genome);
  expect(json.grades).toBe(4);
  expect(decodeGenome(JSON.parse(JSON.stringify(json)))).toEqual(genome);
  expect(encodeGenome({ ...genome, grades: undefined })).not.toHaveProperty("grades");
  expect(() => decodeGenome({ ...json, grades: 6 })).toThrow(
    /^Expected connections of a graded genome to lead from one grade to the next, got \d+ -> \d+ from grade 3 to grade 6\.$/,
  );
  expect(() => decodeGenome({ ...json, grades: "4" })).toThrow(/^Expected a genome of format 1: grades: /);
});

test("packed genomes keep it", () => {
  const genomes = [gradedGenome(1, 20), gradedGenome(2, 20)];
  expect(unpackGenomes(packGenomes(genomes))).toEqual(genomes);
});
