/** Draws a cart with a pole on a track; what differs between the tasks that have one is data. */
import type { Action, Scene } from "../../src/index.ts";
import { append, createDrawing, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";

/** What a cart-pole is like. */
export interface CartOptions {
  readonly trackHalfLength: number; // m
  readonly poleLength: number; // m, as drawn
  /** Sides to which the pole leans as its angle grows from 0, which is up. */
  readonly leans: "left" | "right";
  /** The angle at which the pole counts as fallen, rad; one without it may hang, and its height when up is marked. */
  readonly angleLimit?: number;
  /** The force of an action as a share of the greatest, -1 (left) to 1. */
  force(action: Action): number;
}

/** What of a state is drawn: position of the cart (m), angle of the pole (rad). */
interface CartState {
  readonly position: number;
  readonly angle: number;
}

const CART = { width: 0.44, height: 0.22 }; // m
const UNITS = 100; // per metre
const WIDTH = 5.6; // m
const RAIL = 1.12; // m from the top
const BELOW_RAIL = 0.5; // m
const FORCE_LENGTH = 60; // units

/** The scene of a cart-pole. */
export function cartScene(options: CartOptions): Scene<CartState> {
  return {
    draw: (document) => draw(document, options),
    show(svg, { state, action }) {
      const set = (selector: string, attributes: Record<string, string | number>) =>
        setAttributes(svg.querySelector(selector) as Element, attributes);
      const x = (WIDTH / 2 + state.position) * UNITS;
      const turn = ((options.leans === "right" ? 1 : -1) * state.angle * 180) / Math.PI;
      if (!Number.isFinite(x + turn)) throw new Error("expected numbers for position and angle in the state");
      set(".cart", { transform: `translate(${x.toFixed(2)},${round(RAIL * UNITS)})` });
      set(".pole", { transform: `rotate(${turn.toFixed(2)})` });
      set(".force", { x2: FORCE_LENGTH * Math.max(-1, Math.min(1, options.force(action))) });
    },
  };
}

function draw(document: Document, { trackHalfLength, poleLength, angleLimit }: CartOptions): SVGSVGElement {
  const width = WIDTH * UNITS;
  const height = (RAIL + (angleLimit === undefined ? poleLength + 0.28 : BELOW_RAIL)) * UNITS;
  const svg = createDrawing(document, width, height, "cart-pole", "The cart and its pole.");
  const middle = width / 2;
  const rail = RAIL * UNITS;
  const reach = trackHalfLength * UNITS;
  append(svg, "line", {
    x1: middle - reach,
    x2: middle + reach,
    y1: rail,
    y2: rail,
    stroke: colour("ink-faint"),
    "stroke-width": 3,
  });
  for (const side of [-1, 1]) {
    const x = middle + side * reach;
    append(svg, "line", { x1: x, x2: x, y1: rail - 16, y2: rail + 16, stroke: colour("ink-soft"), "stroke-width": 3 });
    append(
      svg,
      "text",
      { x, y: rail + 36, "text-anchor": "middle", fill: colour("ink-soft"), "font-size": 15 },
      `${side < 0 ? "−" : ""}${trackHalfLength} m`,
    );
  }
  if (angleLimit === undefined) {
    append(svg, "line", {
      class: "goal",
      x1: middle - 30,
      x2: middle + 30,
      y1: rail - poleLength * UNITS,
      y2: rail - poleLength * UNITS,
      stroke: colour("series-3"),
      "stroke-width": 2,
      "stroke-dasharray": "3 4",
    });
  }
  const cart = append(svg, "g", { class: "cart" });
  if (angleLimit !== undefined) drawLimits(cart, poleLength * UNITS, angleLimit);
  append(cart, "rect", {
    x: (-CART.width / 2) * UNITS,
    y: (-CART.height / 2) * UNITS,
    width: CART.width * UNITS,
    height: CART.height * UNITS,
    rx: 5,
    fill: colour("ink-soft"),
  });
  append(cart, "line", {
    class: "force",
    x1: 0,
    x2: 0,
    y1: 26,
    y2: 26,
    stroke: colour("lit"),
    "stroke-width": 5,
    "stroke-linecap": "round",
  });
  const pole = append(cart, "g", { class: "pole" });
  append(pole, "line", {
    x1: 0,
    y1: 0,
    x2: 0,
    y2: -poleLength * UNITS,
    stroke: colour("accent"),
    "stroke-width": 9,
    "stroke-linecap": "round",
  });
  append(pole, "circle", { cx: 0, cy: -poleLength * UNITS, r: 8, fill: colour("accent") });
  append(cart, "circle", { r: 5, fill: colour("paper") });
  return svg;
}

/** Lines from the joint, between which the pole must stay. */
function drawLimits(cart: SVGElement, length: number, angle: number): void {
  for (const side of [-1, 1]) {
    append(cart, "line", {
      class: "limit",
      x1: 0,
      y1: 0,
      x2: side * length * Math.sin(angle),
      y2: -length * Math.cos(angle),
      stroke: colour("ink-faint"),
      "stroke-width": 2,
      "stroke-dasharray": "3 4",
    });
  }
}
