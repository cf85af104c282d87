/** What scenes of links that turn about joints have in common: a link, a joint, and the torque about it. */
import { append, round } from "../svg.ts";
import { colour } from "../theme.ts";

const LINK_WIDTH = 12;
const TORQUE_RADIUS = 26;
/** How far the arc of the greatest torque goes round its joint, rad. */
const TORQUE_ARC = (2 * Math.PI) / 3;
const HEAD = 9;

/** Draws a link from a joint at the origin to `y`. */
export function drawLink(parent: Element, y: number): void {
  append(parent, "line", {
    x1: 0,
    y1: 0,
    x2: 0,
    y2: y,
    stroke: colour("accent"),
    "stroke-width": LINK_WIDTH,
    "stroke-linecap": "round",
  });
}

/** Draws a joint at the origin. */
export function drawJoint(parent: Element): void {
  append(parent, "circle", { class: "joint", r: 10, fill: colour("ink-soft") });
  append(parent, "circle", { r: 4, fill: colour("paper") });
}

/** Draws the arrow of a torque about the origin; `torqueArrow` gives its path. */
export function drawTorque(parent: Element): void {
  append(parent, "path", {
    class: "torque",
    fill: "none",
    stroke: colour("lit"),
    "stroke-width": 5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}

/**
 * The path of an arrow round the origin, from the top or the bottom; empty for no torque.
 *
 * @param share of the greatest torque, -1 to 1; counterclockwise if positive
 * @param from  1 to begin below the origin, -1 above it
 */
export function torqueArrow(share: number, from: 1 | -1): string {
  if (share === 0) return "";
  const turn = share * TORQUE_ARC;
  const at = (angle: number, radius = TORQUE_RADIUS) =>
    `${round(from * radius * Math.sin(angle))},${round(from * radius * Math.cos(angle))}`;
  // The head's barbs lie behind its tip; a short arrow has a small head.
  const back = Math.sign(share) * Math.min(Math.abs(turn) / 2, HEAD / TORQUE_RADIUS);
  const spread = Math.abs(back) * TORQUE_RADIUS * 0.8;
  const barb = (side: number) => at(turn - back, TORQUE_RADIUS + side * spread);
  const sweep = share > 0 ? 0 : 1;
  const arc = `M${at(0)}A${TORQUE_RADIUS},${TORQUE_RADIUS},0,0,${sweep},${at(turn)}`;
  return `${arc}M${barb(-1)}L${at(turn)}L${barb(1)}`;
}
