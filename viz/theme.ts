/** The one place for colours and sizes: CSS custom properties for light and dark, and the look of the activations. */

/** A colour by name, in light and in dark. */
type Palette = Readonly<Record<string, readonly [light: string, dark: string]>>;

/**
 * Ink, surfaces and the colours of data series; series are Paul Tol's "bright" scheme, told apart by colour-blind
 * people. No two names that differ in the dark share a light colour: `followSystem` tells them apart by it.
 */
const PALETTE: Palette = {
  paper: ["#fbfaf7", "#16181d"],
  surface: ["#ffffff", "#1e2128"],
  ink: ["#1d1f24", "#eceae4"],
  "ink-soft": ["#5d6069", "#a5a8b1"],
  "ink-faint": ["#c9c8c3", "#474b55"],
  rule: ["#e6e4de", "#2e323b"],
  glyph: ["#1b1d22", "#1b1d22"],
  accent: ["#1f6fb2", "#6db3f0"],
  "accent-soft": ["#d7e6f3", "#24405a"],
  lit: ["#c2410c", "#ff9d5c"],
  positive: ["#d9722e", "#ff9d5c"],
  negative: ["#3572b0", "#6db3f0"],
  "series-1": ["#2f6fa8", "#6db3f0"],
  "series-2": ["#c4405a", "#ff8fa0"],
  "series-3": ["#1c7f45", "#5cc98a"],
  "series-4": ["#8f7a10", "#e0c94a"],
  "series-5": ["#8b2f7d", "#d68bcb"],
  "series-6": ["#2a93a8", "#7fd8e8"],
};

/** Fill of each activation, by name: Paul Tol's "light" scheme and two more; every node also carries its curve. */
const ACTIVATION_COLOURS: Readonly<Record<string, string>> = {
  linear: "#cfcfcf",
  step: "#ee8866",
  sin: "#77aadd",
  gaussian: "#eedd88",
  tanh: "#44bb99",
  sigmoid: "#99ddff",
  inverse: "#ffaabb",
  abs: "#bbcc33",
  relu: "#b3ad21",
  cos: "#b9a0e0",
  squared: "#c9a27a",
};

/** A use of a custom property. */
const USE = /var\(--([a-z0-9-]+)\)/g;

/** Data series that can be told apart; a seventh run takes the first colour again, with another dash. */
export const SERIES_COUNT = 6;

/** Font of all text in drawings. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** A colour of the palette, as an attribute value. */
export function colour(name: string): string {
  return `var(--${name})`;
}

/** The fill of nodes with this activation. */
export function activationColour(name: string): string {
  return `var(--activation-${name})`;
}

/** The colour of the `index`-th data series. */
export function seriesColour(index: number): string {
  return `var(--series-${1 + (index % SERIES_COUNT)})`;
}

/** Dashes of the `index`-th data series: the second six are dashed. */
export function seriesDash(index: number): string | undefined {
  return index < SERIES_COUNT ? undefined : "6 3";
}

/** The declarations of one mode. */
function declarations(mode: "light" | "dark"): string {
  const own = Object.entries(PALETTE).map(([name, pair]) => `--${name}:${pair[mode === "light" ? 0 : 1]}`);
  const activations = Object.entries(ACTIVATION_COLOURS).map(([name, value]) => `--activation-${name}:${value}`);
  return [...own, ...activations].join(";");
}

/**
 * The page's style sheet that defines the custom properties: light, dark where the reader's system asks for it, and
 * either when `data-theme` on the root element says so.
 */
export function themeCss(): string {
  return [
    `:root{color-scheme:light;${declarations("light")}}`,
    `@media (prefers-color-scheme: dark){:root:not([data-theme=light]){color-scheme:dark;${declarations("dark")}}}`,
    `:root[data-theme=dark]{color-scheme:dark;${declarations("dark")}}`,
  ].join("\n");
}

/** An SVG text with every custom property replaced by its value, for programs that know none (papers, PNG). */
export function resolveColours(svg: string, mode: "light" | "dark"): string {
  const values = new Map(
    declarations(mode)
      .split(";")
      .map((declaration) => declaration.slice(2).split(":") as [string, string]),
  );
  return svg.replace(USE, (whole, name: string) => values.get(name) ?? whole);
}

/**
 * The style sheet that turns a drawing in the light theme's literal colours dark where the reader's system asks for
 * it; programs that know no media queries (rsvg-convert, Inkscape, resvg) pass over it and show the light colours.
 *
 * @param svg the drawing before its colours were resolved
 */
export function followSystem(svg: string): string {
  const used = new Set(Array.from(svg.matchAll(USE), ([, name]) => name));
  const rules = Object.entries(PALETTE)
    .filter(([name, [light, dark]]) => used.has(name) && light !== dark)
    .map(([, [light, dark]]) => `[fill="${light}"]{fill:${dark}}[stroke="${light}"]{stroke:${dark}}`);
  return `@media (prefers-color-scheme: dark){${rules.join("")}}`;
}
