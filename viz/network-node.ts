/** Draws one node of a network: a disc with the curve of its activation, the name of an end, the halo that shows values. */
import { ACTIVATIONS } from "../src/index.ts";
import type { DrawnNode } from "./network-graph.ts";
import { append, linePath, round } from "./svg.ts";
import { activationColour, colour } from "./theme.ts";

/** From the edge of a node to its name. */
export const LABEL_GAP = 8;

/** Sizes that depend on how much there is to draw. */
export interface Sizes {
  readonly radius: number;
  readonly spacing: { readonly node: number; readonly line: number };
  /** Distance of layers, at least. */
  readonly step: number;
  readonly lineWidth: number;
  readonly lineOpacity: number;
}

/** Sizes from large to small: the first that keeps a graph of that many hidden nodes low enough is taken. */
export function sizesFrom(hidden: number, width: number): Sizes[] {
  const narrow = width < 520;
  const large: Sizes = {
    radius: narrow ? 9 : 12,
    spacing: { node: narrow ? 26 : 35, line: narrow ? 8 : 11 },
    step: narrow ? 25 : 36,
    lineWidth: 1.4,
    lineOpacity: 0.55,
  };
  const medium: Sizes = { radius: 9, spacing: { node: 24, line: 5 }, step: 26, lineWidth: 1, lineOpacity: 0.45 };
  const small: Sizes = { radius: 6.5, spacing: { node: 16.5, line: 2 }, step: 19, lineWidth: 0.6, lineOpacity: 0.3 };
  return hidden <= 60 ? [large, medium, small] : hidden <= 160 ? [medium, small] : [small];
}

/**
 * Appends a node at a place. Hidden nodes carry no name, which lines would run through: the key has it.
 *
 * @param name where the name of an output begins, seen from the node
 */
export function appendNode(
  svg: Element,
  node: DrawnNode,
  x: number,
  y: number,
  sizes: Sizes,
  name: { readonly x: number; readonly y: number },
): Element {
  const group = append(svg, "g", {
    class: `node ${node.kind}`,
    transform: `translate(${round(x)},${round(y)})`,
    "data-position": node.position,
    "data-activation": node.kind === "input" ? undefined : node.activation,
    "data-name": node.name,
  });
  const what = node.kind === "input" ? `input ${node.name}` : node.kind === "output" ? `output ${node.name}` : "hidden";
  append(group, "title", {}, node.kind === "input" ? what : `${what}: ${node.activation}`);
  const radius = node.kind === "input" ? Math.min(sizes.radius, 6) : sizes.radius;
  append(group, "circle", { class: "halo", r: radius + 4, fill: colour("positive"), "fill-opacity": 0 });
  const label = { class: "name", fill: colour("ink"), "font-size": 12, dy: "0.35em" };
  if (node.kind === "input") {
    append(group, "circle", {
      class: "disc",
      r: radius,
      fill: colour("surface"),
      stroke: colour("ink"),
      "stroke-width": 1.5,
    });
    append(group, "text", { ...label, "text-anchor": "end", x: -sizes.radius - LABEL_GAP + 2 }, node.name);
    return group;
  }
  appendDisc(group, node.activation, radius, node.kind === "output");
  if (node.kind === "output") append(group, "text", { ...label, ...name }, node.name);
  return group;
}

/** Appends what stands for an activation: a disc of its colour with its curve. */
export function appendDisc(parent: Element, activation: string, radius: number, ringed = false): void {
  append(parent, "circle", {
    class: "disc",
    r: radius,
    fill: activationColour(activation),
    stroke: ringed ? colour("ink") : colour("paper"),
    "stroke-width": ringed ? 1.5 : 1,
  });
  append(parent, "path", glyph(activation, radius));
}

/** The curve of an activation over [-2, 2], fitted into a circle. */
function glyph(name: string, radius: number) {
  const { apply } = ACTIVATIONS.find((activation) => activation.name === name) as (typeof ACTIVATIONS)[number];
  const inputs = Array.from({ length: 33 }, (_, index) => (index - 16) / 8);
  const values = inputs.map(apply);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const size = radius * 0.6;
  return {
    class: "glyph",
    d: linePath(inputs.map((input, at) => [(input / 2) * size, size * (1 - (2 * (values[at] - low)) / (high - low))])),
    fill: "none",
    stroke: colour("glyph"),
    "stroke-width": radius > 10 ? 1.5 : radius > 8 ? 1.2 : 0.9,
    "stroke-linejoin": "round",
    "stroke-linecap": "round",
  };
}
