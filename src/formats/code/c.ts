/** A champion as C99: one function that allocates nothing and needs no library, not even that of mathematics. */
import {
  EXP,
  EXP_MIN,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  ROUNDER,
  SATURATION,
  SIN_PI,
  TANH_BOTTOM,
  TANH_MAX,
  TANH_TOP,
} from "../../base/float32.ts";
import { headingOf, oneLine, single } from "../describe.ts";
import { referenceOf, type WiredNode, type Wiring } from "../wiring.ts";
import { type Functions, neededFunctions } from "./functions.ts";

/** Terms of a sum on one line. */
const TERMS = 8;

/** A single as a constant of C. */
function literal(value: number): string {
  const text = single(value);
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
}

/** Horner's rule as one expression of x. */
function horner(coefficients: readonly number[], x: string): string {
  const [first, ...rest] = coefficients.toReversed().map(literal);
  return rest.reduce((value, coefficient) => `(${value} * ${x} + ${coefficient})`, first);
}

const LIMIT = literal(SATURATION);

/** The activations and what they need: the polynomials of base/float32.ts, in the same order. */
const FUNCTIONS: Functions = {
  linear: { needs: ["limit"], text: "static float linear(float x) { return limit(x, LARGEST); }" },
  step: { text: "static float step(float x) { return x > 0.0f ? 1.0f : 0.0f; }" },
  sin: {
    needs: ["turn", "limit", "sin_reduced"],
    text: `/* sin(pi x) */
static float sin_pi(float x) {
  const float part = turn(x);
  return sin_reduced(2.0f * limit(part, 0.5f) - part);
}`,
  },
  gaussian: {
    needs: ["nearest"],
    text: `/* exp(-x^2 / 2) */
static float gaussian(float x) {
  const float exact = x * x * -0.5f;
  const float exponent = exact < ${literal(EXP_MIN)} ? ${literal(EXP_MIN)} : exact;
  const float power = nearest(exponent * ${literal(LOG2_E)});
  const float rest = exponent - power * ${literal(LN2_HIGH)} - power * ${literal(LN2_LOW)};
  const float part = rest * rest * ${horner(EXP, "rest")} + rest + 1.0f;
  union { unsigned int bits; float value; } two; /* 2^power, by its bits */
  two.bits = (unsigned int)((int)power + 127) << 23;
  return part * two.value;
}`,
  },
  tanh: {
    needs: ["limit"],
    text: `static float tanh_(float x) {
  const float part = limit(x, ${literal(TANH_MAX)});
  const float square = part * part;
  const float top = ${horner(TANH_TOP, "square")};
  const float bottom = ${horner(TANH_BOTTOM, "square")};
  return limit(part * top / bottom, 1.0f);
}`,
  },
  sigmoid: { needs: ["tanh"], text: "static float sigmoid(float x) { return (tanh_(x * 0.5f) + 1.0f) * 0.5f; }" },
  inverse: { needs: ["limit"], text: "static float inverse(float x) { return limit(-x, LARGEST); }" },
  abs: { needs: ["limit"], text: "static float abs_(float x) { return limit(x < 0.0f ? -x : x, LARGEST); }" },
  relu: { needs: ["limit"], text: "static float relu(float x) { return limit(x > 0.0f ? x : 0.0f, LARGEST); }" },
  cos: {
    needs: ["turn", "sin_reduced"],
    text: `/* cos(pi x) */
static float cos_pi(float x) {
  const float part = turn(x);
  return sin_reduced(0.5f - (part < 0.0f ? -part : part));
}`,
  },
  squared: { needs: ["limit"], text: "static float squared(float x) { return limit(x * x, LARGEST); }" },
  limit: {
    text: `/* Values stay within 2^60, so that no sum overflows. */
#define LARGEST ${LIMIT}
static float limit(float x, float size) { return x < -size ? -size : x > size ? size : x; }`,
  },
  turn: { needs: ["nearest"], text: "static float turn(float x) { return x - 2.0f * nearest(x * 0.5f); }" },
  sin_reduced: {
    text: `static float sin_reduced(float x) {
  const float square = x * x;
  return x * ${horner(SIN_PI, "square")};
}`,
  },
  nearest: {
    text: `/* The nearest whole number, ties to even. */
static float nearest(float x) {
  const float size = x < 0.0f ? -x : x;
  const float rounded = size < ${literal(ROUNDER)} ? size + ${literal(ROUNDER)} - ${literal(ROUNDER)} : size;
  return x < 0.0f ? -rounded : rounded;
}`,
  },
};

/** What activations are called in C, where its own libraries have the name. */
const NAMES: Readonly<Record<string, string>> = { sin: "sin_pi", cos: "cos_pi", tanh: "tanh_", abs: "abs_" };

/** The text of the file. */
export function cText(wiring: Wiring): string {
  const { inputs, outputs, nodes, weights } = wiring;
  const { scale, offset, outputs: expected } = referenceOf(wiring);
  const value = (slot: number) =>
    slot === 0 ? "1.0f" : slot <= inputs.length ? `inputs[${slot - 1}]` : `n${slot - inputs.length}`;
  const sum = ({ sources, weights: own }: WiredNode) => {
    const terms = sources.map((slot, index) => `${own ? `${literal(own[index])} * ` : ""}${value(slot)}`);
    if (terms.length === 0) return own ? "0.0f" : "weight * 0.0f";
    const lines = Array.from({ length: Math.ceil(terms.length / TERMS) }, (_, line) =>
      terms.slice(line * TERMS, (line + 1) * TERMS).join(" + "),
    ).join("\n      + ");
    return own ? lines : `weight * (${lines})`;
  };
  const body = nodes.map((node) => {
    const call = `${NAMES[node.activation.name] ?? node.activation.name}(${sum(node)})`;
    return `  const float ${value(node.slot)} = ${call}; ${commented(node.name)}`;
  });
  const parameters = [
    `const float inputs[${inputs.length}]`,
    ...(weights.kind === "input" ? ["float weight"] : []),
    `float outputs[${outputs.length}]`,
  ];
  const isUsed = nodes.some(({ sources }) => sources.some((slot) => slot > 0 && slot <= inputs.length));
  const known = weights.kind === "input" ? `${literal(weights.value)}, ` : "";
  return `/*
${headingOf(wiring)
  .map((line) => ` * ${escaped(line)}`.trimEnd())
  .join("\n")}
 *
 * Values are single precision, added in the order in which they stand, so that they are those of Precocial where the
 * compiler keeps to that, as -std=c99 makes it. To see it: cc -std=c99 -DPRECOCIAL_MAIN with this file, and run that.
 */

${neededFunctions(wiring, FUNCTIONS).join("\n\n")}

/* The outputs for given inputs; both in the order above. */
void precocial_act(${parameters.join(", ")});

void precocial_act(${parameters.join(", ")}) {
${weights.kind === "fixed" ? `  const float weight = ${literal(weights.value)};\n` : ""}${isUsed ? "" : "  (void)inputs;\n"}${body.join("\n")}
${outputs.map(({ name, slot }, output) => `  outputs[${output}] = ${value(slot)}; ${commented(name)}`).join("\n")}
}

#ifdef PRECOCIAL_MAIN
#include <stdio.h>

int main(void) {
  static const float expected[${outputs.length}] = {${expected.map(literal).join(", ")}};
  float inputs[${inputs.length}];
  float outputs[${outputs.length}];
  int index;
  for (index = 0; index < ${inputs.length}; index++) inputs[index] = (float)(7 * index % 16) / ${literal(scale)} - ${literal(offset)};
  precocial_act(inputs, ${known}outputs);
  for (index = 0; index < ${outputs.length}; index++) {
    printf("%d: %.9g (Precocial: %.9g)\\n", index + 1, (double)outputs[index], (double)expected[index]);
  }
  return 0;
}
#endif
`;
}

function commented(name: string): string {
  return `/* ${escaped(name)} */`;
}

/** Text that cannot end or nest a comment of C. */
function escaped(text: string): string {
  return oneLine(text).replaceAll("*/", "* /").replaceAll("/*", "/ *");
}
