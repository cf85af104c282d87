/** How the mountain car looks: its hill with the flag, the car on it, the push of its engine. */
import type { Scene } from "../../src/index.ts";
import { append, createDrawing, linePath, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";

const [LEFT_END, RIGHT_END, FLAG] = [-1.2, 0.6, 0.45];
const UNITS = 300; // per unit of position
/** The hill is drawn lower than it is, or the car would climb walls. */
const UNITS_UP = 170; // per unit of height
const MARGIN = 10;
const WIDTH = (RIGHT_END - LEFT_END) * UNITS + 2 * MARGIN;
const ABOVE_HILL = 60;
const HEIGHT = ABOVE_HILL + UNITS_UP + 8;
const CAR_HALF_LENGTH = 30; // units, with a gap
const FORCE_LENGTH = 50; // units
const HEAD = 7; // units

/** What of a state is drawn. */
interface MountainCarState {
  readonly position: number;
}

const heightAt = (position: number) => 0.45 * Math.sin(3 * position) + 0.55;
const slopeAt = (position: number) => 1.35 * Math.cos(3 * position) * (UNITS_UP / UNITS);
const place = (position: number): [number, number] => [
  MARGIN + (position - LEFT_END) * UNITS,
  ABOVE_HILL + (1 - heightAt(position)) * UNITS_UP,
];

export const mountainCar: Scene<MountainCarState> = {
  draw(document) {
    const svg = createDrawing(document, WIDTH, HEIGHT, "hill-and-car", "The car and its hill.");
    const hill = Array.from({ length: 91 }, (_, point) => place(LEFT_END + point * 0.02));
    const [right, left] = [WIDTH - MARGIN, MARGIN];
    const below: [number, number][] = [
      [right, HEIGHT],
      [left, HEIGHT],
    ];
    append(svg, "path", { class: "ground", d: linePath([...hill, ...below]), fill: colour("rule") });
    append(svg, "path", {
      class: "hill",
      d: linePath(hill),
      fill: "none",
      stroke: colour("ink-faint"),
      "stroke-width": 3,
      "stroke-linecap": "round",
    });
    const [flagX, flagY] = place(FLAG);
    const flag = append(svg, "g", { class: "goal", transform: `translate(${round(flagX)},${round(flagY)})` });
    append(flag, "line", { x1: 0, x2: 0, y1: 0, y2: -42, stroke: colour("ink-soft"), "stroke-width": 3 });
    append(flag, "path", { d: "M0,-42L24,-34L0,-26Z", fill: colour("series-3") });
    drawCar(append(svg, "g", { class: "car" }));
    return svg;
  },
  show(svg, { state, action }) {
    const [x, y] = place(state.position);
    if (!Number.isFinite(x)) throw new Error("expected a number for the position in the state");
    const turn = (-Math.atan(slopeAt(state.position)) * 180) / Math.PI;
    const transform = `translate(${round(x)},${round(y)}) rotate(${round(turn)})`;
    setAttributes(svg.querySelector(".car") as Element, { transform });
    setAttributes(svg.querySelector(".force") as Element, { d: forceArrow((action as Float32Array)[0]) });
  },
};

/** The path of an arrow from the car's front or back, as long as the push (-1 to 1) is strong; empty for none. */
function forceArrow(push: number): string {
  if (push === 0) return "";
  const side = Math.sign(push);
  const tip = side * CAR_HALF_LENGTH + FORCE_LENGTH * push;
  const head = Math.min(HEAD, (FORCE_LENGTH * Math.abs(push)) / 2);
  const barb = (way: number) => `${round(tip - side * head)},${round(way * head - 14)}`;
  return `M${side * CAR_HALF_LENGTH},-14L${round(tip)},-14M${barb(-1)}L${round(tip)},-14L${barb(1)}`;
}

/** Draws the car, standing at the origin. */
function drawCar(car: Element): void {
  append(car, "path", {
    class: "force",
    fill: "none",
    stroke: colour("lit"),
    "stroke-width": 5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  append(car, "path", { d: "M-22,-9L-22,-17L-12,-18L-7,-27L8,-27L13,-18L22,-16L22,-9Z", fill: colour("accent") });
  for (const x of [-12, 12]) {
    append(car, "circle", { cx: x, cy: -8, r: 7, fill: colour("ink-soft") });
    append(car, "circle", { cx: x, cy: -8, r: 2.5, fill: colour("paper") });
  }
}
