/** Draws figures with their intervals, a row each: a dot, whiskers, and the single runs as small dots below. */
import { axisScale, extent, ticksOf, tickText } from "./axis.ts";
import { appendDiamond, seriesStyle } from "./chart.ts";
import { append, createDrawing, shorten } from "./svg.ts";
import { colour } from "./theme.ts";

/** A figure. */
export interface IntervalRow {
  readonly name: string;
  readonly estimate: number;
  /** Ends of its interval; figures that others have published have none. */
  readonly interval?: readonly [low: number, high: number];
  /** Its colour, by its place among all; without it the figure is one to compare with, and drawn as a diamond. */
  readonly index?: number;
  /** Single runs, which say what they are under the pointer. */
  readonly runs?: readonly { readonly value: number; readonly label: string; readonly key: string }[];
}

/** Options of the picture. */
export interface IntervalOptions {
  /** Default 560. */
  readonly width?: number;
  /** Name and unit of the axis. */
  readonly axis: string;
  /** A value that stands out, such as no difference. */
  readonly mark?: number;
  /** Writes a value; default plainly. */
  readonly text?: (value: number) => string;
}

/** Width under which names stand above their rows. */
const NARROW = 520;
const LETTER = 6.6;
const TOP = 8;
const BOTTOM = 42;
const RIGHT = 14;

export function drawIntervals(
  document: Document,
  rows: readonly IntervalRow[],
  options: IntervalOptions,
): SVGSVGElement {
  const { width = 560, axis: name, mark, text = tickText } = options;
  const isNarrow = width < NARROW;
  const longest = Math.max(0, ...rows.map((row) => row.name.length));
  const left = isNarrow ? 10 : Math.min(width * 0.45, 14 + LETTER * longest);
  const rowHeight = (isNarrow ? 44 : 30) + (rows.some(({ runs = [] }) => runs.length > 0) ? 6 : 0);
  const bottom = TOP + Math.max(60, rowHeight * rows.length);
  const label = rows.map((row) => `${row.name} ${text(row.estimate)}`).join(", ");
  const svg = createDrawing(document, width, bottom + BOTTOM, "chart intervals", `${name}: ${label || "nothing yet"}.`);
  const values = rows.flatMap(({ estimate, interval = [], runs = [] }) => [
    estimate,
    ...interval,
    ...runs.map(({ value }) => value),
  ]);
  const axis = { name, domain: values.length === 0 ? [] : extent([...values, ...(mark === undefined ? [] : [mark])]) };
  const x = axisScale(axis, [left + 6, width - RIGHT]);
  const soft = { fill: colour("ink-soft"), "font-size": 11, "text-anchor": "middle" };
  for (const tick of ticksOf(x, axis, Math.max(2, Math.floor((width - left) / 80)))) {
    append(svg, "line", { x1: x(tick), x2: x(tick), y1: TOP, y2: bottom, stroke: colour("rule") });
    append(svg, "text", { ...soft, x: x(tick), y: bottom + 16 }, tickText(tick));
  }
  const middle = (left + width - RIGHT) / 2;
  append(svg, "text", { ...soft, x: middle, y: bottom + BOTTOM - 6, class: "axis-name" }, name);
  if (rows.length === 0)
    append(svg, "text", { ...soft, x: middle, y: (TOP + bottom) / 2, class: "note" }, "No data yet");
  else if (mark !== undefined) {
    append(svg, "line", { class: "mark", x1: x(mark), x2: x(mark), y1: TOP, y2: bottom, stroke: colour("ink-soft") });
  }
  rows.forEach((row, place) => {
    const start = TOP + place * rowHeight;
    const y = start + (isNarrow ? 27 : 15);
    const fit = isNarrow ? (width - 20) / LETTER : (left - 10) / LETTER;
    const anchor = isNarrow ? { x: 10, y: start + 12 } : { x: left - 6, y, dy: "0.35em", "text-anchor": "end" };
    // Where names stand in the picture, lines do not run through them.
    const halo = isNarrow ? { stroke: colour("surface"), "stroke-width": 3, "paint-order": "stroke" } : {};
    append(svg, "text", { ...anchor, ...halo, class: "name", fill: colour("ink") }, shorten(row.name, fit));
    appendRow(svg, row, x, y, text);
  });
  return svg;
}

function appendRow(
  svg: Element,
  { name, estimate, interval, index, runs = [] }: IntervalRow,
  x: (value: number) => number,
  y: number,
  text: (value: number) => string,
): void {
  const group = append(svg, "g", { class: "row" });
  const ends = interval ? `, ${text(interval[0])} to ${text(interval[1])}` : "";
  append(group, "title", {}, `${name}: ${text(estimate)}${ends}`);
  const at = x(estimate);
  if (index === undefined) {
    appendDiamond(group, at, y);
    return;
  }
  const { stroke } = seriesStyle(index);
  if (interval) {
    const [low, high] = interval.map(x);
    append(group, "line", { x1: low, x2: high, y1: y, y2: y, stroke, "stroke-width": 2 });
    for (const end of [low, high]) {
      append(group, "line", { x1: end, x2: end, y1: y - 4, y2: y + 4, stroke, "stroke-width": 2 });
    }
  }
  append(group, "circle", { cx: at, cy: y, r: 4.5, fill: stroke });
  for (const { value, label, key } of runs) {
    const run = append(group, "circle", {
      class: "run",
      "data-run": key,
      cx: x(value),
      cy: y + 11,
      r: 3,
      fill: stroke,
      "fill-opacity": 0.45,
    });
    append(run, "title", {}, `${label}: ${text(value)}`);
  }
}
