/** Joints in the position solver, in four worlds at once; twin of position-solver.ts of the environment. */
import { highLimit, lowerAnchor, lowerOf, lowLimit, referenceOf, upperAnchor, upperOf } from "./hinges";
import { ANGULAR_SLOP, centreX, centreY, inertiaOf, LINEAR_SLOP, massOf, MAX_ANGULAR_CORRECTION, motorMassOf } from "./shapes";
import { turnAll } from "./sine";

/** Rows of the bodies, then for each joint: all bits set where it is at its lower limit, at its upper one. */
export const ROWS: usize = memory.data(368, 16);
export const LIMITS: usize = ROWS + 240;
const TURNS: usize = memory.data(64, 16);

// @ts-ignore: decorator
@inline
export function rowsOf(body: i32): usize {
  return ROWS + <usize>body * 48;
}

/** One round for all joints in all places. @returns a bit for each place, set where all joints were good enough before */
export function correctJoints(): i32 {
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
