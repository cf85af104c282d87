/** How the walker looks: hull, two legs and what its lidar sees, on its track; the picture goes with it. */
import type { BipedState, Scene } from "../../src/index.ts";
import { append, createDrawing, linePath, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";
import { drawTrack, HEIGHT, moveCamera, place, type Track, UNITS, WIDTH } from "./biped-track.ts";
import { drawTorque, torqueArrow } from "./links.ts";

type World = BipedState["world"];
type Body = World["bodies"][number];

/** Rays go 160/30 m, from straight down to 1.35 rad forwards of that. */
const RAYS = Array.from({ length: 10 }, (_, ray) => {
  const [length, angle] = [160 / 30, (1.5 * ray) / 10];
  return [length * Math.sin(angle), -length * Math.cos(angle)] as const;
});
/** A leg's bodies, and its motors among the actions: the second side is nearer to who looks. */
const LEGS = [
  { name: "far", upper: 1, lower: 2, motors: 0 },
  { name: "near", upper: 3, lower: 4, motors: 2 },
] as const;
const FAR_OPACITY = 0.45;
/** Size of a torque's arrow against that of scenes with longer links. */
const TORQUE_SCALE = 0.7;
const ROUNDING = 3; // units by which corners are rounded
const FOOT_WIDTH = 7; // units

interface Joint {
  readonly group: Element;
  readonly torque: Element;
}

interface Leg {
  readonly upper: Element;
  readonly lower: Element;
  readonly foot: Element;
  readonly hip: Joint;
  readonly knee: Joint;
}

/** What of a picture moves. */
interface Parts {
  readonly track: Track;
  readonly hull: Element;
  readonly eye: Element;
  readonly legs: readonly Leg[];
  readonly rays: readonly { readonly line: Element; readonly hit: Element }[];
}

const drawn = new WeakMap<Element, Parts>();

export const biped: Scene<BipedState> = {
  draw(document) {
    const svg = createDrawing(document, WIDTH, HEIGHT, "walker", "The walker on its track.");
    const track = drawTrack(svg);
    const rays = RAYS.map(() => ({
      line: append(track.world, "line", { stroke: colour("series-2"), "stroke-width": 1.5 }),
      hit: append(track.world, "circle", { r: 3, fill: colour("series-2") }),
    }));
    const far = drawLeg(track.world, "far");
    const hull = append(track.world, "path", { class: "hull", ...solid("ink-soft") });
    const eye = append(track.world, "circle", { class: "eye", r: 4, fill: colour("paper") });
    drawn.set(svg, { track, rays, hull, eye, legs: [far, drawLeg(track.world, "near")] });
    return svg;
  },
  show(svg, { state, action }) {
    const { world, rays } = state;
    const hull = world?.bodies[0];
    if (!Number.isFinite(hull?.transform.x)) throw new Error("expected the world with its bodies in the state");
    const parts = drawn.get(svg) as Parts;
    moveCamera(parts.track, world.grounds, hull.transform.x);
    showHull(parts, hull, world.touch.hasFallen);
    LEGS.forEach((side, index) => {
      showLeg(parts.legs[index], world, side, action as Float32Array);
    });
    showRays(parts, hull, rays);
  },
};

/** A body's fill, its corners rounded. */
function solid(name: string) {
  return { fill: colour(name), stroke: colour(name), "stroke-width": ROUNDING, "stroke-linejoin": "round" };
}

function drawLeg(parent: Element, name: (typeof LEGS)[number]["name"]): Leg {
  const group = append(parent, "g", { class: `leg ${name}`, opacity: name === "far" ? FAR_OPACITY : undefined });
  const upper = append(group, "path", { class: "upper", ...solid("accent") });
  const lower = append(group, "path", { class: "lower", ...solid("accent") });
  const line = { fill: "none", stroke: colour("lit"), "stroke-width": FOOT_WIDTH, "stroke-linecap": "round" };
  const foot = append(group, "path", { class: "foot", ...line });
  return { upper, lower, foot, knee: drawJoint(group), hip: drawJoint(group) };
}

function drawJoint(parent: Element): Joint {
  const group = append(parent, "g");
  append(group, "circle", { class: "joint", r: 3, fill: colour("paper") });
  const scaled = append(group, "g", { transform: `scale(${TORQUE_SCALE})` });
  drawTorque(scaled);
  return { group, torque: scaled.querySelector(".torque") as Element };
}

/** The corners of a body in the picture, in their order from left bottom or, of the hull, from right bottom. */
function cornersOf({ shape, transform }: Body): [number, number][] {
  return shape.vertices.map((vertex) => pointOf(transform, vertex.x, vertex.y));
}

/** A point of a body in the picture. */
function pointOf({ x, y, sine, cosine }: Body["transform"], ownX: number, ownY: number): [number, number] {
  return place(x + cosine * ownX - sine * ownY, y + sine * ownX + cosine * ownY);
}

function showHull({ hull, eye }: Parts, body: Body, hasFallen: boolean): void {
  setAttributes(hull, {
    d: `${linePath(cornersOf(body))}Z`,
    class: hasFallen ? "hull fallen" : "hull",
    stroke: colour(hasFallen ? "lit" : "ink-soft"),
  });
  const [cx, cy] = pointOf(body.transform, 0.72, -0.04);
  setAttributes(eye, { cx, cy });
}

function showLeg(leg: Leg, world: World, side: (typeof LEGS)[number], action: Float32Array): void {
  const [upper, lower] = [cornersOf(world.bodies[side.upper]), cornersOf(world.bodies[side.lower])];
  setAttributes(leg.upper, { d: `${linePath(upper)}Z` });
  setAttributes(leg.lower, { d: `${linePath(lower)}Z` });
  const isTouching = world.touch.feet[side.lower];
  setAttributes(leg.foot, {
    d: isTouching ? linePath(touchedOf(world, side.lower)) : "",
    class: isTouching ? "foot touching" : "foot",
  });
  showJoint(leg.hip, middle(upper[2], upper[3]), action[side.motors]);
  showJoint(leg.knee, middle(upper[0], upper[1]), action[side.motors + 1]);
}

/** Where a body touches the ground in the picture, from left to right; a single point twice, as a line is drawn. */
function touchedOf({ bodies, contacts }: World, body: number): [number, number][] {
  const points = contacts
    .filter((contact) => contact.body === body && contact.isTouching)
    .flatMap(({ manifold: { isOfBody, points } }) =>
      points.map(({ x, y }) => (isOfBody ? place(x, y) : pointOf(bodies[body].transform, x, y))),
    )
    .sort(([a], [b]) => a - b);
  return points.length === 1 ? [...points, ...points] : points;
}

function showJoint({ group, torque }: Joint, [x, y]: readonly [number, number], share: number): void {
  setAttributes(group, { transform: `translate(${round(x)},${round(y)})` });
  setAttributes(torque, { d: torqueArrow(share, 1) });
}

function middle([ax, ay]: readonly number[], [bx, by]: readonly number[]): [number, number] {
  return [(ax + bx) / 2, (ay + by) / 2];
}

function showRays({ rays }: Parts, { transform }: Body, shares: readonly number[]): void {
  const [x1, y1] = place(transform.x, transform.y);
  rays.forEach(({ line, hit }, ray) => {
    const [alongX, alongY] = RAYS[ray];
    const isHit = shares[ray] < 1;
    const [x2, y2] = [x1 + alongX * shares[ray] * UNITS, y1 - alongY * shares[ray] * UNITS];
    setAttributes(line, { class: isHit ? "ray" : "ray free", x1, y1, x2, y2, opacity: isHit ? 0.5 : 0.2 });
    setAttributes(hit, { class: isHit ? "hit" : "hit none", cx: x2, cy: y2, opacity: isHit ? 1 : 0 });
  });
}
