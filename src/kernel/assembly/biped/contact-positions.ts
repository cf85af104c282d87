/** Contacts in the position solver, in four worlds at once; twin of position-solver.ts of the environment. */
import { BODIES, Body, Contact } from "./layout";
import {
  bodyAt,
  countAt,
  IS_OF_BODY,
  IS_POINT,
  NORMAL_X,
  NORMAL_Y,
  PLANE_X,
  PLANE_Y,
  POINT,
  POINT_X,
  POINT_Y,
  slotAt,
  writeSlot,
} from "./places";
import { BAUMGARTE, inertiaOf, massOf } from "./shapes";
import { turnAll } from "../physics/sine";

// Constants, read from memory, one instruction each (see ../math.ts).
/** x and y of the centre of mass of the hull, of others. */
const CENTRES: usize = memory.data<f32>([-0.020036437, -0.0056466404, 0.0, 0.0]);
/** Skin, overlap allowed, the most that is corrected at once (m), the bit of the sign. */
const FACTORS: usize = memory.data<f32>([0.01, 0.005, -0.2, -0.0]);
const TURNS: usize = memory.data(32, 16);
/** Rows of a body alone and of its contact, in their first lane. */
const ALONE: usize = memory.data(48, 16);
const SLOT: usize = memory.data(176, 16);

/** One round for all contacts. @returns the least separation, 0 or less, in each place */
export function correctContacts(places: usize): v128 {
  let least = f32x4.splat(0);
  for (let body = 0; body < BODIES; body++) {
    const counts = v128.load(countAt(places, body));
    const slots = i32x4.max_s(counts, v128.shuffle<i32>(counts, counts, 2, 3, 0, 1));
    const count = max<i32>(i32x4.extract_lane(slots, 0), i32x4.extract_lane(slots, 1));
    for (let slot = 0; slot < count; slot++) {
      least = correctPoints(bodyAt(places, body), body, slotAt(places, body, slot), BAUMGARTE, least);
    }
  }
  return least;
}

/** One round for all points of a contact of a body. @returns the least separation, `least` included */
export function correctContact(contact: Contact, body: Body, share: f32, least: f32): f32 {
  store<f32>(ALONE, body.cx);
  store<f32>(ALONE, body.cy, 16);
  store<f32>(ALONE, body.a, 32);
  writeSlot(SLOT, contact);
  const lowest = f32x4.extract_lane(correctPoints(ALONE, body.index, SLOT, share, f32x4.splat(least)), 0);
  body.cx = load<f32>(ALONE);
  body.cy = load<f32>(ALONE, 16);
  body.a = load<f32>(ALONE, 32);
  return lowest;
}

// @ts-ignore: decorator
@inline
function turnedX(s: v128, c: v128, x: v128, y: v128): v128 {
  return f32x4.sub(f32x4.mul(c, x), f32x4.mul(s, y));
}

// @ts-ignore: decorator
@inline
function turnedY(s: v128, c: v128, x: v128, y: v128): v128 {
  return f32x4.add(f32x4.mul(s, x), f32x4.mul(c, y));
}

/** One round for the points of a slot. @param at rows of the body */
function correctPoints(at: usize, body: i32, slot: usize, share: f32, least: v128): v128 {
  const m = massOf(body);
  const i = inertiaOf(body);
  const isOfBody = v128.load(slot, IS_OF_BODY);
  const normalX = v128.load(slot, NORMAL_X);
  const normalY = v128.load(slot, NORMAL_Y);
  const planeX = v128.load(slot, PLANE_X);
  const planeY = v128.load(slot, PLANE_Y);
  const centre = CENTRES + (body == 0 ? 0 : 8);
  const centreOfX = v128.load32_splat(centre);
  const centreOfY = v128.load32_splat(centre, 4);
  const skin = v128.load32_splat(FACTORS);
  const zero = f32x4.splat(0);
  let cx = v128.load(at);
  let cy = v128.load(at, 16);
  let a = v128.load(at, 32);
  let lowest = least;
  for (const end = slot + 2 * POINT; slot < end; slot += POINT) {
    const isPoint = v128.load(slot, IS_POINT);
    if (!v128.any_true(isPoint)) break;
    turnAll(a, TURNS);
    const s = v128.load(TURNS);
    const c = v128.load(TURNS, 16);
    const originX = f32x4.sub(cx, turnedX(s, c, centreOfX, centreOfY));
    const originY = f32x4.sub(cy, turnedY(s, c, centreOfX, centreOfY));
    const nx = v128.bitselect(turnedX(s, c, normalX, normalY), normalX, isOfBody);
    const ny = v128.bitselect(turnedY(s, c, normalX, normalY), normalY, isOfBody);
    const fixedX = v128.load(slot, POINT_X);
    const fixedY = v128.load(slot, POINT_Y);
    // A plane of the body moves with it, and so does a point against a plane of the ground.
    const movingX = v128.bitselect(planeX, fixedX, isOfBody);
    const movingY = v128.bitselect(planeY, fixedY, isOfBody);
    const movedX = f32x4.add(turnedX(s, c, movingX, movingY), originX);
    const movedY = f32x4.add(turnedY(s, c, movingX, movingY), originY);
    const x = v128.bitselect(fixedX, movedX, isOfBody);
    const y = v128.bitselect(fixedY, movedY, isOfBody);
    const fromX = f32x4.sub(x, v128.bitselect(movedX, planeX, isOfBody));
    const fromY = f32x4.sub(y, v128.bitselect(movedY, planeY, isOfBody));
    const height = f32x4.add(f32x4.mul(fromX, nx), f32x4.mul(fromY, ny));
    const separation = f32x4.sub(f32x4.sub(height, skin), skin);
    lowest = v128.bitselect(f32x4.pmin(lowest, separation), lowest, isPoint);
    const sign = v128.and(isOfBody, v128.load32_splat(FACTORS, 12));
    const pushX = v128.xor(nx, sign);
    const pushY = v128.xor(ny, sign);
    const rx = f32x4.sub(x, cx);
    const ry = f32x4.sub(y, cy);
    const error = f32x4.mul(f32x4.splat(share), f32x4.add(separation, v128.load32_splat(FACTORS, 4)));
    const overlap = f32x4.pmax(f32x4.pmin(zero, error), v128.load32_splat(FACTORS, 8));
    const isOverlap = v128.and(isPoint, f32x4.ne(overlap, zero));
    const rn = f32x4.sub(f32x4.mul(rx, pushY), f32x4.mul(ry, pushX));
    const impulse = f32x4.div(f32x4.neg(overlap), f32x4.add(m, f32x4.mul(f32x4.mul(i, rn), rn)));
    const px = f32x4.mul(impulse, pushX);
    const py = f32x4.mul(impulse, pushY);
    const torque = f32x4.sub(f32x4.mul(rx, py), f32x4.mul(ry, px));
    cx = v128.bitselect(f32x4.add(cx, f32x4.mul(m, px)), cx, isOverlap);
    cy = v128.bitselect(f32x4.add(cy, f32x4.mul(m, py)), cy, isOverlap);
    a = v128.bitselect(f32x4.add(a, f32x4.mul(i, torque)), a, isOverlap);
  }
  v128.store(at, cx);
  v128.store(at, cy, 16);
  v128.store(at, a, 32);
  return lowest;
}
