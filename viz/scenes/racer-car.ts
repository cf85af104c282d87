/** The racer's car, in metres of its world: hull, and four wheels that turn and roll. */
import { RACER_HULL, RACER_WHEEL, type RacerState } from "../../src/index.ts";
import { append, linePath, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";

type Car = RacerState["world"]["car"];
type Transform = Car["bodies"][number]["transform"];

/** Half the width of a wheel and its radius, m. */
const [HALF, RADIUS] = [RACER_WHEEL[0].x, RACER_WHEEL[1].y];
/** From one edge of a wheel's stripe to the other, rad. */
const STRIPE = 1.2;

/** What of the car moves. */
interface CarParts {
  readonly hull: Element;
  readonly wheels: readonly { readonly group: Element; readonly tyre: Element; readonly stripe: Element }[];
}

export function drawCar(world: Element): CarParts {
  const wheels = [0, 1, 2, 3].map(() => {
    const group = append(world, "g", { class: "wheel" });
    const tyre = append(group, "path", { class: "tyre", d: outline(RACER_WHEEL), fill: colour("glyph") });
    const stripe = append(group, "path", { class: "stripe", fill: colour("ink-faint") });
    return { group, tyre, stripe };
  });
  const hull = append(world, "path", { class: "hull", fill: colour("lit"), d: RACER_HULL.map(outline).join("") });
  return { hull, wheels };
}

export function showCar({ hull, wheels }: CarParts, { bodies, wheels: rolling }: Car): void {
  setAttributes(hull, { transform: matrixOf(bodies[0].transform) });
  wheels.forEach(({ group, tyre, stripe }, index) => {
    const { phase, tiles } = rolling[index];
    setAttributes(group, { transform: matrixOf(bodies[index + 1].transform) });
    setAttributes(tyre, { class: tiles.length > 0 ? "tyre" : "tyre grass" });
    // Seen from above while it is on the upper side.
    const edges = [Math.cos(phase), Math.cos(phase + STRIPE)].map((value) => value * RADIUS);
    const isUp = Math.sin(phase) > 0 || Math.sin(phase + STRIPE) > 0;
    const [low, high] = [Math.min(...edges), Math.max(...edges)];
    const corners = [
      { x: -HALF, y: low },
      { x: HALF, y: low },
      { x: HALF, y: high },
      { x: -HALF, y: high },
    ];
    setAttributes(stripe, { d: isUp ? outline(corners) : "" });
  });
}

function matrixOf({ x, y, sine, cosine }: Transform): string {
  return `matrix(${[cosine, sine, -sine, cosine, x, y].map(round).join(",")})`;
}

function outline(corners: readonly { readonly x: number; readonly y: number }[]): string {
  return `${linePath(corners.map(({ x, y }) => [x, y]))}Z`;
}
