/**
 * Why no graph keeps its score where each weight is drawn from a range symmetric around 0 (docs/weight-noise.md): an
 * input and its mirror image get the same distribution of answers. Held on random graphs, draw by draw and in every bit.
 */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { activationCode } from "../../src/genome/activations.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { randomGenome } from "../fixtures/genomes.ts";

const LINEAR = activationCode("linear") as number;
const INPUTS = 3;
const cases = Array.from({ length: 200 }, (_, seed) => seed);

/** A random network with a draw of weights and inputs; its outputs as a function of weights and inputs. */
function draw(seed: number) {
  const genome = randomGenome(seed, 60, { inputs: INPUTS });
  genome.activations.fill(LINEAR, 1 + INPUTS, 1 + INPUTS + genome.outputCount);
  const { program, genes } = compile(genome);
  const rng = derive("mirror", seed);
  const weights = Float32Array.from(genes, () => rng.between(-2, 2));
  const inputs = Float32Array.from({ length: INPUTS }, () => rng.normal());
  const forward = createForward(program);
  const answers = (some: Float32Array, at: Float32Array) => {
    const values = forward(at, some);
    return Array.from(outputSlots(program), (slot) => values[slot] + 0);
  };
  const signs = Array.from({ length: INPUTS }, () => (rng.uniform() < 0.5 ? -1 : 1));
  /** The draw with the signs of these connections turned over: as likely as the draw itself. */
  const turned = (isTurned: (gene: number) => boolean) =>
    weights.map((weight, place) => (isTurned(genes[place]) ? -weight : weight));
  return { genome, weights, inputs, answers, signs, turned };
}

describe("where each weight is drawn from a symmetric range", () => {
  test("what a draw answers to a mirror image, a draw that is as likely answers to the original", () => {
    let different = 0;
    for (const seed of cases) {
      const { genome, weights, inputs, answers, signs, turned } = draw(seed);
      const mirror = inputs.map((value, input) => signs[input] * value);
      const partner = turned((gene) => signs[genome.sources[gene] - 1] === -1);
      expect(answers(partner, inputs)).toEqual(answers(weights, mirror));
      if (answers(weights, inputs).join() !== answers(weights, mirror).join()) different++;
    }
    // The draws themselves tell the two apart: it is their distribution that does not.
    expect(different).toBeGreaterThan(100);
  });

  test("a linear output has each value as often as its opposite", () => {
    for (const seed of cases) {
      const { genome, weights, inputs, answers, turned } = draw(seed);
      const last = INPUTS + genome.outputCount;
      // Outputs that lead to each other would turn over twice.
      const isOutput = (node: number) => node > INPUTS && node <= last;
      if (genome.sources.some(isOutput)) continue;
      const partner = turned((gene) => isOutput(genome.targets[gene]));
      expect(answers(partner, inputs)).toEqual(answers(weights, inputs).map((value) => 0 - value));
    }
  });
});
