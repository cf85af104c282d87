/**
 * The distance between a piece of ground and a body: the algorithm of Gilbert, Johnson & Keerthi (1988), after
 * E. Catto, "Computing Distance using GJK", GDC 2010.
 *
 * The difference of two convex shapes contains the origin where they overlap; else the distance is that of the origin from
 * it. A simplex of at most three of its points moves towards the origin: it is reduced to the part nearest to it, and the
 * point furthest from there in the direction of the origin joins, until there is none.
 */
import { f32 } from "../../../base/float32.ts";
import { EPSILON } from "./constants.ts";
import { place, type Transform, turnBack } from "./transforms.ts";
import { cross, dot, type Vector } from "./vectors.ts";

/** Corners of the ground, in the world, and of the body, in its own coordinates. */
export interface Pair {
  readonly ground: readonly Vector[];
  readonly body: readonly Vector[];
}

/** The corners that were nearest, by index, and how long the simplex was; where the next search begins. */
export interface Nearest {
  readonly corners: readonly { readonly ground: number; readonly body: number }[];
  readonly length: number;
}

/** A point of the difference: corner of the body minus corner of the ground, with its weight in the nearest point. */
interface Vertex {
  readonly ground: number;
  readonly body: number;
  readonly onGround: Vector;
  readonly onBody: Vector;
  readonly x: number;
  readonly y: number;
  weight: number;
}

const ROUNDS = 20;

/** The first corner that lies furthest in a direction. */
export function furthest(corners: readonly Vector[], x: number, y: number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  corners.forEach((corner, index) => {
    const value = dot(corner.x, corner.y, x, y);
    if (value <= most) return;
    most = value;
    best = index;
  });
  return best;
}

/**
 * How far the body at a transform is from the ground, their skins left out.
 *
 * @param last what was nearest in a transform not far from this one, or undefined
 */
export function distanceOf(
  pair: Pair,
  transform: Transform,
  last: Nearest | undefined,
): { distance: number; nearest: Nearest } {
  let simplex = startSimplex(pair, transform, last);
  for (let round = 0; round < ROUNDS; round++) {
    const known = simplex;
    simplex = reduce(simplex);
    if (simplex.length === 3) break;
    const { x, y } = towardsOrigin(simplex);
    if (dot(x, y, x, y) < f32(EPSILON * EPSILON)) break;
    const away = turnBack(transform, x, y);
    const ground = furthest(pair.ground, -x, -y);
    const body = furthest(pair.body, away.x, away.y);
    if (known.some((vertex) => vertex.ground === ground && vertex.body === body)) break;
    simplex = [...simplex, vertexOf(pair, transform, ground, body)];
  }
  const corners = simplex.map(({ ground, body }) => ({ ground, body }));
  return { distance: lengthTo(simplex), nearest: { corners, length: extent(simplex) } };
}

function vertexOf(pair: Pair, transform: Transform, ground: number, body: number): Vertex {
  const onGround = pair.ground[ground];
  const onBody = place(transform, pair.body[body]);
  return { ground, body, onGround, onBody, x: f32(onBody.x - onGround.x), y: f32(onBody.y - onGround.y), weight: 1 };
}

/** The simplex of what was nearest last, unless it has become something else. */
function startSimplex(pair: Pair, transform: Transform, last: Nearest | undefined): Vertex[] {
  const simplex = last?.corners.map(({ ground, body }) => vertexOf(pair, transform, ground, body)) ?? [];
  if (last !== undefined && simplex.length > 1) {
    const length = extent(simplex);
    if (length < f32(0.5 * last.length) || length > f32(2 * last.length) || length < EPSILON) simplex.length = 0;
  }
  return simplex.length > 0 ? simplex : [vertexOf(pair, transform, 0, 0)];
}

/** The length of a simplex of two, else 0. */
function extent(simplex: readonly Vertex[]): number {
  if (simplex.length !== 2) return 0;
  const [one, two] = simplex;
  return norm(f32(two.x - one.x), f32(two.y - one.y));
}

function norm(x: number, y: number): number {
  return f32(Math.sqrt(dot(x, y, x, y)));
}

/** Across the simplex, on the side of the origin. */
function towardsOrigin([one, two]: readonly Vertex[]): Vector {
  if (two === undefined) return { x: -one.x, y: -one.y };
  const x = f32(two.x - one.x);
  const y = f32(two.y - one.y);
  return cross(x, y, -one.x, -one.y) > 0 ? { x: -y, y: x } : { x: y, y: -x };
}

/** The distance between the points of the two shapes that the weights name. */
function lengthTo(simplex: readonly Vertex[]): number {
  if (simplex.length === 3) return 0;
  const [one, two] = simplex;
  if (two === undefined) return norm(f32(one.onGround.x - one.onBody.x), f32(one.onGround.y - one.onBody.y));
  const mix = (a: number, b: number) => f32(f32(one.weight * a) + f32(two.weight * b));
  const groundX = mix(one.onGround.x, two.onGround.x);
  const groundY = mix(one.onGround.y, two.onGround.y);
  return norm(f32(groundX - mix(one.onBody.x, two.onBody.x)), f32(groundY - mix(one.onBody.y, two.onBody.y)));
}

/** Barycentric coordinates, not yet divided, of the origin on the line of two vertices: of the first, of the second. */
function along(one: Vertex, two: Vertex): [number, number] {
  const x = f32(two.x - one.x);
  const y = f32(two.y - one.y);
  return [dot(two.x, two.y, x, y), -dot(one.x, one.y, x, y)];
}

function keepOne(vertex: Vertex): Vertex[] {
  vertex.weight = 1;
  return [vertex];
}

function keepTwo(one: Vertex, two: Vertex, first: number, second: number): Vertex[] {
  const inverse = f32(1 / f32(first + second));
  one.weight = f32(first * inverse);
  two.weight = f32(second * inverse);
  return [one, two];
}

/** The part of a simplex that is nearest to the origin, by the signs of barycentric coordinates (Voronoi regions). */
function reduce(simplex: readonly Vertex[]): Vertex[] {
  const [one, two, three] = simplex;
  if (two === undefined) return [one];
  const [x12, y12] = along(one, two);
  if (three === undefined) {
    if (y12 <= 0) return keepOne(one);
    if (x12 <= 0) return keepOne(two);
    return keepTwo(one, two, x12, y12);
  }
  const [x13, y13] = along(one, three);
  const [x23, y23] = along(two, three);
  const area = cross(f32(two.x - one.x), f32(two.y - one.y), f32(three.x - one.x), f32(three.y - one.y));
  const opposite = (a: Vertex, b: Vertex) => f32(area * cross(a.x, a.y, b.x, b.y));
  if (y12 <= 0 && y13 <= 0) return keepOne(one);
  if (x12 > 0 && y12 > 0 && opposite(one, two) <= 0) return keepTwo(one, two, x12, y12);
  if (x13 > 0 && y13 > 0 && opposite(three, one) <= 0) return keepTwo(one, three, x13, y13);
  if (x12 <= 0 && y23 <= 0) return keepOne(two);
  if (x13 <= 0 && x23 <= 0) return keepOne(three);
  if (x23 > 0 && y23 > 0 && opposite(two, three) <= 0) return keepTwo(three, two, y23, x23);
  return [one, two, three];
}
