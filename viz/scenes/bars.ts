/** The scene of environments that give none: a bar for each number that the network sees, and for what it does. */
import { actionRange, type Environment, outputNames, type Scene } from "../../src/index.ts";
import { append, createDrawing, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";

/** Shows a number, or whether an action is chosen. */
type Part = (values: ArrayLike<number>) => void;

const WIDTH = 420;
const ROW = 22;
const HEADING = 26;
const CHIP = 28;
/** Where a row's bar begins and ends; its name stands before, its number after. */
const [START, END] = [130, 340];
const FONT_SIZE = 13;
const LETTER = 7.2; // units, of a font of 13, about
/** Letters of a name that are shown, and rows of numbers. */
const LETTERS = 17;
const ROWS = 16;

/** Makes the scene of an environment. Ranges of observations are 1, 2 or 5 times a power of ten, and grow. */
export function barScene({ inputs, actions }: Environment): Scene {
  const drawn = new WeakMap<Element, { seen: Part[]; done: Part[] }>();
  return {
    draw(document) {
      const names = outputNames(actions);
      const shown = inputs.slice(0, inputs.length > ROWS ? ROWS - 1 : ROWS);
      const chips = "discrete" in actions ? placeChips(names) : undefined;
      const rest = inputs.length - shown.length;
      const seenHeight = HEADING + (shown.length + (rest > 0 ? 1 : 0)) * ROW;
      const top = seenHeight + 10 + HEADING;
      const height = chips ? top + (chips[chips.length - 1].row + 1) * (CHIP + 6) : top + names.length * ROW + 4;
      const svg = createDrawing(document, WIDTH, height, "bars", "What the network sees, and what it does.");
      setAttributes(svg, { "font-size": FONT_SIZE });
      heading(svg, 0, "sees");
      const seen = shown.map((name, index) => adaptiveRow(svg, HEADING + index * ROW, name, index));
      if (rest > 0) {
        const y = HEADING + shown.length * ROW + ROW / 2;
        append(svg, "text", { x: START, y, dy: "0.35em", fill: colour("ink-soft") }, `and ${rest} more`);
      }
      heading(svg, seenHeight + 10, "does");
      const done =
        "discrete" in actions
          ? (chips as Chip[]).map((chip, index) => drawChip(svg, top, chip, index))
          : fixedRows(svg, top, names, actionRange(actions));
      drawn.set(svg, { seen, done });
      return svg;
    },
    show(svg, { observation, action }) {
      const parts = drawn.get(svg);
      for (const part of parts?.seen ?? []) part(observation);
      for (const part of parts?.done ?? []) part(typeof action === "number" ? [action] : action);
    },
  };
}

function heading(svg: Element, y: number, text: string): void {
  append(svg, "text", { x: 0, y: y + 14, "font-size": 12, "font-weight": 600, fill: colour("ink-soft") }, text);
}

/** A row whose range, symmetric, becomes as wide as the greatest number that it has shown asks for. */
function adaptiveRow(svg: Element, top: number, name: string, index: number): Part {
  let limit = 1;
  const show = drawRow(svg, top, name, "accent");
  return (values) => {
    while (Math.abs(values[index]) > limit) limit = widen(limit);
    show(values[index], -limit, limit);
  };
}

/** The next of 1, 2, 5, 10, 20, ... */
function widen(limit: number): number {
  return String(limit).startsWith("2") ? limit * 2.5 : limit * 2;
}

/** Rows of actions, from their lowest to their highest value. */
function fixedRows(svg: Element, top: number, names: readonly string[], range: ReturnType<typeof actionRange>): Part[] {
  return names.map((name, index) => {
    const show = drawRow(svg, top + index * ROW, name, "lit");
    return (values) => show(values[index], range.low[index], range.high[index]);
  });
}

/** Draws a row, and returns what shows a value in a range: a bar from 0, or from the end that is nearest to it. */
function drawRow(svg: Element, top: number, name: string, bar: string) {
  const middle = top + ROW / 2;
  const row = append(svg, "g", { class: "row" });
  const ends = append(row, "title", {}, name);
  append(row, "text", { x: START - 10, y: middle, dy: "0.35em", "text-anchor": "end", fill: colour("ink") }, cut(name));
  append(row, "rect", { x: START, y: middle - 5, width: END - START, height: 10, rx: 3, fill: colour("rule") });
  const fill = append(row, "rect", { class: "value", y: middle - 5, height: 10, rx: 1, fill: colour(bar) });
  const zero = append(row, "line", { y1: middle - 8, y2: middle + 8, stroke: colour("ink-soft"), "stroke-width": 1 });
  const number = append(row, "text", {
    x: WIDTH,
    y: middle,
    dy: "0.35em",
    "text-anchor": "end",
    fill: colour("ink"),
    style: "font-variant-numeric:tabular-nums",
  });
  return (value: number, low: number, high: number) => {
    const place = (at: number) => START + ((at - low) / (high - low)) * (END - START);
    const [origin, to] = [place(Math.max(low, Math.min(high, 0))), place(value)];
    setAttributes(fill, { x: Math.min(origin, to), width: Math.abs(to - origin) });
    setAttributes(zero, { x1: origin, x2: origin });
    number.textContent = text(value);
    ends.textContent = `${name}, from ${text(low)} to ${text(high)}`;
  };
}

/** A discrete action in the picture. */
interface Chip {
  readonly name: string;
  readonly x: number;
  readonly row: number;
  readonly width: number;
}

/** Puts actions side by side, in rows that fit. */
function placeChips(names: readonly string[]): Chip[] {
  let x = 0;
  let row = 0;
  return names.map((name) => {
    const width = cut(name).length * LETTER + 22;
    if (x > 0 && x + width > WIDTH) {
      x = 0;
      row++;
    }
    const chip = { name, x, row, width };
    x += width + 8;
    return chip;
  });
}

function drawChip(svg: Element, top: number, { name, x, row, width }: Chip, index: number): Part {
  const y = top + row * (CHIP + 6);
  const group = append(svg, "g", { class: "chip" });
  append(group, "title", {}, name);
  const box = append(group, "rect", { x: x + 1, y: y + 1, width: width - 2, height: CHIP - 2, rx: 7 });
  const label = append(
    group,
    "text",
    { x: x + width / 2, y: y + CHIP / 2, dy: "0.35em", "text-anchor": "middle" },
    cut(name),
  );
  return (values) => {
    const isChosen = values[0] === index;
    setAttributes(box, { fill: colour(isChosen ? "lit" : "surface"), stroke: colour(isChosen ? "lit" : "ink-faint") });
    setAttributes(label, { fill: colour(isChosen ? "paper" : "ink-soft") });
  };
}

function cut(name: string): string {
  return name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
}

/** A number in at most 6 signs and a real minus. */
function text(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 1e5 || (size > 0 && size < 1e-3) ? value.toExponential(1) : value.toFixed(size < 10 ? 3 : 1);
  return digits.replace("-", "−");
}
