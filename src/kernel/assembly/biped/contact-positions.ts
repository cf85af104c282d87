/** Contacts in the position solver, in four worlds at once; twin of position-solver.ts of the environment. */
import { BODIES, Body, Contact } from "./layout";
import {
  bodyAt,
  countAt,
  FIRST_POINT,
  FIXED_X,
  FIXED_Y,
  IS_OF_BODY,
  IS_POINT,
  MOVING_X,
  MOVING_Y,
  NORMAL_X,
  NORMAL_Y,
  POINT,
  slotAt,
  writeSlot,
} from "./places";
import { BAUMGARTE, inertiaOf, massOf } from "./shapes";
import { turnAll } from "../physics/sine";

// Constants, read from memory, one instruction each (see ../math.ts).
/** x and y of the centre of mass of the hull, of others. */
const CENTRES: usize = memory.data<f32>([-0.020036437, -0.0056466404, 0.0, 0.0]);
/** Skin, overlap allowed, the most that is corrected at once; m. */
const FACTORS: usize = memory.data<f32>([0.01, 0.005, -0.2]);
const TURNS: usize = memory.data(32, 16);
/** Rows of a body alone and of its contact, in their first lane. */
const ALONE: usize = memory.data(48, 16);
const SLOT: usize = memory.data(208, 16);

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
  const isOfBody = v128.load(slot, IS_OF_BODY);
  const centre = CENTRES + (body == 0 ? 0 : 8);
  const skin = v128.load32_splat(FACTORS);
  const zero = f32x4.splat(0);
  let lowest = least;
  for (let point = slot + FIRST_POINT, end = point + 2 * POINT; point < end; point += POINT) {
    const isPoint = v128.load(point, IS_POINT);
    if (i32x4.bitmask(isPoint) == 0) break;
    turnAll(v128.load(at, 32), TURNS);
    const s = v128.load(TURNS);
    const c = v128.load(TURNS, 16);
    const cx = v128.load(at);
    const cy = v128.load(at, 16);
    const centreOfX = v128.load32_splat(centre);
    const centreOfY = v128.load32_splat(centre, 4);
    const movingX = v128.load(point, MOVING_X);
    const movingY = v128.load(point, MOVING_Y);
    const movedX = f32x4.add(turnedX(s, c, movingX, movingY), f32x4.sub(cx, turnedX(s, c, centreOfX, centreOfY)));
    const movedY = f32x4.add(turnedY(s, c, movingX, movingY), f32x4.sub(cy, turnedY(s, c, centreOfX, centreOfY)));
    const fixedX = v128.load(point, FIXED_X);
    const fixedY = v128.load(point, FIXED_Y);
    let nx = v128.load(slot, NORMAL_X);
    let ny = v128.load(slot, NORMAL_Y);
    let rx = f32x4.sub(movedX, cx);
    let ry = f32x4.sub(movedY, cy);
    if (i32x4.bitmask(isOfBody) != 0) {
      // A plane of the body moves with it; the point stays.
      const turned = turnedX(s, c, nx, ny);
      ny = v128.bitselect(turnedY(s, c, nx, ny), ny, isOfBody);
      nx = v128.bitselect(turned, nx, isOfBody);
      rx = v128.bitselect(f32x4.sub(fixedX, cx), rx, isOfBody);
      ry = v128.bitselect(f32x4.sub(fixedY, cy), ry, isOfBody);
    }
    const height = f32x4.add(f32x4.mul(f32x4.sub(movedX, fixedX), nx), f32x4.mul(f32x4.sub(movedY, fixedY), ny));
    const separation = f32x4.sub(f32x4.sub(height, skin), skin);
    lowest = f32x4.pmin(lowest, v128.and(separation, isPoint));
    const error = f32x4.mul(f32x4.splat(share), f32x4.add(separation, v128.load32_splat(FACTORS, 4)));
    const overlap = f32x4.pmax(f32x4.pmin(zero, error), v128.load32_splat(FACTORS, 8));
    const rn = f32x4.sub(f32x4.mul(rx, ny), f32x4.mul(ry, nx));
    const i = inertiaOf(body);
    const felt = f32x4.add(massOf(body), f32x4.mul(f32x4.mul(i, rn), rn));
    // Along the normal, negative.
    const impulse = v128.and(isPoint, f32x4.div(overlap, felt));
    const px = f32x4.mul(impulse, nx);
    const py = f32x4.mul(impulse, ny);
    v128.store(at, f32x4.sub(cx, f32x4.mul(massOf(body), px)));
    v128.store(at, f32x4.sub(cy, f32x4.mul(massOf(body), py)), 16);
    const torque = f32x4.sub(f32x4.mul(rx, py), f32x4.mul(ry, px));
    v128.store(at, f32x4.sub(v128.load(at, 32), f32x4.mul(inertiaOf(body), torque)), 32);
  }
  return lowest;
}
