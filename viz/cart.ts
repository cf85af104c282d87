/** Draws the cart-pole of the swing-up task in one state; the page redraws it by `showCart`. */
import { append, createDrawing, round, setAttributes } from "./svg.ts";
import { colour } from "./theme.ts";

/** Position of the cart (m), angle of the pole (rad, 0 is up) and force as a share of the greatest, -1 to 1. */
export interface CartState {
  readonly position: number;
  readonly angle: number;
  readonly force: number;
}

const TRACK_HALF_LENGTH = 2.4; // m
const POLE_LENGTH = 0.6; // m, as drawn and as simulated
const CART = { width: 0.44, height: 0.22 }; // m
const UNITS = 100; // per metre
const VIEW = { width: 5.6, height: 2.0 }; // m
const RAIL = 1.12; // m from the top

/** Draws a cart at rest, or in the state given. */
export function drawCart(
  document: Document,
  state: CartState = { position: 0, angle: Math.PI, force: 0 },
): SVGSVGElement {
  const width = VIEW.width * UNITS;
  const svg = createDrawing(document, width, VIEW.height * UNITS, "cart-pole", "The cart and its pole.");
  const middle = width / 2;
  const rail = RAIL * UNITS;
  const reach = TRACK_HALF_LENGTH * UNITS;
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
      `${side < 0 ? "−" : ""}2.4 m`,
    );
  }
  append(svg, "line", {
    class: "goal",
    x1: middle - 30,
    x2: middle + 30,
    y1: rail - POLE_LENGTH * UNITS,
    y2: rail - POLE_LENGTH * UNITS,
    stroke: colour("series-3"),
    "stroke-width": 2,
    "stroke-dasharray": "3 4",
  });
  const cart = append(svg, "g", { class: "cart" });
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
    y2: -POLE_LENGTH * UNITS,
    stroke: colour("accent"),
    "stroke-width": 9,
    "stroke-linecap": "round",
  });
  append(pole, "circle", { cx: 0, cy: -POLE_LENGTH * UNITS, r: 8, fill: colour("accent") });
  append(cart, "circle", { r: 5, fill: colour("paper") });
  showCart(svg, state);
  return svg;
}

/** Moves the drawn cart into a state; the angle grows clockwise or not as the environment says: sine to the left. */
export function showCart(svg: SVGSVGElement, { position, angle, force }: CartState): void {
  const x = (VIEW.width / 2 + position) * UNITS;
  const turn = (-angle * 180) / Math.PI;
  const set = (selector: string, attributes: Record<string, string | number>) =>
    setAttributes(svg.querySelector(selector) as Element, attributes);
  set(".cart", { transform: `translate(${x.toFixed(2)},${round(RAIL * UNITS)})` });
  set(".pole", { transform: `rotate(${turn.toFixed(2)})` });
  set(".force", { x2: 60 * Math.max(-1, Math.min(1, force)) });
}
