/** Joints in the position solver, in four worlds at once; twin of position-solver.ts of the environment. */
import { crossAll, limitAll } from "../physics/lanes";
import { turnAll } from "../physics/sine";
import { lowerOf, upperOf } from "./hinges";
import { inertiaOf, massOf, motorMassOf } from "./shapes";
import { bodyAt, GOOD, limitAt, TURNS } from "./places";

// Constants of hinges.ts, read from memory, one instruction each (see ../math.ts).
/** Of each joint the difference of angles that counts as 0, and its limits; the fourth is not used. */
const LIMITS: usize = memory.data<f32>([
  -0.05, -0.8, 1.1, 0.0, 0.0, -1.6, -0.1, 0.0, 0.05, -0.8, 1.1, 0.0, 0.0, -1.6, -0.1, 0.0,
]);
/** From the upper body's centre of mass to its anchor: x (hips), y of hips, of knees; y on the lower body, negative and not. */
const ANCHORS: usize = memory.data<f32>([0.020036437, -0.26102003, -0.56666666, -0.56666666, 0.56666666]);
/** The angle allowed past a limit, and the most that is corrected at once, either way. */
const ANGULAR: usize = memory.data<f32>([0.03490659, -0.13962635, 0.13962635]);
/** The largest square of a gap whose root is at most the gap allowed, 0.005 m; and 1. */
const LINEAR: usize = memory.data<f32>([0.000025000001187436283, 1.0]);

/** The first half of a round for a joint: its limit, then sines and cosines of its bodies. */
export function turnJoint(places: usize, joint: i32): void {
  const a = bodyAt(places, upperOf(joint));
  const b = bodyAt(places, lowerOf(joint));
  const lower = v128.load(limitAt(places, joint));
  const upper = v128.load(limitAt(places, joint), 16);
  if (i32x4.bitmask(v128.or(lower, upper)) != 0) {
    const aA = v128.load(a, 32);
    const aB = v128.load(b, 32);
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
    v128.store(a, f32x4.sub(aA, f32x4.mul(inertiaOf(upperOf(joint)), impulse)), 32);
    v128.store(b, f32x4.add(aB, f32x4.mul(inertiaOf(lowerOf(joint)), impulse)), 32);
    const overshoot = v128.or(v128.and(lower, f32x4.sub(zero, under)), v128.and(upper, over));
    v128.store(places, v128.and(v128.load(places, GOOD), f32x4.le(overshoot, slop)), GOOD);
  }
  turnAll(v128.load(a, 32), places + TURNS);
  turnAll(v128.load(b, 32), places + TURNS + 32);
}

/** The second half for a hip: its hinge. */
export function correctHip(places: usize, joint: i32): void {
  correctHinge(places, joint, true);
}

/** The same for a knee. */
export function correctKnee(places: usize, joint: i32): void {
  correctHinge(places, joint, false);
}

/** What is needed again is read again, as in hinge-velocities.ts. */
// @ts-ignore: decorator
@inline
function correctHinge(places: usize, joint: i32, isHip: bool): void {
  const a = bodyAt(places, upperOf(joint));
  const b = bodyAt(places, lowerOf(joint));
  const upperKind = isHip ? 0 : 1;
  const lowerKind = isHip ? 1 : 2;
  const sA = v128.load(places, TURNS);
  const cA = v128.load(places, TURNS + 16);
  // Anchors have no x, and only the hull's centre of mass is not its origin.
  const anchorY = v128.load32_splat(ANCHORS + (isHip ? 4 : 8));
  let rAx: v128;
  let rAy: v128;
  if (isHip) {
    const anchorX = v128.load32_splat(ANCHORS);
    rAx = f32x4.sub(f32x4.mul(cA, anchorX), f32x4.mul(sA, anchorY));
    rAy = f32x4.add(f32x4.mul(sA, anchorX), f32x4.mul(cA, anchorY));
  } else {
    rAx = f32x4.mul(sA, v128.load32_splat(ANCHORS, 16));
    rAy = f32x4.mul(cA, anchorY);
  }
  const rBx = f32x4.mul(v128.load(places, TURNS + 32), v128.load32_splat(ANCHORS, 12));
  const rBy = f32x4.mul(v128.load(places, TURNS + 48), v128.load32_splat(ANCHORS, 16));
  const cx = f32x4.sub(f32x4.sub(f32x4.add(v128.load(b), rBx), v128.load(a)), rAx);
  const cy = f32x4.sub(f32x4.sub(f32x4.add(v128.load(b, 16), rBy), v128.load(a, 16)), rAy);
  const isClose = f32x4.le(f32x4.add(f32x4.mul(cx, cx), f32x4.mul(cy, cy)), v128.load32_splat(LINEAR));
  v128.store(places, v128.and(v128.load(places, GOOD), isClose), GOOD);
  const iA = inertiaOf(upperKind);
  const iB = inertiaOf(lowerKind);
  const m = f32x4.add(massOf(upperKind), massOf(lowerKind));
  const xA = f32x4.mul(iA, rAx);
  const xB = f32x4.mul(iB, rBx);
  const k11 = f32x4.add(f32x4.add(m, f32x4.mul(f32x4.mul(iA, rAy), rAy)), f32x4.mul(f32x4.mul(iB, rBy), rBy));
  // -k12 of the matrix
  const k12 = f32x4.add(f32x4.mul(xA, rAy), f32x4.mul(xB, rBy));
  const k22 = f32x4.add(f32x4.add(m, f32x4.mul(xA, rAx)), f32x4.mul(xB, rBx));
  const inverse = f32x4.div(v128.load32_splat(LINEAR, 4), f32x4.sub(f32x4.mul(k12, k12), f32x4.mul(k11, k22)));
  // Both with the other sign twice.
  const x = f32x4.mul(inverse, f32x4.add(f32x4.mul(k12, cy), f32x4.mul(k22, cx)));
  const y = f32x4.mul(inverse, f32x4.add(f32x4.mul(k12, cx), f32x4.mul(k11, cy)));
  v128.store(a, f32x4.sub(v128.load(a, 32), f32x4.mul(inertiaOf(upperKind), crossAll(rAx, rAy, x, y))), 32);
  v128.store(b, f32x4.add(v128.load(b, 32), f32x4.mul(inertiaOf(lowerKind), crossAll(rBx, rBy, x, y))), 32);
  const mA = massOf(upperKind);
  v128.store(a, f32x4.sub(v128.load(a), f32x4.mul(mA, x)));
  v128.store(a, f32x4.sub(v128.load(a, 16), f32x4.mul(mA, y)), 16);
  const mB = massOf(lowerKind);
  v128.store(b, f32x4.add(v128.load(b), f32x4.mul(mB, x)));
  v128.store(b, f32x4.add(v128.load(b, 16), f32x4.mul(mB, y)), 16);
}
