/**
 * The position solver; twin of position-solver.ts of the environment.
 *
 * Some lanes need one round and others all 60, so four are corrected at a time, joints by one instruction for the four,
 * and whoever is done gives its place to the next. Places and angles lie in rows of four: x, y and angle of each body.
 */
import { BODIES, Body, bodyOf, Contact, contactOf, headOf, JOINTS, jointOf, pointOf, Pose } from "./layout";
import { integrate, rest, synchronize } from "./motion";
import { highLimit, lowerAnchor, lowerOf, lowLimit, referenceOf, upperAnchor, upperOf } from "./prepare";
import {
  ANGULAR_SLOP,
  BAUMGARTE,
  centreX,
  centreY,
  cross,
  dot,
  GOOD_SEPARATION,
  inertiaOf,
  inverseInertia,
  inverseMass,
  LINEAR_SLOP,
  limit,
  massOf,
  MAX_ANGULAR_CORRECTION,
  MAX_LINEAR_CORRECTION,
  motorMassOf,
  placeX,
  placeY,
  POSITION_ROUNDS,
  setPose,
  SKIN,
  TIME_STEP,
  turnX,
  turnY,
} from "./shapes";
import { turnAll } from "./sine";

/** Rows of the bodies, then for each joint: all bits set where it is at its lower limit, at its upper one. */
const ROWS: usize = memory.data(368, 16);
const LIMITS: usize = ROWS + 240;
/** Of the four places: the world, or 0, and how many rounds it has had. */
const WORLDS: usize = memory.data(16, 16);
const ROUNDS: usize = memory.data(16, 16);
/** Rows for a body alone, in their first lane. */
const ALONE: usize = memory.data(48, 16);
const TURNS: usize = memory.data(64, 16);
const POSE = changetype<Pose>(memory.data(16, 16));

// @ts-ignore: decorator
@inline
function rowsOf(body: i32): usize {
  return ROWS + <usize>body * 48;
}

/** Moves all bodies of worlds, corrects their places and lets them rest. @param worlds pointers to them */
export function solvePositions(worlds: usize, count: i32): void {
  let next = 0;
  let busy = 0;
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const world = next < count ? load<usize>(worlds + ((<usize>next) << 2)) : 0;
    next++;
    if (world != 0) busy++;
    enter(world, lane);
  }
  while (busy > 0) {
    let good = 0;
    for (let lane: usize = 0; lane < 16; lane += 4) {
      const world = load<usize>(WORLDS + lane);
      if (world != 0 && correctContacts(world, lane) >= GOOD_SEPARATION) good |= 1 << (<i32>lane >> 2);
    }
    good &= correctJoints();
    for (let lane: usize = 0; lane < 16; lane += 4) {
      const world = load<usize>(WORLDS + lane);
      if (world == 0) continue;
      const isSettled = (good & (1 << (<i32>lane >> 2))) != 0;
      const rounds = load<i32>(ROUNDS + lane) + 1;
      store<i32>(ROUNDS + lane, rounds);
      if (!isSettled && rounds < POSITION_ROUNDS) continue;
      leave(world, lane, isSettled);
      const other = next < count ? load<usize>(worlds + ((<usize>next) << 2)) : 0;
      next++;
      if (other == 0) busy--;
      enter(other, lane);
    }
  }
}

/** Puts a world into a place. */
function enter(world: usize, lane: usize): void {
  store<usize>(WORLDS + lane, world);
  store<i32>(ROUNDS + lane, 0);
  if (world == 0) return;
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    integrate(body, TIME_STEP);
    write(body, rowsOf(index) + lane);
  }
  for (let index = 0; index < JOINTS; index++) {
    const at = LIMITS + ((<usize>index) << 5) + lane;
    const state = jointOf(world, index).limit;
    store<i32>(at, state == 1 ? -1 : 0);
    store<i32>(at, state == 2 ? -1 : 0, 16);
  }
}

/** Takes a world out of a place. */
function leave(world: usize, lane: usize, isSettled: bool): void {
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    read(body, rowsOf(index) + lane);
    synchronize(body);
  }
  rest(world, isSettled);
}

// @ts-ignore: decorator
@inline
function write(body: Body, to: usize): void {
  store<f32>(to, body.cx);
  store<f32>(to, body.cy, 16);
  store<f32>(to, body.a, 32);
}

// @ts-ignore: decorator
@inline
function read(body: Body, from: usize): void {
  body.cx = load<f32>(from);
  body.cy = load<f32>(from, 16);
  body.a = load<f32>(from, 32);
}

function correctContacts(world: usize, lane: usize): f32 {
  let least: f32 = 0;
  for (let index = headOf(world).contacts - 1; index >= 0; index--) {
    const contact = contactOf(world, index);
    if (contact.isTouching == 0) continue;
    least = correctPoints(contact, rowsOf(contact.body) + lane, BAUMGARTE, least);
  }
  return least;
}

/** One round for all points of a contact of a body. @returns the least separation, `least` included */
export function correctContact(contact: Contact, body: Body, share: f32, least: f32): f32 {
  write(body, ALONE);
  const lowest = correctPoints(contact, ALONE, share, least);
  read(body, ALONE);
  return lowest;
}

/** The same for a body whose place and angle are at `at`, `at + 16` and `at + 32`. */
function correctPoints(contact: Contact, at: usize, share: f32, least: f32): f32 {
  const body = contact.body;
  const m = inverseMass(body);
  const i = inverseInertia(body);
  const isOfBody = contact.isOfBody != 0;
  const count = contact.points;
  let cx = load<f32>(at);
  let cy = load<f32>(at, 16);
  let a = load<f32>(at, 32);
  for (let index = 0; index < count; index++) {
    setPose(POSE, body, cx, cy, a);
    const point = pointOf(contact, index);
    let nx = isOfBody ? turnX(POSE, contact.nx, contact.ny) : contact.nx;
    let ny = isOfBody ? turnY(POSE, contact.nx, contact.ny) : contact.ny;
    const planeX = isOfBody ? placeX(POSE, contact.px, contact.py) : contact.px;
    const planeY = isOfBody ? placeY(POSE, contact.px, contact.py) : contact.py;
    const x = isOfBody ? point.x : placeX(POSE, point.x, point.y);
    const y = isOfBody ? point.y : placeY(POSE, point.x, point.y);
    const separation = dot(x - planeX, y - planeY, nx, ny) - SKIN - SKIN;
    if (separation < least) least = separation;
    if (isOfBody) {
      nx = -nx;
      ny = -ny;
    }
    const rx = x - cx;
    const ry = y - cy;
    const overlap = limit(share * (separation + LINEAR_SLOP), -MAX_LINEAR_CORRECTION, 0);
    if (overlap == 0) continue;
    const rn = cross(rx, ry, nx, ny);
    const impulse = -overlap / (m + i * rn * rn);
    const px = impulse * nx;
    const py = impulse * ny;
    cx += m * px;
    cy += m * py;
    a += i * cross(rx, ry, px, py);
  }
  store<f32>(at, cx);
  store<f32>(at, cy, 16);
  store<f32>(at, a, 32);
  return least;
}

/** One round for all joints in all places. @returns a bit for each place, set where all joints were good enough before */
function correctJoints(): i32 {
  // Their order is part of the result.
  const knees = correctKnee(3);
  const hips = v128.and(correctHip(2), correctHip(0));
  return i32x4.bitmask(v128.and(v128.and(knees, hips), correctKnee(1)));
}

function correctHip(joint: i32): v128 {
  return correctJoint(joint, true);
}

function correctKnee(joint: i32): v128 {
  return correctJoint(joint, false);
}

/** max(low, min(value, high)), as Box2D limits. */
// @ts-ignore: decorator
@inline
function limitAll(value: v128, low: f32, high: f32): v128 {
  return f32x4.pmax(f32x4.pmin(f32x4.splat(high), value), f32x4.splat(low));
}

// @ts-ignore: decorator
@inline
function crossAll(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f32x4.sub(f32x4.mul(ax, by), f32x4.mul(ay, bx));
}

/** One round for a joint: its limit, then its hinge. @returns all bits set where both were good enough before */
// @ts-ignore: decorator
@inline
function correctJoint(joint: i32, isHip: bool): v128 {
  const a = rowsOf(upperOf(joint));
  const b = rowsOf(lowerOf(joint));
  const upperKind = isHip ? 0 : 1;
  const mA = massOf(upperKind);
  const iA = inertiaOf(upperKind);
  const mB = massOf(isHip ? 1 : 2);
  const iB = inertiaOf(isHip ? 1 : 2);
  let aA = v128.load(a, 32);
  let aB = v128.load(b, 32);
  const lower = v128.load(LIMITS + ((<usize>joint) << 5));
  const upper = v128.load(LIMITS + ((<usize>joint) << 5), 16);
  let good = i32x4.splat(-1);
  if (v128.any_true(v128.or(lower, upper))) {
    const angle = f32x4.sub(f32x4.sub(aB, aA), f32x4.splat(referenceOf(joint)));
    const under = f32x4.sub(angle, f32x4.splat(lowLimit(joint)));
    const over = f32x4.sub(angle, f32x4.splat(highLimit(joint)));
    const slop = f32x4.splat(ANGULAR_SLOP);
    const correction = v128.or(
      v128.and(lower, limitAll(f32x4.add(under, slop), -MAX_ANGULAR_CORRECTION, 0)),
      v128.and(upper, limitAll(f32x4.sub(over, slop), 0, MAX_ANGULAR_CORRECTION)),
    );
    const impulse = f32x4.mul(motorMassOf(joint), correction);
    aA = f32x4.sub(aA, f32x4.mul(iA, impulse));
    aB = f32x4.add(aB, f32x4.mul(iB, impulse));
    const overshoot = v128.or(v128.and(lower, f32x4.neg(under)), v128.and(upper, over));
    good = f32x4.le(overshoot, slop);
  }
  turnAll(aA, TURNS);
  turnAll(aB, TURNS + 32);
  const sA = v128.load(TURNS);
  const cA = v128.load(TURNS, 16);
  const sB = v128.load(TURNS, 32);
  const cB = v128.load(TURNS, 48);
  // Anchors have no x, and only the hull's centre of mass is not its origin.
  const anchorY = f32x4.splat(upperAnchor(joint) - centreY(upperKind));
  const anchorX = f32x4.splat(-centreX(upperKind));
  const rAx = isHip ? f32x4.sub(f32x4.mul(cA, anchorX), f32x4.mul(sA, anchorY)) : f32x4.neg(f32x4.mul(sA, anchorY));
  const rAy = isHip ? f32x4.add(f32x4.mul(sA, anchorX), f32x4.mul(cA, anchorY)) : f32x4.mul(cA, anchorY);
  const rBx = f32x4.neg(f32x4.mul(sB, f32x4.splat(lowerAnchor())));
  const rBy = f32x4.mul(cB, f32x4.splat(lowerAnchor()));
  const cAx = v128.load(a);
  const cAy = v128.load(a, 16);
  const cBx = v128.load(b);
  const cBy = v128.load(b, 16);
  const cx = f32x4.sub(f32x4.sub(f32x4.add(cBx, rBx), cAx), rAx);
  const cy = f32x4.sub(f32x4.sub(f32x4.add(cBy, rBy), cAy), rAy);
  const gap = f32x4.sqrt(f32x4.add(f32x4.mul(cx, cx), f32x4.mul(cy, cy)));
  good = v128.and(good, f32x4.le(gap, f32x4.splat(LINEAR_SLOP)));
  const m = f32x4.add(mA, mB);
  const yA = f32x4.mul(iA, rAy);
  const yB = f32x4.mul(iB, rBy);
  const xA = f32x4.mul(iA, rAx);
  const xB = f32x4.mul(iB, rBx);
  const k11 = f32x4.add(f32x4.add(m, f32x4.mul(yA, rAy)), f32x4.mul(yB, rBy));
  const k12 = f32x4.sub(f32x4.neg(f32x4.mul(xA, rAy)), f32x4.mul(xB, rBy));
  const k22 = f32x4.add(f32x4.add(m, f32x4.mul(xA, rAx)), f32x4.mul(xB, rBx));
  const inverse = f32x4.div(f32x4.splat(1), f32x4.sub(f32x4.mul(k11, k22), f32x4.mul(k12, k12)));
  const x = f32x4.mul(inverse, f32x4.sub(f32x4.mul(k12, cy), f32x4.mul(k22, cx)));
  const y = f32x4.mul(inverse, f32x4.sub(f32x4.mul(k12, cx), f32x4.mul(k11, cy)));
  v128.store(a, f32x4.sub(cAx, f32x4.mul(mA, x)));
  v128.store(a, f32x4.sub(cAy, f32x4.mul(mA, y)), 16);
  v128.store(a, f32x4.sub(aA, f32x4.mul(iA, crossAll(rAx, rAy, x, y))), 32);
  v128.store(b, f32x4.add(cBx, f32x4.mul(mB, x)));
  v128.store(b, f32x4.add(cBy, f32x4.mul(mB, y)), 16);
  v128.store(b, f32x4.add(aB, f32x4.mul(iB, crossAll(rBx, rBy, x, y))), 32);
  return good;
}
