/**
 * The theorem of graded genomes, by the kernel: a classifier answers the same class at every shared weight but 0.
 *
 * At powers of two every product is exact, so the outputs are the same bits but for their exponent, and no case is left
 * out. At other weights single precision rounds: a sum of n values by at most n + 1 units of 2^-24 of their sizes together.
 * A step, or the choice of a class, may go the other way where what it decides on is smaller than the error that has come
 * together before it. Those cases are told apart in double precision, and counted.
 */
import { beforeAll, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { activationOf } from "../../src/genome/activations.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "../../src/network/program.ts";
import { classify } from "../../src/tasks/classification/classification.ts";
import { shared } from "../../src/tuning/weights.ts";
import { gradedGenome } from "../fixtures/graded.ts";

const EXAMPLES = 50;
const INPUTS = 6;
const OUTPUTS = 4;
const WEIGHTS = [0.01, -0.01, 0.1, -0.1, 0.5, -0.5, 1, -1, 2, -2];
const POWERS_OF_TWO = [0.5, -0.5, 1, -1, 2, -2, 2 ** -7, -(2 ** 5)];
/** A unit of rounding, and a hundredth more for what errors of errors add. */
const ROUNDING = 1.01 * 2 ** -24;

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

/** Programs of every grade and size, with examples of their own. */
const cases = Array.from({ length: 120 }, (_, seed) => {
  const genome = gradedGenome(seed, 3 * (seed % 60), { inputs: INPUTS, outputs: OUTPUTS, grades: 2 + 2 * (seed % 3) });
  const rng = derive("theorem", seed);
  const features = Float32Array.from({ length: EXAMPLES * INPUTS }, () => rng.normal());
  return {
    seed,
    program: compile(genome).program,
    examples: { count: EXAMPLES, features, labels: new Uint8Array(EXAMPLES) },
  };
});

/** Whether a step or the choice of the class hangs on rounding: values at the weight 1 with bounds of their errors. */
function hangsOnRounding(program: Program, inputs: Float32Array): boolean {
  const header = programHeader(program);
  const values = [1, ...inputs];
  const errors = values.map(() => 0);
  let source = header.sources;
  let hangs = false;
  for (let node = 0; node < header.nodeCount; node++) {
    const row = HEADER_LENGTH + node * NODE_LENGTH;
    let [sum, size, error] = [0, 0, 0];
    for (const end = source + program[row + 2]; source < end; source++) {
      sum += values[program[source]];
      size += Math.abs(values[program[source]]);
      error += errors[program[source]];
    }
    error += (program[row + 2] + 1) * ROUNDING * size;
    const { name } = activationOf(program[row]);
    if (name === "step" && error > 0 && Math.abs(sum) <= error) hangs = true;
    const isZero = name === "relu" && sum < -error;
    values.push(
      { linear: sum, inverse: -sum, abs: Math.abs(sum), relu: Math.max(0, sum), step: sum > 0 ? 1 : 0 }[name] as number,
    );
    errors.push(name === "step" || isZero ? 0 : error);
  }
  const [best, ...others] = [...outputSlots(program)].sort((a, b) => values[b] - values[a]);
  const mayWin = (slot: number) => values[best] - values[slot] <= errors[best] + errors[slot];
  return hangs || others.some((slot) => errors[best] + errors[slot] > 0 && mayWin(slot));
}

const inputsOf = (features: Float32Array, example: number) =>
  features.subarray(example * INPUTS, (example + 1) * INPUTS);

test("at powers of two, of both signs, outputs are those of the weight 1 to the bit, but for the scale", () => {
  for (const { seed, program, examples } of cases) {
    const forward = createForward(program);
    const { nodeCount } = programHeader(program);
    const classes = classify(kernel, program, shared(POWERS_OF_TWO), examples);
    POWERS_OF_TWO.forEach((weight, index) => {
      const some = classes.subarray(index * EXAMPLES, (index + 1) * EXAMPLES);
      expect(some, `seed ${seed}, weight ${weight}`).toEqual(classes.subarray(2 * EXAMPLES, 3 * EXAMPLES));
    });
    const [one, other] = [1, -(2 ** -7)].map((weight) =>
      [...outputSlots(program)].map((slot) => forward(inputsOf(examples.features, 0), weight).slice()[slot]),
    );
    const scale = 2 ** (-7 * (2 + 2 * (seed % 3)));
    expect(nodeCount).toBeGreaterThan(OUTPUTS);
    expect(other.map((value) => value + 0)).toEqual(one.map((value) => value * scale + 0));
  }
});

test("at any weight but 0 the class is the same wherever it does not hang on rounding", () => {
  let left = 0;
  for (const { seed, program, examples } of cases) {
    const classes = classify(kernel, program, shared(WEIGHTS), examples);
    for (let example = 0; example < EXAMPLES; example++) {
      if (hangsOnRounding(program, inputsOf(examples.features, example))) {
        left++;
        continue;
      }
      const answers = WEIGHTS.map((_, weight) => classes[weight * EXAMPLES + example]);
      expect(new Set(answers).size, `seed ${seed}, example ${example}: ${answers}`).toBe(1);
    }
  }
  expect(left).toBeLessThan(0.1 * cases.length * EXAMPLES);
});

test("at 0 all outputs are equal, and the class says nothing", () => {
  const [{ program, examples }] = cases;
  expect([...classify(kernel, program, shared([0]), examples)]).toEqual(new Array(EXAMPLES).fill(0));
});
