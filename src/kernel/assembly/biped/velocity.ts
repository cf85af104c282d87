/**
 * The velocity solver for four lanes at a time; twin of `solve` of world.ts of the environment.
 *
 * Several blocks are solved in turn by parts of a joint, motors before hinges, and of a contact: what one waits for hides
 * behind the work of the others.
 */
import * as rows from "./block";
import { solveFriction, solveNormal } from "./contact-velocities";
import { solveHinge, solveMotor } from "./hinge-velocities";
import { VELOCITY_ROUNDS } from "./shapes";

/** Solves `count` blocks, which lie `stride` bytes apart, to the end. */
export function solveVelocities(blocks: usize, count: i32, stride: usize): void {
  const end = blocks + <usize>count * stride;
  let slots = 0;
  for (let block = blocks; block < end; block += stride) slots = max<i32>(slots, rows.slotCount(block));
  for (let round = 0; round < VELOCITY_ROUNDS; round++) {
    // The order of joints is part of the result.
    solveJoints(blocks, end, stride, 3);
    solveJoints(blocks, end, stride, 2);
    solveJoints(blocks, end, stride, 0);
    solveJoints(blocks, end, stride, 1);
    for (let slot = 0; slot < slots; slot++) {
      for (let block = blocks; block < end; block += stride) {
        if (slot < rows.slotCount(block)) solveFriction(block, rows.slotAt(block, slot), false);
      }
      for (let block = blocks; block < end; block += stride) {
        if (slot < rows.slotCount(block)) solveFriction(block, rows.slotAt(block, slot), true);
      }
      for (let block = blocks; block < end; block += stride) {
        if (slot < rows.slotCount(block)) solveNormal(block, rows.slotAt(block, slot));
      }
    }
  }
}

/** One round for a joint of all blocks. */
// @ts-ignore: decorator
@inline
function solveJoints(blocks: usize, end: usize, stride: usize, joint: i32): void {
  for (let block = blocks; block < end; block += stride) solveMotor(block, joint);
  for (let block = blocks; block < end; block += stride) solveHinge(block, joint);
}

/** After how many rounds, and twice, four times ... as many, it is remembered where an impact is. */
const FIRST_REMEMBERED = 4;
/** The body's velocity and the impulses of its contacts as they were then. */
const BEFORE: usize = memory.data(8240, 16);

/**
 * Solves the contacts of one body alone, until a round changes nothing any more. Where the last bits come back to what they
 * were some rounds before, only what exceeds whole periods is done of all rounds that are left.
 */
export function solveImpact(block: usize, body: i32): void {
  const slots = rows.slotCount(block);
  const v = rows.velocityAt(block, body);
  for (let round = 1, remembered = VELOCITY_ROUNDS; round <= VELOCITY_ROUNDS; round++) {
    let changed = f32x4.splat(0);
    for (let index = 0; index < slots; index++) {
      const slot = rows.slotAt(block, index);
      changed = v128.or(changed, solveFriction(block, slot, false));
      changed = v128.or(changed, solveFriction(block, slot, true));
      changed = v128.or(changed, solveNormal(block, slot));
    }
    if (!v128.any_true(f32x4.ne(changed, f32x4.splat(0)))) return;
    if (round > remembered && isAsBefore(block, v, slots)) {
      round = VELOCITY_ROUNDS - ((VELOCITY_ROUNDS - round) % (round - remembered));
    } else if (round >= FIRST_REMEMBERED && (round & (round - 1)) == 0) {
      remembered = round;
      remember(block, v, slots);
    }
  }
}

function remember(block: usize, v: usize, slots: i32): void {
  memory.copy(BEFORE, v, 48);
  for (let index = 0, to = BEFORE + 48; index < slots; index++, to += 64) {
    const slot = rows.slotAt(block, index);
    memory.copy(to, slot + rows.NORMAL_IMPULSE, 32);
    memory.copy(to + 32, slot + rows.POINT + rows.NORMAL_IMPULSE, 32);
  }
}

/** Whether all is, to the bit, what was remembered. */
function isAsBefore(block: usize, v: usize, slots: i32): bool {
  if (memory.compare(BEFORE, v, 48) != 0) return false;
  for (let index = 0, from = BEFORE + 48; index < slots; index++, from += 64) {
    const slot = rows.slotAt(block, index);
    if (memory.compare(from, slot + rows.NORMAL_IMPULSE, 32) != 0) return false;
    if (memory.compare(from + 32, slot + rows.POINT + rows.NORMAL_IMPULSE, 32) != 0) return false;
  }
  return true;
}
