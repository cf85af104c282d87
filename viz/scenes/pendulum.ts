/** How the pendulum looks: a rod about its joint, the place at the top where it should be, the torque as an arrow. */
import type { Scene } from "../../src/index.ts";
import { append, createDrawing, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";
import { drawJoint, drawLink, drawTorque, torqueArrow } from "./links.ts";

const LENGTH = 110; // units of the rod, 1 m
const [WIDTH, HEIGHT] = [560, 276];
const MAX_TORQUE = 2; // N m

/** What of a state is drawn: the angle, 0 is up, positive to the left, rad. */
interface PendulumState {
  readonly angle: number;
}

export const pendulum: Scene<PendulumState> = {
  draw(document) {
    const svg = createDrawing(document, WIDTH, HEIGHT, "rod", "The rod of the pendulum.");
    const middle = append(svg, "g", { transform: `translate(${WIDTH / 2},${HEIGHT / 2})` });
    append(middle, "circle", { r: LENGTH, fill: "none", stroke: colour("rule"), "stroke-width": 2 });
    append(middle, "line", {
      class: "goal",
      x1: -30,
      x2: 30,
      y1: -LENGTH - 12,
      y2: -LENGTH - 12,
      stroke: colour("series-3"),
      "stroke-width": 2,
      "stroke-dasharray": "3 4",
    });
    drawLink(append(middle, "g", { class: "rod" }), -LENGTH);
    drawTorque(middle);
    drawJoint(middle);
    return svg;
  },
  show(svg, { state, action }) {
    const turn = (-state.angle * 180) / Math.PI;
    if (!Number.isFinite(turn)) throw new Error("expected a number for the angle in the state");
    const torque = (action as Float32Array)[0] / MAX_TORQUE;
    setAttributes(svg.querySelector(".rod") as Element, { transform: `rotate(${round(turn)})` });
    setAttributes(svg.querySelector(".torque") as Element, { d: torqueArrow(torque, -1) });
  },
};
