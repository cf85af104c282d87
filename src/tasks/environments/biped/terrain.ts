/**
 * The ground: as Gymnasium draws it from an integer seed, or as recorded.
 *
 * 199 edges join 200 vertices a cell apart, level at first and uneven after that; hardcore ground has stumps, stairs and
 * pits too, which are polygons (and edges, that run along or inside them).
 */
import { f32 } from "../../../base/float32.ts";
import { SKIN } from "../physics/constants.ts";
import { Pcg64 } from "../physics/pcg64.ts";
import { cross, dot, unit, type Vector } from "../physics/vectors.ts";
import { type Box, fatten } from "./bodies.ts";
import { CELL, EDGES, GRASS, GROUND, PUSH, SCALE, VERTICES } from "./constants.ts";
import type { Polygon } from "./shapes.ts";

/** A line between two vertices, in singles. */
export interface Edge {
  readonly kind: "edge";
  readonly vertices: readonly [Vector, Vector];
  /** From the first to the second, and the square of its length. */
  readonly way: Vector;
  readonly square: number;
  /** Points down. */
  readonly normal: Vector;
  readonly fat: Box;
}

/** A polygon that stands still. */
export interface PolygonGround extends Polygon {
  readonly kind: "polygon";
  readonly fat: Box;
}

/** A piece of ground. */
export type Ground = Edge | PolygonGround;

/** What a world is made from. */
export interface Track {
  /** Heights of the vertices in m, [200]. */
  readonly heights: readonly number[];
  /** Corners of the polygons in m: right bottom, right top, left top, left bottom. */
  readonly polygons: readonly (readonly Vector[])[];
  /** The force that pushes the hull forwards in the first step, N. */
  readonly force: number;
}

/** The pieces of ground in their order: polygons, then edges from left to right. */
export function groundOf({ heights, polygons }: Track): Ground[] {
  const vertices = heights.map((y, index) => ({ x: f32(index * CELL), y: f32(y) }));
  const edges = Array.from({ length: EDGES }, (_, index) => edgeOf(vertices[index], vertices[index + 1]));
  return [...polygons.map(polygonOf), ...edges];
}

function edgeOf(v1: Vector, v2: Vector): Edge {
  const way = { x: f32(v2.x - v1.x), y: f32(v2.y - v1.y) };
  const { x, y } = unit(way.x, way.y);
  const square = dot(way.x, way.y, way.x, way.y);
  return { kind: "edge", vertices: [v1, v2], way, square, normal: { x: y, y: -x }, fat: fatBox([v1, v2]) };
}

function polygonOf(corners: readonly Vector[]): PolygonGround {
  const vertices = corners.map(({ x, y }) => ({ x: f32(x), y: f32(y) }));
  const next = (index: number) => vertices[(index + 1) % vertices.length];
  const normals = vertices.map(({ x, y }, index) => unit(f32(next(index).y - y), -f32(next(index).x - x)));
  let area = 0;
  const sum = { x: 0, y: 0 };
  vertices.forEach(({ x, y }, index) => {
    const { x: nextX, y: nextY } = next(index);
    const triangle = f32(0.5 * cross(x, y, nextX, nextY));
    const third = f32(triangle * f32(1 / 3));
    area = f32(area + triangle);
    sum.x = f32(sum.x + f32(third * f32(x + nextX)));
    sum.y = f32(sum.y + f32(third * f32(y + nextY)));
  });
  const inverse = f32(1 / area);
  const centroid = { x: f32(inverse * sum.x), y: f32(inverse * sum.y) };
  return { kind: "polygon", vertices, normals, centroid, fat: fatBox(vertices) };
}

function fatBox(points: readonly Vector[]): Box {
  const box = {
    lowX: f32(Math.min(...points.map(({ x }) => x)) - SKIN),
    lowY: f32(Math.min(...points.map(({ y }) => y)) - SKIN),
    highX: f32(Math.max(...points.map(({ x }) => x)) + SKIN),
    highY: f32(Math.max(...points.map(({ y }) => y)) + SKIN),
  };
  fatten(box);
  return box;
}

const [GRASSLAND, STUMP, STAIRS, PIT] = [0, 1, 2, 3];
/** Gymnasium's clouds take numbers of the stream between ground and force. */
const CLOUD_DRAWS = 110;

/**
 * The track that Gymnasium's BipedalWalker draws from a seed at the first reset, to the last bit.
 *
 * @param seed       0 to 2^32 - 1
 * @param isHardcore with stumps, stairs and pits
 */
export function drawTrack(seed: number, isHardcore: boolean): Track {
  const random = new Pcg64(seed);
  const heights: number[] = [];
  const polygons: Vector[][] = [];
  const block = (left: number, right: number, bottom: number, top: number) => {
    polygons.push([
      { x: right, y: bottom },
      { x: right, y: top },
      { x: left, y: top },
      { x: left, y: bottom },
    ]);
  };
  let state = GRASSLAND;
  let y = GROUND;
  let slope = 0;
  let counter = GRASS;
  let isFresh = false;
  let before = 0; // the height that stairs or a pit begin at
  let steps = 0;
  let direction = 1;
  for (let index = 0; index < VERTICES; index++) {
    const x = index * CELL;
    if (state === GRASSLAND && !isFresh) {
      slope = 0.8 * slope + 0.01 * Math.sign(GROUND - y);
      if (index > GRASS) slope += random.between(-1, 1) / SCALE;
      y += slope;
    } else if (state === STUMP && isFresh) {
      counter = random.integer(1, 3);
      block(x, x + counter * CELL, y, y + counter * CELL);
    } else if (state === STAIRS && isFresh) {
      direction = random.uniform() > 0.5 ? 1 : -1;
      steps = random.integer(3, 5);
      before = y;
      for (let stair = 0; stair < steps; stair++) {
        const top = y + stair * direction * CELL;
        block(x + stair * 4 * CELL, x + (1 + stair) * 4 * CELL, y + (-1 + stair * direction) * CELL, top);
      }
      counter = steps * 4;
    } else if (state === STAIRS) {
      y = before + ((steps * 4 - counter - direction) / 4) * direction * CELL;
    } else if (state === PIT && isFresh) {
      counter = random.integer(3, 5);
      const width = CELL * counter;
      block(x, x + CELL, y - 4 * CELL, y);
      block(x + width, x + CELL + width, y - 4 * CELL, y);
      counter += 2;
      before = y;
    } else if (state === PIT) {
      y = before;
      if (counter > 1) y -= 4 * CELL;
    }
    isFresh = false;
    heights.push(y);
    counter--;
    if (counter === 0) {
      counter = random.integer(GRASS / 4, GRASS / 2);
      state = state === GRASSLAND && isHardcore ? random.integer(1, 4) : GRASSLAND;
      isFresh = true;
    }
  }
  for (let draw = 0; draw < CLOUD_DRAWS; draw++) random.uniform();
  return { heights, polygons, force: random.between(-PUSH, PUSH) };
}
