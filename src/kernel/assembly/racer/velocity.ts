/**
 * The velocity solver for four cars at a time; twin of `solveJoint` of joint-solver.ts of the environments' physics.
 *
 * Several blocks are solved joint by joint in turn: what one waits for hides behind the work of the others. Most cars come to a
 * state that comes back after one round or two. A block whose four cars have all got there is done: all that still grows are
 * its impulses, by the same two amounts in turn, and these are added up in that order.
 */
import { crossAll, dot3All } from "../physics/lanes";
import * as block from "./block";
import { MASSES } from "./joints";
import { WHEELS } from "./rows";

const ROUNDS = 180;
/** Minus the mass that a motor feels; the most and the least that it gives in a step, N m s. */
const MOTORS: usize = memory.data<f32>([-0.007456147, 1.296, -1.296]);

/** Rounds after which it is asked for the first time whether a block has settled, and from one time to the next; both even. */
const FIRST_LOOK = 32;
const LOOK = 12;
/** Pointers to the blocks that are not done yet. */
const OPEN: usize = memory.data(16, 16);
/** What of a block the next round depends on, from two rounds before; and what its impulses gained in each of these. */
const STATE: usize = memory.data(384, 16);
const GAINS: usize = memory.data(256, 16);

/** Solves `count` blocks, at most four, one behind the other, to the end. */
export function solveVelocities(blocks: usize, count: i32): void {
  for (let index: usize = 0; index < <usize>count; index++) store<usize>(OPEN + (index << 2), blocks + index * block.BLOCK_BYTES);
  solveRounds(count, FIRST_LOOK);
  let open = count;
  for (let round = FIRST_LOOK; round < ROUNDS; ) {
    for (let index = open; index-- > 0; ) {
      if (!isSettled(load<usize>(OPEN + ((<usize>index) << 2)), ROUNDS - round)) continue;
      open--;
      store<usize>(OPEN + ((<usize>index) << 2), load<usize>(OPEN + ((<usize>open) << 2)));
    }
    if (open == 0) return;
    round += 2;
    const some = min<i32>(LOOK - 2, ROUNDS - round);
    solveRounds(open, some);
    round += some;
  }
}

/** Some rounds of the first `count` open blocks. */
function solveRounds(count: i32, rounds: i32): void {
  const end = OPEN + ((<usize>count) << 2);
  for (let round = 0; round < rounds; round++) {
    // The order of joints is part of the result.
    for (let at = OPEN; at < end; at += 4) solveJoint(load<usize>(at), 3);
    for (let at = OPEN; at < end; at += 4) solveJoint(load<usize>(at), 2);
    for (let at = OPEN; at < end; at += 4) solveJoint(load<usize>(at), 1);
    for (let at = OPEN; at < end; at += 4) solveJoint(load<usize>(at), 0);
  }
}

/**
 * Takes two rounds of a block. If its state is then what it was, takes all rounds that are left.
 *
 * @param left rounds, these two included; an even number
 * @returns whether it did
 */
function isSettled(hull: usize, left: i32): bool {
  for (let row: usize = 0; row < 48; row += 16) v128.store(STATE + row, v128.load(hull + row));
  for (let wheel: usize = 0; wheel < WHEELS; wheel++) {
    const at = block.wheelAt(hull, wheel);
    const to = STATE + 48 + wheel * 80;
    // Velocity and impulse of the motor follow each other.
    for (let row: usize = 0; row < 64; row += 16) v128.store(to + row, v128.load(at + row));
    v128.store(to, v128.load(at, block.IMPULSE_Z), 64);
  }
  for (let gains = GAINS; gains < GAINS + 256; gains += 128) {
    for (let wheel: usize = WHEELS; wheel-- > 0; ) {
      solveJoint(hull, wheel);
      v128.store(gains + (wheel << 5), gainX);
      v128.store(gains + (wheel << 5), gainY, 16);
    }
  }
  let changed = i32x4.splat(0);
  for (let row: usize = 0; row < 48; row += 16) {
    changed = v128.or(changed, v128.xor(v128.load(STATE + row), v128.load(hull + row)));
  }
  for (let wheel: usize = 0; wheel < WHEELS; wheel++) {
    const at = block.wheelAt(hull, wheel);
    const before = STATE + 48 + wheel * 80;
    for (let row: usize = 0; row < 64; row += 16) {
      changed = v128.or(changed, v128.xor(v128.load(before + row), v128.load(at + row)));
    }
    changed = v128.or(changed, v128.xor(v128.load(before, 64), v128.load(at, block.IMPULSE_Z)));
  }
  if (v128.any_true(changed)) return false;
  for (let wheel: usize = 0; wheel < WHEELS; wheel++) {
    const at = block.wheelAt(hull, wheel);
    const gains = GAINS + (wheel << 5);
    let x = v128.load(at, block.IMPULSE_X);
    let y = v128.load(at, block.IMPULSE_Y);
    for (let round = 2; round < left; round += 2) {
      x = f32x4.add(f32x4.add(x, v128.load(gains)), v128.load(gains, 128));
      y = f32x4.add(f32x4.add(y, v128.load(gains, 16)), v128.load(gains, 144));
    }
    v128.store(at, x, block.IMPULSE_X);
    v128.store(at, y, block.IMPULSE_Y);
  }
  return true;
}

// What the impulses of the last joint gained.
let gainX: v128 = i32x4.splat(0);
let gainY: v128 = i32x4.splat(0);

// @ts-ignore: decorator
@inline
function solveJoint(hull: usize, wheel: usize): void {
  const at = block.wheelAt(hull, wheel);
  const mA = v128.load32_splat(MASSES);
  const iA = v128.load32_splat(MASSES, 4);
  const mB = v128.load32_splat(MASSES, 8);
  const iB = v128.load32_splat(MASSES, 12);
  let wA = v128.load(hull, 32);
  let wB = v128.load(at, block.TURNING);

  const before = v128.load(at, block.MOTOR);
  const spin = f32x4.sub(f32x4.sub(wB, wA), v128.load(at, block.SPEED));
  const wanted = f32x4.add(before, f32x4.mul(v128.load32_splat(MOTORS), spin));
  // max(least, min(wanted, most)), as Box2D limits.
  const motor = f32x4.pmax(f32x4.pmin(v128.load32_splat(MOTORS, 4), wanted), v128.load32_splat(MOTORS, 8));
  const change = f32x4.sub(motor, before);
  v128.store(at, motor, block.MOTOR);
  wA = f32x4.sub(wA, f32x4.mul(iA, change));
  wB = f32x4.add(wB, f32x4.mul(iB, change));

  const vAx = v128.load(hull);
  const vAy = v128.load(hull, 16);
  const vBx = v128.load(at, block.VX);
  const vBy = v128.load(at, block.VY);
  const rx = v128.load(at, block.RX);
  const ry = v128.load(at, block.RY);
  const cx = f32x4.add(f32x4.sub(vBx, vAx), f32x4.mul(wA, ry));
  const cy = f32x4.sub(f32x4.sub(vBy, vAy), f32x4.mul(wA, rx));
  const k11 = v128.load(at, block.K11);
  const k12 = v128.load(at, block.K12);
  const k22 = v128.load(at, block.K22);
  const inverse2 = v128.load(at, block.INVERSE_2);
  let x: v128;
  let y: v128;
  if (block.isAnyLimit(hull, wheel)) {
    const k13 = v128.load(at, block.K13);
    const k23 = v128.load(at, block.K23);
    const k33 = v128.load32_splat(MASSES, 20);
    const cz = f32x4.sub(wB, wA);
    const inverse3 = v128.load(at, block.INVERSE_3);
    // K (x, y, z) = -(cx, cy, cz) by Cramer's rule.
    const x3 = f32x4.mul(
      inverse3,
      dot3All(cx, cy, cz, v128.load(at, block.NX), v128.load(at, block.NY), v128.load(at, block.NZ)),
    );
    const y3 = f32x4.mul(inverse3, dot3All(k11, k12, k13, crossAll(cy, cz, k23, k33), crossAll(cz, cx, k33, k13), crossAll(cx, cy, k13, k23)));
    const z3 = f32x4.mul(inverse3, dot3All(k11, k12, k13, crossAll(k22, k23, cy, cz), crossAll(k23, k12, cz, cx), crossAll(k12, k22, cx, cy)));
    const kept = v128.load(at, block.IMPULSE_Z);
    const total = f32x4.add(kept, z3);
    const zero = f32x4.splat(0);
    const lower = v128.load(at, block.AT_LOWER);
    const upper = v128.load(at, block.AT_UPPER);
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
    v128.store(at, v128.and(held, total), block.IMPULSE_Z);
    wA = f32x4.sub(wA, f32x4.mul(iA, f32x4.add(crossAll(rx, ry, x, y), z)));
    wB = f32x4.add(wB, f32x4.mul(iB, z));
  } else {
    x = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k12, cy), f32x4.mul(k22, cx)));
    y = f32x4.mul(inverse2, f32x4.sub(f32x4.mul(k12, cx), f32x4.mul(k11, cy)));
    wA = f32x4.sub(wA, f32x4.mul(iA, crossAll(rx, ry, x, y)));
  }
  gainX = x;
  gainY = y;
  v128.store(at, f32x4.add(v128.load(at, block.IMPULSE_X), x), block.IMPULSE_X);
  v128.store(at, f32x4.add(v128.load(at, block.IMPULSE_Y), y), block.IMPULSE_Y);
  v128.store(hull, f32x4.sub(vAx, f32x4.mul(mA, x)));
  v128.store(hull, f32x4.sub(vAy, f32x4.mul(mA, y)), 16);
  v128.store(hull, wA, 32);
  v128.store(at, f32x4.add(vBx, f32x4.mul(mB, x)), block.VX);
  v128.store(at, f32x4.add(vBy, f32x4.mul(mB, y)), block.VY);
  v128.store(at, wB, block.TURNING);
}
