/** The walker's three kinds of body: their polygons, masses and friction, as Box2D makes them of Gymnasium's numbers. */
import { f32 } from "../../../base/float32.ts";
import type { Mass } from "../physics/bodies.ts";
import type { Vector } from "../physics/vectors.ts";

/** A convex polygon, counter-clockwise; normal i is that of the side from vertex i to the next. */
export interface Polygon {
  readonly vertices: readonly Vector[];
  readonly normals: readonly Vector[];
  /** The centre of its area, by which sides are chosen; rounded otherwise than the centre of mass. */
  readonly centroid: Vector;
}

/** A kind of body. Lengths in m, in the body's own coordinates. */
export interface Shape extends Polygon, Mass {
  /** Of the body against the ground: the square root of the product of the two. */
  readonly friction: number;
}

const vector = (x: number, y: number): Vector => ({ x: f32(x), y: f32(y) });

/** A box about its origin by half its size. */
function box(x: number, y: number): Pick<Shape, "vertices" | "normals" | "centroid" | "centre"> {
  return {
    vertices: [vector(-x, -y), vector(x, -y), vector(x, y), vector(-x, y)],
    normals: [vector(0, -1), vector(1, 0), vector(0, 1), vector(-1, 0)],
    centroid: vector(0, 0),
    centre: vector(0, 0),
  };
}

export const HULL: Shape = {
  vertices: [
    vector(1.1333333, -0.26666668),
    vector(1.1333333, 0.033333335),
    vector(0.2, 0.3),
    vector(-1, 0.3),
    vector(-1, -0.26666668),
  ],
  normals: [vector(1, 0), vector(0.27472115, 0.961524), vector(0, 1), vector(-1, 0), vector(0, -1)],
  centroid: vector(-0.020036448, -0.00564663),
  centre: vector(-0.020036437, -0.0056466404),
  inverseMass: f32(0.18442622),
  inverseInertia: f32(0.5001513),
  friction: f32(0.5),
};

export const LEG: Shape = {
  ...box(0.13333334, 0.56666666),
  inverseMass: f32(3.3088236),
  inverseInertia: f32(29.291224),
  friction: f32(0.70710677),
};

export const LOWER: Shape = {
  ...box(0.10666667, 0.56666666),
  inverseMass: f32(4.1360292),
  inverseInertia: f32(37.3188),
  friction: f32(0.70710677),
};
