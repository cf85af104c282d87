/** The lidar: ten rays from the hull to the ground, each the share of its length, 5.3 m, until it hits (Box2D's manual, "Ray Casts"). */
import { f32 } from "../../../base/float32.ts";
import { dot, type Vector } from "../physics/vectors.ts";
import { RAY_DOWN, RAY_X } from "./constants.ts";
import type { Edge, Ground, PolygonGround } from "./terrain.ts";

/** A ray from a point along a way, m. */
interface Ray {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** Casts all rays from the hull's place. @returns the shares, 1 where nothing is hit, [10] */
export function castRays(grounds: readonly Ground[], { x, y }: Vector): number[] {
  return RAY_X.map((across, index) => {
    const ray = { x, y, dx: f32(f32(x + across) - x), dy: f32(f32(y - RAY_DOWN[index]) - y) };
    let nearest = 1;
    for (const ground of grounds) {
      nearest = ground.kind === "edge" ? hitEdge(ground, ray, nearest) : hitPolygon(ground, ray, nearest);
    }
    return nearest;
  });
}

/** Where a ray crosses the line of an edge, if that is within the edge and nearer. */
function hitEdge({ vertices: [v1], normal, way, square }: Edge, { x, y, dx, dy }: Ray, nearest: number): number {
  const across = dot(normal.x, normal.y, dx, dy);
  if (across === 0) return nearest;
  const share = f32(dot(normal.x, normal.y, f32(v1.x - x), f32(v1.y - y)) / across);
  if (share < 0 || share > nearest) return nearest;
  const hitX = f32(x + f32(share * dx));
  const hitY = f32(y + f32(share * dy));
  const along = f32(dot(f32(hitX - v1.x), f32(hitY - v1.y), way.x, way.y) / square);
  return along < 0 || along > 1 ? nearest : share;
}

/** Where a ray enters a polygon, if it does so from outside, and nearer. */
function hitPolygon({ vertices, normals }: PolygonGround, { x, y, dx, dy }: Ray, nearest: number): number {
  let enters = 0;
  let leaves = nearest;
  let isEntered = false;
  for (let side = 0; side < vertices.length; side++) {
    const vertex = vertices[side];
    const normal = normals[side];
    const outside = dot(normal.x, normal.y, f32(vertex.x - x), f32(vertex.y - y));
    const across = dot(normal.x, normal.y, dx, dy);
    if (across === 0) {
      if (outside < 0) return nearest;
    } else if (across < 0 && outside < f32(enters * across)) {
      enters = f32(outside / across);
      isEntered = true;
    } else if (across > 0 && outside < f32(leaves * across)) {
      leaves = f32(outside / across);
    }
    if (leaves < enters) return nearest;
  }
  return isEntered ? enters : nearest;
}
