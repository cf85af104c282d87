/** How four cars move, are pulled together and rest; twin of motion.ts and joint-positions.ts of the environments' physics. */
import { turnAll } from "../physics/sine";
import { leverX, leverY, MASSES } from "./joints";
import { ANGLE, AXES, BODIES, CENTRE, LIMITS, ORIGIN, REST, VELOCITY, WHEELS } from "./rows";

const ROUNDS = 60;
// Read from memory, one instruction each (see ../math.ts).
/** Duration of a step; most that a body moves and turns in it; 1. */
const MOTION: usize = memory.data<f32>([0.02, 2.0, 1.5707964, 1.0]);
/** Limits of a joint; what is allowed beyond, and the most that is corrected, either way; the gap allowed. */
const LIMIT_ANGLES: usize = memory.data<f32>([-0.4, 0.4, 0.03490659, -0.13962635, 0.13962635, 0.005]);
/** Minus the mass that a motor feels. */
const MOTOR_MASS: usize = memory.data<f32>([-0.007456147]);
/** The hull's centre of mass. */
const HULL_CENTRE: usize = memory.data<f32>([1.4774524e-9, -0.082530886]);
/** Squares of what is slow, and how long a body is slow before it sleeps. */
const SLEEP: usize = memory.data<f32>([0.0012184699, 0.0001, 0.5]);
const TURNS: usize = memory.data(32, 16);

/** max(low, min(value, high)), as Box2D limits. */
// @ts-ignore: decorator
@inline
function limitAll(value: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(high, value), low);
}

/** Moves all bodies by their velocities; those that are too fast are slowed down first. @param state row 0 */
export function integrate(state: usize, stride: usize): void {
  const step = v128.load32_splat(MOTION);
  const far = v128.load32_splat(MOTION, 4);
  const wide = v128.load32_splat(MOTION, 8);
  for (let body: usize = 0; body < BODIES; body++) {
    const velocity = state + (VELOCITY + 3 * body) * stride;
    const centre = state + (CENTRE + 2 * body) * stride;
    const angle = state + (ANGLE + body) * stride;
    let vx = v128.load(velocity);
    let vy = v128.load(velocity + stride);
    let w = v128.load(velocity + 2 * stride);
    let x = f32x4.mul(step, vx);
    let y = f32x4.mul(step, vy);
    let turned = f32x4.mul(step, w);
    const square = f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y));
    const isFar = f32x4.gt(square, f32x4.mul(far, far));
    const isWide = f32x4.gt(f32x4.mul(turned, turned), f32x4.mul(wide, wide));
    if (v128.any_true(v128.or(isFar, isWide))) {
      const ratio = f32x4.div(far, f32x4.sqrt(square));
      vx = v128.bitselect(f32x4.mul(vx, ratio), vx, isFar);
      vy = v128.bitselect(f32x4.mul(vy, ratio), vy, isFar);
      w = v128.bitselect(f32x4.mul(w, f32x4.div(wide, f32x4.abs(turned))), w, isWide);
      v128.store(velocity, vx);
      v128.store(velocity + stride, vy);
      v128.store(velocity + 2 * stride, w);
      x = f32x4.mul(step, vx);
      y = f32x4.mul(step, vy);
      turned = f32x4.mul(step, w);
    }
    v128.store(centre, f32x4.add(v128.load(centre), x));
    v128.store(centre + stride, f32x4.add(v128.load(centre + stride), y));
    v128.store(angle, f32x4.add(v128.load(angle), turned));
  }
}

/** Pulls the bodies together until no joint gapes, in each lane for as many rounds as it needs. @returns where that was reached */
export function solvePlaces(state: usize, stride: usize): v128 {
  let open = i32x4.splat(-1);
  for (let round = 0; round < ROUNDS && v128.any_true(open); round++) {
    let good = i32x4.splat(-1);
    for (let wheel: usize = WHEELS; wheel-- > 0; ) good = v128.and(good, correctJoint(state, stride, wheel, open));
    open = v128.andnot(open, good);
  }
  return v128.not(open);
}

/** One round for a joint of the lanes that are open: its limit, then its hinge. @returns where both were good enough before */
// @ts-ignore: decorator
@inline
function correctJoint(state: usize, stride: usize, wheel: usize, open: v128): v128 {
  const mA = v128.load32_splat(MASSES);
  const iA = v128.load32_splat(MASSES, 4);
  const mB = v128.load32_splat(MASSES, 8);
  const iB = v128.load32_splat(MASSES, 12);
  const m = v128.load32_splat(MASSES, 16);
  const hull = state + CENTRE * stride;
  const centre = state + (CENTRE + 2 * (1 + wheel)) * stride;
  const angleA = state + ANGLE * stride;
  const angleB = state + (ANGLE + 1 + wheel) * stride;
  let a = v128.load(angleA);
  const lower = v128.load(state + (LIMITS + 2 * wheel) * stride);
  const upper = v128.load(state + (LIMITS + 2 * wheel + 1) * stride);
  let good = i32x4.splat(-1);
  if (v128.any_true(v128.or(lower, upper))) {
    const b = v128.load(angleB);
    const angle = f32x4.sub(b, a);
    const under = f32x4.sub(angle, v128.load32_splat(LIMIT_ANGLES));
    const over = f32x4.sub(angle, v128.load32_splat(LIMIT_ANGLES, 4));
    const zero = f32x4.splat(0);
    const slop = v128.load32_splat(LIMIT_ANGLES, 8);
    const correction = v128.or(
      v128.and(lower, limitAll(f32x4.add(under, slop), v128.load32_splat(LIMIT_ANGLES, 12), zero)),
      v128.and(upper, limitAll(f32x4.sub(over, slop), zero, v128.load32_splat(LIMIT_ANGLES, 16))),
    );
    const impulse = v128.and(open, f32x4.mul(v128.load32_splat(MOTOR_MASS), correction));
    a = f32x4.sub(a, f32x4.mul(iA, impulse));
    v128.store(angleB, f32x4.add(b, f32x4.mul(iB, impulse)));
    const overshoot = v128.or(v128.and(lower, f32x4.neg(under)), v128.and(upper, over));
    good = f32x4.le(overshoot, slop);
  }
  turnAll(a, TURNS);
  const s = v128.load(TURNS);
  const c = v128.load(TURNS, 16);
  const x = leverX(wheel);
  const y = leverY(wheel);
  const rx = f32x4.sub(f32x4.mul(c, x), f32x4.mul(s, y));
  const ry = f32x4.add(f32x4.mul(s, x), f32x4.mul(c, y));
  const cAx = v128.load(hull);
  const cAy = v128.load(hull + stride);
  const cBx = v128.load(centre);
  const cBy = v128.load(centre + stride);
  const cx = f32x4.sub(f32x4.sub(cBx, cAx), rx);
  const cy = f32x4.sub(f32x4.sub(cBy, cAy), ry);
  const gap = f32x4.sqrt(f32x4.add(f32x4.mul(cx, cx), f32x4.mul(cy, cy)));
  good = v128.and(good, f32x4.le(gap, v128.load32_splat(LIMIT_ANGLES, 20)));
  const k11 = f32x4.add(m, f32x4.mul(f32x4.mul(iA, ry), ry));
  const k12 = f32x4.neg(f32x4.mul(f32x4.mul(iA, rx), ry));
  const k22 = f32x4.add(m, f32x4.mul(f32x4.mul(iA, rx), rx));
  const inverse = f32x4.div(v128.load32_splat(MOTION, 12), f32x4.sub(f32x4.mul(k11, k22), f32x4.mul(k12, k12)));
  const px = v128.and(open, f32x4.mul(inverse, f32x4.sub(f32x4.mul(k12, cy), f32x4.mul(k22, cx))));
  const py = v128.and(open, f32x4.mul(inverse, f32x4.sub(f32x4.mul(k12, cx), f32x4.mul(k11, cy))));
  v128.store(hull, f32x4.sub(cAx, f32x4.mul(mA, px)));
  v128.store(hull + stride, f32x4.sub(cAy, f32x4.mul(mA, py)));
  const torque = f32x4.sub(f32x4.mul(rx, py), f32x4.mul(ry, px));
  v128.store(angleA, f32x4.sub(a, f32x4.mul(iA, torque)));
  v128.store(centre, f32x4.add(cBx, f32x4.mul(mB, px)));
  v128.store(centre + stride, f32x4.add(cBy, f32x4.mul(mB, py)));
  return good;
}

/** Axes and origins of the bodies, by where they are. */
export function synchronize(state: usize, stride: usize): void {
  for (let body: usize = 0; body < BODIES; body++) {
    const axes = state + (AXES + 2 * body) * stride;
    turnAll(v128.load(state + (ANGLE + body) * stride), TURNS);
    v128.store(axes, v128.load(TURNS));
    v128.store(axes + stride, v128.load(TURNS, 16));
  }
  const s = v128.load(state + AXES * stride);
  const c = v128.load(state + (AXES + 1) * stride);
  const centre = state + CENTRE * stride;
  const origin = state + ORIGIN * stride;
  const x = v128.load32_splat(HULL_CENTRE);
  const y = v128.load32_splat(HULL_CENTRE, 4);
  v128.store(origin, f32x4.sub(v128.load(centre), f32x4.sub(f32x4.mul(c, x), f32x4.mul(s, y))));
  v128.store(
    origin + stride,
    f32x4.sub(v128.load(centre + stride), f32x4.add(f32x4.mul(s, x), f32x4.mul(c, y))),
  );
}

/** Lets the cars sleep that have been at rest for long enough. @param settled where the places were solved */
export function rest(state: usize, stride: usize, settled: v128): void {
  let asleep = settled;
  for (let body: usize = 0; body < BODIES; body++) {
    const velocity = state + (VELOCITY + 3 * body) * stride;
    const time = state + (REST + body) * stride;
    const vx = v128.load(velocity);
    const vy = v128.load(velocity + stride);
    const w = v128.load(velocity + 2 * stride);
    const isAtRest = v128.and(
      f32x4.le(f32x4.mul(w, w), v128.load32_splat(SLEEP)),
      f32x4.le(f32x4.add(f32x4.mul(vx, vx), f32x4.mul(vy, vy)), v128.load32_splat(SLEEP, 4)),
    );
    const rested = v128.and(isAtRest, f32x4.add(v128.load(time), v128.load32_splat(MOTION)));
    v128.store(time, rested);
    asleep = v128.and(asleep, f32x4.ge(rested, v128.load32_splat(SLEEP, 8)));
  }
  if (!v128.any_true(asleep)) return;
  for (let row: usize = VELOCITY; row < VELOCITY + 3 * BODIES; row++) clear(state + row * stride, asleep);
  for (let row: usize = REST; row < REST + BODIES; row++) clear(state + row * stride, asleep);
}

function clear(row: usize, where: v128): void {
  v128.store(row, v128.andnot(v128.load(row), where));
}
