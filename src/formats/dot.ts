/** A champion as a graph in DOT, for Graphviz: from left to right, activations on the nodes. */
import { headingOf, single } from "./describe.ts";
import type { Format } from "./format.ts";
import { WEIGHT_SETTINGS } from "./weights.ts";
import { type Wiring, wire } from "./wiring.ts";

/** The graph, laid out by whoever reads it. */
export const dot: Format<typeof WEIGHT_SETTINGS> = {
  name: "dot",
  summary: "a graph in DOT, for Graphviz",
  endings: [".dot", ".gv"],
  namesTask: false,
  settings: WEIGHT_SETTINGS,
  write: (champion, settings) => dotText(wire(champion, settings)),
};

function dotText(wiring: Wiring): string {
  const { champion, inputs, outputs, nodes, weights } = wiring;
  const isUsed = (slot: number) => nodes.some(({ sources }) => sources.includes(slot));
  // Of the pixels of an image most are not looked at.
  const ends = ["bias", ...inputs]
    .map((name, slot) => ({ name, slot }))
    .filter(({ slot }) => isUsed(slot) || (slot > 0 && champion.image === undefined));
  const isOutput = (slot: number) => outputs.some((output) => output.slot === slot);
  const label = (text: string) => `label="${escapeDot(text)}"`;
  const lines = [
    ...headingOf(wiring).map((line) => `// ${line}`.trimEnd()),
    "digraph network {",
    "  rankdir=LR;",
    '  node [shape=circle, fontname="Helvetica", fontsize=10, width=0.4];',
    "  edge [arrowsize=0.5];",
    ...(weights.kind === "own" ? [] : [`  ${label(`shared weight ${single(weights.value)}`)};`]),
    `  { rank=source; ${ends.map(({ slot, name }) => `${slot} [shape=plaintext, ${label(name)}];`).join(" ")} }`,
    ...nodes
      .filter(({ slot }) => !isOutput(slot))
      .map(({ slot, activation }) => `  ${slot} [${label(activation.name)}];`),
    `  { rank=sink; ${nodes
      .filter(({ slot }) => isOutput(slot))
      .map(({ slot, name, activation }) => `${slot} [shape=box, ${label(`${name}\n${activation.name}`)}];`)
      .join(" ")} }`,
    ...nodes.flatMap(({ slot, sources, weights: own }) =>
      sources.map((source, index) => `  ${source} -> ${slot}${own ? ` [${label(single(own[index]))}]` : ""};`),
    ),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function escapeDot(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
