/** Levels across a chart, such as figures that others have published. */
import { tickText } from "./axis.ts";
import type { Chart } from "./chart.ts";
import { append } from "./svg.ts";

/** Least distance of the names of levels. */
const LEVEL_ROW = 12;

/** Levels across a chart, such as figures that others have published, each with its name where there is room for it. */
export function appendLevels(
  chart: Chart,
  levels: readonly { readonly name: string; readonly value: number }[],
  stroke: string,
): void {
  const [left, right] = chart.x.range();
  /** Where the last name stands, at the right and at the left. */
  const last = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { name, value } of [...levels].sort((a, b) => a.value - b.value)) {
    const y = chart.y(value);
    const group = append(chart.data, "g", { class: "level" });
    append(group, "title", {}, `${name}: ${tickText(value)}`);
    append(group, "line", { x1: left, x2: right, y1: y, y2: y, stroke, "stroke-dasharray": "2 3" });
    const side = last.findIndex((height) => height - y >= LEVEL_ROW);
    if (side < 0) continue;
    last[side] = y;
    const [x, anchor] = side === 0 ? [right - 4, "end"] : [left + 4, "start"];
    append(group, "text", { x, y: y - 4, "text-anchor": anchor, "font-size": 10, fill: stroke }, name);
  }
}
