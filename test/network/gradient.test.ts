/** Gradients through a program: against differences in double precision, and the kernel against them, bit for bit. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { f32, SATURATION } from "../../src/base/float32.ts";
import { derive } from "../../src/base/rng.ts";
import { ACTIVATIONS, activationOf } from "../../src/genome/activations.ts";
import { extend } from "../../src/genome/genome.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createGradient, type GradientOptions, type LossDerivative } from "../../src/network/gradient.ts";
import { createKernelGradient } from "../../src/network/gradient-kernel.ts";
import { mergePrograms } from "../../src/network/merge.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "../../src/network/program.ts";
import { genomeOf, oneHidden, randomGenome } from "../fixtures/genomes.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

/** Loss = sum over examples and outputs of factor * output + output^2 / 2, whose derivative is factor + output. */
function lossWith(factors: Float64Array): LossDerivative {
  return (outputs, derivatives) => {
    for (let at = 0; at < outputs.length; at++) derivatives[at] = factors[at % factors.length] + outputs[at];
  };
}

/** A value with its derivative along one direction. */
type Dual = readonly [value: number, slope: number];

const EXACT: Record<string, (x: number) => Dual> = {
  linear: (x) => [x, 1],
  step: (x) => [x > 0 ? 1 : 0, 0],
  sin: (x) => [Math.sin(Math.PI * x), Math.PI * Math.cos(Math.PI * x)],
  gaussian: (x) => [Math.exp((-x * x) / 2), -x * Math.exp((-x * x) / 2)],
  tanh: (x) => [Math.tanh(x), 1 - Math.tanh(x) ** 2],
  sigmoid: (x) => [1 / (1 + Math.exp(-x)), 1 / (1 + Math.exp(-x)) / (1 + Math.exp(x))],
  inverse: (x) => [-x, -1],
  abs: (x) => [Math.abs(x), Math.sign(x)],
  relu: (x) => [Math.max(0, x), x > 0 ? 1 : 0],
  cos: (x) => [Math.cos(Math.PI * x), -Math.PI * Math.sin(Math.PI * x)],
  squared: (x) => [x * x, 2 * x],
};
const triangle = (x: number) => Math.max(0, 1 - Math.abs(x));

/** What the reference is asked: weights by connection, inputs, and what is added to the sums of nodes; with slopes. */
interface Asked {
  readonly weights: readonly Dual[];
  readonly inputs: readonly Dual[];
  readonly added: readonly Dual[];
}

/** The loss of one example in double precision, with its slope by forward differentiation. */
function reference(
  program: Program,
  { weights, inputs, added }: Asked,
  factors: Float64Array,
  surrogate: boolean,
): Dual {
  const header = programHeader(program);
  const values: Dual[] = [[1, 0], ...inputs];
  let connection = 0;
  for (let node = 0; node < header.nodeCount; node++) {
    let [sum, slope] = added[node];
    const row = HEADER_LENGTH + node * NODE_LENGTH;
    for (const end = connection + program[row + 2]; connection < end; connection++) {
      const [weight, weightSlope] = weights[connection];
      const [value, valueSlope] = values[program[header.sources + connection]];
      sum += weight * value;
      slope += weightSlope * value + weight * valueSlope;
    }
    const { name } = activationOf(program[row]);
    const [value, derivative] = EXACT[name](sum);
    values.push([value, (name === "step" && surrogate ? triangle(sum) : derivative) * slope]);
  }
  let loss = 0;
  let lossSlope = 0;
  for (let output = 0; output < header.outputCount; output++) {
    const [value, slope] = values[program[header.outputs + output]];
    loss += factors[output] * value + value ** 2 / 2;
    lossSlope += (factors[output] + value) * slope;
  }
  return [loss, lossSlope];
}

/** A program, a batch and weights, small enough that single precision does not blur its gradients. */
function caseOf(seed: number) {
  const { program } = compile(randomGenome(seed, 5 + (seed % 40)));
  const header = programHeader(program);
  const rng = derive("gradient", seed);
  const count = 1 + (seed % 5);
  const draw = (length: number, size: number) => Float32Array.from({ length }, () => rng.between(-size, size));
  return {
    program,
    header,
    count,
    inputs: draw(count * header.inputCount, 1),
    weights: draw(header.connectionCount, 0.7),
    factors: Float64Array.from(draw(header.outputCount, 1)),
  };
}

/** Every direction there is: each weight, input and sum, with what `createGradient` says of it. */
function* directions(seed: number, options: GradientOptions) {
  const { program, header, count, inputs, weights, factors } = caseOf(seed);
  const gradients = createGradient(program, options)(inputs, weights, lossWith(factors));
  const at = (example: number, kind: "weights" | "inputs" | "added", index: number, size: number, slope = 0): Asked => {
    const dual = (values: ArrayLike<number>, which: typeof kind) =>
      Array.from(
        values,
        (value, place): Dual => (which === kind && place === index ? [value + size, slope] : [value, 0]),
      );
    return {
      weights: dual(weights, "weights"),
      inputs: dual(inputs.subarray(example * header.inputCount, (example + 1) * header.inputCount), "inputs"),
      added: dual(new Float64Array(header.nodeCount), "added"),
    };
  };
  const examples = Array.from({ length: count }, (_, example) => example);
  /** The loss of some examples when one number is changed by `size`. */
  const along = (some: number[], kind: "weights" | "inputs" | "added", index: number) => ({
    name: `seed ${seed}, ${kind} ${index}`,
    loss: (size: number) =>
      some.reduce((sum, example) => sum + reference(program, at(example, kind, index, size), factors, false)[0], 0),
    slope: some.reduce((sum, example) => sum + reference(program, at(example, kind, index, 0, 1), factors, true)[1], 0),
  });
  for (let connection = 0; connection < header.connectionCount; connection++) {
    yield { ...along(examples, "weights", connection), found: gradients.connections[connection] };
  }
  for (const example of examples) {
    for (let input = 0; input < header.inputCount; input++) {
      yield { ...along([example], "inputs", input), found: gradients.errors(1 + input)[example] };
    }
    for (let node = 0; node < header.nodeCount; node++) {
      yield { ...along([example], "added", node), found: gradients.errors(1 + header.inputCount + node)[example] };
    }
  }
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

test("the cases have every activation", () => {
  const codes = SEEDS.flatMap((seed) => {
    const { program, header } = caseOf(seed);
    return Array.from({ length: header.nodeCount }, (_, node) => program[HEADER_LENGTH + node * NODE_LENGTH]);
  });
  expect(new Set(codes).size).toBe(ACTIVATIONS.length);
});

describe("gradients by weights, inputs and sums", () => {
  test("are those of central differences in double precision, wherever there are some", () => {
    let compared = 0;
    let kinks = 0;
    for (const seed of SEEDS) {
      for (const { name, loss, found } of directions(seed, { flat: "zero" })) {
        const step = 1e-5;
        const [before, here, after] = [loss(-step), loss(0), loss(step)];
        const expected = (after - before) / (2 * step);
        // At a kink or a jump the two sides differ.
        if (Math.abs(after - 2 * here + before) / step > 2e-3 * (1 + Math.abs(expected))) {
          kinks++;
          continue;
        }
        compared++;
        expect(Math.abs(found - expected), `${name}: ${found}, not ${expected}`).toBeLessThan(
          2e-3 * (1 + Math.abs(expected)),
        );
      }
    }
    expect(compared).toBeGreaterThan(3000);
    expect(kinks).toBeLessThan(compared / 50);
  });

  test("with the surrogate of the step are those of forward differentiation in double precision", () => {
    for (const seed of SEEDS) {
      for (const { name, slope, found } of directions(seed, {})) {
        expect(Math.abs(found - slope), `${name}: ${found}, not ${slope}`).toBeLessThan(2e-3 * (1 + Math.abs(slope)));
      }
    }
  });

  test("of a shared weight add up to its own derivative", () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const { program, inputs, factors } = caseOf(seed);
      const at = (weight: number) => createGradient(program)(inputs, weight, lossWith(factors));
      const { connectionCount } = programHeader(program);
      expect(at(0.6).connections).toHaveLength(connectionCount);
      const same = createGradient(program)(inputs, new Float32Array(connectionCount).fill(1), lossWith(factors));
      at(1).connections.forEach((value, connection) => {
        expect(value, `seed ${seed}`).toBeCloseTo(same.connections[connection], 2);
      });
    }
    const { program } = compile(oneHidden());
    // output = w (1 + w x), loss = output: its derivative by w is 1 + 2 w x.
    const { connections } = createGradient(program)(Float32Array.of(3), 0.5, (_, derivatives) => derivatives.fill(1));
    expect(connections.reduce((sum, value) => sum + value, 0)).toBe(1 + 2 * 0.5 * 3);
  });

  test("tell the effect of a connection that is not there: value of its source times error of its target", () => {
    const genome = genomeOf(
      2,
      1,
      ["tanh", "sin"],
      [
        [1, 4],
        [2, 5],
        [4, 5],
        [4, 3],
        [5, 3],
      ],
    );
    const network = compile(genome);
    const slotOf = (position: number) => network.positions.indexOf(position);
    const inputs = Float32Array.of(0.3, -0.8, 0.5, 0.2);
    const loss = lossWith(Float64Array.of(0.4));
    const gradients = createGradient(network.program)(inputs, 0.9, loss);
    for (const [source, target] of [
      [1, 5],
      [2, 4],
      [0, 4],
      [1, 3],
    ]) {
      const errors = gradients.errors(slotOf(target));
      const effect = gradients.values(slotOf(source)).reduce((sum, value, index) => sum + value * errors[index], 0);
      const added = compile(extend(genome, { connections: [{ source, target, innovation: 9 }] }));
      const weights = Float32Array.from(added.genes, (gene) => (gene === 5 ? 0 : 0.9));
      const { connections } = createGradient(added.program)(inputs, weights, loss);
      expect(effect, `${source} -> ${target}`).toBeCloseTo(connections[added.genes.indexOf(5)], 5);
    }
  });
});

describe("the kernel", () => {
  /** Numbers from tiny to huge, and zero. */
  const extreme = fc.oneof(
    fc.constantFrom(0, -0, 1, -1, 1e-38, 1e17, -1e17, 8388608, 0.5, -1.5),
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  );

  test("agrees bit for bit, with shared and individual weights, huge, tiny and zero ones; all is finite", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.nat(100),
        fc.array(fc.tuple(extreme, extreme, extreme), { minLength: 1, maxLength: 35 }),
        fc.option(extreme),
        fc.constantFrom("zero", "surrogate"),
        (seed, steps, cases, shared, flat) => {
          const { program } = compile(randomGenome(seed, steps));
          const { connectionCount, slotCount, outputCount } = programHeader(program);
          const rng = derive("individual", seed);
          const weights =
            shared === null ? Float32Array.from({ length: connectionCount }, () => 3 * rng.normal()) : f32(shared);
          const inputs = Float32Array.from(cases.flat());
          const factors = Float64Array.from({ length: outputCount }, () => rng.normal());
          const options = { flat } as GradientOptions;
          const plain = createGradient(program, options)(inputs, weights, lossWith(factors));
          const kernels = createKernelGradient(kernel, program, options)(inputs, weights, lossWith(factors));
          expect(kernels.connections).toEqual(plain.connections);
          expect(plain.connections.every(Number.isFinite)).toBe(true);
          for (let slot = 0; slot < slotCount; slot++) {
            expect(kernels.values(slot), `value of ${slot}`).toEqual(plain.values(slot));
            expect(kernels.errors(slot), `error of ${slot}`).toEqual(plain.errors(slot));
            expect(plain.errors(slot).every(Number.isFinite)).toBe(true);
          }
        },
      ),
      { seed: 7, numRuns: 100 },
    );
  });

  test("adds the derivatives of networks that share an output", () => {
    const { program } = compile(oneHidden());
    const merged = mergePrograms([program, program]);
    expect(programHeader(merged)).toMatchObject({ outputCount: 2, nodeCount: 2 });
    const inputs = Float32Array.of(0.5, 2, -1);
    const ones: LossDerivative = (_, derivatives) => derivatives.fill(1);
    const once = createGradient(program)(inputs, 0.7, ones).connections;
    for (const gradient of [createGradient(merged), createKernelGradient(kernel, merged)]) {
      expect(gradient(inputs, 0.7, ones).connections).toEqual(once.map((value) => 2 * value));
    }
  });
});

describe("derivatives of activations", () => {
  test.each(ACTIVATIONS.map((activation) => [activation.name, activation] as const))(
    "%s: the slope of its formula, 0 where it is saturated",
    (name, { apply, derivative }) => {
      for (let step = -400; step <= 400; step++) {
        const x = f32(step / 50 + 0.003);
        expect(derivative(x, apply(x)), `${name}'(${x})`).toBeCloseTo(EXACT[name](x)[1], 4);
      }
      for (const x of [-(2 ** 61), 2 ** 61, -(2 ** 100), 2 ** 100]) {
        const saturates = Math.abs(apply(x)) === SATURATION;
        if (saturates) expect(Math.abs(derivative(x, apply(x)))).toBe(0);
        else expect(Number.isFinite(derivative(x, apply(x)))).toBe(true);
      }
    },
  );

  test("only the step has a surrogate: a triangle of the step's height", () => {
    expect(ACTIVATIONS.filter(({ surrogate }) => surrogate).map(({ name }) => name)).toEqual(["step"]);
    const { surrogate = () => Number.NaN } = activationOf(2);
    expect([-2, -1, -0.5, 0, 0.25, 1, 2].map(surrogate)).toEqual([0, 0, 0.5, 1, 0.75, 0, 0]);
  });
});

describe.each([
  ["plain TypeScript", (program: Program) => createGradient(program)],
  ["the kernel", (program: Program) => createKernelGradient(kernel, program)],
])("%s refuses", (_, create) => {
  const { program } = compile(randomGenome(3, 20));
  const { connectionCount } = programHeader(program);
  const none: LossDerivative = () => {};

  test.each([0, 2, 4])("inputs that are no whole examples: %i numbers", (length) => {
    expect(() => create(program)(new Float32Array(length), 1, none)).toThrow(
      `Expected the inputs of at least 1 example, 3 of each, got ${length} numbers.`,
    );
  });

  test("weights that are not one for each connection", () => {
    expect(() => create(program)(new Float32Array(3), new Float32Array(1), none)).toThrow(
      `Expected ${connectionCount} individual weights, one for each of the program's ${connectionCount} connections, got 1: `,
    );
  });

  test("a loss whose derivatives are not finite", () => {
    const broken: LossDerivative = (_outputs, derivatives) => {
      derivatives[1] = Number.NaN;
    };
    expect(() => create(program)(new Float32Array(3), 1, broken)).toThrow(
      "Expected finite derivatives of the loss by the outputs, got NaN at index 1.",
    );
  });
});
