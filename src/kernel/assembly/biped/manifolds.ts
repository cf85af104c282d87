/** Where bodies touch the ground; twin of clipping.ts, edge-manifolds.ts and polygon-manifolds.ts of the environment. */
import { Body, CENTROID_AT, Contact, Ground, NORMALS_AT, Point, pointOf, Pose, poseOf, VERTICES_AT } from "./layout";
import {
  ANGULAR_SLOP,
  centroidX,
  centroidY,
  cornerCount,
  corners,
  cross,
  dot,
  inverseLength,
  lesser,
  normals,
  placeX,
  placeY,
  SKINS,
  turnBackX,
  turnBackY,
  turnX,
  turnY,
} from "./shapes";

const RELATIVE: f32 = 0.98;
const ABSOLUTE: f32 = 0.001;
const LOWEST: f32 = -f32.MAX_VALUE;

/** Corners and normals of the body in the world: x and y of each. */
const PLACED: usize = memory.data(40, 16);
const TURNED: usize = memory.data(40, 16);

// @ts-ignore: decorator
@unmanaged
class End {
  x: f32;
  y: f32;
  reference: i32;
  own: i32;
  isOnSide: i32;
}

const END_BYTES: usize = 20;
/** The incident side, after one clip, after two. */
const INCIDENT: usize = memory.data(48, 16);
const ONCE: usize = memory.data(64, 16);
const TWICE: usize = memory.data(64, 16);

// @ts-ignore: decorator
@inline
function endOf(list: usize, index: i32): End {
  return changetype<End>(list + <usize>index * END_BYTES);
}

// @ts-ignore: decorator
@inline
function xOf(list: usize, index: i32): f32 {
  return load<f32>(list + ((<usize>index) << 3));
}

// @ts-ignore: decorator
@inline
function yOf(list: usize, index: i32): f32 {
  return load<f32>(list + ((<usize>index) << 3), 4);
}

/** Computes a contact's manifold anew, its points without impulses. */
export function updateManifold(contact: Contact, ground: Ground, isPolygon: bool, body: Body): void {
  contact.points = 0;
  placeCorners(body);
  if (isPolygon) polygonManifold(contact, ground, body);
  else edgeManifold(contact, ground, body);
}

function placeCorners(body: Body): void {
  const pose = poseOf(body);
  const count = cornerCount(body.index);
  const from = corners(body.index);
  const away = normals(body.index);
  for (let index = 0; index < count; index++) {
    const at = (<usize>index) << 3;
    store<f32>(PLACED + at, placeX(pose, xOf(from, index), yOf(from, index)));
    store<f32>(PLACED + at, placeY(pose, xOf(from, index), yOf(from, index)), 4);
    store<f32>(TURNED + at, turnX(pose, xOf(away, index), yOf(away, index)));
    store<f32>(TURNED + at, turnY(pose, xOf(away, index), yOf(away, index)), 4);
  }
}

/** The first of the directions that is most against another. */
function firstAgainst(list: usize, count: i32, x: f32, y: f32): i32 {
  let best = 0;
  let least = dot(x, y, xOf(list, 0), yOf(list, 0));
  for (let index = 1; index < count; index++) {
    const value = dot(x, y, xOf(list, index), yOf(list, index));
    if (value >= least) continue;
    least = value;
    best = index;
  }
  return best;
}

// @ts-ignore: decorator
@inline
function after(index: i32, count: i32): i32 {
  return index + 1 < count ? index + 1 : 0;
}

// @ts-ignore: decorator
@inline
function setEnd(end: End, x: f32, y: f32, reference: i32, own: i32, isOnSide: i32): void {
  end.x = x;
  end.y = y;
  end.reference = reference;
  end.own = own;
  end.isOnSide = isOnSide;
}

/** Clips two ends to a half-plane. @returns how many are left */
function clip(from: usize, to: usize, nx: f32, ny: f32, offset: f32, vertex: i32): i32 {
  const first = endOf(from, 0);
  const last = endOf(from, 1);
  const d0 = dot(nx, ny, first.x, first.y) - offset;
  const d1 = dot(nx, ny, last.x, last.y) - offset;
  let count = 0;
  if (d0 <= 0) {
    memory.copy(to, from, END_BYTES);
    count = 1;
  }
  if (d1 <= 0) {
    memory.copy(to + <usize>count * END_BYTES, from + END_BYTES, END_BYTES);
    count++;
  }
  if (d0 * d1 < 0) {
    const share = d0 / (d0 - d1);
    const x = first.x + share * (last.x - first.x);
    const y = first.y + share * (last.y - first.y);
    setEnd(endOf(to, count++), x, y, vertex, first.own, 0);
  }
  return count;
}

/** Adds an end as a point of a manifold. */
function addPoint(contact: Contact, end: End, pose: Pose): void {
  const point: Point = pointOf(contact, contact.points++);
  point.normalImpulse = 0;
  point.tangentImpulse = 0;
  if (contact.isOfBody != 0) {
    point.x = end.x;
    point.y = end.y;
    point.id = end.own | (end.reference << 8) | (end.isOnSide != 0 ? 1 << 24 : 1 << 16);
  } else {
    const x = end.x - pose.x;
    const y = end.y - pose.y;
    point.x = turnBackX(pose, x, y);
    point.y = turnBackY(pose, x, y);
    point.id = end.reference | (end.own << 8) | (end.isOnSide != 0 ? 1 << 16 : 1 << 24);
  }
}

function edgeManifold(contact: Contact, edge: Ground, body: Body): void {
  const pose = poseOf(body);
  const count = cornerCount(body.index);
  let v1x = edge.v1x;
  let v1y = edge.v1y;
  let v2x = edge.v2x;
  let v2y = edge.v2y;
  const middleX = placeX(pose, centroidX(body.index), centroidY(body.index));
  const middleY = placeY(pose, centroidX(body.index), centroidY(body.index));
  const isBelow = dot(edge.nx, edge.ny, middleX - v1x, middleY - v1y) >= 0;
  const nx = isBelow ? edge.nx : -edge.nx;
  const ny = isBelow ? edge.ny : -edge.ny;
  let edgeSeparation = f32.MAX_VALUE;
  for (let index = 0; index < count; index++) {
    edgeSeparation = lesser(edgeSeparation, dot(nx, ny, xOf(PLACED, index) - v1x, yOf(PLACED, index) - v1y));
  }
  if (edgeSeparation > SKINS) return;
  let best = -1;
  let separation = LOWEST;
  for (let side = 0; side < count; side++) {
    const x = -xOf(TURNED, side);
    const y = -yOf(TURNED, side);
    const cornerX = xOf(PLACED, side);
    const cornerY = yOf(PLACED, side);
    const least = lesser(dot(x, y, cornerX - v1x, cornerY - v1y), dot(x, y, cornerX - v2x, cornerY - v2y));
    if (least > SKINS) return;
    if (dot(x + nx, y + ny, nx, ny) < -ANGULAR_SLOP) continue;
    if (least <= separation) continue;
    separation = least;
    best = side;
  }
  if (best >= 0 && separation > RELATIVE * edgeSeparation + ABSOLUTE) {
    const next = after(best, count);
    setEnd(endOf(INCIDENT, 0), v1x, v1y, 0, best, 0);
    setEnd(endOf(INCIDENT, 1), v2x, v2y, 0, best, 0);
    contact.isOfBody = 1;
    contact.nx = xOf(normals(body.index), best);
    contact.ny = yOf(normals(body.index), best);
    contact.px = xOf(corners(body.index), best);
    contact.py = yOf(corners(body.index), best);
    const sideX = xOf(TURNED, best);
    const sideY = yOf(TURNED, best);
    clipToEdge(contact, pose, sideX, sideY, xOf(PLACED, best), yOf(PLACED, best), xOf(PLACED, next), yOf(PLACED, next), best, next);
    return;
  }
  const own = firstAgainst(TURNED, count, nx, ny);
  const next = after(own, count);
  setEnd(endOf(INCIDENT, 0), xOf(PLACED, own), yOf(PLACED, own), 0, own, 1);
  setEnd(endOf(INCIDENT, 1), xOf(PLACED, next), yOf(PLACED, next), 0, next, 1);
  if (!isBelow) {
    const x = v1x;
    const y = v1y;
    v1x = v2x;
    v1y = v2y;
    v2x = x;
    v2y = y;
  }
  contact.isOfBody = 0;
  contact.nx = nx;
  contact.ny = ny;
  contact.px = v1x;
  contact.py = v1y;
  clipToEdge(contact, pose, nx, ny, v1x, v1y, v2x, v2y, isBelow ? 0 : 1, isBelow ? 1 : 0);
}

/** Clips the incident side to the ends of a reference and keeps what is near it. */
function clipToEdge(
  contact: Contact,
  pose: Pose,
  nx: f32,
  ny: f32,
  v1x: f32,
  v1y: f32,
  v2x: f32,
  v2y: f32,
  first: i32,
  second: i32,
): void {
  if (clip(INCIDENT, ONCE, ny, -nx, dot(ny, -nx, v1x, v1y), first) < 2) return;
  if (clip(ONCE, TWICE, -ny, nx, dot(-ny, nx, v2x, v2y), second) < 2) return;
  for (let index = 0; index < 2; index++) {
    const end = endOf(TWICE, index);
    if (dot(nx, ny, end.x - v1x, end.y - v1y) <= SKINS) addPoint(contact, end, pose);
  }
}

function polygonManifold(contact: Contact, ground: Ground, body: Body): void {
  const pose = poseOf(body);
  const at = changetype<usize>(ground);
  const vertices = at + VERTICES_AT;
  const away = at + NORMALS_AT;
  const middleX = load<f32>(at + CENTROID_AT);
  const middleY = load<f32>(at + CENTROID_AT, 4);
  const centreX = placeX(pose, centroidX(body.index), centroidY(body.index));
  const centreY = placeY(pose, centroidX(body.index), centroidY(body.index));
  const count = cornerCount(body.index);
  const groundSide = search(at, body, false, away, 4, centreX - middleX, centreY - middleY);
  const groundSeparation = found;
  if (groundSeparation > SKINS) return;
  const wayX = turnBackX(pose, middleX - centreX, middleY - centreY);
  const wayY = turnBackY(pose, middleX - centreX, middleY - centreY);
  const bodySide = search(at, body, true, normals(body.index), count, wayX, wayY);
  const bodySeparation = found;
  if (bodySeparation > SKINS) return;
  if (bodySeparation > RELATIVE * groundSeparation + ABSOLUTE) {
    const own = firstAgainst(away, 4, xOf(TURNED, bodySide), yOf(TURNED, bodySide));
    const next = after(own, 4);
    setEnd(endOf(INCIDENT, 0), xOf(vertices, own), yOf(vertices, own), bodySide, own, 1);
    setEnd(endOf(INCIDENT, 1), xOf(vertices, next), yOf(vertices, next), bodySide, next, 1);
    contact.isOfBody = 1;
    clipToPolygon(contact, pose, corners(body.index), count, bodySide);
    return;
  }
  const nx = xOf(away, groundSide);
  const ny = yOf(away, groundSide);
  const own = firstAgainst(normals(body.index), count, turnBackX(pose, nx, ny), turnBackY(pose, nx, ny));
  const next = after(own, count);
  setEnd(endOf(INCIDENT, 0), xOf(PLACED, own), yOf(PLACED, own), groundSide, own, 1);
  setEnd(endOf(INCIDENT, 1), xOf(PLACED, next), yOf(PLACED, next), groundSide, next, 1);
  contact.isOfBody = 0;
  clipToPolygon(contact, pose, vertices, 4, groundSide);
}

/** Separation along a normal of the ground or of the body. */
function separationOf(ground: usize, body: Body, isOfBody: bool, side: i32): f32 {
  const pose = poseOf(body);
  const vertices = ground + VERTICES_AT;
  if (isOfBody) {
    const nx = xOf(TURNED, side);
    const ny = yOf(TURNED, side);
    const corner = firstAgainst(vertices, 4, nx, ny);
    return dot(xOf(vertices, corner) - xOf(PLACED, side), yOf(vertices, corner) - yOf(PLACED, side), nx, ny);
  }
  const nx = xOf(ground + NORMALS_AT, side);
  const ny = yOf(ground + NORMALS_AT, side);
  const count = cornerCount(body.index);
  const corner = firstAgainst(corners(body.index), count, turnBackX(pose, nx, ny), turnBackY(pose, nx, ny));
  return dot(xOf(PLACED, corner) - xOf(vertices, side), yOf(PLACED, corner) - yOf(vertices, side), nx, ny);
}

/** The separation of the side that `search` found last. */
let found: f32 = 0;

/** Climbs from the side that looks most in a direction to a neighbour, as long as the separation grows. */
function search(ground: usize, body: Body, isOfBody: bool, away: usize, count: i32, x: f32, y: f32): i32 {
  let side = 0;
  let most = dot(xOf(away, 0), yOf(away, 0), x, y);
  for (let index = 1; index < count; index++) {
    const value = dot(xOf(away, index), yOf(away, index), x, y);
    if (value <= most) continue;
    most = value;
    side = index;
  }
  const before = side > 0 ? side - 1 : count - 1;
  const next = after(side, count);
  let separation = separationOf(ground, body, isOfBody, side);
  const previous = separationOf(ground, body, isOfBody, before);
  const following = separationOf(ground, body, isOfBody, next);
  const isBackwards = previous > separation && previous > following;
  if (isBackwards || following > separation) {
    side = isBackwards ? before : next;
    separation = isBackwards ? previous : following;
    for (;;) {
      const further = isBackwards ? (side > 0 ? side - 1 : count - 1) : after(side, count);
      const value = separationOf(ground, body, isOfBody, further);
      if (value <= separation) break;
      side = further;
      separation = value;
    }
  }
  found = separation;
  return side;
}

/** Clips the incident side to a side of a polygon, which stands as it is or is the body's. */
function clipToPolygon(contact: Contact, pose: Pose, vertices: usize, count: i32, side: i32): void {
  const next = after(side, count);
  const v1x = xOf(vertices, side);
  const v1y = yOf(vertices, side);
  const v2x = xOf(vertices, next);
  const v2y = yOf(vertices, next);
  const inverse = inverseLength(v2x - v1x, v2y - v1y);
  const tx = (v2x - v1x) * inverse;
  const ty = (v2y - v1y) * inverse;
  contact.nx = ty;
  contact.ny = -tx;
  contact.px = <f32>0.5 * (v1x + v2x);
  contact.py = <f32>0.5 * (v1y + v2y);
  const isOfBody = contact.isOfBody != 0;
  const tangentX = isOfBody ? turnX(pose, tx, ty) : tx;
  const tangentY = isOfBody ? turnY(pose, tx, ty) : ty;
  const w1x = isOfBody ? placeX(pose, v1x, v1y) : v1x;
  const w1y = isOfBody ? placeY(pose, v1x, v1y) : v1y;
  const w2x = isOfBody ? placeX(pose, v2x, v2y) : v2x;
  const w2y = isOfBody ? placeY(pose, v2x, v2y) : v2y;
  const nx = tangentY;
  const ny = -tangentX;
  const height = dot(nx, ny, w1x, w1y);
  if (clip(INCIDENT, ONCE, -tangentX, -tangentY, SKINS - dot(tangentX, tangentY, w1x, w1y), side) < 2) return;
  if (clip(ONCE, TWICE, tangentX, tangentY, dot(tangentX, tangentY, w2x, w2y) + SKINS, next) < 2) return;
  for (let index = 0; index < 2; index++) {
    const end = endOf(TWICE, index);
    if (dot(nx, ny, end.x, end.y) - height <= SKINS) addPoint(contact, end, pose);
  }
}
