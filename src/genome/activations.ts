/** The one table of activations: name, code as published, formula and derivative in single precision. */
import { cosPi32, exp32, f32, SATURATION, saturate32, sinPi32, tanh32 } from "../base/float32.ts";

/** An activation of a node. `code` is the number the published file format uses (Gaier & Ha 2019, WANNRelease). */
export interface Activation {
  readonly code: number;
  readonly name: string;
  readonly formula: string;
  /** The value at `x`, a finite single; the result is a finite single within +-2^60. */
  readonly apply: (x: number) => number;
  /** The derivative at `x`, where the value is `y`; 0 where the value is saturated, and at a kink. */
  readonly derivative: (x: number, y: number) => number;
  /** What gradients may take for the derivative where that is 0 nearly everywhere. */
  readonly surrogate?: (x: number) => number;
}

const PI = f32(Math.PI);

/**
 * All activations, ordered by code from 1. Values that could grow without bound saturate at +-2^60.
 *
 * The surrogate of the step is the triangle of Esser et al. 2016 ("Convolutional networks for fast, energy-efficient
 * neuromorphic computing", PNAS 113): 1 at the threshold, 0 from 1 away from it, the step's height in all.
 */
export const ACTIVATIONS: readonly Activation[] = [
  { code: 1, name: "linear", formula: "x", apply: (x) => saturate32(x), derivative: (x) => within(x) },
  {
    code: 2,
    name: "step",
    formula: "x > 0 ? 1 : 0",
    apply: (x) => (x > 0 ? 1 : 0),
    derivative: () => 0,
    surrogate: (x) => Math.max(0, f32(1 - Math.abs(x))),
  },
  { code: 3, name: "sin", formula: "sin(pi x)", apply: sinPi32, derivative: (x) => f32(PI * cosPi32(x)) },
  {
    code: 4,
    name: "gaussian",
    formula: "exp(-x^2 / 2)",
    apply: (x) => exp32(f32(f32(x * x) * -0.5)),
    derivative: (x, y) => f32(-x * y),
  },
  { code: 5, name: "tanh", formula: "tanh(x)", apply: tanh32, derivative: (_, y) => f32(1 - f32(y * y)) },
  {
    code: 6,
    name: "sigmoid",
    formula: "(tanh(x / 2) + 1) / 2",
    apply: sigmoid,
    derivative: (_, y) => f32(y * f32(1 - y)),
  },
  { code: 7, name: "inverse", formula: "-x", apply: (x) => saturate32(-x), derivative: (x) => -within(x) },
  {
    code: 8,
    name: "abs",
    formula: "|x|",
    apply: (x) => saturate32(Math.abs(x)),
    derivative: (x) => (x > 0 ? within(x) : x < 0 ? 0 - within(x) : 0),
  },
  {
    code: 9,
    name: "relu",
    formula: "max(0, x)",
    apply: (x) => saturate32(Math.max(0, x)),
    derivative: (x) => (x > 0 ? within(x) : 0),
  },
  { code: 10, name: "cos", formula: "cos(pi x)", apply: cosPi32, derivative: (x) => f32(-PI * sinPi32(x)) },
  {
    code: 11,
    name: "squared",
    formula: "x^2",
    apply: (x) => saturate32(f32(x * x)),
    derivative: (x) => (f32(x * x) <= SATURATION ? f32(2 * x) : 0),
  },
];

/** Names of all activations, in order of code. */
export const ACTIVATION_NAMES: readonly string[] = ACTIVATIONS.map((activation) => activation.name);

/** The code of the activation with this name, or undefined. */
export function activationCode(name: string): number | undefined {
  return ACTIVATIONS.find((activation) => activation.name === name)?.code;
}

/** The activation with this code; codes are 1 to 11. */
export function activationOf(code: number): Activation {
  return ACTIVATIONS[code - 1];
}

function sigmoid(x: number): number {
  return f32(f32(tanh32(f32(x * 0.5)) + 1) * 0.5);
}

/** 1, or 0 where a value of this size is saturated. */
function within(x: number): number {
  return Math.abs(x) <= SATURATION ? 1 : 0;
}
