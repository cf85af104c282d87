/**
 * The velocity solver for four lanes at a time; twin of `solveJoint` and `solveContact` of the environment.
 *
 * Several blocks are solved joint by joint in turn: what one waits for hides behind the work of the others.
 */
import * as rows from "./block";
import { lowerOf, upperOf } from "./hinges";
import { frictionOf, inertiaOf, massOf, motorMassOf, turningOf, VELOCITY_ROUNDS } from "./shapes";

/** Solves `count` blocks, which lie `stride` bytes apart, to the end. */
export function solveVelocities(blocks: usize, count: i32, stride: usize): void {
  const end = blocks + <usize>count * stride;
  let slots = 0;
  for (let block = blocks; block < end; block += stride) slots = max<i32>(slots, rows.slotCount(block));
  for (let round = 0; round < VELOCITY_ROUNDS; round++) {
    // The order of joints is part of the result.
    for (let block = blocks; block < end; block += stride) solveJoint(block, 3);
    for (let block = blocks; block < end; block += stride) solveJoint(block, 2);
    for (let block = blocks; block < end; block += stride) solveJoint(block, 0);
    for (let block = blocks; block < end; block += stride) solveJoint(block, 1);
    for (let slot = 0; slot < slots; slot++) {
      for (let block = blocks; block < end; block += stride) {
        if (slot < rows.slotCount(block)) solveContact(block, rows.slotAt(block, slot));
      }
    }
  }
}

/** Solves the contacts of a block alone, until a round changes nothing any more. */
export function solveImpact(block: usize): void {
  const slots = rows.slotCount(block);
  for (let round = 0; round < VELOCITY_ROUNDS; round++) {
    let changed = f32x4.splat(0);
    for (let slot = 0; slot < slots; slot++) changed = v128.or(changed, solveContact(block, rows.slotAt(block, slot)));
    if (!v128.any_true(f32x4.ne(changed, f32x4.splat(0)))) return;
  }
}

// @ts-ignore: decorator
@inline
function dot3(ax: v128, ay: v128, az: v128, bx: v128, by: v128, bz: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(ax, bx), f32x4.mul(ay, by)), f32x4.mul(az, bz));
}

// @ts-ignore: decorator
@inline
function cross(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f32x4.sub(f32x4.mul(ax, by), f32x4.mul(ay, bx));
}

/** max(low, min(value, high)), as Box2D limits. */
// @ts-ignore: decorator
@inline
function limit(value: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(high, value), low);
}

// @ts-ignore: decorator
@inline
function solveJoint(block: usize, joint: i32): void {
  const at = rows.jointAt(block, joint);
  const a = rows.velocityAt(block, upperOf(joint));
  const b = rows.velocityAt(block, lowerOf(joint));
  const mA = massOf(upperOf(joint));
  const iA = inertiaOf(upperOf(joint));
  const mB = massOf(lowerOf(joint));
  const iB = inertiaOf(lowerOf(joint));
  let wA = v128.load(a, 32);
  let wB = v128.load(b, 32);

  const spin = f32x4.sub(f32x4.sub(wB, wA), v128.load(at, rows.SPEED));
  const before = v128.load(at, rows.MOTOR);
  const most = v128.load(at, rows.MOST_MOTOR);
  const push = f32x4.mul(motorMassOf(joint), spin);
  const motor = limit(f32x4.add(before, push), v128.load(at, rows.LEAST_MOTOR), most);
  const change = f32x4.sub(motor, before);
  v128.store(at, motor, rows.MOTOR);
  wA = f32x4.sub(wA, f32x4.mul(iA, change));
  wB = f32x4.add(wB, f32x4.mul(iB, change));

  const vAx = v128.load(a);
  const vAy = v128.load(a, 16);
  const vBx = v128.load(b);
  const vBy = v128.load(b, 16);
  const rAx = v128.load(at, rows.RAX);
  const rAy = v128.load(at, rows.RAY);
  const rBx = v128.load(at, rows.RBX);
  const rBy = v128.load(at, rows.RBY);
  const cx = f32x4.add(f32x4.sub(f32x4.sub(vBx, f32x4.mul(wB, rBy)), vAx), f32x4.mul(wA, rAy));
  const cy = f32x4.sub(f32x4.sub(f32x4.add(vBy, f32x4.mul(wB, rBx)), vAy), f32x4.mul(wA, rAx));
  const k11 = v128.load(at, rows.K11);
  const k12 = v128.load(at, rows.K12);
  const k22 = v128.load(at, rows.K22);
  const inverse2 = v128.load(at, rows.INVERSE_2);
  let x: v128;
  let y: v128;
  let torqueA: v128;
  let torqueB: v128;
  if (rows.isAnyLimit(block, joint)) {
    const k13 = v128.load(at, rows.K13);
    const k23 = v128.load(at, rows.K23);
    const k33 = turningOf(joint);
    const cz = f32x4.sub(wB, wA);
    const inverse3 = v128.load(at, rows.INVERSE_3);
    const x3 = f32x4.mul(
      inverse3,
      dot3(cx, cy, cz, v128.load(at, rows.NX), v128.load(at, rows.NY), v128.load(at, rows.NZ)),
    );
    const y3 = f32x4.mul(inverse3, dot3(k11, k12, k13, cross(cy, cz, k23, k33), cross(cz, cx, k33, k13), cross(cx, cy, k13, k23)));
    const z3 = f32x4.mul(inverse3, dot3(k11, k12, k13, cross(k22, k23, cy, cz), cross(k23, k12, cz, cx), cross(k12, k22, cx, cy)));
    const kept = v128.load(at, rows.IMPULSE_Z);
    const total = f32x4.add(kept, z3);
    const zero = f32x4.splat(0);
    const lower = v128.load(at, rows.AT_LOWER);
    const upper = v128.load(at, rows.AT_UPPER);
    const active = v128.or(lower, upper);
    // Where the limit would have to pull it is let go.
    const freed = v128.or(v128.and(lower, f32x4.lt(total, zero)), v128.and(upper, f32x4.gt(total, zero)));
    const held = v128.andnot(active, freed);
    const bx = f32x4.sub(v128.and(freed, f32x4.mul(kept, k13)), cx);
    const by = f32x4.sub(v128.and(freed, f32x4.mul(kept, k23)), cy);
    const x2 = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k22, bx), f32x4.mul(k12, by)));
    const y2 = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k11, by), f32x4.mul(k12, bx)));
    x = v128.bitselect(x3, x2, held);
    y = v128.bitselect(y3, y2, held);
    const z = v128.and(active, v128.bitselect(z3, f32x4.neg(kept), held));
    v128.store(at, v128.and(held, total), rows.IMPULSE_Z);
    torqueA = f32x4.add(cross(rAx, rAy, x, y), z);
    torqueB = f32x4.add(cross(rBx, rBy, x, y), z);
  } else {
    x = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k12, cy), f32x4.mul(k22, cx)));
    y = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k12, cx), f32x4.mul(k11, cy)));
    torqueA = cross(rAx, rAy, x, y);
    torqueB = cross(rBx, rBy, x, y);
  }
  v128.store(at, f32x4.add(v128.load(at, rows.IMPULSE_X), x), rows.IMPULSE_X);
  v128.store(at, f32x4.add(v128.load(at, rows.IMPULSE_Y), y), rows.IMPULSE_Y);
  v128.store(a, f32x4.sub(vAx, f32x4.mul(mA, x)));
  v128.store(a, f32x4.sub(vAy, f32x4.mul(mA, y)), 16);
  v128.store(a, f32x4.sub(wA, f32x4.mul(iA, torqueA)), 32);
  v128.store(b, f32x4.add(vBx, f32x4.mul(mB, x)));
  v128.store(b, f32x4.add(vBy, f32x4.mul(mB, y)), 16);
  v128.store(b, f32x4.add(wB, f32x4.mul(iB, torqueB)), 32);
}

/** One round for a contact of each lane. @returns bits that are all zero where no impulse changed */
function solveContact(block: usize, at: usize): v128 {
  const body = rows.slotBody(at);
  const v = rows.velocityAt(block, body);
  const m = massOf(body);
  const i = inertiaOf(body);
  const friction = frictionOf(body);
  let vx = v128.load(v);
  let vy = v128.load(v, 16);
  let w = v128.load(v, 32);
  const nx = v128.load(at, rows.NORMAL_X);
  const ny = v128.load(at, rows.NORMAL_Y);
  const isBlock = rows.isAnyBlock(at);
  const points = isBlock ? 2 : 1;
  let changed = f32x4.splat(0);
  for (let index = 0, from = at; index < points; index++, from += rows.POINT) {
    const rx = v128.load(from, rows.R_X);
    const ry = v128.load(from, rows.R_Y);
    const before = v128.load(from, rows.TANGENT_IMPULSE);
    const most = f32x4.mul(friction, v128.load(from, rows.NORMAL_IMPULSE));
    // The tangent is (ny, -nx).
    const speed = f32x4.sub(
      f32x4.mul(f32x4.sub(vx, f32x4.mul(w, ry)), ny),
      f32x4.mul(f32x4.add(vy, f32x4.mul(w, rx)), nx),
    );
    const wanted = f32x4.sub(before, f32x4.mul(v128.load(from, rows.TANGENT_MASS), speed));
    const impulse = limit(wanted, f32x4.neg(most), most);
    const change = f32x4.sub(impulse, before);
    v128.store(from, impulse, rows.TANGENT_IMPULSE);
    const px = f32x4.mul(change, ny);
    const py = f32x4.neg(f32x4.mul(change, nx));
    vx = f32x4.add(vx, f32x4.mul(m, px));
    vy = f32x4.add(vy, f32x4.mul(m, py));
    w = f32x4.add(w, f32x4.mul(i, cross(rx, ry, px, py)));
    changed = v128.or(changed, change);
  }
  const zero = f32x4.splat(0);
  const r1x = v128.load(at, rows.R_X);
  const r1y = v128.load(at, rows.R_Y);
  const a1 = v128.load(at, rows.NORMAL_IMPULSE);
  const mass1 = v128.load(at, rows.NORMAL_MASS);
  const speed1 = speedAlong(vx, vy, w, r1x, r1y, nx, ny);
  // max(wanted, 0)
  let x1 = f32x4.pmax(zero, f32x4.sub(a1, f32x4.mul(mass1, speed1)));
  if (isBlock) {
    const r2x = v128.load(at, rows.R_X + rows.POINT);
    const r2y = v128.load(at, rows.R_Y + rows.POINT);
    const a2 = v128.load(at, rows.NORMAL_IMPULSE + rows.POINT);
    const mass2 = v128.load(at, rows.NORMAL_MASS + rows.POINT);
    const k12 = v128.load(at, rows.B_K12);
    const both = v128.load(at, rows.IS_BLOCK);
    const speed2 = speedAlong(vx, vy, w, r2x, r2y, nx, ny);
    const b1 = f32x4.sub(speed1, f32x4.add(f32x4.mul(v128.load(at, rows.B_K11), a1), f32x4.mul(k12, a2)));
    const b2 = f32x4.sub(speed2, f32x4.add(f32x4.mul(k12, a1), f32x4.mul(v128.load(at, rows.B_K22), a2)));
    const i12 = v128.load(at, rows.B_I12);
    const both1 = f32x4.neg(f32x4.add(f32x4.mul(v128.load(at, rows.B_I11), b1), f32x4.mul(i12, b2)));
    const both2 = f32x4.neg(f32x4.add(f32x4.mul(i12, b1), f32x4.mul(v128.load(at, rows.B_I22), b2)));
    const only1 = f32x4.neg(f32x4.mul(mass1, b1));
    const only2 = f32x4.neg(f32x4.mul(mass2, b2));
    const isBoth = v128.and(f32x4.ge(both1, zero), f32x4.ge(both2, zero));
    const isFirst = v128.and(f32x4.ge(only1, zero), f32x4.ge(f32x4.add(f32x4.mul(k12, only1), b2), zero));
    const isSecond = v128.and(f32x4.ge(only2, zero), f32x4.ge(f32x4.add(f32x4.mul(k12, only2), b1), zero));
    const isNone = v128.and(f32x4.ge(b1, zero), f32x4.ge(b2, zero));
    // From the last choice to the first.
    let c1 = v128.bitselect(zero, a1, isNone);
    let c2 = v128.bitselect(zero, a2, isNone);
    c1 = v128.andnot(c1, isSecond);
    c2 = v128.bitselect(only2, c2, isSecond);
    c1 = v128.bitselect(only1, c1, isFirst);
    c2 = v128.andnot(c2, isFirst);
    c1 = v128.bitselect(both1, c1, isBoth);
    c2 = v128.bitselect(both2, c2, isBoth);
    x1 = v128.bitselect(c1, x1, both);
    const x2 = v128.bitselect(c2, a2, both);
    const d1 = f32x4.sub(x1, a1);
    const d2 = f32x4.sub(x2, a2);
    const p1x = f32x4.mul(d1, nx);
    const p1y = f32x4.mul(d1, ny);
    const p2x = f32x4.mul(d2, nx);
    const p2y = f32x4.mul(d2, ny);
    v128.store(v, f32x4.add(vx, f32x4.mul(m, f32x4.add(p1x, p2x))));
    v128.store(v, f32x4.add(vy, f32x4.mul(m, f32x4.add(p1y, p2y))), 16);
    v128.store(v, f32x4.add(w, f32x4.mul(i, f32x4.add(cross(r1x, r1y, p1x, p1y), cross(r2x, r2y, p2x, p2y)))), 32);
    v128.store(at, x1, rows.NORMAL_IMPULSE);
    v128.store(at, x2, rows.NORMAL_IMPULSE + rows.POINT);
    return v128.or(changed, v128.or(d1, d2));
  }
  const d1 = f32x4.sub(x1, a1);
  const px = f32x4.mul(d1, nx);
  const py = f32x4.mul(d1, ny);
  v128.store(v, f32x4.add(vx, f32x4.mul(m, px)));
  v128.store(v, f32x4.add(vy, f32x4.mul(m, py)), 16);
  v128.store(v, f32x4.add(w, f32x4.mul(i, cross(r1x, r1y, px, py))), 32);
  v128.store(at, x1, rows.NORMAL_IMPULSE);
  return v128.or(changed, d1);
}

// @ts-ignore: decorator
@inline
function speedAlong(vx: v128, vy: v128, w: v128, rx: v128, ry: v128, x: v128, y: v128): v128 {
  return f32x4.add(
    f32x4.mul(f32x4.sub(vx, f32x4.mul(w, ry)), x),
    f32x4.mul(f32x4.add(vy, f32x4.mul(w, rx)), y),
  );
}
