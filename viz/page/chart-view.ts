/** A chart on the page that answers: values under the pointer, names that switch lines, a part drawn larger, and files of it. */
import { canBeLog, tickText } from "../axis.ts";
import { type Chart, type ChartLook, type ChartOptions, moveCursor } from "../chart.ts";
import { nearestPoint } from "../smooth.ts";
import { append } from "../svg.ts";
import { colour } from "../theme.ts";
import { html, onWidth } from "./html.ts";
import { saveChart } from "./save.ts";

/** Neighbours that a smooth line is the mean of, as a share of its points. */
const SMOOTH = 0.02;
/** Points below which there is nothing to smooth. */
const FEW = 30;
/** Pixels that a pointer is moved before that means to choose a part. */
const DRAG = 6;

/** A chart on the page. */
export interface ChartView {
  readonly element: HTMLElement;
  /** Draws it anew, since its data have changed. */
  redraw(): void;
  /** Marks a place on the horizontal axis. */
  mark(x: number): void;
}

/** What a chart is called in files, and what is called with the place on the horizontal axis that was clicked. */
export interface ChartViewOptions {
  readonly name: string;
  readonly pick?: (x: number) => void;
}

/** @param draw makes the chart in the size and the look that it is given */
export function createChartView(draw: (options: ChartOptions) => Chart, { name, pick }: ChartViewOptions): ChartView {
  let look: ChartLook = { hidden: new Set() };
  let chart: Chart | undefined;
  let width = 0;
  let marked: number | undefined;
  let pressed: { readonly x: number; readonly y: number } | undefined;
  const picture = html("div", { class: "picture chart-picture" });
  const tip = html("div", { class: "tip", hidden: true, role: "status" });
  const log = html("button", { "aria-pressed": "false", onclick: () => change({ log: !look.log }) }, "log axis");
  const smooth = html("button", { "aria-pressed": "false", onclick: () => switchSmooth() }, "smooth");
  const whole = html("button", { onclick: () => change({ x: undefined, y: undefined }) }, "whole chart");
  const save = (kind: "svg" | "png" | "data", title: string) =>
    html(
      "button",
      { "aria-label": `${name} as ${title}`, onclick: () => chart && saveChart(chart, name, kind) },
      title,
    );
  const files = [save("svg", "SVG"), save("png", "PNG"), save("data", "CSV")];
  const tools = html("div", { class: "buttons tools" }, log, smooth, whole, ...files);

  const change = (next: Partial<ChartLook>) => {
    look = { ...look, ...next };
    redraw();
  };
  const switchSmooth = () => {
    const most = Math.max(0, ...(chart?.series.map(({ points }) => points.length) ?? []));
    change({ smooth: look.smooth ? undefined : Math.max(2, Math.round(most * SMOOTH)) });
  };
  const toggle = (series: string) => {
    const hidden = new Set(look.hidden);
    if (!hidden.delete(series)) hidden.add(series);
    change({ hidden });
  };
  const redraw = () => {
    if (width === 0) return;
    chart = draw({ width, look });
    const { svg, axes, series, legend } = chart;
    // What is in it can be pressed, so it is not one picture.
    svg.setAttribute("role", "group");
    for (const entry of svg.querySelectorAll<SVGElement>("[data-series]")) {
      const title = entry.getAttribute("data-series") as string;
      entry.setAttribute("role", "button");
      entry.setAttribute("tabindex", "0");
      entry.setAttribute("aria-label", title);
      entry.setAttribute("aria-pressed", String(!look.hidden?.has(title)));
    }
    const focused = document.activeElement?.getAttribute("data-series");
    picture.replaceChildren(svg);
    if (focused) svg.querySelector<SVGElement>(`[data-series="${CSS.escape(focused)}"]`)?.focus();
    log.hidden = !canBeLog(axes.y);
    log.setAttribute("aria-pressed", String(look.log === true));
    smooth.hidden = series.every(({ points }) => points.length < FEW);
    smooth.setAttribute("aria-pressed", String(look.smooth !== undefined));
    whole.hidden = look.x === undefined && look.y === undefined;
    tools.hidden = legend.length === 0 && series.length === 0;
    tip.hidden = true;
    if (marked !== undefined) moveCursor(chart, marked);
  };
  /** Where a pointer is, in units of the drawing. */
  const placeOf = (event: MouseEvent) => {
    const box = (chart as Chart).svg.getBoundingClientRect();
    const scale = (chart as Chart).width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  };
  const isInside = ({ x, y }: { x: number; y: number }) => {
    const [left, right] = (chart as Chart).x.range();
    const [bottom, top] = (chart as Chart).y.range();
    return x >= left && x <= right && y >= top && y <= bottom;
  };
  /** Shows the values nearest to a value of the horizontal axis. */
  const read = (x: number) => {
    if (chart === undefined) return;
    const { series, legend } = chart;
    const found = legend.flatMap(({ name: title }) => {
      const point = nearestPoint(series.find((one) => one.name === title)?.points ?? [], x);
      return point && Number.isFinite(point[1]) ? [{ name: title, point }] : [];
    });
    chart.svg.querySelector(".pointer")?.remove();
    tip.hidden = found.length === 0;
    if (found.length === 0) return;
    const at = found.reduce((a, b) => (Math.abs(b.point[0] - x) < Math.abs(a.point[0] - x) ? b : a)).point[0];
    const place = chart.x(at);
    const [bottom, top] = chart.y.range();
    append(chart.svg, "line", {
      class: "pointer",
      x1: place,
      x2: place,
      y1: top,
      y2: bottom,
      stroke: colour("ink-soft"),
    });
    tip.replaceChildren(
      html("b", {}, `${chart.axes.x.name} ${tickText(at)}`),
      ...found.map(({ name: title, point }) => html("span", {}, `${title} ${tickText(point[1])}`)),
    );
    const isRight = place > chart.width / 2;
    tip.style.left = isRight ? "auto" : `${place + 12}px`;
    tip.style.right = isRight ? `${chart.width - place + 12}px` : "auto";
  };
  const frame = (from: { x: number; y: number }, to: { x: number; y: number }) => {
    const { svg } = chart as Chart;
    svg.querySelector(".part")?.remove();
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    const [w, h] = [Math.abs(from.x - to.x), Math.abs(from.y - to.y)];
    append(svg, "rect", { class: "part", x, y, width: w, height: h, fill: colour("accent"), "fill-opacity": 0.15 });
  };
  picture.addEventListener("pointermove", (event) => {
    if (chart === undefined) return;
    const place = placeOf(event);
    if (pressed !== undefined && Math.hypot(place.x - pressed.x, place.y - pressed.y) > DRAG) frame(pressed, place);
    else if (isInside(place)) read(chart.x.invert(place.x));
  });
  picture.addEventListener("pointerdown", (event) => {
    if (chart === undefined || event.pointerType === "touch") return;
    const place = placeOf(event);
    if (isInside(place)) pressed = place;
  });
  picture.addEventListener("pointerup", (event) => {
    const from = pressed;
    pressed = undefined;
    chart?.svg.querySelector(".part")?.remove();
    if (chart === undefined || from === undefined) return;
    const to = placeOf(event);
    if (Math.hypot(to.x - from.x, to.y - from.y) <= DRAG) return;
    const sorted = (a: number, b: number): [number, number] => [Math.min(a, b), Math.max(a, b)];
    const { x, y } = chart;
    change({ x: sorted(x.invert(from.x), x.invert(to.x)), y: sorted(y.invert(from.y), y.invert(to.y)) });
  });
  picture.addEventListener("pointerleave", () => {
    tip.hidden = true;
    pressed = undefined;
    for (const mark of picture.querySelectorAll(".pointer,.part")) mark.remove();
  });
  picture.addEventListener("dblclick", () => change({ x: undefined, y: undefined }));
  picture.addEventListener("click", (event) => {
    const series = (event.target as Element).closest("[data-series]")?.getAttribute("data-series");
    if (series) toggle(series);
    else if (chart !== undefined && isInside(placeOf(event))) pick?.(chart.x.invert(placeOf(event).x));
  });
  picture.addEventListener("keydown", (event) => {
    const series = (event.target as Element).closest("[data-series]")?.getAttribute("data-series");
    if (!series || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    toggle(series);
  });
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  return {
    element: html("div", { class: "chart-view" }, picture, tip, tools),
    redraw,
    mark(x) {
      marked = x;
      if (chart) moveCursor(chart, x);
    },
  };
}

/** Style of this part of the page. */
export const CHART_CSS = `
.chart-view{position:relative}
.chart-picture{touch-action:pan-y}.chart-picture svg{user-select:none}
.chart-view [data-series]{cursor:pointer}
.tip{position:absolute;top:30px;pointer-events:none;background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:.3em .7em;font-size:.8rem;display:flex;flex-direction:column;font-variant-numeric:tabular-nums;max-width:45%;box-shadow:0 2px 10px rgb(0 0 0/.12);z-index:1}
.tools{margin-top:4px;gap:5px}.tools button{font-size:.76rem;padding:.1em .6em;color:var(--ink-soft)}.tools button[aria-pressed=true]{color:var(--ink)}`;
