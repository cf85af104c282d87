/** Contacts in the velocity solver, in four lanes; twin of `solveContact` of contact-solver.ts of the environment. */
import { crossAll, limitAll } from "../physics/lanes";
import * as rows from "./block";
import { frictionOf, inertiaOf, massOf, slipOf } from "./shapes";

/** A round's friction at the first or the second point of a slot, if any lane has it. @returns what impulses changed by */
// @ts-ignore: decorator
@inline
export function solveFriction(block: usize, slot: usize, isSecond: bool): v128 {
  if (isSecond && !rows.isAnyBlock(slot)) return f32x4.splat(0);
  const body = rows.slotBody(slot);
  const v = rows.velocityAt(block, body);
  const at = isSecond ? slot + rows.POINT : slot;
  const vx = v128.load(v);
  const vy = v128.load(v, 16);
  const w = v128.load(v, 32);
  const nx = v128.load(slot, rows.NORMAL_X);
  const ny = v128.load(slot, rows.NORMAL_Y);
  const rx = v128.load(at, rows.R_X);
  const ry = v128.load(at, rows.R_Y);
  const normal = v128.load(at, rows.NORMAL_IMPULSE);
  const before = v128.load(at, rows.TANGENT_IMPULSE);
  // The tangent is (ny, -nx).
  const speed = f32x4.sub(
    f32x4.mul(f32x4.sub(vx, f32x4.mul(w, ry)), ny),
    f32x4.mul(f32x4.add(vy, f32x4.mul(w, rx)), nx),
  );
  const wanted = f32x4.sub(before, f32x4.mul(v128.load(at, rows.TANGENT_MASS), speed));
  const impulse = limitAll(wanted, f32x4.mul(slipOf(body), normal), f32x4.mul(frictionOf(body), normal));
  const change = f32x4.sub(impulse, before);
  v128.store(at, impulse, rows.TANGENT_IMPULSE);
  const x = f32x4.mul(change, ny);
  const down = f32x4.mul(change, nx);
  v128.store(v, f32x4.add(vx, f32x4.mul(massOf(body), x)));
  v128.store(v, f32x4.sub(vy, f32x4.mul(massOf(body), down)), 16);
  const torque = f32x4.add(f32x4.mul(rx, down), f32x4.mul(ry, x));
  v128.store(v, f32x4.sub(w, f32x4.mul(inertiaOf(body), torque)), 32);
  return change;
}

/** What pushes apart in a round, at one point or at two together. @returns bits that are all zero where no impulse changed */
// @ts-ignore: decorator
@inline
export function solveNormal(block: usize, slot: usize): v128 {
  const body = rows.slotBody(slot);
  const v = rows.velocityAt(block, body);
  return rows.isAnyBlock(slot) ? solvePoints(v, slot, body) : solvePoint(v, slot, body);
}

// @ts-ignore: decorator
@inline
function solvePoint(v: usize, at: usize, body: i32): v128 {
  const vx = v128.load(v);
  const vy = v128.load(v, 16);
  const w = v128.load(v, 32);
  const nx = v128.load(at, rows.NORMAL_X);
  const ny = v128.load(at, rows.NORMAL_Y);
  const rx = v128.load(at, rows.R_X);
  const ry = v128.load(at, rows.R_Y);
  const before = v128.load(at, rows.NORMAL_IMPULSE);
  const wanted = f32x4.sub(before, f32x4.mul(v128.load(at, rows.NORMAL_MASS), speedAlong(vx, vy, w, rx, ry, nx, ny)));
  // max(wanted, 0)
  const impulse = f32x4.pmax(f32x4.splat(0), wanted);
  const change = f32x4.sub(impulse, before);
  v128.store(at, impulse, rows.NORMAL_IMPULSE);
  const x = f32x4.mul(change, nx);
  const y = f32x4.mul(change, ny);
  v128.store(v, f32x4.add(vx, f32x4.mul(massOf(body), x)));
  v128.store(v, f32x4.add(vy, f32x4.mul(massOf(body), y)), 16);
  v128.store(v, f32x4.add(w, f32x4.mul(inertiaOf(body), crossAll(rx, ry, x, y))), 32);
  return change;
}

/** Two points together; in lanes that have one only, that. */
// @ts-ignore: decorator
@inline
function solvePoints(v: usize, at: usize, body: i32): v128 {
  const vx = v128.load(v);
  const vy = v128.load(v, 16);
  const w = v128.load(v, 32);
  const nx = v128.load(at, rows.NORMAL_X);
  const ny = v128.load(at, rows.NORMAL_Y);
  const a1 = v128.load(at, rows.NORMAL_IMPULSE);
  const a2 = v128.load(at, rows.NORMAL_IMPULSE + rows.POINT);
  const k12 = v128.load(at, rows.B_K12);
  const speed1 = speedAlong(vx, vy, w, v128.load(at, rows.R_X), v128.load(at, rows.R_Y), nx, ny);
  const speed2 = speedAlong(vx, vy, w, v128.load(at, rows.R_X + rows.POINT), v128.load(at, rows.R_Y + rows.POINT), nx, ny);
  // -b of the problem K x + b >= 0.
  const b1 = f32x4.sub(f32x4.add(f32x4.mul(v128.load(at, rows.B_K11), a1), f32x4.mul(k12, a2)), speed1);
  const b2 = f32x4.sub(f32x4.add(f32x4.mul(k12, a1), f32x4.mul(v128.load(at, rows.B_K22), a2)), speed2);
  const i12 = v128.load(at, rows.B_I12);
  const mass1 = v128.load(at, rows.NORMAL_MASS);
  const zero = f32x4.splat(0);
  const both1 = f32x4.add(f32x4.mul(v128.load(at, rows.B_I11), b1), f32x4.mul(i12, b2));
  const both2 = f32x4.add(f32x4.mul(i12, b1), f32x4.mul(v128.load(at, rows.B_I22), b2));
  const only1 = f32x4.mul(mass1, b1);
  const only2 = f32x4.mul(v128.load(at, rows.NORMAL_MASS + rows.POINT), b2);
  const isBoth = v128.and(f32x4.ge(both1, zero), f32x4.ge(both2, zero));
  const isFirst = v128.and(f32x4.ge(only1, zero), f32x4.ge(f32x4.mul(k12, only1), b2));
  const isSecond = v128.and(f32x4.ge(only2, zero), f32x4.ge(f32x4.mul(k12, only2), b1));
  const isNone = v128.and(f32x4.le(b1, zero), f32x4.le(b2, zero));
  // From the last choice to the first; where none is consistent impulses stay.
  let x1 = v128.andnot(a1, v128.or(isNone, isSecond));
  let x2 = v128.bitselect(only2, v128.andnot(a2, isNone), isSecond);
  x1 = v128.bitselect(only1, x1, isFirst);
  x2 = v128.andnot(x2, isFirst);
  x1 = v128.bitselect(both1, x1, isBoth);
  x2 = v128.bitselect(both2, x2, isBoth);
  const single = f32x4.pmax(zero, f32x4.sub(a1, f32x4.mul(mass1, speed1)));
  x1 = v128.bitselect(x1, single, v128.load(at, rows.IS_BLOCK));
  const d1 = f32x4.sub(x1, a1);
  const d2 = f32x4.sub(x2, a2);
  v128.store(at, x1, rows.NORMAL_IMPULSE);
  v128.store(at, x2, rows.NORMAL_IMPULSE + rows.POINT);
  const x1x = f32x4.mul(d1, nx);
  const x1y = f32x4.mul(d1, ny);
  const x2x = f32x4.mul(d2, nx);
  const x2y = f32x4.mul(d2, ny);
  v128.store(v, f32x4.add(vx, f32x4.mul(massOf(body), f32x4.add(x1x, x2x))));
  v128.store(v, f32x4.add(vy, f32x4.mul(massOf(body), f32x4.add(x1y, x2y))), 16);
  const torque1 = crossAll(v128.load(at, rows.R_X), v128.load(at, rows.R_Y), x1x, x1y);
  const torque2 = crossAll(v128.load(at, rows.R_X + rows.POINT), v128.load(at, rows.R_Y + rows.POINT), x2x, x2y);
  v128.store(v, f32x4.add(w, f32x4.mul(inertiaOf(body), f32x4.add(torque1, torque2))), 32);
  return v128.or(d1, d2);
}

// @ts-ignore: decorator
@inline
function speedAlong(vx: v128, vy: v128, w: v128, rx: v128, ry: v128, x: v128, y: v128): v128 {
  return f32x4.add(
    f32x4.mul(f32x4.sub(vx, f32x4.mul(w, ry)), x),
    f32x4.mul(f32x4.add(vy, f32x4.mul(w, rx)), y),
  );
}
