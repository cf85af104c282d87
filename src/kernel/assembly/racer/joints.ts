/**
 * The joints of four cars, before and after their velocities are solved; twin of joint-solver.ts of the environments' physics.
 *
 * A wheel hangs in its centre of mass, so that all that depends on the lever of the lower body is 0.
 */
import { dot3All } from "../physics/lanes";
import * as block from "./block";
import { ANGLE, AXES, IMPULSES, LIMITS, VELOCITY, WHEELS } from "./rows";

// Read from memory, one instruction each (see ../math.ts). Of each joint: from the hull's centre of mass to the wheel's.
const LEVERS: usize = memory.data<f32>([
  -1.1, 1.6825309, 1.1, 1.6825309, -1.1, -1.5574691, 1.1, -1.5574691,
]);
/** Inverse masses and inertias of hull and wheel; sum of the masses, of the inertias. */
export const MASSES: usize = memory.data<f32>([
  0.14164306, 0.05490802, 16.534389, 134.06262, 16.676033, 134.11752,
]);
const LIMIT_ANGLES: usize = memory.data<f32>([-0.4, 0.4, 1.0]);

// @ts-ignore: decorator
@inline
export function leverX(wheel: usize): v128 {
  return v128.load32_splat(LEVERS + (wheel << 3));
}

// @ts-ignore: decorator
@inline
export function leverY(wheel: usize): v128 {
  return v128.load32_splat(LEVERS + (wheel << 3), 4);
}

/** Writes velocities and constraints into a block, and applies the impulses of the step before. @param state row 0 */
export function prepareJoints(state: usize, stride: usize, to: usize): void {
  const one = v128.load32_splat(LIMIT_ANGLES, 8);
  const mA = v128.load32_splat(MASSES);
  const iA = v128.load32_splat(MASSES, 4);
  const mB = v128.load32_splat(MASSES, 8);
  const iB = v128.load32_splat(MASSES, 12);
  const m = v128.load32_splat(MASSES, 16);
  const k33 = v128.load32_splat(MASSES, 20);
  const s = v128.load(state + AXES * stride);
  const c = v128.load(state + (AXES + 1) * stride);
  const hullAngle = v128.load(state + ANGLE * stride);
  const hull = state + VELOCITY * stride;
  let vx = v128.load(hull);
  let vy = v128.load(hull + stride);
  let w = v128.load(hull + 2 * stride);
  for (let wheel: usize = WHEELS; wheel-- > 0; ) {
    const at = block.wheelAt(to, wheel);
    const impulses = state + (IMPULSES + 4 * wheel) * stride;
    const velocity = state + (VELOCITY + 3 * (1 + wheel)) * stride;
    const limits = state + (LIMITS + 2 * wheel) * stride;
    const x = leverX(wheel);
    const y = leverY(wheel);
    const rx = f32x4.sub(f32x4.mul(c, x), f32x4.mul(s, y));
    const ry = f32x4.add(f32x4.mul(s, x), f32x4.mul(c, y));
    const k11 = f32x4.add(m, f32x4.mul(f32x4.mul(ry, ry), iA));
    const k12 = f32x4.mul(f32x4.neg(f32x4.mul(ry, rx)), iA);
    const k22 = f32x4.add(m, f32x4.mul(f32x4.mul(rx, rx), iA));
    v128.store(at, rx, block.RX);
    v128.store(at, ry, block.RY);
    v128.store(at, k11, block.K11);
    v128.store(at, k12, block.K12);
    v128.store(at, k22, block.K22);
    const determinant = f32x4.sub(f32x4.mul(k11, k22), f32x4.mul(k12, k12));
    v128.store(at, f32x4.div(one, determinant), block.INVERSE_2);

    const angle = f32x4.sub(v128.load(state + (ANGLE + 1 + wheel) * stride), hullAngle);
    const lower = f32x4.le(angle, v128.load32_splat(LIMIT_ANGLES));
    const upper = f32x4.ge(angle, v128.load32_splat(LIMIT_ANGLES, 4));
    const any = v128.any_true(v128.or(lower, upper));
    // An impulse of a limit is kept while the joint stays at it.
    const isKept = v128.or(v128.and(lower, v128.load(limits)), v128.and(upper, v128.load(limits + stride)));
    const z = v128.and(v128.load(impulses + 2 * stride), isKept);
    v128.store(limits, lower);
    v128.store(limits + stride, upper);
    v128.store(at, z, block.IMPULSE_Z);
    block.setAnyLimit(to, wheel, any);
    if (any) {
      const k13 = f32x4.mul(f32x4.neg(ry), iA);
      const k23 = f32x4.mul(rx, iA);
      const nx = f32x4.sub(f32x4.mul(k22, k33), f32x4.mul(k23, k23));
      const ny = f32x4.sub(f32x4.mul(k23, k13), f32x4.mul(k12, k33));
      const nz = f32x4.sub(f32x4.mul(k12, k23), f32x4.mul(k22, k13));
      v128.store(at, k13, block.K13);
      v128.store(at, k23, block.K23);
      v128.store(at, nx, block.NX);
      v128.store(at, ny, block.NY);
      v128.store(at, nz, block.NZ);
      v128.store(at, f32x4.neg(f32x4.div(one, dot3All(k11, k12, k13, nx, ny, nz))), block.INVERSE_3);
      v128.store(at, lower, block.AT_LOWER);
      v128.store(at, upper, block.AT_UPPER);
    }

    const px = v128.load(impulses);
    const py = v128.load(impulses + stride);
    const motor = v128.load(impulses + 3 * stride);
    vx = f32x4.sub(vx, f32x4.mul(mA, px));
    vy = f32x4.sub(vy, f32x4.mul(mA, py));
    const torque = f32x4.sub(f32x4.mul(rx, py), f32x4.mul(ry, px));
    w = f32x4.sub(w, f32x4.mul(iA, f32x4.add(f32x4.add(torque, motor), z)));
    v128.store(at, f32x4.add(v128.load(velocity), f32x4.mul(mB, px)), block.VX);
    v128.store(at, f32x4.add(v128.load(velocity + stride), f32x4.mul(mB, py)), block.VY);
    const turning = v128.load(velocity + 2 * stride);
    v128.store(at, f32x4.add(turning, f32x4.mul(iB, f32x4.add(motor, z))), block.TURNING);
    v128.store(at, px, block.IMPULSE_X);
    v128.store(at, py, block.IMPULSE_Y);
    v128.store(at, motor, block.MOTOR);
  }
  v128.store(to, vx);
  v128.store(to, vy, 16);
  v128.store(to, w, 32);
}

/** Takes velocities and impulses back from a block. */
export function keepJoints(state: usize, stride: usize, from: usize): void {
  const hull = state + VELOCITY * stride;
  v128.store(hull, v128.load(from));
  v128.store(hull + stride, v128.load(from, 16));
  v128.store(hull + 2 * stride, v128.load(from, 32));
  for (let wheel: usize = 0; wheel < WHEELS; wheel++) {
    const at = block.wheelAt(from, wheel);
    const impulses = state + (IMPULSES + 4 * wheel) * stride;
    const velocity = state + (VELOCITY + 3 * (1 + wheel)) * stride;
    v128.store(velocity, v128.load(at, block.VX));
    v128.store(velocity + stride, v128.load(at, block.VY));
    v128.store(velocity + 2 * stride, v128.load(at, block.TURNING));
    v128.store(impulses, v128.load(at, block.IMPULSE_X));
    v128.store(impulses + stride, v128.load(at, block.IMPULSE_Y));
    v128.store(impulses + 2 * stride, v128.load(at, block.IMPULSE_Z));
    v128.store(impulses + 3 * stride, v128.load(at, block.MOTOR));
  }
}
