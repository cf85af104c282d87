/**
 * The time of impact: when a body that sweeps from one place to another comes within IMPACT_DISTANCE of a piece of ground
 * (conservative advancement along separating axes; E. Catto, "Continuous Collision", GDC 2013).
 *
 * The corners that are nearest at a time give an axis. Along it the separation at the end is found; where shapes would
 * overlap there, the root of the separation is looked for by bisection and secants in turn, and the search goes on from it.
 */
import { f32 } from "../../../base/float32.ts";
import { distanceOf, furthest, type Nearest, type Pair } from "../physics/distance.ts";
import { place, setTransform, type Transform, turn, turnBack } from "../physics/transforms.ts";
import { dot, unit, type Vector } from "../physics/vectors.ts";
import { type Body, between, type Sweep } from "./bodies.ts";
import { IMPACT_DISTANCE, IMPACT_TOLERANCE, TURN } from "./constants.ts";
import type { Shape } from "./shapes.ts";
import type { Ground } from "./terrain.ts";

const LOW = f32(IMPACT_DISTANCE - IMPACT_TOLERANCE);
const HIGH = f32(IMPACT_DISTANCE + IMPACT_TOLERANCE);
const ADVANCES = 20;
const CORNERS = 16;
const ROOT_ROUNDS = 50;

/** Separation along an axis that is fixed to one of the shapes; corners by index. */
interface Separation {
  /** Of the corners that are nearest to each other along the axis at a time. */
  deepest(time: number): { ground: number; body: number; separation: number };
  /** Of two corners at a time. */
  at(ground: number, body: number, time: number): number;
}

/**
 * When a body touches a piece of ground.
 *
 * @returns the share of the sweep until then, 0 to 1, or undefined if it does not, or overlaps from the start on
 */
export function timeOfImpact({ vertices }: Pick<Ground, "vertices">, body: Body): number | undefined {
  const pair = { ground: vertices, body: body.shape.vertices };
  const sweep = normalized(body);
  const transform: Transform = { x: 0, y: 0, sine: 0, cosine: 1 };
  const poseAt = (time: number) => {
    const left = f32(1 - time);
    const x = between(left, sweep.c0x, time, sweep.cx);
    const y = between(left, sweep.c0y, time, sweep.cy);
    setTransform(transform, body.shape.centre, x, y, between(left, sweep.a0, time, sweep.a));
    return transform;
  };
  let first = 0;
  let last: Nearest | undefined;
  for (let advance = 0; advance < ADVANCES; advance++) {
    const { distance, nearest } = distanceOf(pair, poseAt(first), last);
    last = nearest;
    if (distance <= 0) return undefined;
    if (distance < HIGH) return first;
    const next = nextTime(separationOf(pair, nearest, poseAt, first), first);
    if (next === undefined || next.touches) return next?.time;
    first = next.time;
  }
  return undefined;
}

/** Advances along one axis. @returns the time to go on from, or of the touch, or undefined without any */
function nextTime(separation: Separation, first: number): { time: number; touches: boolean } | undefined {
  let second = 1;
  for (let corner = 0; corner < CORNERS; corner++) {
    const { ground, body, separation: atSecond } = separation.deepest(second);
    if (atSecond > HIGH) return undefined;
    if (atSecond > LOW) return { time: second, touches: false };
    const atFirst = separation.at(ground, body, first);
    if (atFirst < LOW) return undefined;
    if (atFirst <= HIGH) return { time: first, touches: true };
    second = root((time) => separation.at(ground, body, time), first, atFirst, second, atSecond);
  }
  return { time: first, touches: false };
}

/** A time between two at which a separation is the distance aimed at. */
function root(
  separationAt: (time: number) => number,
  first: number,
  atFirst: number,
  second: number,
  atSecond: number,
): number {
  let [low, high, atLow, atHigh] = [first, second, atFirst, atSecond];
  for (let round = 0; round < ROOT_ROUNDS; round++) {
    const isSecant = round % 2 === 1;
    const time = isSecant
      ? f32(low + f32(f32(f32(IMPACT_DISTANCE - atLow) * f32(high - low)) / f32(atHigh - atLow)))
      : f32(0.5 * f32(low + high));
    const value = separationAt(time);
    if (Math.abs(f32(value - IMPACT_DISTANCE)) < IMPACT_TOLERANCE) return time;
    if (value > IMPACT_DISTANCE) [low, atLow] = [time, value];
    else [high, atHigh] = [time, value];
  }
  return second;
}

/** A sweep whose angles begin within one turn. */
function normalized({ c0x, c0y, a0, cx, cy, a }: Sweep): Omit<Sweep, "time"> {
  const turns = f32(TURN * Math.floor(f32(a0 / TURN)));
  return { c0x, c0y, a0: f32(a0 - turns), cx, cy, a: f32(a - turns) };
}

/** The axis of the nearest corners at a time: between two points, or across a side of the ground or of the body. */
function separationOf(
  { ground, body }: Pair,
  { corners: [one, two] }: Nearest,
  poseAt: (time: number) => Transform,
  time: number,
): Separation {
  const transform = poseAt(time);
  const alongGround = (axis: Vector, origin: (index: number) => Vector, nearest: () => number): Separation => {
    const at = (from: number, index: number, pose: Transform) => {
      const point = place(pose, body[index]);
      const { x, y } = origin(from);
      return dot(f32(point.x - x), f32(point.y - y), axis.x, axis.y);
    };
    return {
      deepest(later) {
        const pose = poseAt(later);
        const against = turnBack(pose, -axis.x, -axis.y);
        const found = { ground: nearest(), body: furthest(body, against.x, against.y) };
        return { ...found, separation: at(found.ground, found.body, pose) };
      },
      at: (from, index, later) => at(from, index, poseAt(later)),
    };
  };
  if (two === undefined) {
    const point = place(transform, body[one.body]);
    const from = ground[one.ground];
    const axis = unit(f32(point.x - from.x), f32(point.y - from.y));
    return alongGround(
      axis,
      (index) => ground[index],
      () => furthest(ground, axis.x, axis.y),
    );
  }
  if (one.ground === two.ground) return alongBody(ground, body, one, two.body, poseAt, transform);
  const { normal, middle } = sideOf(ground[one.ground], ground[two.ground]);
  const point = place(transform, body[one.body]);
  const isInside = dot(f32(point.x - middle.x), f32(point.y - middle.y), normal.x, normal.y) < 0;
  return alongGround(
    isInside ? { x: -normal.x, y: -normal.y } : normal,
    () => middle,
    () => one.ground,
  );
}

/** Separation along the normal of a side of the body. */
function alongBody(
  ground: readonly Vector[],
  body: Shape["vertices"],
  one: Nearest["corners"][number],
  second: number,
  poseAt: (time: number) => Transform,
  transform: Transform,
): Separation {
  const { normal, middle } = sideOf(body[one.body], body[second]);
  const at = (index: number, axis: Vector, pose: Transform) => {
    const axisNow = turn(pose, axis);
    const from = place(pose, middle);
    const { x, y } = ground[index];
    return dot(f32(x - from.x), f32(y - from.y), axisNow.x, axisNow.y);
  };
  const axis = at(one.ground, normal, transform) < 0 ? { x: -normal.x, y: -normal.y } : normal;
  return {
    deepest(later) {
      const pose = poseAt(later);
      const { x, y } = turn(pose, axis);
      const index = furthest(ground, -x, -y);
      return { ground: index, body: one.body, separation: at(index, axis, pose) };
    },
    at: (index, _, later) => at(index, axis, poseAt(later)),
  };
}

/** The normal of the side between two corners, and its middle. */
function sideOf(first: Vector, second: Vector): { normal: Vector; middle: Vector } {
  const normal = unit(f32(second.y - first.y), -f32(second.x - first.x));
  return { normal, middle: { x: f32(0.5 * f32(first.x + second.x)), y: f32(0.5 * f32(first.y + second.y)) } };
}
