/** A champion as Python: a class with `act(observation)`, which NumPy alone is needed for; one observation or a batch. */
import {
  EXP,
  EXP_MIN,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  SATURATION,
  SIN_PI,
  TANH_BOTTOM,
  TANH_MAX,
  TANH_TOP,
} from "../../base/float32.ts";
import { headingOf, oneLine, quoted, single } from "../describe.ts";
import { referenceOf, type Wiring } from "../wiring.ts";
import { type Functions, neededFunctions } from "./functions.ts";

const list = (values: readonly (number | string)[]) => `[${values.join(", ")}]`;
const singles = (values: readonly number[]) => `f32(${list(values.map(single))})`;

/** The activations and what they need: the polynomials of base/float32.ts, in the same order. */
const FUNCTIONS: Functions = {
  linear: { needs: ["limit"], text: "def linear(x):\n    return limit(x)" },
  step: { text: "def step(x):\n    return f32(x > 0)" },
  sin: {
    needs: ["turn", "sin_reduced"],
    text: `def sin(x):
    """sin(pi x)."""
    part = turn(x)
    return sin_reduced(2 * np.clip(part, f32(-0.5), f32(0.5)) - part)`,
  },
  gaussian: {
    needs: ["polynomial"],
    text: `def gaussian(x):
    """exp(-x^2 / 2)."""
    exponent = np.maximum(x * x * f32(-0.5), f32(${EXP_MIN}))
    power = np.round(exponent * f32(${single(LOG2_E)}))
    rest = exponent - power * f32(${single(LN2_HIGH)}) - power * f32(${single(LN2_LOW)})
    part = rest * rest * polynomial(EXP, rest) + rest + f32(1)
    return np.ldexp(part, power.astype(int))


EXP = ${singles(EXP)}`,
  },
  tanh: {
    needs: ["polynomial"],
    text: `def tanh(x):
    limited = np.clip(x, f32(${single(-TANH_MAX)}), f32(${single(TANH_MAX)}))
    square = limited * limited
    return np.clip(limited * polynomial(TANH_TOP, square) / polynomial(TANH_BOTTOM, square), f32(-1), f32(1))


TANH_TOP = ${singles(TANH_TOP)}
TANH_BOTTOM = ${singles(TANH_BOTTOM)}`,
  },
  sigmoid: { needs: ["tanh"], text: "def sigmoid(x):\n    return (tanh(x * f32(0.5)) + f32(1)) * f32(0.5)" },
  inverse: { needs: ["limit"], text: "def inverse(x):\n    return limit(-x)" },
  abs: { needs: ["limit"], text: "def abs_(x):\n    return limit(np.abs(x))" },
  relu: { needs: ["limit"], text: "def relu(x):\n    return limit(np.maximum(x, f32(0)))" },
  cos: {
    needs: ["turn", "sin_reduced"],
    text: `def cos(x):
    """cos(pi x)."""
    return sin_reduced(f32(0.5) - np.abs(turn(x)))`,
  },
  squared: { needs: ["limit"], text: "def squared(x):\n    return limit(x * x)" },
  limit: {
    text: `def limit(x):
    """Values stay within 2^60, so that no sum overflows."""
    return np.clip(x, f32(-${SATURATION}), f32(${SATURATION}))`,
  },
  turn: {
    text: `def turn(x):
    """x less its full turns of 2: from -1 to 1."""
    return x - f32(2) * np.round(x * f32(0.5))`,
  },
  sin_reduced: {
    needs: ["polynomial"],
    text: `def sin_reduced(x):
    """sin(pi x) for x from -0.5 to 0.5."""
    return x * polynomial(SIN, x * x)


SIN = ${singles(SIN_PI)}`,
  },
  polynomial: {
    text: `def polynomial(coefficients, x):
    value = coefficients[-1]
    for coefficient in coefficients[-2::-1]:
        value = value * x + coefficient
    return value`,
  },
};

/** What activations are called in Python, where it has the name itself. */
const NAMES: Readonly<Record<string, string>> = { abs: "abs_" };

/** The text of the module. */
export function pythonText(wiring: Wiring): string {
  const { inputs, outputs, nodes, weights, champion } = wiring;
  const own = weights.kind === "own";
  const { scale, offset, outputs: expected } = referenceOf(wiring);
  const rows = nodes.map(({ slot, name, activation, sources, weights: each }) => {
    const weighted = each === undefined ? "" : `, ${list(each.map(single))}`;
    const row = `(${NAMES[activation.name] ?? activation.name}, ${list(sources)}${weighted})`;
    return `    ${row},  # ${slot}: ${oneLine(name)}`;
  });
  const heading = headingOf(wiring).map((line) => line.replaceAll("\\", "\\\\").replaceAll('"""', "'''"));
  const start =
    weights.kind === "input"
      ? `
    def __init__(self, weight=${single(weights.value)}):
        """weight: that all connections share."""
        self.weight = f32(weight)
`
      : weights.kind === "fixed"
        ? `
    weight = f32(${single(weights.value)})
`
        : "";
  return `"""${heading.join("\n")}

To see that it is the same network here: python with this file prints outputs beside those that Precocial gave.
"""
import numpy as np

f32 = np.float32

${champion.image ? "" : `# Names of the inputs, in order.\nINPUTS = ${quoted(inputs)}\n\n`}# Names of the outputs, in order.
OUTPUTS = ${quoted(outputs.map(({ name }) => name))}


${neededFunctions(wiring, FUNCTIONS).join("\n\n\n")}


# The nodes in the order in which they are computed: activation, sources${own ? ", weights" : ""}. Values are numbered: 0 is the bias,
# always 1, then come the inputs from 1, then the nodes from ${1 + inputs.length}.
NODES = [
${rows.join("\n")}
]


class Network:
    """The network, in single precision: the bits that Precocial computes."""
${start}
    def act(self, observation):
        """The outputs, (${outputs.length},), for an observation of (${inputs.length},); for a batch (n, ${inputs.length}) they are (n, ${outputs.length})."""
        observation = np.asarray(observation, dtype=f32)
        batch = np.atleast_2d(observation)
        if batch.shape[1] != ${inputs.length}:
            raise ValueError(f"Expected ${inputs.length} inputs, got {batch.shape[1]}.")
        values = [np.ones(len(batch), dtype=f32), *batch.T]
        for activation, sources${own ? ", weights" : ""} in NODES:
            total = np.zeros(len(batch), dtype=f32)
            for source${own ? ", weight" : ""} in ${own ? "zip(sources, weights)" : "sources"}:
                total = total + ${own ? "f32(weight) * values[source]" : "values[source]"}
            values.append(activation(${own ? "total" : "self.weight * total"}))
        outputs = np.stack([values[slot] for slot in ${list(outputs.map(({ slot }) => slot))}], axis=1)
        return outputs if observation.ndim > 1 else outputs[0]


if __name__ == "__main__":
    reference = np.array([7 * index % 16 for index in range(${inputs.length})], dtype=f32) / f32(${scale}) - f32(${offset})
    expected = ${list(expected.map(single))}
    for name, value, precocial in zip(OUTPUTS, Network().act(reference), expected):
        print(f"{name}: {value:.9g} (Precocial: {precocial:.9g})")
`;
}
