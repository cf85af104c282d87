/** A champion as a JavaScript module without dependencies, its types in JSDoc, with the bits that Precocial itself computes. */
import {
  EXP,
  EXP_MAX,
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
import { headingOf, oneLine, quoted, single } from "../describe.ts";
import { referenceOf, type Wiring } from "../wiring.ts";
import { type Functions, neededFunctions } from "./functions.ts";

const list = (values: readonly number[]) => `[${values.map(single).join(", ")}]`;

/** The activations and what they need, as base/float32.ts computes them. */
const FUNCTIONS: Functions = {
  linear: { needs: ["limit"], text: "const linear = (x) => limit(x);" },
  step: { text: "const step = (x) => (x > 0 ? 1 : 0);" },
  sin: {
    needs: ["turn", "sinReduced"],
    text: `// sin(pi x)
function sin(x) {
  const part = turn(x);
  const edge = part < 0 || Object.is(part, -0) ? -1 : 1;
  return sinReduced(Math.abs(part) > 0.5 ? f32(edge - part) : part);
}`,
  },
  gaussian: {
    needs: ["polynomial", "nearest"],
    text: `// exp(-x^2 / 2)
function gaussian(x) {
  const limited = Math.min(Math.max(f32(f32(x * x) * -0.5), ${EXP_MIN}), ${EXP_MAX});
  const power = nearest(f32(limited * ${single(LOG2_E)}));
  const rest = f32(f32(limited - f32(power * ${single(LN2_HIGH)})) - f32(power * f32(${single(LN2_LOW)})));
  const value = f32(f32(f32(f32(rest * rest) * polynomial(EXP, rest)) + rest) + 1);
  return f32(value * 2 ** power);
}
const EXP = ${list(EXP)}.map(f32);`,
  },
  tanh: {
    needs: ["polynomial"],
    text: `function tanh(x) {
  const limited = Math.min(Math.max(x, -TANH_MAX), TANH_MAX);
  const square = f32(limited * limited);
  const ratio = f32(f32(limited * polynomial(TANH_TOP, square)) / polynomial(TANH_BOTTOM, square));
  return Math.min(Math.max(ratio, -1), 1);
}
const TANH_MAX = f32(${single(TANH_MAX)});
const TANH_TOP = ${list(TANH_TOP)}.map(f32);
const TANH_BOTTOM = ${list(TANH_BOTTOM)}.map(f32);`,
  },
  sigmoid: { needs: ["tanh"], text: "const sigmoid = (x) => f32(f32(tanh(f32(x * 0.5)) + 1) * 0.5);" },
  inverse: { needs: ["limit"], text: "const inverse = (x) => limit(-x);" },
  abs: { needs: ["limit"], text: "const abs = (x) => limit(Math.abs(x));" },
  relu: { needs: ["limit"], text: "const relu = (x) => limit(Math.max(0, x));" },
  cos: {
    needs: ["turn", "sinReduced"],
    text: "// cos(pi x)\nconst cos = (x) => sinReduced(f32(0.5 - Math.abs(turn(x))));",
  },
  squared: { needs: ["limit"], text: "const squared = (x) => limit(f32(x * x));" },
  limit: {
    text: `// Values stay within 2^60, so that no sum overflows.
const limit = (x) => Math.min(Math.max(x, -${SATURATION}), ${SATURATION});`,
  },
  turn: { needs: ["nearest"], text: "const turn = (x) => f32(x - f32(2 * nearest(f32(x * 0.5))));" },
  sinReduced: {
    needs: ["polynomial"],
    text: `const sinReduced = (x) => f32(x * polynomial(SIN, f32(x * x)));
const SIN = ${list(SIN_PI)}.map(f32);`,
  },
  nearest: {
    text: `// The nearest whole number, ties to even.
function nearest(x) {
  const size = Math.abs(x);
  if (size >= ${ROUNDER}) return x;
  const rounded = f32(f32(size + ${ROUNDER}) - ${ROUNDER});
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}`,
  },
  polynomial: {
    text: `/** @param {readonly number[]} coefficients @param {number} x */
function polynomial(coefficients, x) {
  let value = coefficients[4];
  for (let power = 3; power >= 0; power--) value = f32(f32(value * x) + coefficients[power]);
  return value;
}`,
  },
};

/** Functions of one number have it said in JSDoc, so that the module passes a strict check of types. */
function typed(text: string): string {
  return text.replace(/^(?=(function \w+\(x\)|const \w+ = \(x\)))/m, "/** @param {number} x */\n");
}

/** The text of the module. */
export function javascriptText(wiring: Wiring): string {
  const { inputs, outputs, nodes, weights, champion } = wiring;
  const own = weights.kind === "own";
  const { scale, offset, outputs: expected } = referenceOf(wiring);
  const comment = headingOf(wiring).map((line) => ` * ${line}`.trimEnd().replaceAll("*/", "* /"));
  const rows = nodes.map(({ slot, name, activation, sources, weights: each }) => {
    const weighted = each === undefined ? "" : `, weights: ${list(each)}`;
    return `  { apply: ${activation.name}, sources: [${sources.join(", ")}]${weighted} }, // ${slot}: ${oneLine(name)}`;
  });
  const sum = own ? "sum = f32(sum + f32(f32(weights[index]) * values[source]));" : "sum = f32(sum + values[source]);";
  const loop = own ? "sources.forEach((source, index) => {" : "for (const source of sources) {";
  return `/**
${comment.join("\n")}
 *
 * To see that it is the same network here: node with this file prints outputs beside those that Precocial gave.
 */

${champion.image ? "" : `/** Names of the inputs, in order. */\nexport const INPUTS = ${quoted(inputs)};\n\n`}/** Names of the outputs, in order. */
export const OUTPUTS = ${quoted(outputs.map(({ name }) => name))};

/**
 * The outputs for given inputs.
 *
 * @param {ArrayLike<number>} inputs ${inputs.length}, in order
${weights.kind === "input" ? " * @param {number} [weight] the weight that all connections share\n" : ""} * @returns {Float32Array} ${outputs.length}, in order
 */
export function act(inputs${weights.kind === "input" ? `, weight = ${single(weights.value)}` : ""}) {
${weights.kind === "fixed" ? `  const weight = ${single(weights.value)};\n` : ""}  const values = new Float32Array(${1 + inputs.length + nodes.length});
  values[0] = 1;
  for (let input = 0; input < ${inputs.length}; input++) values[1 + input] = inputs[input];
  NODES.forEach(({ apply, sources${own ? ", weights" : ""} }, node) => {
    let sum = 0;
    ${loop}
      ${sum}
    }${own ? ")" : ""}${own ? ";" : ""}
    values[${1 + inputs.length} + node] = apply(${own ? "sum" : "f32(f32(weight) * sum)"});
  });
  return Float32Array.of(${outputs.map(({ slot }) => `values[${slot}]`).join(", ")});
}

// Rounds to single precision, as every operation here is.
const f32 = Math.fround;

${neededFunctions(wiring, FUNCTIONS).map(typed).join("\n\n")}

/**
 * The nodes in the order in which they are computed. Values are numbered: 0 is the bias, always 1, then come the inputs
 * from 1, then the nodes from ${1 + inputs.length}.
 *
 * @type {readonly { apply: (x: number) => number, sources: readonly number[]${own ? ", weights: readonly number[]" : ""} }[]}
 */
const NODES = [
${rows.join("\n")}
];

const program = /** @type {any} */ (globalThis).process?.argv?.[1];
if (program && decodeURI(import.meta.url).endsWith(program.replaceAll("\\\\", "/"))) {
  const inputs = Float32Array.from({ length: ${inputs.length} }, (_, index) => ((7 * index) % 16) / ${scale} - ${offset});
  const expected = ${list(expected)};
  act(inputs).forEach((value, output) => console.log(\`\${OUTPUTS[output]}: \${value} (Precocial: \${f32(expected[output])})\`));
}
`;
}
