/** The position solver of one lane, and how bodies move; twin of position-solver.ts and motion.ts of the environment. */
import { BODIES, Body, bodyOf, Contact, headOf, contactOf, jointOf, pointOf, poseOf } from "./layout";
import { highLimit, JOINT_ORDER, jointAngle, leverX, leverY, lowerAnchor, lowerOf, lowLimit, upperAnchor, upperOf } from "./prepare";
import {
  ANGULAR_SLOP,
  BAUMGARTE,
  cross,
  dot,
  GOOD_SEPARATION,
  inverseInertia,
  inverseMass,
  LINEAR_SLOP,
  limit,
  MAX_ANGULAR_CORRECTION,
  MAX_LINEAR_CORRECTION,
  placeX,
  placeY,
  POSITION_ROUNDS,
  setPose,
  SKIN,
  TIME_STEP,
  turnX,
  turnY,
} from "./shapes";

const MAX_ROTATION: f32 = 1.5707964;
const SLEEP_TURNING: f32 = 0.0012184699;
const SLEEP_MOVING: f32 = 0.0001;

// @ts-ignore: decorator
@inline
export function synchronize(body: Body): void {
  setPose(poseOf(body), body.index, body.cx, body.cy, body.a);
}

/** Moves a body by its velocity for a time; one that is too fast is slowed down first. */
export function integrate(body: Body, time: f32): void {
  const x = time * body.vx;
  const y = time * body.vy;
  const square = dot(x, y, x, y);
  if (square > 4) {
    const ratio = <f32>2 / sqrt<f32>(square);
    body.vx *= ratio;
    body.vy *= ratio;
  }
  const turned = time * body.w;
  if (turned * turned > MAX_ROTATION * MAX_ROTATION) body.w *= MAX_ROTATION / abs<f32>(turned);
  body.cx += time * body.vx;
  body.cy += time * body.vy;
  body.a += time * body.w;
}

/** One round for all points of a contact. @returns the least separation, those of `least` included */
export function correctContact(contact: Contact, body: Body, share: f32, least: f32): f32 {
  const pose = poseOf(body);
  const m = inverseMass(body.index);
  const i = inverseInertia(body.index);
  const isOfBody = contact.isOfBody != 0;
  const count = contact.points;
  for (let index = 0; index < count; index++) {
    synchronize(body);
    const point = pointOf(contact, index);
    let nx = isOfBody ? turnX(pose, contact.nx, contact.ny) : contact.nx;
    let ny = isOfBody ? turnY(pose, contact.nx, contact.ny) : contact.ny;
    const planeX = isOfBody ? placeX(pose, contact.px, contact.py) : contact.px;
    const planeY = isOfBody ? placeY(pose, contact.px, contact.py) : contact.py;
    const x = isOfBody ? point.x : placeX(pose, point.x, point.y);
    const y = isOfBody ? point.y : placeY(pose, point.x, point.y);
    const separation = dot(x - planeX, y - planeY, nx, ny) - SKIN - SKIN;
    if (separation < least) least = separation;
    if (isOfBody) {
      nx = -nx;
      ny = -ny;
    }
    const rx = x - body.cx;
    const ry = y - body.cy;
    const overlap = limit(share * (separation + LINEAR_SLOP), -MAX_LINEAR_CORRECTION, 0);
    const rn = cross(rx, ry, nx, ny);
    const impulse = -overlap / (m + i * rn * rn);
    const px = impulse * nx;
    const py = impulse * ny;
    body.cx += m * px;
    body.cy += m * py;
    body.a += i * cross(rx, ry, px, py);
  }
  return least;
}

/** One round for a joint: its limit, then its hinge. @returns whether both were good enough before */
function correctJoint(world: usize, index: i32): bool {
  const joint = jointOf(world, index);
  const a = bodyOf(world, upperOf(index));
  const b = bodyOf(world, lowerOf(index));
  const mA = inverseMass(a.index);
  const iA = inverseInertia(a.index);
  const mB = inverseMass(b.index);
  const iB = inverseInertia(b.index);
  let overshoot: f32 = 0;
  if (joint.limit != 0) {
    const isLower = joint.limit == 1;
    const error = jointAngle(world, index) - (isLower ? lowLimit(index) : highLimit(index));
    const correction = isLower
      ? limit(error + ANGULAR_SLOP, -MAX_ANGULAR_CORRECTION, 0)
      : limit(error - ANGULAR_SLOP, 0, MAX_ANGULAR_CORRECTION);
    const impulse = -(<f32>1 / (iA + iB)) * correction;
    a.a -= iA * impulse;
    b.a += iB * impulse;
    overshoot = isLower ? -error : error;
  }
  synchronize(a);
  synchronize(b);
  const rAx = leverX(a, upperAnchor(index));
  const rAy = leverY(a, upperAnchor(index));
  const rBx = leverX(b, lowerAnchor());
  const rBy = leverY(b, lowerAnchor());
  const cx = b.cx + rBx - a.cx - rAx;
  const cy = b.cy + rBy - a.cy - rAy;
  const gap = sqrt<f32>(dot(cx, cy, cx, cy));
  const m = mA + mB;
  const k11 = m + iA * rAy * rAy + iB * rBy * rBy;
  const k12 = -iA * rAx * rAy - iB * rBx * rBy;
  const k22 = m + iA * rAx * rAx + iB * rBx * rBx;
  const inverse = <f32>1 / (k11 * k22 - k12 * k12);
  const x = inverse * (k12 * cy - k22 * cx);
  const y = inverse * (k12 * cx - k11 * cy);
  a.cx -= mA * x;
  a.cy -= mA * y;
  a.a -= iA * cross(rAx, rAy, x, y);
  b.cx += mB * x;
  b.cy += mB * y;
  b.a += iB * cross(rBx, rBy, x, y);
  return gap <= LINEAR_SLOP && overshoot <= ANGULAR_SLOP;
}

/** Moves the bodies, corrects their places, and lets them sleep. */
export function solvePositions(world: usize): void {
  const head = headOf(world);
  for (let index = 0; index < BODIES; index++) integrate(bodyOf(world, index), TIME_STEP);
  let isSettled = false;
  for (let round = 0; round < POSITION_ROUNDS && !isSettled; round++) {
    let least: f32 = 0;
    for (let index = head.contacts - 1; index >= 0; index--) {
      const contact = contactOf(world, index);
      if (contact.isTouching != 0) least = correctContact(contact, bodyOf(world, contact.body), BAUMGARTE, least);
    }
    isSettled = least >= GOOD_SEPARATION;
    for (let place: usize = 0; place < 4; place++) {
      isSettled = correctJoint(world, load<i32>(JOINT_ORDER + (place << 2))) && isSettled;
    }
  }
  let resting = true;
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    synchronize(body);
    const isAtRest = body.w * body.w <= SLEEP_TURNING && dot(body.vx, body.vy, body.vx, body.vy) <= SLEEP_MOVING;
    body.rest = isAtRest ? body.rest + TIME_STEP : 0;
    if (body.rest < 0.5) resting = false;
  }
  if (!isSettled || !resting) return;
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    body.vx = 0;
    body.vy = 0;
    body.w = 0;
    body.rest = 0;
    body.isAwake = 0;
  }
}
