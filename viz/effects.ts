/** Draws which setting matters: the share of the variance that each explains, and the mean at each of its values. */
import type { Effects } from "../src/index.ts";
import { axisScale, extent, ticksOf, tickText } from "./axis.ts";
import { append, createDrawing, linePath, shorten } from "./svg.ts";
import { colour } from "./theme.ts";

const LETTER = 6.6;
const BAR_ROW = 26;

/** Shares of the variance as bars: settings, the largest first, then what is no setting's own. */
export function drawShares(
  document: Document,
  effects: Effects | undefined,
  options: { width?: number } = {},
): SVGSVGElement {
  const { width = 560 } = options;
  const factors = (effects?.factors ?? []).map(({ factor, share }) => ({ name: factor, share, isSetting: true }));
  const others = effects && [
    ...(factors.length > 1 ? [{ name: "settings together", share: effects.interactions }] : []),
    { name: "seed", share: effects.seeds },
    { name: "chance", share: effects.rest },
  ];
  const rows = [
    ...factors.sort((a, b) => b.share - a.share),
    ...(others ?? []).map((other) => ({ ...other, isSetting: false })),
  ];
  const left = 12 + LETTER * Math.max(0, ...rows.map(({ name }) => name.length));
  const right = 46;
  const label = rows.map(({ name, share }) => `${name} ${percent(share)}`).join(", ");
  const height = Math.max(60, rows.length * BAR_ROW) + 26;
  const svg = createDrawing(
    document,
    width,
    height,
    "chart shares",
    `Share of the variance: ${label || "nothing yet"}.`,
  );
  const room = Math.max(20, width - left - right);
  rows.forEach(({ name, share, isSetting }, row) => {
    const y = row * BAR_ROW + 4;
    append(svg, "text", { x: left - 8, y: y + 9, dy: "0.35em", "text-anchor": "end", fill: colour("ink") }, name);
    append(svg, "rect", { x: left, y, width: room, height: 18, rx: 3, fill: colour("rule") });
    append(svg, "rect", {
      class: "share",
      x: left,
      y,
      width: Math.max(1, room * share),
      height: 18,
      rx: 3,
      fill: colour(isSetting ? "accent" : "ink-faint"),
    });
    append(svg, "text", { x: left + room + 8, y: y + 9, dy: "0.35em", fill: colour("ink") }, percent(share));
  });
  const soft = { fill: colour("ink-soft"), "font-size": 11, "text-anchor": "middle" };
  append(
    svg,
    "text",
    { ...soft, x: left + room / 2, y: height - 7, class: "axis-name" },
    "share of the variance of all runs",
  );
  if (rows.length === 0)
    append(svg, "text", { ...soft, x: width / 2, y: height / 2 - 10, class: "note" }, "No data yet");
  return svg;
}

/** Options of the means' picture. */
export interface EffectOptions {
  /** Default 560. */
  readonly width?: number;
  /** Name and unit of the figure. */
  readonly axis: string;
  /** Writes a value; default plainly. */
  readonly text?: (value: number) => string;
}

const LEFT = 56;
const PANEL = 150;
const PANEL_HEIGHT = 190;
const HEAD = 24;
const FOOT = 30;

/** The mean at each value of each setting, with its interval: a panel each, on one scale. */
export function drawEffects(document: Document, effects: Effects | undefined, options: EffectOptions): SVGSVGElement {
  const { width = 560, axis: name, text = tickText } = options;
  const factors = [...(effects?.factors ?? [])].sort((a, b) => b.share - a.share);
  const columns = Math.max(1, Math.min(factors.length, Math.floor((width - LEFT) / PANEL)));
  const rows = Math.max(1, Math.ceil(factors.length / columns));
  const label = factors.map(({ factor }) => factor).join(", ");
  const svg = createDrawing(
    document,
    width,
    rows * PANEL_HEIGHT,
    "chart effects",
    `${name} by ${label || "nothing yet"}.`,
  );
  const means = factors.flatMap(({ levels }) => levels.map(({ mean }) => mean));
  const axis = { name, domain: extent(means.flatMap(({ low, high }) => [low, high])) };
  const soft = { fill: colour("ink-soft"), "font-size": 11 };
  const panel = (width - LEFT - 8) / columns;
  for (let row = 0; row < rows; row++) {
    const top = row * PANEL_HEIGHT;
    const y = axisScale(axis, [top + PANEL_HEIGHT - FOOT, top + HEAD + 8]);
    const inRow = factors.slice(row * columns, (row + 1) * columns);
    for (const tick of ticksOf(y, axis, 4)) {
      const x2 = LEFT + panel * Math.max(1, inRow.length) - 6;
      append(svg, "line", { x1: LEFT, x2, y1: y(tick), y2: y(tick), stroke: colour("rule") });
      append(svg, "text", { ...soft, x: LEFT - 7, y: y(tick), dy: "0.35em", "text-anchor": "end" }, tickText(tick));
    }
    const across = top + (HEAD + PANEL_HEIGHT - FOOT) / 2;
    const turned = { transform: `translate(13,${across}) rotate(-90)`, "text-anchor": "middle", class: "axis-name" };
    append(svg, "text", { ...soft, ...turned }, name);
    inRow.forEach((effect, column) => {
      appendPanel(svg, effect, LEFT + column * panel, panel, top, y, text);
    });
  }
  if (factors.length === 0) {
    const middle = { x: (LEFT + width) / 2, y: PANEL_HEIGHT / 2, "text-anchor": "middle", class: "note" };
    append(svg, "text", { ...soft, ...middle }, "No data yet");
  }
  return svg;
}

/** The means of one setting. */
function appendPanel(
  svg: Element,
  { factor, levels }: Effects["factors"][number],
  left: number,
  width: number,
  top: number,
  y: (value: number) => number,
  text: (value: number) => string,
): void {
  const room = (width - 6) / levels.length;
  const at = (place: number) => left + room * (place + 0.5);
  const middle = { "text-anchor": "middle" };
  const title = { ...middle, x: left + (width - 6) / 2, y: top + 14, fill: colour("ink"), "font-weight": 600 };
  append(svg, "text", title, shorten(factor, width / 7.5));
  const stroke = colour("accent");
  append(svg, "path", {
    d: linePath(levels.map(({ mean }, place) => [at(place), y(mean.estimate)])),
    fill: "none",
    stroke,
    "stroke-opacity": 0.4,
    "stroke-width": 2,
  });
  levels.forEach(({ level, mean: { estimate, low, high } }, place) => {
    const group = append(svg, "g", { class: "level" });
    append(group, "title", {}, `${factor} ${level}: ${text(estimate)}, ${text(low)} to ${text(high)}`);
    append(group, "line", { x1: at(place), x2: at(place), y1: y(low), y2: y(high), stroke, "stroke-width": 2 });
    append(group, "circle", { cx: at(place), cy: y(estimate), r: 4.5, fill: stroke });
    const below = { ...middle, x: at(place), y: top + PANEL_HEIGHT - 10, fill: colour("ink-soft"), "font-size": 11 };
    append(svg, "text", below, shorten(level, room / 6));
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
