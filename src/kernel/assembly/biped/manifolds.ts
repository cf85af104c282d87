/** Where bodies touch the ground: of edges here, of polygons in polygon-manifolds.ts; twin of edge-manifolds.ts of the environment. */
import { Pose, dot, placeX, placeY, turnX, turnY } from "../physics/pose";
import { ABSOLUTE, addPoint, after, clip, endOf, firstAgainst, INCIDENT, ONCE, PLACED, RELATIVE, setEnd, TURNED, TWICE } from "./clipping";
import { Body, Contact, Ground, poseOf } from "./layout";
import { polygonManifold } from "./polygon-manifolds";
import { ANGULAR_SLOP, centroidX, centroidY, cornerCount, corners, lesser, normals, SKINS, xOf, yOf } from "./shapes";

const LOWEST: f32 = -f32.MAX_VALUE;

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
