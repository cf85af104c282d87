/** Joints in the position solver, in four worlds at once; twin of position-solver.ts of the environment. */
import { lowerOf, upperOf } from "./hinges";
import { inertiaOf, massOf, motorMassOf } from "./shapes";
import { bodyAt, limitAt } from "./places";
import { turnAll } from "../physics/sine";

// Constants of hinges.ts, read from memory, one instruction each (see ../math.ts).
/** Of each joint the difference of angles that counts as 0, and its limits; the fourth is not used. */
const LIMITS: usize = memory.data<f32>([
  -0.05, -0.8, 1.1, 0.0, 0.0, -1.6, -0.1, 0.0, 0.05, -0.8, 1.1, 0.0, 0.0, -1.6, -0.1, 0.0,
]);
/** From the upper body's centre of mass to its anchor: x (hips), y of hips, of knees; y on the lower body, negative and not. */
const ANCHORS: usize = memory.data<f32>([0.020036437, -0.26102003, -0.56666666, -0.56666666, 0.56666666]);
/** The angle allowed past a limit, and the most that is corrected at once, either way. */
const ANGULAR: usize = memory.data<f32>([0.03490659, -0.13962635, 0.13962635]);
/** The gap allowed, m; and 1. */
const LINEAR: usize = memory.data<f32>([0.005, 1.0]);
const TURNS: usize = memory.data(64, 16);

/** One round for a hip in four places. @returns all bits set where it was good enough before */
export function correctHip(places: usize, joint: i32): v128 {
  return correctJoint(places, joint, true);
}

/** The same for a knee. */
export function correctKnee(places: usize, joint: i32): v128 {
  return correctJoint(places, joint, false);
}

/** max(low, min(value, high)), as Box2D limits. */
// @ts-ignore: decorator
@inline
function limitAll(value: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(high, value), low);
}

// @ts-ignore: decorator
@inline
function crossAll(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f32x4.sub(f32x4.mul(ax, by), f32x4.mul(ay, bx));
}

/** One round for a joint: its limit, then its hinge. @returns all bits set where both were good enough before */
// @ts-ignore: decorator
@inline
function correctJoint(places: usize, joint: i32, isHip: bool): v128 {
  const a = bodyAt(places, upperOf(joint));
  const b = bodyAt(places, lowerOf(joint));
  const upperKind = isHip ? 0 : 1;
  const mA = massOf(upperKind);
  const iA = inertiaOf(upperKind);
  const mB = massOf(isHip ? 1 : 2);
  const iB = inertiaOf(isHip ? 1 : 2);
  let aA = v128.load(a, 32);
  let aB = v128.load(b, 32);
  const lower = v128.load(limitAt(places, joint));
  const upper = v128.load(limitAt(places, joint), 16);
  let good = i32x4.splat(-1);
  if (v128.any_true(v128.or(lower, upper))) {
    const angle = f32x4.sub(f32x4.sub(aB, aA), v128.load32_splat(LIMITS + ((<usize>joint) << 4)));
    const under = f32x4.sub(angle, v128.load32_splat(LIMITS + ((<usize>joint) << 4), 4));
    const over = f32x4.sub(angle, v128.load32_splat(LIMITS + ((<usize>joint) << 4), 8));
    const zero = f32x4.splat(0);
    const slop = v128.load32_splat(ANGULAR);
    const correction = v128.or(
      v128.and(lower, limitAll(f32x4.add(under, slop), v128.load32_splat(ANGULAR, 4), zero)),
      v128.and(upper, limitAll(f32x4.sub(over, slop), zero, v128.load32_splat(ANGULAR, 8))),
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
  const anchorY = v128.load32_splat(ANCHORS + (isHip ? 4 : 8));
  const anchorX = v128.load32_splat(ANCHORS);
  const rAx = isHip ? f32x4.sub(f32x4.mul(cA, anchorX), f32x4.mul(sA, anchorY)) : f32x4.neg(f32x4.mul(sA, anchorY));
  const rAy = isHip ? f32x4.add(f32x4.mul(sA, anchorX), f32x4.mul(cA, anchorY)) : f32x4.mul(cA, anchorY);
  const rBx = f32x4.mul(sB, v128.load32_splat(ANCHORS, 12));
  const rBy = f32x4.mul(cB, v128.load32_splat(ANCHORS, 16));
  const cAx = v128.load(a);
  const cAy = v128.load(a, 16);
  const cBx = v128.load(b);
  const cBy = v128.load(b, 16);
  const cx = f32x4.sub(f32x4.sub(f32x4.add(cBx, rBx), cAx), rAx);
  const cy = f32x4.sub(f32x4.sub(f32x4.add(cBy, rBy), cAy), rAy);
  const gap = f32x4.sqrt(f32x4.add(f32x4.mul(cx, cx), f32x4.mul(cy, cy)));
  good = v128.and(good, f32x4.le(gap, v128.load32_splat(LINEAR)));
  const m = f32x4.add(mA, mB);
  const yA = f32x4.mul(iA, rAy);
  const yB = f32x4.mul(iB, rBy);
  const xA = f32x4.mul(iA, rAx);
  const xB = f32x4.mul(iB, rBx);
  const k11 = f32x4.add(f32x4.add(m, f32x4.mul(yA, rAy)), f32x4.mul(yB, rBy));
  const k12 = f32x4.sub(f32x4.neg(f32x4.mul(xA, rAy)), f32x4.mul(xB, rBy));
  const k22 = f32x4.add(f32x4.add(m, f32x4.mul(xA, rAx)), f32x4.mul(xB, rBx));
  const inverse = f32x4.div(v128.load32_splat(LINEAR, 4), f32x4.sub(f32x4.mul(k11, k22), f32x4.mul(k12, k12)));
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
