/** Axes with names and units, the frame of every chart; its lines, and the one that marks a place on the horizontal axis. */
import { type Axis, axisScale, canBeLog, type Scale, ticksOf, tickText } from "./axis.ts";
import { appendLegend, LEGEND_ROW, type LegendEntry, layLegend } from "./legend.ts";
import { smoothed } from "./smooth.ts";
import { append, createDrawing, linePath, round } from "./svg.ts";
import { colour, seriesColour, seriesDash } from "./theme.ts";

/** Size of a chart in units, and how its reader looks at it. */
export interface ChartOptions {
  /** Default 560. */
  readonly width?: number;
  /** Default 260. */
  readonly height?: number;
  readonly look?: ChartLook;
}

/** How a reader looks at a chart on a page (page/chart-view.ts). */
export interface ChartLook {
  /** The part of the axes that is shown; default: all. */
  readonly x?: readonly [number, number];
  readonly y?: readonly [number, number];
  /** Equal distances of the vertical axis are equal ratios, where all its values are above 0. */
  readonly log?: boolean;
  /** Neighbours on either side that a point is the mean of. */
  readonly smooth?: number;
  /** Names of the legend that are not drawn. */
  readonly hidden?: ReadonlySet<string>;
}

/** A line of a chart, as it was given. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

/** A chart to draw into. */
export interface Chart {
  readonly svg: SVGSVGElement;
  readonly x: Scale;
  readonly y: Scale;
  /** Group for the data, clipped where a part of the axes is shown. */
  readonly data: SVGElement;
  /** The lines that have a name in the legend and are drawn. */
  readonly series: Series[];
  readonly axes: { readonly x: Axis; readonly y: Axis };
  readonly legend: readonly LegendEntry[];
  readonly look?: ChartLook;
  readonly width: number;
  readonly height: number;
  /** Where the data's area begins, from the top. */
  readonly top: number;
}

const MARGIN = { top: 14, right: 16, bottom: 40, left: 56 };

/**
 * A chart without data: axes with names, and the legend in rows above.
 *
 * @param legend left out when there is no data
 */
export function createChart(
  document: Document,
  kind: string,
  label: string,
  whole: { readonly x: Axis; readonly y: Axis },
  options: ChartOptions = {},
  legend: readonly LegendEntry[] = [],
): Chart {
  const { look } = options;
  const axes = look === undefined ? whole : lookedAt(whole, look);
  const width = options.width ?? 560;
  const height = options.height ?? 260;
  const empty = axes.x.domain.length === 0 || axes.y.domain.length === 0;
  const placed = empty ? [] : layLegend(legend, width - MARGIN.left - MARGIN.right);
  const top = MARGIN.top + (placed.length > 0 ? 10 + LEGEND_ROW * placed[placed.length - 1].row : 0);
  const svg = createDrawing(document, width, height, `chart ${kind}`, label);
  const x = axisScale(axes.x, [MARGIN.left, width - MARGIN.right]);
  const y = axisScale(axes.y, [height - MARGIN.bottom, top]);
  const grid = append(svg, "g", { class: "axes", fill: colour("ink-soft"), "font-size": 11 });
  for (const tick of ticksOf(y, axes.y, Math.max(2, Math.floor(height / 55)))) {
    const at = y(tick);
    append(grid, "line", {
      x1: MARGIN.left,
      x2: width - MARGIN.right,
      y1: at,
      y2: at,
      stroke: colour("rule"),
    });
    append(grid, "text", { x: MARGIN.left - 7, y: at, dy: "0.35em", "text-anchor": "end" }, tickText(tick));
  }
  for (const tick of ticksOf(x, axes.x, Math.max(2, Math.floor(width / 75)))) {
    append(grid, "text", { x: x(tick), y: height - MARGIN.bottom + 16, "text-anchor": "middle" }, tickText(tick));
  }
  append(grid, "line", {
    x1: MARGIN.left,
    x2: width - MARGIN.right,
    y1: height - MARGIN.bottom,
    y2: height - MARGIN.bottom,
    stroke: colour("ink-faint"),
  });
  const middle = (MARGIN.left + width - MARGIN.right) / 2;
  append(grid, "text", { x: middle, y: height - 6, "text-anchor": "middle", class: "axis-name" }, axes.x.name);
  const across = (top + height - MARGIN.bottom) / 2;
  append(
    grid,
    "text",
    { transform: `translate(13,${round(across)}) rotate(-90)`, "text-anchor": "middle", class: "axis-name" },
    axes.y.name,
  );
  appendLegend(svg, placed, MARGIN.left, look);
  if (empty) {
    append(
      svg,
      "text",
      { x: middle, y: across, "text-anchor": "middle", fill: colour("ink-soft"), class: "note" },
      "No data yet",
    );
  }
  const isPart = look?.x !== undefined || look?.y !== undefined;
  const data = isPart ? appendClip(svg, [MARGIN.left, top, width - MARGIN.right, height - MARGIN.bottom]) : svg;
  return { svg, x, y, data: append(data, "g", { class: "data" }), series: [], axes, legend, look, width, height, top };
}

/** The axes as a reader wants them. */
function lookedAt({ x, y }: { readonly x: Axis; readonly y: Axis }, look: ChartLook): { x: Axis; y: Axis } {
  const part = (axis: Axis, shown?: readonly [number, number]): Axis =>
    shown === undefined || axis.domain.length === 0 ? axis : { ...axis, domain: shown, exact: true };
  const log = y.log || (look.log === true && canBeLog(y));
  return { x: part(x, look.x), y: part({ ...y, log }, look.y) };
}

/** A part of a drawing beyond whose edges nothing is drawn. */
function appendClip(svg: Element, [left, top, right, bottom]: readonly [number, number, number, number]): SVGElement {
  const [width, height] = [right - left, bottom - top];
  const viewBox = [left, top, width, height].map(round).join(" ");
  return append(svg, "svg", { x: left, y: top, width, height, viewBox, overflow: "hidden" });
}

/** What the legend calls a line or a band that looks so. */
function nameOf({ legend }: Chart, stroke: string, dash?: string, band = false): string | undefined {
  return legend.find((entry) => entry.stroke === stroke && entry.dash === dash && (entry.band ?? false) === band)?.name;
}

/** A line of data; a single point is drawn as a dot. */
export function appendLine(
  chart: Chart,
  points: readonly (readonly [number, number])[],
  style: { readonly stroke: string; readonly width?: number; readonly dash?: string; readonly opacity?: number },
): void {
  const name = nameOf(chart, style.stroke, style.dash);
  const { hidden, smooth = 0 } = chart.look ?? {};
  if (name !== undefined) {
    if (hidden?.has(name)) return;
    chart.series.push({ name, points });
  }
  const place = (some: typeof points) => some.map(([x, y]) => [chart.x(x), chart.y(y)] as const);
  const draw = (some: typeof points, opacity?: number) =>
    append(chart.data, "path", {
      d: linePath(place(some)),
      fill: "none",
      stroke: style.stroke,
      "stroke-width": style.width ?? 2,
      "stroke-dasharray": style.dash,
      "stroke-opacity": opacity,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
    });
  if (points.length === 1) {
    const [[cx, cy]] = place(points);
    append(chart.data, "circle", { cx, cy, r: 3, fill: style.stroke });
  }
  if (smooth > 0) {
    draw(points, 0.2);
    draw(smoothed(points, smooth), style.opacity);
  } else {
    draw(points, style.opacity);
  }
}

/** The area between two lines over the same places. */
export function appendBand(
  chart: Chart,
  points: readonly (readonly [x: number, low: number, high: number])[],
  fill: string,
  opacity = 0.18,
): void {
  const name = nameOf(chart, fill, undefined, true);
  if (points.length < 2 || (name !== undefined && chart.look?.hidden?.has(name))) return;
  const upper = points.map(([x, , high]) => [chart.x(x), chart.y(high)] as const);
  const lower = points.map(([x, low]) => [chart.x(x), chart.y(low)] as const).reverse();
  append(chart.data, "path", { d: `${linePath([...upper, ...lower])}Z`, fill, "fill-opacity": opacity });
}

/** A diamond around a place: what others have published. Returns it. */
export function appendDiamond(parent: Element, x: number, y: number): SVGElement {
  const corners = linePath([
    [x - 5, y],
    [x, y - 5],
    [x + 5, y],
    [x, y + 5],
  ]);
  return append(parent, "path", {
    d: `${corners}Z`,
    fill: colour("surface"),
    stroke: colour("ink-soft"),
    "stroke-width": 1.5,
  });
}

/** A vertical line with class `cursor` that the page moves by `moveCursor`; hidden until then. */
export function appendCursor(chart: Chart): void {
  append(chart.svg, "line", {
    class: "cursor",
    y1: chart.top,
    y2: chart.height - MARGIN.bottom,
    x1: -10,
    x2: -10,
    stroke: colour("lit"),
    "stroke-width": 1.5,
  });
}

/** Puts the cursor of a chart to a value of its horizontal axis. */
export function moveCursor(chart: Chart, value: number): void {
  const cursor = chart.svg.querySelector(".cursor");
  const at = String(round(chart.x(value)));
  cursor?.setAttribute("x1", at);
  cursor?.setAttribute("x2", at);
}

/** Colour and dash of the `index`-th series. */
export function seriesStyle(index: number): { stroke: string; dash?: string } {
  return { stroke: seriesColour(index), dash: seriesDash(index) };
}
