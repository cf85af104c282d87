/** Levels across a chart, such as figures that others have published. */
import { tickText } from "./axis.ts";
import type { Chart } from "./chart.ts";
import { append } from "./svg.ts";

/** Least distance of the names of levels, and how wide a letter of theirs is. */
const LEVEL_ROW = 12;
const LETTER = 5.2;

/** Levels across a chart, such as figures that others have published, each with its name where there is room for it. */
export function appendLevels(
  chart: Chart,
  levels: readonly { readonly name: string; readonly value: number }[],
  stroke: string,
): void {
  const [left, right] = chart.x.range();
  /** Where names stand. */
  const taken: { readonly from: number; readonly to: number; readonly y: number }[] = [];
  for (const { name, value } of [...levels].sort((a, b) => a.value - b.value)) {
    const y = chart.y(value);
    const group = append(chart.data, "g", { class: "level" });
    append(group, "title", {}, `${name}: ${tickText(value)}`);
    append(group, "line", { x1: left, x2: right, y1: y, y2: y, stroke, "stroke-dasharray": "2 3" });
    const width = LETTER * name.length;
    const places = [
      { from: right - 4 - width, to: right - 4, y, x: right - 4, anchor: "end" },
      { from: left + 4, to: left + 4 + width, y, x: left + 4, anchor: "start" },
    ];
    const place = places.find(({ from, to }) =>
      taken.every((other) => Math.abs(other.y - y) >= LEVEL_ROW || from > other.to || to < other.from),
    );
    if (place === undefined) continue;
    taken.push(place);
    append(group, "text", { x: place.x, y: y - 4, "text-anchor": place.anchor, "font-size": 10, fill: stroke }, name);
  }
}
