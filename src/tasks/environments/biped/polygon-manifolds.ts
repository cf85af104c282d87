/**
 * The manifold of a body on a polygon of the ground: a stump, a stair or the wall of a pit
 * (E. Catto, "Contact Manifolds", GDC 2007).
 *
 * The side of the largest separation is found by a local search from the side that looks most at the other's centroid;
 * where it ends is part of the result, also where it is not the best of all.
 */
import { f32 } from "../../../base/float32.ts";
import { SKINS } from "../physics/constants.ts";
import { place, type Transform, turn, turnBack } from "../physics/transforms.ts";
import { dot, unit, type Vector } from "../physics/vectors.ts";
import type { Body } from "./bodies.ts";
import {
  ABSOLUTE,
  after,
  clip,
  type End,
  firstAgainst,
  type Manifold,
  NOWHERE,
  pointsOnBody,
  pointsOnGround,
  RELATIVE,
} from "./clipping.ts";
import type { Polygon } from "./shapes.ts";
import type { PolygonGround } from "./terrain.ts";

/** The manifold of a polygon and a body, where the body is now. */
export function polygonManifold(ground: PolygonGround, { shape, transform }: Body): Manifold {
  const centre = place(transform, shape.centroid);
  const { centroid } = ground;
  const groundSide = search(ground.normals, { x: f32(centre.x - centroid.x), y: f32(centre.y - centroid.y) }, (side) =>
    separationOfGround(ground, side, shape, transform),
  );
  if (groundSide.separation > SKINS) return NOWHERE;
  const way = turnBack(transform, f32(centroid.x - centre.x), f32(centroid.y - centre.y));
  const bodySide = search(shape.normals, way, (side) => separationOfBody(ground, shape, side, transform));
  if (bodySide.separation > SKINS) return NOWHERE;

  if (bodySide.separation > f32(f32(RELATIVE * groundSide.separation) + ABSOLUTE)) {
    const { side } = bodySide;
    const incident = endsAgainst(turn(transform, shape.normals[side]), ground.normals, ground.vertices, side);
    const { ends, normal, point } = clipToSide(shape, side, incident, transform);
    return { isOfBody: true, normal, point, points: pointsOnBody(ends) };
  }
  const { side } = groundSide;
  const { x, y } = ground.normals[side];
  const corners = shape.vertices.map((vertex) => place(transform, vertex));
  const incident = endsAgainst(turnBack(transform, x, y), shape.normals, corners, side);
  const { ends, normal, point } = clipToSide(ground, side, incident);
  return { isOfBody: false, normal, point, points: pointsOnGround(ends, transform) };
}

/** Separation along a normal of the ground: to the body's corner that lies furthest against it. */
function separationOfGround(ground: Polygon, side: number, shape: Polygon, transform: Transform): number {
  const { x, y } = ground.normals[side];
  const from = ground.vertices[side];
  const corner = place(transform, shape.vertices[firstAgainst(shape.vertices, turnBack(transform, x, y))]);
  return dot(f32(corner.x - from.x), f32(corner.y - from.y), x, y);
}

/** Separation along a normal of the body. */
function separationOfBody(ground: Polygon, shape: Polygon, side: number, transform: Transform): number {
  const normal = turn(transform, shape.normals[side]);
  const from = place(transform, shape.vertices[side]);
  const corner = ground.vertices[firstAgainst(ground.vertices, normal)];
  return dot(f32(corner.x - from.x), f32(corner.y - from.y), normal.x, normal.y);
}

/** Climbs from the side that looks most in a direction to a neighbour, as long as the separation grows. */
function search(normals: readonly Vector[], { x, y }: Vector, separationOf: (side: number) => number) {
  const count = normals.length;
  let side = 0;
  let most = Number.NEGATIVE_INFINITY;
  normals.forEach((normal, index) => {
    const value = dot(normal.x, normal.y, x, y);
    if (value <= most) return;
    most = value;
    side = index;
  });
  const before = side > 0 ? side - 1 : count - 1;
  const next = after(side, count);
  let separation = separationOf(side);
  const previous = separationOf(before);
  const following = separationOf(next);
  const isBackwards = previous > separation && previous > following;
  if (!isBackwards && following <= separation) return { side, separation };
  side = isBackwards ? before : next;
  separation = isBackwards ? previous : following;
  for (;;) {
    const further = isBackwards ? (side > 0 ? side - 1 : count - 1) : after(side, count);
    const value = separationOf(further);
    if (value <= separation) return { side, separation };
    side = further;
    separation = value;
  }
}

/** The ends of the side whose normal is most against a direction. @param reference side of the other polygon */
function endsAgainst(
  direction: Vector,
  normals: readonly Vector[],
  corners: readonly Vector[],
  reference: number,
): End[] {
  const first = firstAgainst(normals, direction);
  return [first, after(first, corners.length)].map((own) => ({ ...corners[own], reference, own, isOnSide: true }));
}

/** Clips ends to a side of a polygon, which stands as it is or, a body's, by its transform; keeps what is near the side. */
function clipToSide({ vertices }: Polygon, side: number, incident: readonly End[], transform?: Transform) {
  const next = after(side, vertices.length);
  const [v1, v2] = [vertices[side], vertices[next]];
  const t = unit(f32(v2.x - v1.x), f32(v2.y - v1.y));
  const stored = {
    normal: { x: t.y, y: -t.x },
    point: { x: f32(0.5 * f32(v1.x + v2.x)), y: f32(0.5 * f32(v1.y + v2.y)) },
  };
  const tangent = transform === undefined ? t : turn(transform, t);
  const [w1, w2] = transform === undefined ? [v1, v2] : [place(transform, v1), place(transform, v2)];
  const normal = { x: tangent.y, y: -tangent.x };
  const height = dot(normal.x, normal.y, w1.x, w1.y);
  const back = { x: -tangent.x, y: -tangent.y };
  const toFirst = f32(-dot(tangent.x, tangent.y, w1.x, w1.y) + SKINS);
  const toSecond = f32(dot(tangent.x, tangent.y, w2.x, w2.y) + SKINS);
  const once = clip(incident, { normal: back, offset: toFirst, vertex: side });
  if (once.length < 2) return { ...stored, ends: [] };
  const twice = clip(once, { normal: tangent, offset: toSecond, vertex: next });
  if (twice.length < 2) return { ...stored, ends: [] };
  const ends = twice.filter((end) => f32(dot(normal.x, normal.y, end.x, end.y) - height) <= SKINS);
  return { ...stored, ends };
}
