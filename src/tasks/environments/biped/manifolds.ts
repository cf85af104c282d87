/** The manifold of a body and a piece of ground of either kind. */
import type { Body } from "./bodies.ts";
import type { Manifold } from "./clipping.ts";
import { edgeManifold } from "./edge-manifolds.ts";
import { polygonManifold } from "./polygon-manifolds.ts";
import type { Ground } from "./terrain.ts";

/** Where a body touches a piece of ground, as they are now. */
export function manifoldOf(ground: Ground, body: Body): Manifold {
  return ground.kind === "edge" ? edgeManifold(ground, body) : polygonManifold(ground, body);
}
