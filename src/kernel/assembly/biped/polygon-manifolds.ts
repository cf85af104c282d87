/** Where bodies touch polygons; twin of polygon-manifolds.ts of the environment. */
import { Pose, dot, placeX, placeY, turnBackX, turnBackY, turnX, turnY } from "../physics/pose";
import { ABSOLUTE, addPoint, after, clip, endOf, firstAgainst, INCIDENT, ONCE, PLACED, RELATIVE, setEnd, TURNED, TWICE } from "./clipping";
import { Body, CENTROID_AT, Contact, Ground, NORMALS_AT, poseOf, VERTICES_AT } from "./layout";
import { centroidX, centroidY, cornerCount, corners, inverseLength, normals, SKINS, xOf, yOf } from "./shapes";

const LOWEST: f32 = -f32.MAX_VALUE;

export function polygonManifold(contact: Contact, ground: Ground, body: Body): void {
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
