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

/** Solves the contacts of a block alone, until a round changes nothing any more. */
export function solveImpact(block: usize): void {
  const slots = rows.slotCount(block);
  for (let round = 0; round < VELOCITY_ROUNDS; round++) {
    let changed = f32x4.splat(0);
    for (let index = 0; index < slots; index++) {
      const slot = rows.slotAt(block, index);
      changed = v128.or(changed, solveFriction(block, slot, false));
      changed = v128.or(changed, solveFriction(block, slot, true));
      changed = v128.or(changed, solveNormal(block, slot));
    }
    if (!v128.any_true(f32x4.ne(changed, f32x4.splat(0)))) return;
  }
}
