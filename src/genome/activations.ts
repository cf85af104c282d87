/** The one table of activations: name, code as published, and formula in single precision. */
import { cosPi32, exp32, f32, saturate32, sinPi32, tanh32 } from "../base/float32.ts";

/** An activation of a node. `code` is the number the published file format uses (Gaier & Ha 2019, WANNRelease). */
export interface Activation {
  readonly code: number;
  readonly name: string;
  readonly formula: string;
  /** The value at `x`, a finite single; the result is a finite single within +-2^60. */
  readonly apply: (x: number) => number;
}

/** All activations, ordered by code from 1. Values that could grow without bound saturate at +-2^60. */
export const ACTIVATIONS: readonly Activation[] = [
  { code: 1, name: "linear", formula: "x", apply: (x) => saturate32(x) },
  { code: 2, name: "step", formula: "x > 0 ? 1 : 0", apply: (x) => (x > 0 ? 1 : 0) },
  { code: 3, name: "sin", formula: "sin(pi x)", apply: sinPi32 },
  { code: 4, name: "gaussian", formula: "exp(-x^2 / 2)", apply: (x) => exp32(f32(f32(x * x) * -0.5)) },
  { code: 5, name: "tanh", formula: "tanh(x)", apply: tanh32 },
  { code: 6, name: "sigmoid", formula: "(tanh(x / 2) + 1) / 2", apply: sigmoid },
  { code: 7, name: "inverse", formula: "-x", apply: (x) => saturate32(-x) },
  { code: 8, name: "abs", formula: "|x|", apply: (x) => saturate32(Math.abs(x)) },
  { code: 9, name: "relu", formula: "max(0, x)", apply: (x) => saturate32(Math.max(0, x)) },
  { code: 10, name: "cos", formula: "cos(pi x)", apply: cosPi32 },
  { code: 11, name: "squared", formula: "x^2", apply: (x) => saturate32(f32(x * x)) },
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
