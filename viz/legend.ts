/** The legend of a chart: rows of names above it, which a reader on a page may switch. */
import { append } from "./svg.ts";
import { colour } from "./theme.ts";

/** Height of a row, units. */
export const LEGEND_ROW = 17;

/** A name in the legend, and how its line looks. */
export interface LegendEntry {
  readonly name: string;
  readonly stroke: string;
  readonly dash?: string;
  readonly band?: boolean;
}

/** Puts the entries of a legend into rows that fit the width. */
export function layLegend(
  entries: readonly LegendEntry[],
  width: number,
): { entry: LegendEntry; x: number; row: number }[] {
  let x = 0;
  let row = 0;
  return entries.map((entry) => {
    const length = 26 + entry.name.length * 6.8 + 12;
    if (x > 0 && x + length > width) {
      x = 0;
      row++;
    }
    const at = { entry, x, row };
    x += length;
    return at;
  });
}

/**
 * Appends a legend.
 *
 * @param look where a reader may choose what is drawn, each name is a place of its own with `data-series`
 */
export function appendLegend(
  svg: Element,
  placed: ReturnType<typeof layLegend>,
  left: number,
  look?: { readonly hidden?: ReadonlySet<string> },
): void {
  if (placed.length === 0) return;
  const whole = append(svg, "g", { class: "legend", "font-size": 11 });
  for (const { entry, x, row } of placed) {
    const y = 9 + row * LEGEND_ROW;
    const isHidden = look?.hidden?.has(entry.name);
    const chosen = { "data-series": entry.name, opacity: isHidden ? 0.4 : undefined };
    const group = look === undefined ? whole : append(whole, "g", chosen);
    append(group, "line", {
      x1: left + x,
      x2: left + x + 18,
      y1: y,
      y2: y,
      stroke: entry.stroke,
      "stroke-width": entry.band ? 9 : 2.5,
      "stroke-opacity": entry.band ? 0.25 : undefined,
      "stroke-dasharray": entry.dash,
    });
    append(group, "text", { x: left + x + 24, y, dy: "0.35em", fill: colour("ink") }, entry.name);
  }
}
