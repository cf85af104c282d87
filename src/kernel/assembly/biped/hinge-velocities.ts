/**
 * Joints in the velocity solver, in four lanes; twin of `solveJoint` of joint-solver.ts of the environments' physics.
 *
 * A row that is needed again is read again: there are more of them than registers, and to put them aside costs more.
 */
import { crossAll, dot3All, limitAll } from "../physics/lanes";
import * as rows from "./block";
import { lowerOf, upperOf } from "./hinges";
import { inertiaOf, massOf, motorMassOf, turningOf } from "./shapes";

/** One round for a motor. */
// @ts-ignore: decorator
@inline
export function solveMotor(block: usize, joint: i32): void {
  const at = rows.jointAt(block, joint);
  const a = rows.velocityAt(block, upperOf(joint));
  const b = rows.velocityAt(block, lowerOf(joint));
  const wA = v128.load(a, 32);
  const wB = v128.load(b, 32);
  const before = v128.load(at, rows.MOTOR);
  const push = f32x4.mul(motorMassOf(joint), f32x4.sub(f32x4.sub(wB, wA), v128.load(at, rows.SPEED)));
  const motor = limitAll(f32x4.add(before, push), v128.load(at, rows.LEAST_MOTOR), v128.load(at, rows.MOST_MOTOR));
  const change = f32x4.sub(motor, before);
  v128.store(at, motor, rows.MOTOR);
  v128.store(a, f32x4.sub(wA, f32x4.mul(inertiaOf(upperOf(joint)), change)), 32);
  v128.store(b, f32x4.add(wB, f32x4.mul(inertiaOf(lowerOf(joint)), change)), 32);
}

/** One round for a hinge, and for its limit where any lane is at it. */
// @ts-ignore: decorator
@inline
export function solveHinge(block: usize, joint: i32): void {
  const at = rows.jointAt(block, joint);
  const a = rows.velocityAt(block, upperOf(joint));
  const b = rows.velocityAt(block, lowerOf(joint));
  const wA = v128.load(a, 32);
  const wB = v128.load(b, 32);
  const cx = f32x4.add(
    f32x4.sub(f32x4.sub(v128.load(b), f32x4.mul(wB, v128.load(at, rows.RBY))), v128.load(a)),
    f32x4.mul(wA, v128.load(at, rows.RAY)),
  );
  const cy = f32x4.sub(
    f32x4.sub(f32x4.add(v128.load(b, 16), f32x4.mul(wB, v128.load(at, rows.RBX))), v128.load(a, 16)),
    f32x4.mul(wA, v128.load(at, rows.RAX)),
  );
  let x: v128;
  let y: v128;
  let torqueA: v128;
  let torqueB: v128;
  if (rows.isAnyLimit(block, joint)) {
    const k11 = v128.load(at, rows.K11);
    const k12 = v128.load(at, rows.K12);
    const k13 = v128.load(at, rows.K13);
    const k22 = v128.load(at, rows.K22);
    const k23 = v128.load(at, rows.K23);
    const k33 = turningOf(joint);
    const cz = f32x4.sub(wB, wA);
    const inverse3 = v128.load(at, rows.INVERSE_3);
    x = f32x4.mul(
      inverse3,
      dot3All(cx, cy, cz, v128.load(at, rows.NX), v128.load(at, rows.NY), v128.load(at, rows.NZ)),
    );
    y = f32x4.mul(
      inverse3,
      dot3All(k11, k12, k13, crossAll(cy, cz, k23, k33), crossAll(cz, cx, k33, k13), crossAll(cx, cy, k13, k23)),
    );
    let z = f32x4.mul(
      inverse3,
      dot3All(k11, k12, k13, crossAll(k22, k23, cy, cz), crossAll(k23, k12, cz, cx), crossAll(k12, k22, cx, cy)),
    );
    const kept = v128.load(at, rows.IMPULSE_Z);
    const total = f32x4.add(kept, z);
    const zero = f32x4.splat(0);
    // Where the limit would have to pull it is let go.
    const held = v128.and(
      v128.load(at, rows.IS_LIMITED),
      f32x4.ge(v128.xor(total, v128.load(at, rows.LIMIT_SIGN)), zero),
    );
    v128.store(at, v128.and(held, total), rows.IMPULSE_Z);
    if (!i32x4.all_true(held)) {
      // In a lane that is at no limit the impulse was 0 already.
      const bx = f32x4.sub(f32x4.mul(kept, v128.load(at, rows.K13)), cx);
      const by = f32x4.sub(f32x4.mul(kept, v128.load(at, rows.K23)), cy);
      const inverse2 = v128.load(at, rows.INVERSE_2);
      const l12 = v128.load(at, rows.K12);
      const freeX = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(v128.load(at, rows.K22), bx), f32x4.mul(l12, by)));
      const freeY = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(v128.load(at, rows.K11), by), f32x4.mul(l12, bx)));
      x = v128.bitselect(x, freeX, held);
      y = v128.bitselect(y, freeY, held);
      z = v128.bitselect(z, f32x4.sub(zero, kept), held);
    }
    torqueA = f32x4.add(crossAll(v128.load(at, rows.RAX), v128.load(at, rows.RAY), x, y), z);
    torqueB = f32x4.add(crossAll(v128.load(at, rows.RBX), v128.load(at, rows.RBY), x, y), z);
  } else {
    const k12 = v128.load(at, rows.K12);
    const inverse2 = v128.load(at, rows.INVERSE_2);
    x = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k12, cy), f32x4.mul(v128.load(at, rows.K22), cx)));
    y = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k12, cx), f32x4.mul(v128.load(at, rows.K11), cy)));
    torqueA = crossAll(v128.load(at, rows.RAX), v128.load(at, rows.RAY), x, y);
    torqueB = crossAll(v128.load(at, rows.RBX), v128.load(at, rows.RBY), x, y);
  }
  v128.store(a, f32x4.sub(wA, f32x4.mul(inertiaOf(upperOf(joint)), torqueA)), 32);
  v128.store(b, f32x4.add(wB, f32x4.mul(inertiaOf(lowerOf(joint)), torqueB)), 32);
  const mA = massOf(upperOf(joint));
  v128.store(a, f32x4.sub(v128.load(a), f32x4.mul(mA, x)));
  v128.store(a, f32x4.sub(v128.load(a, 16), f32x4.mul(mA, y)), 16);
  const mB = massOf(lowerOf(joint));
  v128.store(b, f32x4.add(v128.load(b), f32x4.mul(mB, x)));
  v128.store(b, f32x4.add(v128.load(b, 16), f32x4.mul(mB, y)), 16);
  v128.store(at, f32x4.add(v128.load(at, rows.IMPULSE_X), x), rows.IMPULSE_X);
  v128.store(at, f32x4.add(v128.load(at, rows.IMPULSE_Y), y), rows.IMPULSE_Y);
}
