/** Steering, engine, brakes and tyres of four cars; twin of `control` and `push` of car.ts of the environment. */
import * as block from "./block";
import { demote, firstDoubles, lastDoubles, promoteLast, storeDoubles } from "./doubles";
import { ANGLE, AXES, GAS, OMEGA, TOUCHES, VELOCITY, WHEELS } from "./rows";

// Read from memory, one instruction each (see ../math.ts).
const STEERING: usize = memory.data<f64>([50.0, 3.0, -3.0]);
const GAS_GAIN: usize = memory.data<f64>([0.1, 1.0, 0.5]);
/** Engine power by the duration of a step; inertia of a wheel; 5; brake force; from where a brake locks. */
const ENGINE: usize = memory.data<f64>([800.0, 1.6, 5.0, 15.0, 0.9]);
/** Friction on the road, on grass; slip; radius; duration of a step. */
const TYRE: usize = memory.data<f64>([400.0, 240.0, 82.0, 0.54, 0.02]);
const PUSH: usize = memory.data<f32>([0.02, 16.534389]);

/** What four drivers want, doubles of the first two and the last two lanes. */
let steerFirst: v128 = i32x4.splat(0);
let steerLast: v128 = i32x4.splat(0);
let brakeFirst: v128 = i32x4.splat(0);
let brakeLast: v128 = i32x4.splat(0);

/** Nothing is done: the step of a reset. */
export function release(): void {
  steerFirst = i32x4.splat(0);
  steerLast = i32x4.splat(0);
  brakeFirst = i32x4.splat(0);
  brakeLast = i32x4.splat(0);
}

/** Takes the driver's wishes: each output within its range, the second as half of one more. @param state row 0 */
export function control(state: usize, stride: usize, steer: v128, gas: v128, brake: v128): void {
  steerFirst = f64x2.neg(f64x2.promote_low_f32x4(steer));
  steerLast = f64x2.neg(promoteLast(steer));
  brakeFirst = f64x2.promote_low_f32x4(brake);
  brakeLast = promoteLast(brake);
  const row = state + GAS * stride;
  storeDoubles(
    row,
    stride,
    openThrottle(firstDoubles(row, stride), f64x2.promote_low_f32x4(gas)),
    openThrottle(lastDoubles(row, stride), promoteLast(gas)),
  );
}

// @ts-ignore: decorator
@inline
function openThrottle(before: v128, output: v128): v128 {
  const target = f64x2.mul(f64x2.add(output, v128.load64_splat(GAS_GAIN, 8)), v128.load64_splat(GAS_GAIN, 16));
  return f64x2.add(before, f64x2.pmin(f64x2.sub(target, before), v128.load64_splat(GAS_GAIN)));
}

/** Sets the motors that steer, in a block, and pushes the wheels. */
export function push(state: usize, stride: usize, to: usize): void {
  const hullAngle = v128.load(state + ANGLE * stride);
  const gas = state + GAS * stride;
  const gasFirst = firstDoubles(gas, stride);
  const gasLast = lastDoubles(gas, stride);
  const none = i32x4.splat(0);
  for (let wheel: usize = 0; wheel < WHEELS; wheel++) {
    const isFront = wheel < 2;
    const joint = f32x4.sub(v128.load(state + (ANGLE + 1 + wheel) * stride), hullAngle);
    const speedFirst = steering(isFront ? steerFirst : none, f64x2.promote_low_f32x4(joint));
    const speedLast = steering(isFront ? steerLast : none, promoteLast(joint));
    v128.store(block.wheelAt(to, wheel), demote(speedFirst, speedLast), block.SPEED);

    const velocity = state + (VELOCITY + 3 * (1 + wheel)) * stride;
    const axes = state + (AXES + 2 * (1 + wheel)) * stride;
    const omega = state + (OMEGA + 2 * wheel) * stride;
    const vx = v128.load(velocity);
    const vy = v128.load(velocity + stride);
    const s = v128.load(axes);
    const c = v128.load(axes + stride);
    const touch = v128.load(state + (TOUCHES + wheel) * stride);
    roll(
      firstDoubles(omega, stride),
      isFront ? none : gasFirst,
      brakeFirst,
      f64x2.promote_low_f32x4(vx),
      f64x2.promote_low_f32x4(vy),
      f64x2.promote_low_f32x4(s),
      f64x2.promote_low_f32x4(c),
      v128.shuffle<i32>(touch, touch, 0, 0, 1, 1),
    );
    const omegaFirst = rolled;
    const xFirst = forceX;
    const yFirst = forceY;
    roll(
      lastDoubles(omega, stride),
      isFront ? none : gasLast,
      brakeLast,
      promoteLast(vx),
      promoteLast(vy),
      promoteLast(s),
      promoteLast(c),
      v128.shuffle<i32>(touch, touch, 2, 2, 3, 3),
    );
    storeDoubles(omega, stride, omegaFirst, rolled);
    const mass = v128.load32_splat(PUSH, 4);
    const step = v128.load32_splat(PUSH);
    v128.store(velocity, f32x4.add(vx, f32x4.mul(step, f32x4.mul(mass, demote(xFirst, forceX)))));
    v128.store(velocity + stride, f32x4.add(vy, f32x4.mul(step, f32x4.mul(mass, demote(yFirst, forceY)))));
  }
}

/** Speed of a motor that turns a wheel to where it is steered. */
// @ts-ignore: decorator
@inline
function steering(wanted: v128, angle: v128): v128 {
  const error = f64x2.mul(f64x2.sub(wanted, angle), v128.load64_splat(STEERING));
  return f64x2.pmax(f64x2.pmin(error, v128.load64_splat(STEERING, 8)), v128.load64_splat(STEERING, 16));
}

let rolled: v128 = i32x4.splat(0);
let forceX: v128 = i32x4.splat(0);
let forceY: v128 = i32x4.splat(0);

/** Engine, brake and tyre of a wheel in two lanes; leaves how fast it rolls and its force on the car. */
// @ts-ignore: decorator
@inline
function roll(before: v128, gas: v128, brake: v128, vx: v128, vy: v128, s: v128, c: v128, touch: v128): void {
  const inertia = v128.load64_splat(ENGINE, 8);
  const power = f64x2.div(f64x2.mul(v128.load64_splat(ENGINE), gas), inertia);
  let omega = f64x2.add(before, f64x2.div(power, f64x2.add(f64x2.abs(before), v128.load64_splat(ENGINE, 16))));
  const most = f64x2.mul(v128.load64_splat(ENGINE, 24), brake);
  // As much of omega as the brake takes, with its sign.
  const taken = f64x2.pmax(f64x2.pmin(omega, most), f64x2.neg(most));
  const isBraked = f64x2.gt(brake, f64x2.splat(0));
  const isLocked = f64x2.ge(brake, v128.load64_splat(ENGINE, 32));
  omega = v128.andnot(f64x2.sub(omega, v128.and(taken, isBraked)), isLocked);

  const forwards = f64x2.sub(f64x2.mul(c, vy), f64x2.mul(s, vx));
  const sideways = f64x2.add(f64x2.mul(c, vx), f64x2.mul(s, vy));
  const slip = v128.load64_splat(TYRE, 16);
  const radius = v128.load64_splat(TYRE, 24);
  let along = f64x2.mul(f64x2.sub(f64x2.mul(omega, radius), forwards), slip);
  let across = f64x2.neg(f64x2.mul(sideways, slip));
  const size = f64x2.sqrt(f64x2.add(f64x2.mul(along, along), f64x2.mul(across, across)));
  const limit = v128.bitselect(v128.load64_splat(TYRE), v128.load64_splat(TYRE, 8), touch);
  const isOver = f64x2.gt(size, limit);
  if (v128.any_true(isOver)) {
    along = v128.bitselect(f64x2.mul(f64x2.div(along, size), limit), along, isOver);
    across = v128.bitselect(f64x2.mul(f64x2.div(across, size), limit), across, isOver);
  }
  rolled = f64x2.sub(
    omega,
    f64x2.div(f64x2.mul(f64x2.mul(v128.load64_splat(TYRE, 32), along), radius), inertia),
  );
  forceX = f64x2.sub(f64x2.mul(across, c), f64x2.mul(along, s));
  forceY = f64x2.add(f64x2.mul(across, s), f64x2.mul(along, c));
}
