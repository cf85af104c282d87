/**
 * The manifold of a body on an edge: a line of the ground, which has two sides; the one on which the body's centroid lies
 * counts (Box2D's manual, "Edge Shapes"; the separating axes are those of D. Gregorius, "The Separating Axis Test", GDC 2013).
 */
import { f32 } from "../../../base/float32.ts";
import { ANGULAR_SLOP, SKINS } from "../physics/constants.ts";
import { place, turn } from "../physics/transforms.ts";
import { dot, type Vector } from "../physics/vectors.ts";
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
import type { Edge } from "./terrain.ts";

/** A reference side in the world: its ends by index and place, and its normal, outwards. */
interface Side {
  readonly first: number;
  readonly second: number;
  readonly v1: Vector;
  readonly v2: Vector;
  readonly normal: Vector;
}

/** The manifold of an edge and a body, where the body is now. */
export function edgeManifold(edge: Edge, { shape, transform }: Body): Manifold {
  const [v1, v2] = edge.vertices;
  const corners = shape.vertices.map((vertex) => place(transform, vertex));
  const normals = shape.normals.map((normal) => turn(transform, normal));
  const isBelow = along(edge.normal, v1, place(transform, shape.centroid)) >= 0;
  const normal = isBelow ? edge.normal : negate(edge.normal);

  const edgeSeparation = Math.min(...corners.map((corner) => along(normal, v1, corner)));
  if (edgeSeparation > SKINS) return NOWHERE;
  let best = -1;
  let separation = Number.NEGATIVE_INFINITY;
  for (let side = 0; side < corners.length; side++) {
    const inwards = negate(normals[side]);
    const least = Math.min(along(inwards, v1, corners[side]), along(inwards, v2, corners[side]));
    if (least > SKINS) return NOWHERE;
    // A side that looks away from the edge.
    if (dot(f32(inwards.x + normal.x), f32(inwards.y + normal.y), normal.x, normal.y) < -ANGULAR_SLOP) continue;
    if (least <= separation) continue;
    separation = least;
    best = side;
  }

  const next = after(best, corners.length);
  if (best >= 0 && separation > f32(f32(RELATIVE * edgeSeparation) + ABSOLUTE)) {
    const side = { first: best, second: next, v1: corners[best], v2: corners[next], normal: normals[best] };
    const incident = [v1, v2].map(({ x, y }): End => ({ x, y, reference: 0, own: best, isOnSide: false }));
    const points = pointsOnBody(clipToSide(incident, side));
    return { isOfBody: true, normal: shape.normals[best], point: shape.vertices[best], points };
  }
  const side = isBelow ? { first: 0, second: 1, v1, v2, normal } : { first: 1, second: 0, v1: v2, v2: v1, normal };
  const own = firstAgainst(normals, normal);
  const incident = [own, after(own, corners.length)].map(
    (index): End => ({ ...corners[index], reference: 0, own: index, isOnSide: true }),
  );
  const points = pointsOnGround(clipToSide(incident, side), transform);
  return { isOfBody: false, normal, point: side.v1, points };
}

/** How far a point is from another along a direction. */
function along(n: Vector, from: Vector, to: Vector): number {
  return dot(n.x, n.y, f32(to.x - from.x), f32(to.y - from.y));
}

function negate({ x, y }: Vector): Vector {
  return { x: -x, y: -y };
}

/** Clips a side to the ends of the reference and keeps what is near it. */
function clipToSide(incident: readonly End[], { first, second, v1, v2, normal }: Side): readonly End[] {
  const outwards = { x: normal.y, y: -normal.x };
  const back = negate(outwards);
  const once = clip(incident, { normal: outwards, offset: dot(outwards.x, outwards.y, v1.x, v1.y), vertex: first });
  if (once.length < 2) return [];
  const twice = clip(once, { normal: back, offset: dot(back.x, back.y, v2.x, v2.y), vertex: second });
  if (twice.length < 2) return [];
  return twice.filter((end) => along(normal, v1, end) <= SKINS);
}
