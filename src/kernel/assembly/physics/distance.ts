/** The distance between a piece of ground and a body; twin of distance.ts of the environment. */
import { Pose, cross, dot, EPSILON, placeX, placeY, turnBackX, turnBackY } from "./pose";

const ROUNDS = 20;
const VERTEX_BYTES: usize = 36;

/** A point of the difference: corner of the body minus corner of the ground, with its weight in the nearest point. */
// @ts-ignore: decorator
@unmanaged
class Vertex {
  ground: i32;
  body: i32;
  groundX: f32;
  groundY: f32;
  bodyX: f32;
  bodyY: f32;
  x: f32;
  y: f32;
  weight: f32;
}

const SIMPLEX: usize = memory.data(144, 16);

// The corners that were nearest last, by index, and how long the simplex was.
export let nearestCount: i32 = 0;
export let nearestGround0: i32 = 0;
export let nearestBody0: i32 = 0;
export let nearestGround1: i32 = 0;
export let nearestBody1: i32 = 0;
let nearestLength: f32 = 0;

/** Forgets what was nearest, before the first distance of a pair. */
export function forget(): void {
  nearestCount = 0;
}

// @ts-ignore: decorator
@inline
function vertexOf(index: i32): Vertex {
  return changetype<Vertex>(SIMPLEX + <usize>index * VERTEX_BYTES);
}

/** The first corner that lies furthest in a direction. */
export function furthest(corners: usize, count: i32, x: f32, y: f32): i32 {
  let best = 0;
  let most = dot(load<f32>(corners), load<f32>(corners, 4), x, y);
  for (let index = 1; index < count; index++) {
    const at = corners + ((<usize>index) << 3);
    const value = dot(load<f32>(at), load<f32>(at, 4), x, y);
    if (value <= most) continue;
    most = value;
    best = index;
  }
  return best;
}

function setVertex(vertex: Vertex, grounds: usize, bodies: usize, pose: Pose, ground: i32, body: i32): void {
  const from = grounds + ((<usize>ground) << 3);
  const to = bodies + ((<usize>body) << 3);
  vertex.ground = ground;
  vertex.body = body;
  vertex.groundX = load<f32>(from);
  vertex.groundY = load<f32>(from, 4);
  vertex.bodyX = placeX(pose, load<f32>(to), load<f32>(to, 4));
  vertex.bodyY = placeY(pose, load<f32>(to), load<f32>(to, 4));
  vertex.x = vertex.bodyX - vertex.groundX;
  vertex.y = vertex.bodyY - vertex.groundY;
  vertex.weight = 1;
}

function copy(to: i32, from: i32): void {
  if (to != from) memory.copy(SIMPLEX + <usize>to * VERTEX_BYTES, SIMPLEX + <usize>from * VERTEX_BYTES, VERTEX_BYTES);
}

/** The length of a simplex of two, else 0. */
function extent(count: i32): f32 {
  if (count != 2) return 0;
  const x = vertexOf(1).x - vertexOf(0).x;
  const y = vertexOf(1).y - vertexOf(0).y;
  return sqrt<f32>(dot(x, y, x, y));
}

/** How far a body at a pose is from the ground; leaves what was nearest. */
export function distanceOf(grounds: usize, groundCount: i32, bodies: usize, bodyCount: i32, pose: Pose): f32 {
  let count = nearestCount;
  if (count > 0) setVertex(vertexOf(0), grounds, bodies, pose, nearestGround0, nearestBody0);
  if (count > 1) {
    setVertex(vertexOf(1), grounds, bodies, pose, nearestGround1, nearestBody1);
    const length = extent(2);
    if (length < <f32>0.5 * nearestLength || length > <f32>2 * nearestLength || length < EPSILON) count = 0;
  }
  if (count == 0) {
    setVertex(vertexOf(0), grounds, bodies, pose, 0, 0);
    count = 1;
  }
  for (let round = 0; round < ROUNDS; round++) {
    const known = count;
    const g0 = vertexOf(0).ground;
    const b0 = vertexOf(0).body;
    const g1 = vertexOf(1).ground;
    const b1 = vertexOf(1).body;
    const g2 = vertexOf(2).ground;
    const b2 = vertexOf(2).body;
    count = reduce(count);
    if (count == 3) break;
    const one = vertexOf(0);
    let x = -one.x;
    let y = -one.y;
    if (count == 2) {
      const wayX = vertexOf(1).x - one.x;
      const wayY = vertexOf(1).y - one.y;
      const isLeft = cross(wayX, wayY, -one.x, -one.y) > 0;
      x = isLeft ? -wayY : wayY;
      y = isLeft ? wayX : -wayX;
    }
    if (dot(x, y, x, y) < EPSILON * EPSILON) break;
    const ground = furthest(grounds, groundCount, -x, -y);
    const body = furthest(bodies, bodyCount, turnBackX(pose, x, y), turnBackY(pose, x, y));
    if (ground == g0 && body == b0) break;
    if (known > 1 && ground == g1 && body == b1) break;
    if (known > 2 && ground == g2 && body == b2) break;
    setVertex(vertexOf(count++), grounds, bodies, pose, ground, body);
  }
  nearestCount = count;
  nearestLength = extent(count);
  const one = vertexOf(0);
  const two = vertexOf(1);
  nearestGround0 = one.ground;
  nearestBody0 = one.body;
  nearestGround1 = two.ground;
  nearestBody1 = two.body;
  if (count == 3) return 0;
  let x = one.groundX - one.bodyX;
  let y = one.groundY - one.bodyY;
  if (count == 2) {
    const k = one.weight;
    const l = two.weight;
    x = k * one.groundX + l * two.groundX - (k * one.bodyX + l * two.bodyX);
    y = k * one.groundY + l * two.groundY - (k * one.bodyY + l * two.bodyY);
  }
  return sqrt<f32>(dot(x, y, x, y));
}

/** Barycentric coordinates, not yet divided, of the origin on the line of two vertices: of the first. */
// @ts-ignore: decorator
@inline
function ofFirst(one: Vertex, two: Vertex): f32 {
  return dot(two.x, two.y, two.x - one.x, two.y - one.y);
}

// @ts-ignore: decorator
@inline
function ofSecond(one: Vertex, two: Vertex): f32 {
  return -dot(one.x, one.y, two.x - one.x, two.y - one.y);
}

function keepOne(index: i32): i32 {
  copy(0, index);
  vertexOf(0).weight = 1;
  return 1;
}

/** Keeps vertices that are moved to the first two places already. */
function weigh(first: f32, second: f32): i32 {
  const inverse: f32 = <f32>1 / (first + second);
  vertexOf(0).weight = first * inverse;
  vertexOf(1).weight = second * inverse;
  return 2;
}

/** Reduces the simplex to the part that is nearest to the origin. */
function reduce(count: i32): i32 {
  if (count == 1) return 1;
  const one = vertexOf(0);
  const two = vertexOf(1);
  const x12 = ofFirst(one, two);
  const y12 = ofSecond(one, two);
  if (count == 2) {
    if (y12 <= 0) return keepOne(0);
    if (x12 <= 0) return keepOne(1);
    return weigh(x12, y12);
  }
  const three = vertexOf(2);
  const x13 = ofFirst(one, three);
  const y13 = ofSecond(one, three);
  const x23 = ofFirst(two, three);
  const y23 = ofSecond(two, three);
  const area = cross(two.x - one.x, two.y - one.y, three.x - one.x, three.y - one.y);
  if (y12 <= 0 && y13 <= 0) return keepOne(0);
  if (x12 > 0 && y12 > 0 && area * cross(one.x, one.y, two.x, two.y) <= 0) return weigh(x12, y12);
  if (x13 > 0 && y13 > 0 && area * cross(three.x, three.y, one.x, one.y) <= 0) {
    copy(1, 2);
    return weigh(x13, y13);
  }
  if (x12 <= 0 && y23 <= 0) return keepOne(1);
  if (x13 <= 0 && x23 <= 0) return keepOne(2);
  if (x23 > 0 && y23 > 0 && area * cross(two.x, two.y, three.x, three.y) <= 0) {
    copy(0, 2);
    return weigh(y23, x23);
  }
  return 3;
}
