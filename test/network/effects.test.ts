/** What changes promise: exactly what they bring where the loss is quadratic, and the kernels in the bits of the plain code. */
import { beforeAll, describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { activationCode } from "../../src/genome/activations.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { Innovations } from "../../src/genome/innovation.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createKernelDots, dotRows, zeroRows } from "../../src/network/dots.ts";
import { createKernelEffects, type EffectOptions, type Proposal, proposeChanges } from "../../src/network/effects.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { growGenome } from "../../src/search/grow.ts";
import { followGradient } from "../../src/search/operators/follow-gradient.ts";
import { errorSlopes } from "../../src/tasks/regression/error.ts";
import { EVERYTHING, genomeOf, settingsWith } from "../fixtures/genomes.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

const WEIGHTS = [-2, -0.5, 1];
const [INPUTS, OUTPUTS, EXAMPLES] = [5, 3, 7];
const LINEAR = activationCode("linear") as number;

/** A genome with linear outputs, and examples whose loss is the mean over them of the sum of output^2 / 2 - factor * output. */
function caseOf(seed: number): { genome: Genome; options: EffectOptions; loss: (genome: Genome) => number } {
  const rng = derive("effects", seed);
  const shape = { inputCount: INPUTS, outputCount: OUTPUTS, outputActivation: LINEAR };
  const genome = growGenome(shape, { ...EVERYTHING, activations: settingsWith().activations }, 8 + 6 * seed, seed);
  const inputs = Float32Array.from({ length: EXAMPLES * INPUTS }, () => rng.between(-1, 1));
  const factors = Float32Array.from({ length: EXAMPLES * OUTPUTS }, () => rng.between(-1, 1));
  const slopes = (outputs: Float32Array, first: Float32Array, second: Float32Array) => {
    outputs.forEach((output, at) => {
      first[at] = (output - factors[at]) / EXAMPLES;
      second[at] = 1 / EXAMPLES;
    });
  };
  const loss = (changed: Genome) => {
    const { program } = compile(changed);
    const forward = createForward(program);
    let sum = 0;
    for (const weight of WEIGHTS) {
      for (let example = 0; example < EXAMPLES; example++) {
        const values = forward(inputs.subarray(example * INPUTS, (example + 1) * INPUTS), weight);
        outputSlots(program).forEach((slot, output) => {
          sum += values[slot] ** 2 / 2 - factors[example * OUTPUTS + output] * values[slot];
        });
      }
    }
    return sum / EXAMPLES / WEIGHTS.length;
  };
  const activations = Array.from({ length: 10 }, (_, code) => code + 1);
  const options = { lesson: { inputs, slopes }, weights: WEIGHTS, activations, candidates: 20, most: 6, rng };
  return { genome, options, loss };
}

/** The child with one proposed change, where genes allow it. */
function childOf(genome: Genome, proposal: Proposal): Genome | undefined {
  return followGradient.makeChild(genome, {
    rng: derive("child"),
    innovations: Innovations.of(genome),
    settings: settingsWith({ gradientChanges: 1 }),
    otherParent: () => genome,
    relative: () => genome,
    proposals: () => [proposal],
  });
}

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

describe("a proposal", () => {
  test("promises what the change brings, to rounding, where the loss is quadratic", () => {
    const kinds = new Map<string, number>();
    for (const seed of SEEDS) {
      const { genome, options, loss } = caseOf(seed);
      const before = loss(genome);
      for (const proposal of proposeChanges(compile(genome), options)) {
        const child = childOf(genome, proposal);
        if (child === undefined) continue;
        const gained = before - loss(child);
        const name = `seed ${seed}, ${JSON.stringify(proposal)}`;
        expect(Math.abs(gained - proposal.gain), name).toBeLessThan(2e-4 * (1 + Math.abs(before)));
        kinds.set(proposal.kind, (kinds.get(proposal.kind) ?? 0) + 1);
      }
    }
    expect([...kinds.keys()].sort()).toEqual(["connect", "disconnect", "insert"]);
    for (const [kind, count] of kinds) expect(count, kind).toBeGreaterThan(20);
  });

  test("is of a gain above 0, those of most gain come first, and no more of a kind for an output than asked for", () => {
    for (const seed of SEEDS) {
      const { genome, options } = caseOf(seed);
      const proposals = proposeChanges(compile(genome), options);
      const gains = proposals.map(({ gain }) => gain);
      expect(gains.every((gain) => gain > 0)).toBe(true);
      expect(gains).toEqual([...gains].sort((a, b) => b - a));
      const connects = proposals.filter(({ kind, target }) => kind === "connect" && target === 1 + INPUTS);
      expect(connects.length).toBeLessThanOrEqual(6);
    }
  });

  test("leaves no better connection out", () => {
    const { genome, options, loss } = caseOf(3);
    const before = loss(genome);
    const proposals = proposeChanges(compile(genome), { ...options, most: 1 });
    const best = proposals.find(({ kind, target }) => kind === "connect" && target === 1 + INPUTS) as Proposal;
    for (let source = 0; source < genome.ids.length; source++) {
      const connected = genome.sources.some((from, gene) => {
        return from === source && genome.targets[gene] === best.target && genome.enabled[gene] === 1;
      });
      const isOutput = source > INPUTS && source <= INPUTS + OUTPUTS;
      const other = { kind: "connect", source, target: best.target, gain: 1 } as const;
      const child = connected || isOutput ? undefined : childOf(genome, other);
      if (child) expect(before - loss(child)).toBeLessThan(best.gain + 1e-4);
    }
  });

  test("names only activations that nodes may have", () => {
    const { genome, options } = caseOf(2);
    const proposals = proposeChanges(compile(genome), { ...options, activations: [LINEAR] });
    const inserted = proposals.flatMap((proposal) => (proposal.kind === "insert" ? [proposal.activation] : []));
    expect(new Set(inserted)).toEqual(new Set([LINEAR]));
  });
});

test("a network without a connection is given some, by one example of one input and one weight", () => {
  const genome = genomeOf(1, 1, [], []);
  const lesson = { inputs: Float32Array.of(0.5), slopes: errorSlopes(Float32Array.of(1)) };
  const options = { lesson, weights: [1], activations: [LINEAR], candidates: 0, most: 4, rng: derive("one") };
  // Squared error from 1 to (1 - x)^2: the bias takes all of it, the input three quarters, directly or by a linear node.
  expect(proposeChanges(compile(genome), options)).toEqual([
    { kind: "connect", source: 0, target: 2, gain: 1 },
    { kind: "insert", sources: [0], activation: LINEAR, target: 2, gain: 1 },
    { kind: "connect", source: 1, target: 2, gain: 0.75 },
    { kind: "insert", sources: [1], activation: LINEAR, target: 2, gain: 0.75 },
  ]);
});

describe("on the kernels", () => {
  test("products of rows have the bits of the plain ones", () => {
    const rng = derive("dots");
    for (const [count, others, width] of [
      [1, 1, 1],
      [3, 2, 9],
      [17, 5, 130],
    ]) {
      const [rows, linear, square] = [count, others, others].map((length) => {
        const made = zeroRows(length, width);
        made.values.forEach((_, at) => {
          made.values[at] = rng.between(-2, 2);
        });
        return made;
      });
      expect(createKernelDots(kernel)(rows, linear, square)).toEqual(dotRows(rows, linear, square));
    }
  });

  test("proposals are those in plain TypeScript", () => {
    for (const seed of SEEDS) {
      const [here, there] = [caseOf(seed), caseOf(seed)];
      const plain = proposeChanges(compile(here.genome), here.options);
      expect(createKernelEffects(kernel)(compile(there.genome), there.options)).toEqual(plain);
    }
  });
});
