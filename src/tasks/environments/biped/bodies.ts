/**
 * The five bodies: where they are, how they move, and the fat boxes by which contacts are found.
 *
 * A body's place is its centre of mass c and angle a; the origin of its shape is at p = c - R(a) centre. A sweep goes from
 * (c0, a0) to (c, a), for continuous collision (E. Catto, "Continuous Collision", GDC 2013). Fat boxes are those of
 * Box2D's dynamic tree (E. Catto, "Dynamic Bounding Volume Hierarchies", GDC 2019).
 */
import { f32 } from "../../../base/float32.ts";
import type { Body as Moving } from "../physics/bodies.ts";
import { SKIN } from "../physics/constants.ts";
import { cosine, sine } from "../physics/sine.ts";
import { place, setTransform, type Transform } from "../physics/transforms.ts";
import { BOX_AHEAD, BOX_MARGIN } from "./constants.ts";
import { HULL, LEG, LOWER, type Shape } from "./shapes.ts";

/** An axis-parallel box, m. */
export interface Box {
  lowX: number;
  lowY: number;
  highX: number;
  highY: number;
}

/** Where a body is within a step: its sweep, and the time, 0 to 1, that its beginning stands for. */
export interface Sweep {
  c0x: number;
  c0y: number;
  a0: number;
  cx: number;
  cy: number;
  a: number;
  time: number;
}

/** A body with its sweep and its fat box. */
export interface Body extends Moving, Sweep {
  readonly shape: Shape;
  readonly fat: Box;
}

/** Bodies by their number: 0 hull, 1 leg and 2 lower leg of the first side, 3 and 4 of the second. */
const SHAPES = [HULL, LEG, LOWER, LEG, LOWER];
export const BODIES = SHAPES.length;
/** Where the origins are at the start, m, and the angles of the legs, rad. */
const START_X = f32(4.6666665);
const START_Y = [5.6, 5.3, 4.1666665, 5.3, 4.1666665].map(f32);
const START_ANGLE = [0, -0.05, -0.05, 0.05, 0.05].map(f32);

/** The bodies at the start. */
export function startBodies(): Body[] {
  return SHAPES.map((shape, index) => {
    const a = START_ANGLE[index];
    const transform = { x: START_X, y: START_Y[index], sine: sine(a), cosine: cosine(a) };
    const { x, y } = place(transform, shape.centre);
    const fat = tightBox(shape, transform);
    fatten(fat);
    return {
      ...{ shape, transform, fat, c0x: x, c0y: y, a0: a, cx: x, cy: y, a, time: 0 },
      ...{ velocity: new Float32Array(3), restTime: 0, isAwake: true },
    };
  });
}

/** Moves the beginning of a sweep on to a time: c0 = (1 - b) c0 + b c with b = (time - t0) / (1 - t0). */
export function advance(sweep: Sweep, time: number): void {
  const b = f32(f32(time - sweep.time) / f32(1 - sweep.time));
  const left = f32(1 - b);
  sweep.c0x = between(left, sweep.c0x, b, sweep.cx);
  sweep.c0y = between(left, sweep.c0y, b, sweep.cy);
  sweep.a0 = between(left, sweep.a0, b, sweep.a);
  sweep.time = time;
}

/** left * first + b * last */
export function between(left: number, first: number, b: number, last: number): number {
  return f32(f32(left * first) + f32(b * last));
}

/** The least box about a polygon and its skin. */
export function tightBox({ vertices }: Pick<Shape, "vertices">, transform: Transform): Box {
  const corners = vertices.map((vertex) => place(transform, vertex));
  return {
    lowX: f32(Math.min(...corners.map(({ x }) => x)) - SKIN),
    lowY: f32(Math.min(...corners.map(({ y }) => y)) - SKIN),
    highX: f32(Math.max(...corners.map(({ x }) => x)) + SKIN),
    highY: f32(Math.max(...corners.map(({ y }) => y)) + SKIN),
  };
}

/** Widens a box by the margin. */
export function fatten(box: Box): void {
  box.lowX = f32(box.lowX - BOX_MARGIN);
  box.lowY = f32(box.lowY - BOX_MARGIN);
  box.highX = f32(box.highX + BOX_MARGIN);
  box.highY = f32(box.highY + BOX_MARGIN);
}

/** Whether two boxes share a point. */
export function overlap(a: Box, b: Box): boolean {
  return !(
    f32(b.lowX - a.highX) > 0 ||
    f32(b.lowY - a.highY) > 0 ||
    f32(a.lowX - b.highX) > 0 ||
    f32(a.lowY - b.highY) > 0
  );
}

/**
 * Makes a new fat box if the body has left its own: about both ends of the sweep, and further where it is moving.
 *
 * @returns whether it has
 */
export function updateFatBox({ shape, transform, fat, c0x, c0y, a0 }: Body): boolean {
  const before = { x: 0, y: 0, sine: 0, cosine: 0 };
  setTransform(before, shape.centre, c0x, c0y, a0);
  const first = tightBox(shape, before);
  const last = tightBox(shape, transform);
  const both = {
    lowX: Math.min(first.lowX, last.lowX),
    lowY: Math.min(first.lowY, last.lowY),
    highX: Math.max(first.highX, last.highX),
    highY: Math.max(first.highY, last.highY),
  };
  const isInside = fat.lowX <= both.lowX && fat.lowY <= both.lowY && both.highX <= fat.highX && both.highY <= fat.highY;
  if (isInside) return false;
  fatten(both);
  const aheadX = f32(BOX_AHEAD * f32(transform.x - before.x));
  const aheadY = f32(BOX_AHEAD * f32(transform.y - before.y));
  if (aheadX < 0) both.lowX = f32(both.lowX + aheadX);
  else both.highX = f32(both.highX + aheadX);
  if (aheadY < 0) both.lowY = f32(both.lowY + aheadY);
  else both.highY = f32(both.highY + aheadY);
  Object.assign(fat, both);
  return true;
}

/** Wakes a body that sleeps. */
export function wake(body: Body): void {
  if (body.isAwake) return;
  body.isAwake = true;
  body.restTime = 0;
}
