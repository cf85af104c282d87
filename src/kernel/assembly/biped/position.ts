/**
 * The position solver; twin of position-solver.ts of the environment.
 *
 * Some lanes need one round and others all 60, so four are corrected at a time, joints by one instruction for the four,
 * and whoever is done gives its place to the next. Places and angles lie in rows of four: x, y and angle of each body.
 */
import { correctJoints, LIMITS, rowsOf } from "./hinge-positions";
import { BODIES, Body, bodyOf, Contact, contactOf, headOf, jointOf, JOINTS, pointOf, Pose } from "./layout";
import { integrate, rest, synchronize } from "./motion";
import { BAUMGARTE, cross, dot, GOOD_SEPARATION, inverseInertia, inverseMass, limit, LINEAR_SLOP, MAX_LINEAR_CORRECTION, placeX, placeY, POSITION_ROUNDS, setPose, SKIN, TIME_STEP, turnX, turnY } from "./shapes";

/** Of the four places: the world, or 0, and how many rounds it has had. */
const WORLDS: usize = memory.data(16, 16);
const ROUNDS: usize = memory.data(16, 16);
/** Rows for a body alone, in their first lane. */
const ALONE: usize = memory.data(48, 16);
const POSE = changetype<Pose>(memory.data(16, 16));

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
