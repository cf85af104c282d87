/**
 * Manifolds: where and in which direction a body touches the ground, in at most two points
 * (E. Catto, "Contact Manifolds", GDC 2007; Box2D's manual, "Contact Manifolds").
 *
 * Of all sides of the two shapes the one with the largest separation is the reference. Its opposite on the other shape,
 * the incident side, is clipped to the reference's ends; the ends of what is left that are near enough are the points. A
 * point's id says which features met there, so that it is known again in the next step and begins with its impulses.
 */
import { f32 } from "../../../base/float32.ts";
import { placeBack, type Transform } from "../physics/transforms.ts";
import { dot, type Vector } from "../physics/vectors.ts";

/** How much better a side of the body must be to be the reference, so that it does not change all the time. */
export const RELATIVE = f32(0.98);
export const ABSOLUTE = f32(0.001); // m

/** A point of a manifold. */
export interface Point extends Vector {
  /** Impulses so far, N s: pushing apart, and of friction. */
  normalImpulse: number;
  tangentImpulse: number;
  /** Which features met: index of the ground's, of the body's, and whether each is a side, a byte each from the lowest. */
  readonly id: number;
}

/** Where a body touches a piece of ground; no points: nowhere. */
export interface Manifold {
  /** Whether the reference is a side of the body, else it is one of the ground. */
  readonly isOfBody: boolean;
  /** Normal and a point of the reference, in its shape's coordinates; points are in the other one's. */
  readonly normal: Vector;
  readonly point: Vector;
  readonly points: readonly Point[];
}

/** The manifold of what does not touch. */
export const NOWHERE: Manifold = { isOfBody: false, normal: { x: 0, y: 0 }, point: { x: 0, y: 0 }, points: [] };

/** An end of the incident side, in the world, and the features that meet there: one of the reference, one of its own. */
export interface End extends Vector {
  readonly reference: number;
  readonly own: number;
  /** Whether the reference's is a side and its own a vertex, else the other way round. */
  readonly isOnSide: boolean;
}

/** A half-plane to clip to: where n . p <= offset. */
export interface Plane {
  readonly normal: Vector;
  readonly offset: number;
  /** Index of the reference's vertex at which it stands. */
  readonly vertex: number;
}

/**
 * Clips a side to a half-plane. Its own ends come first, a new one last.
 *
 * @returns two ends, or fewer
 */
export function clip([first, last]: readonly End[], { normal, offset, vertex }: Plane): End[] {
  const d0 = f32(dot(normal.x, normal.y, first.x, first.y) - offset);
  const d1 = f32(dot(normal.x, normal.y, last.x, last.y) - offset);
  const ends: End[] = [];
  if (d0 <= 0) ends.push(first);
  if (d1 <= 0) ends.push(last);
  if (f32(d0 * d1) < 0) {
    const share = f32(d0 / f32(d0 - d1));
    ends.push({
      x: f32(first.x + f32(share * f32(last.x - first.x))),
      y: f32(first.y + f32(share * f32(last.y - first.y))),
      reference: vertex,
      own: first.own,
      isOnSide: false,
    });
  }
  return ends;
}

/** The ends as points of a manifold whose reference is a side of the ground. */
export function pointsOnGround(ends: readonly End[], transform: Transform): Point[] {
  return ends.map((end) => {
    const id = end.reference | (end.own << 8) | (end.isOnSide ? 1 << 16 : 1 << 24);
    return { ...placeBack(transform, end), normalImpulse: 0, tangentImpulse: 0, id };
  });
}

/** The ends as points of a manifold whose reference is a side of the body. */
export function pointsOnBody(ends: readonly End[]): Point[] {
  return ends.map(({ x, y, reference, own, isOnSide }) => {
    const id = own | (reference << 8) | (isOnSide ? 1 << 24 : 1 << 16);
    return { x, y, normalImpulse: 0, tangentImpulse: 0, id };
  });
}

/** The first of the directions that is most against another. */
export function firstAgainst(directions: readonly Vector[], { x, y }: Vector): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  directions.forEach((direction, index) => {
    const value = dot(x, y, direction.x, direction.y);
    if (value >= least) return;
    least = value;
    best = index;
  });
  return best;
}

/** The index of the corner after another of `count`. */
export function after(index: number, count: number): number {
  return index + 1 < count ? index + 1 : 0;
}
