/** A champion as equations in LaTeX, for small networks: common parts are named, what is used once stands where it is used. */
import { UsageError } from "../base/errors.ts";
import { headingOf, single } from "./describe.ts";
import type { Format } from "./format.ts";
import { WEIGHT_SETTINGS } from "./weights.ts";
import { type WiredNode, type Wiring, wire } from "./wiring.ts";

/** Connections of the largest network whose equations fit on a page or two. */
const MOST_CONNECTIONS = 200;
/** Terms of the largest sum that stands within another, and how deep. */
const INLINE = { terms: 3, depth: 2 };
/** Signs on a line, about, as they are set. */
const LINE = 75;

/** How closely what an expression is made of holds together. */
const SUM = 0;
const PRODUCT = 1;
const CALL = 2;
const SYMBOL = 3;

interface Expression {
  readonly text: string;
  readonly binding: number;
}

/** An expression where at least this binding is needed. */
function bound({ text, binding }: Expression, least: number): string {
  return binding >= least ? text : `(${text})`;
}

const call = (name: string) => (sum: Expression) => ({ text: `${name}(${sum.text})`, binding: CALL });
const ofPi = (name: string) => (sum: Expression) => ({ text: `${name}(\\pi ${bound(sum, PRODUCT)})`, binding: CALL });

/** Activations by name. */
const ACTIVATIONS: Readonly<Record<string, (sum: Expression) => Expression>> = {
  linear: (sum) => sum,
  step: call("\\operatorname{step}"),
  sin: ofPi("\\sin"),
  gaussian: (sum) => ({ text: `\\exp(-\\tfrac{1}{2} ${bound(sum, SYMBOL)}^2)`, binding: CALL }),
  tanh: call("\\tanh"),
  sigmoid: call("\\sigma"),
  inverse: (sum) => ({ text: `-${bound(sum, PRODUCT)}`, binding: SUM }),
  abs: (sum) => ({ text: `\\lvert ${sum.text} \\rvert`, binding: CALL }),
  relu: (sum) => ({ text: `\\max(0, ${sum.text})`, binding: CALL }),
  cos: ofPi("\\cos"),
  squared: (sum) => ({ text: `${bound(sum, SYMBOL)}^2`, binding: PRODUCT }),
};

/** What readers may not know. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  step: "$\\operatorname{step}(x)$ is 1 for $x > 0$ and 0 otherwise.",
  sigmoid: "$\\sigma(x) = (\\tanh(x / 2) + 1) / 2$.",
};

/** Equations, to be put into a paper. */
export const latex: Format<typeof WEIGHT_SETTINGS> = {
  name: "latex",
  summary: `equations in LaTeX, of networks of up to ${MOST_CONNECTIONS} connections`,
  endings: [".tex"],
  namesTask: false,
  settings: WEIGHT_SETTINGS,
  /** @throws UsageError if the network is too large to be read */
  write(champion, settings) {
    const wiring = wire(champion, settings);
    if (wiring.connectionCount <= MOST_CONNECTIONS) return latexText(wiring);
    throw new UsageError(
      `Expected a network of at most ${MOST_CONNECTIONS} connections for equations that can be read, got ` +
        `${wiring.connectionCount}: pick a smaller one of the run, or prune it.`,
    );
  },
};

function latexText(wiring: Wiring): string {
  const { inputs, outputs, nodes, weights } = wiring;
  const heading = headingOf(wiring).map((line) => `% ${line}`.trimEnd());
  const isUsed = (slot: number) => nodes.some(({ sources }) => sources.includes(slot));
  const where = (letter: string, names: readonly string[]) =>
    names.map((name, index) => `$${letter}_{${index + 1}}$ ${escapeLatex(name)}`);
  const inputList = where("x", inputs).filter((_, input) => isUsed(1 + input));
  const legend = [
    `Inputs: ${inputList.join(", ") || "none"}.`,
    `Outputs: ${where(
      "y",
      outputs.map(({ name }) => name),
    ).join(", ")}.`,
    ...(weights.kind === "own" ? [] : [`All connections share the weight $w = ${single(weights.value)}$.`]),
    ...Object.keys(DEFINITIONS)
      .filter((name) => nodes.some(({ activation }) => activation.name === name))
      .map((name) => DEFINITIONS[name]),
  ];
  return `${heading.join("\n")}
%
% Needs \\usepackage{amsmath}. That values are limited to 2^60 is left out.

\\begin{align*}
${equationsOf(wiring).join(" \\\\\n")}
\\end{align*}
${legend.join("\n")}
`;
}

/** An equation for each node that has a name. */
function equationsOf({ inputs, outputs, nodes, weights }: Wiring): string[] {
  const symbols = new Map<number, string>();
  const name = (letter: string, slots: readonly number[]) => {
    for (const [index, slot] of slots.entries()) symbols.set(slot, `${letter}_{${index + 1}}`);
  };
  const outputSlots = outputs.map(({ slot }) => slot);
  symbols.set(0, "1");
  name(
    "x",
    inputs.map((_, input) => 1 + input),
  );
  name("y", outputSlots);
  name(
    "h",
    namedNodes(nodes).filter((slot) => !outputSlots.includes(slot)),
  );
  const bySlot = new Map(nodes.map((node) => [node.slot, node]));

  const termOf = (slot: number): Expression => {
    const text = symbols.get(slot);
    return text === undefined ? expressionOf(bySlot.get(slot) as WiredNode) : { text, binding: SYMBOL };
  };
  const expressionOf = ({ activation, sources, weights: own }: WiredNode): Expression => {
    const terms = sources.map((slot, index) => (own ? product(single(own[index]), termOf(slot)) : termOf(slot)));
    const sum = sumOf(terms);
    const isShared = weights.kind !== "own" && sources.length > 0;
    return ACTIVATIONS[activation.name](isShared ? product("w", sum) : sum);
  };
  return nodes
    .filter(({ slot }) => symbols.has(slot))
    .map((node) => broken(`${symbols.get(node.slot)} &= ${expressionOf(node).text}`));
}

/** The nodes that get a name, by slot: those used more than once, and those too large to stand within a sum. */
function namedNodes(nodes: readonly WiredNode[]): number[] {
  const uses = new Map<number, number>();
  for (const { sources } of nodes) for (const slot of sources) uses.set(slot, (uses.get(slot) ?? 0) + 1);
  const depths = new Map<number, number>();
  return nodes.flatMap(({ slot, sources }) => {
    const depth = 1 + Math.max(0, ...sources.map((source) => depths.get(source) ?? 0));
    const isInline = uses.get(slot) === 1 && sources.length <= INLINE.terms && depth <= INLINE.depth;
    if (isInline) depths.set(slot, depth);
    return isInline ? [] : [slot];
  });
}

function sumOf(terms: readonly Expression[]): Expression {
  if (terms.length === 0) return { text: "0", binding: SYMBOL };
  if (terms.length === 1) return terms[0];
  const [first, ...rest] = terms.map(({ text }) => text);
  const signed = rest.map((text) => (text.startsWith("-") ? ` - ${text.slice(1)}` : ` + ${text}`));
  return { text: first + signed.join(""), binding: SUM };
}

function product(by: string, { text, binding }: Expression): Expression {
  if (text === "1") return { text: by, binding: by.startsWith("-") ? SUM : SYMBOL };
  return { text: `${by} ${bound({ text, binding }, PRODUCT)}`, binding: by.startsWith("-") ? SUM : PRODUCT };
}

/** An equation over several lines where it is long, each but the first beginning with a sign. */
function broken(equation: string): string {
  let length = 0;
  return equation
    .split(/(?= [+-] )/)
    .map((part) => {
      const size = part.replace(/\\[a-z]+/gi, "abc").replace(/[{}_^&]/g, "").length;
      length += size;
      if (length <= LINE || length === size) return part;
      length = size;
      return ` \\\\\n&\\quad${part}`;
    })
    .join("");
}

/** A name as text of LaTeX. */
function escapeLatex(name: string): string {
  const signs: Readonly<Record<string, string>> = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
  };
  return name.replace(/\s+/g, " ").replace(/[\\~^#$%&_{}]/g, (sign) => signs[sign] ?? `\\${sign}`);
}
