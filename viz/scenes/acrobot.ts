/** How the acrobot looks: two links, the line for its tip, the torque at the joint between them as an arrow. */
import type { Scene } from "../../src/index.ts";
import { append, createDrawing, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";
import { drawJoint, drawLink, drawTorque, torqueArrow } from "./links.ts";

const LENGTH = 66; // units of a link, 1 m
const [WIDTH, HEIGHT] = [560, 4 * LENGTH + 36];

/** What of a state is drawn: angles, 0 hangs down or is straight, positive to the right, rad. */
interface AcrobotState {
  readonly upper: number;
  readonly lower: number;
}

export const acrobot: Scene<AcrobotState> = {
  draw(document) {
    const svg = createDrawing(document, WIDTH, HEIGHT, "links", "The two links of the acrobot.");
    const top = append(svg, "g", { transform: `translate(${WIDTH / 2},${HEIGHT / 2})` });
    append(top, "line", {
      class: "goal",
      x1: -2 * LENGTH,
      x2: 2 * LENGTH,
      y1: -LENGTH,
      y2: -LENGTH,
      stroke: colour("series-3"),
      "stroke-width": 2,
      "stroke-dasharray": "3 4",
    });
    append(top, "line", { x1: -60, x2: 60, y1: 0, y2: 0, stroke: colour("ink-faint"), "stroke-width": 3 });
    const upper = append(top, "g", { class: "upper" });
    drawLink(upper, LENGTH);
    const elbow = append(upper, "g", { transform: `translate(0,${LENGTH})` });
    const lower = append(elbow, "g", { class: "lower" });
    drawLink(lower, LENGTH);
    append(lower, "circle", { class: "tip", cy: LENGTH, r: 8, fill: colour("accent") });
    drawTorque(elbow);
    drawJoint(elbow);
    drawJoint(top);
    return svg;
  },
  show(svg, { state, action }) {
    const turn = (angle: number) => `rotate(${round((-angle * 180) / Math.PI)})`;
    if (!Number.isFinite(state.upper + state.lower)) throw new Error("expected numbers for both angles in the state");
    const set = (selector: string, attributes: Record<string, string>) =>
      setAttributes(svg.querySelector(selector) as Element, attributes);
    set(".upper", { transform: turn(state.upper) });
    set(".lower", { transform: turn(state.lower) });
    set(".torque", { d: torqueArrow((action as number) - 1, 1) });
  },
};
