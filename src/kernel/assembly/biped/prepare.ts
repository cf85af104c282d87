/** Constraints of joints and contacts, written into a lane of a block; twin of joint-solver.ts and contact-solver.ts of the environment. */
import { cross, dot, placeX, placeY, turnX, turnY } from "../physics/pose";
import * as rows from "./block";
import { highLimit, jointAngle, lowerAnchor, lowerOf, lowLimit, upperAnchor, upperOf } from "./hinges";
import { Body, bodyOf, Contact, Joint, jointOf, pointOf, poseOf } from "./layout";
import { centreX, centreY, inverseInertia, inverseMass, SKIN, TIME_STEP } from "./shapes";

const MAX_CONDITION: f32 = 1000;
// @ts-ignore: decorator
@inline
export function leverX(body: Body, y: f32): f32 {
  return turnX(poseOf(body), -centreX(body.index), y - centreY(body.index));
}

// @ts-ignore: decorator
@inline
export function leverY(body: Body, y: f32): f32 {
  return turnY(poseOf(body), -centreX(body.index), y - centreY(body.index));
}

// @ts-ignore: decorator
@inline
function dot3(ax: f32, ay: f32, az: f32, bx: f32, by: f32, bz: f32): f32 {
  return ax * bx + ay * by + az * bz;
}

/** Writes the constraint of a joint, and applies the impulses of the step before. @param at first byte of the lane in the block */
export function prepareJoint(world: usize, block: usize, lane: usize, index: i32): void {
  const joint = jointOf(world, index);
  const a = bodyOf(world, upperOf(index));
  const b = bodyOf(world, lowerOf(index));
  const mA = inverseMass(a.index);
  const iA = inverseInertia(a.index);
  const mB = inverseMass(b.index);
  const iB = inverseInertia(b.index);
  const rAx = leverX(a, upperAnchor(index));
  const rAy = leverY(a, upperAnchor(index));
  const rBx = leverX(b, lowerAnchor());
  const rBy = leverY(b, lowerAnchor());
  const angle = jointAngle(world, index);
  const state = angle <= lowLimit(index) ? 1 : angle >= highLimit(index) ? 2 : 0;
  if (state != joint.limit || state == 0) joint.z = 0;
  joint.limit = state;
  const m = mA + mB;
  const k11 = m + rAy * rAy * iA + rBy * rBy * iB;
  const k12 = -rAy * rAx * iA - rBy * rBx * iB;
  const k13 = -rAy * iA - rBy * iB;
  const k22 = m + rAx * rAx * iA + rBx * rBx * iB;
  const k23 = rAx * iA + rBx * iB;
  const k33 = iA + iB;
  const nx = k22 * k33 - k23 * k23;
  const ny = k23 * k13 - k12 * k33;
  const nz = k12 * k23 - k22 * k13;
  const at = rows.jointAt(block, index) + lane;
  store<f32>(at + rows.RAX, rAx);
  store<f32>(at + rows.RAY, rAy);
  store<f32>(at + rows.RBX, rBx);
  store<f32>(at + rows.RBY, rBy);
  store<f32>(at + rows.K11, k11);
  store<f32>(at + rows.K12, k12);
  store<f32>(at + rows.K13, k13);
  store<f32>(at + rows.K22, k22);
  store<f32>(at + rows.K23, k23);
  store<f32>(at + rows.NX, nx);
  store<f32>(at + rows.NY, ny);
  store<f32>(at + rows.NZ, nz);
  store<f32>(at + rows.INVERSE_2, <f32>1 / (k11 * k22 - k12 * k12));
  store<f32>(at + rows.INVERSE_3, <f32>-1 / dot3(k11, k12, k13, nx, ny, nz));
  const most = TIME_STEP * joint.torque;
  store<f32>(at + rows.MOST_MOTOR, most);
  store<f32>(at + rows.LEAST_MOTOR, -most);
  store<f32>(at + rows.SPEED, joint.speed);
  store<i32>(at + rows.IS_LIMITED, state != 0 ? -1 : 0);
  store<u32>(at + rows.LIMIT_SIGN, state == 2 ? 0x80000000 : 0);
  if (state != 0) rows.setAnyLimit(block, index);
  const x = joint.x;
  const y = joint.y;
  const z = joint.z;
  const motor = joint.motor;
  store<f32>(at + rows.IMPULSE_X, x);
  store<f32>(at + rows.IMPULSE_Y, y);
  store<f32>(at + rows.IMPULSE_Z, z);
  store<f32>(at + rows.MOTOR, motor);
  a.vx -= mA * x;
  a.vy -= mA * y;
  a.w -= iA * (cross(rAx, rAy, x, y) + motor + z);
  b.vx += mB * x;
  b.vy += mB * y;
  b.w += iB * (cross(rBx, rBy, x, y) + motor + z);
}

/** Keeps the impulses of a joint. */
export function storeJoint(joint: Joint, at: usize): void {
  joint.x = load<f32>(at + rows.IMPULSE_X);
  joint.y = load<f32>(at + rows.IMPULSE_Y);
  joint.z = load<f32>(at + rows.IMPULSE_Z);
  joint.motor = load<f32>(at + rows.MOTOR);
}

/** Writes the constraint of a contact where its body is now. @param at first byte of the lane in the slot */
export function prepareContact(contact: Contact, body: Body, slot: usize, lane: usize, isWarm: bool): void {
  const pose = poseOf(body);
  const m = inverseMass(body.index);
  const i = inverseInertia(body.index);
  const isOfBody = contact.isOfBody != 0;
  let nx = isOfBody ? turnX(pose, contact.nx, contact.ny) : contact.nx;
  let ny = isOfBody ? turnY(pose, contact.nx, contact.ny) : contact.ny;
  const planeX = isOfBody ? placeX(pose, contact.px, contact.py) : contact.px;
  const planeY = isOfBody ? placeY(pose, contact.px, contact.py) : contact.py;
  const at = slot + lane;
  const count = contact.points;
  for (let index = 0; index < count; index++) {
    const point = pointOf(contact, index);
    const x = isOfBody ? point.x : placeX(pose, point.x, point.y);
    const y = isOfBody ? point.y : placeY(pose, point.x, point.y);
    const up = SKIN - dot(x - planeX, y - planeY, nx, ny);
    const rx = <f32>0.5 * (x + up * nx + (x - SKIN * nx)) - body.cx;
    const ry = <f32>0.5 * (y + up * ny + (y - SKIN * ny)) - body.cy;
    const to = at + <usize>index * rows.POINT;
    store<f32>(to + rows.R_X, rx);
    store<f32>(to + rows.R_Y, ry);
    const rn = cross(rx, ry, nx, ny);
    const rt = cross(rx, ry, ny, -nx);
    store<f32>(to + rows.NORMAL_MASS, <f32>1 / (m + i * rn * rn));
    store<f32>(to + rows.TANGENT_MASS, <f32>1 / (m + i * rt * rt));
    store<f32>(to + rows.NORMAL_IMPULSE, isWarm ? point.normalImpulse : 0);
    store<f32>(to + rows.TANGENT_IMPULSE, isWarm ? point.tangentImpulse : 0);
  }
  if (isOfBody) {
    nx = -nx;
    ny = -ny;
  }
  store<f32>(at + rows.NORMAL_X, nx);
  store<f32>(at + rows.NORMAL_Y, ny);
  if (count < 2) return;
  const rn1 = cross(load<f32>(at + rows.R_X), load<f32>(at + rows.R_Y), nx, ny);
  const rn2 = cross(load<f32>(at + rows.R_X + rows.POINT), load<f32>(at + rows.R_Y + rows.POINT), nx, ny);
  const k11 = m + i * rn1 * rn1;
  const k22 = m + i * rn2 * rn2;
  const k12 = m + i * rn1 * rn2;
  const determinant = k11 * k22 - k12 * k12;
  if (k11 * k11 < MAX_CONDITION * determinant) {
    const inverse = <f32>1 / determinant;
    store<f32>(at + rows.B_K11, k11);
    store<f32>(at + rows.B_K12, k12);
    store<f32>(at + rows.B_K22, k22);
    store<f32>(at + rows.B_I11, inverse * k22);
    store<f32>(at + rows.B_I12, -inverse * k12);
    store<f32>(at + rows.B_I22, inverse * k11);
    store<i32>(at + rows.IS_BLOCK, -1);
    rows.setAnyBlock(slot);
    return;
  }
  // The second point takes no part.
  for (let row = rows.R_X; row <= rows.TANGENT_IMPULSE; row += 16) store<f32>(at + row + rows.POINT, 0);
}

/** Applies the impulses that a contact begins with. @param at first byte of the lane in the slot */
export function warmStartContact(body: Body, at: usize): void {
  const nx = load<f32>(at + rows.NORMAL_X);
  const ny = load<f32>(at + rows.NORMAL_Y);
  const m = inverseMass(body.index);
  const i = inverseInertia(body.index);
  const points = load<i32>(at + rows.IS_BLOCK) != 0 ? 2 : 1;
  for (let index = 0; index < points; index++) {
    const from = at + <usize>index * rows.POINT;
    const n = load<f32>(from + rows.NORMAL_IMPULSE);
    const t = load<f32>(from + rows.TANGENT_IMPULSE);
    const x = n * nx + t * ny;
    const y = n * ny + t * -nx;
    body.vx += m * x;
    body.vy += m * y;
    body.w += i * cross(load<f32>(from + rows.R_X), load<f32>(from + rows.R_Y), x, y);
  }
}

/** Keeps the impulses of a contact. @param at first byte of the lane in the slot */
export function storeContact(contact: Contact, at: usize): void {
  const points = load<i32>(at + rows.IS_BLOCK) != 0 ? 2 : 1;
  for (let index = 0; index < points; index++) {
    const point = pointOf(contact, index);
    const from = at + <usize>index * rows.POINT;
    point.normalImpulse = load<f32>(from + rows.NORMAL_IMPULSE);
    point.tangentImpulse = load<f32>(from + rows.TANGENT_IMPULSE);
  }
}
