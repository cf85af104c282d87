/** The key of a drawn network: colour, curve and name of each activation that occurs. */
import { ACTIVATION_NAMES } from "../src/index.ts";
import type { DrawnGraph } from "./network-graph.ts";
import { appendDisc } from "./network-node.ts";
import { append, round } from "./svg.ts";
import { colour } from "./theme.ts";

const RADIUS = 7.5;
const LETTER = 6.2;
const FONT_SIZE = 11;
const NAME_GAP = 6;
const COLUMN_GAP = 16;
const ROW = 22;

/** Where the entries of a key stand. */
export interface Key {
  /** Activations in the order of their codes. */
  readonly names: readonly string[];
  readonly columns: number;
  /** Width of a column. */
  readonly column: number;
  /** Height of the whole key; 0 if it has no entries. */
  readonly height: number;
}

/** Arranges the activations of a graph in rows of like length that fit a width. */
export function arrangeKey(graph: DrawnGraph, width: number): Key {
  const used = new Set(graph.nodes.filter(({ kind }) => kind !== "input").map(({ activation }) => activation));
  const names = ACTIVATION_NAMES.filter((name) => used.has(name));
  const longest = Math.max(0, ...names.map((name) => name.length));
  const column = 2 * RADIUS + NAME_GAP + LETTER * longest + COLUMN_GAP;
  const rows = Math.ceil(names.length / Math.max(1, Math.floor((width + COLUMN_GAP) / column)));
  return { names, columns: Math.ceil(names.length / Math.max(1, rows)), column, height: rows * ROW };
}

/** Appends a key, centred in the width of the drawing; each entry is a `g.entry` with `data-activation`. */
export function appendKey(svg: Element, key: Key, width: number, top: number): void {
  const left = (width - (key.columns * key.column - COLUMN_GAP)) / 2;
  const group = append(svg, "g", { class: "key" });
  key.names.forEach((name, index) => {
    const x = left + (index % key.columns) * key.column + RADIUS;
    const y = top + (Math.floor(index / key.columns) + 0.5) * ROW;
    const entry = append(group, "g", {
      class: "entry",
      transform: `translate(${round(x)},${round(y)})`,
      "data-activation": name,
    });
    appendDisc(entry, name, RADIUS);
    const label = { x: RADIUS + NAME_GAP, dy: "0.35em", "font-size": FONT_SIZE, fill: colour("ink-soft") };
    append(entry, "text", label, name);
  });
}
