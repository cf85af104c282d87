/** Draws one node of a network: a disc with the curve of its activation, its name, and the halo that shows values. */
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
  readonly glyphs: boolean;
  readonly lineWidth: number;
  readonly lineOpacity: number;
}

/** Sizes from large to small: the first that keeps a graph of that many hidden nodes low enough is taken. */
export function sizesFrom(hidden: number, width: number): Sizes[] {
  const narrow = width < 520;
  const large: Sizes = {
    radius: narrow ? 9 : 12,
    spacing: { node: narrow ? 30 : 42, line: narrow ? 9 : 12 },
    step: narrow ? 25 : 36,
    glyphs: true,
    lineWidth: 1.4,
    lineOpacity: 0.55,
  };
  const medium: Sizes = {
    radius: 8,
    spacing: { node: 22, line: 5 },
    step: 26,
    glyphs: true,
    lineWidth: 1,
    lineOpacity: 0.4,
  };
  const small: Sizes = {
    radius: 4.5,
    spacing: { node: 12, line: 1.5 },
    step: 9,
    glyphs: false,
    lineWidth: 0.6,
    lineOpacity: 0.22,
  };
  return hidden <= 60 ? [large, medium, small] : hidden <= 160 ? [medium, small] : [small];
}

/** Appends a node at a place; `step` is the distance of layers, which names need room in. */
export function appendNode(svg: Element, node: DrawnNode, x: number, y: number, sizes: Sizes, step: number): Element {
  const group = append(svg, "g", {
    class: `node ${node.kind}`,
    transform: `translate(${round(x)},${round(y)})`,
    "data-position": node.position,
    "data-activation": node.kind === "input" ? undefined : node.activation,
    "data-name": node.name,
  });
  const what = node.kind === "input" ? `input ${node.name}` : node.kind === "output" ? `output ${node.name}` : "hidden";
  append(group, "title", {}, node.kind === "input" ? what : `${what}: ${node.activation}`);
  const { radius } = sizes;
  const plain = node.kind === "input";
  append(group, "circle", {
    class: "halo",
    r: (plain ? Math.min(radius, 6) : radius) + 4,
    fill: colour("positive"),
    "fill-opacity": 0,
  });
  append(group, "circle", {
    class: "disc",
    r: plain ? Math.min(radius, 6) : radius,
    fill: plain ? colour("surface") : activationColour(node.activation),
    stroke: plain || node.kind === "output" ? colour("ink") : colour("paper"),
    "stroke-width": plain || node.kind === "output" ? 1.5 : 1,
  });
  if (!plain && sizes.glyphs) append(group, "path", glyph(node.activation, radius));
  const label = { fill: colour("ink"), "font-size": 12, dy: "0.35em" };
  if (plain) append(group, "text", { ...label, "text-anchor": "end", x: -radius - LABEL_GAP + 2 }, node.name);
  else if (node.kind === "output") append(group, "text", { ...label, x: radius + LABEL_GAP }, node.name);
  else if (sizes.glyphs && sizes.radius > 8 && step >= 44) {
    append(
      group,
      "text",
      {
        y: radius + 11,
        "text-anchor": "middle",
        "font-size": 9.5,
        fill: colour("ink-soft"),
        // Lines that pass behind the name stay away from its letters.
        stroke: colour("surface"),
        "stroke-width": 3,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
        class: "under",
      },
      node.name,
    );
  }
  return group;
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
    "stroke-width": radius > 10 ? 1.5 : 1.2,
    "stroke-linejoin": "round",
    "stroke-linecap": "round",
  };
}
