/**
 * The walker's episodes: each step is played phase by phase, by all lanes that run; twin of tasks/environments/biped.
 *
 * What branches is done lane by lane; the velocity solver, more than half of the work, in blocks of four lanes.
 */
import { outputRow } from "../forward";
import { ENDED, HIDDEN, LANE, rollout, SCORE } from "../rollout";
import * as rows from "./block";
import { updateFatBox } from "./boxes";
import { addContacts, updateContacts, wake } from "./contacts";
import { solveImpacts } from "./continuous";
import { startWorld } from "./ground";
import { JOINT_ORDER } from "./hinges";
import { BLOCK_BYTES, BODIES, bodyOf, contactOf, headOf, jointOf, JOINTS, startForce, WORLD_BYTES } from "./layout";
import { isLost, observe, rewardOf, shapingOf } from "./observe";
import { ORDER, signatureOf, sortOrder } from "./order";
import { solvePositions } from "./position";
import { prepareContact, prepareJoint, storeContact, storeJoint, warmStartContact } from "./prepare";
import { FALL, inverseMass, TIME_STEP } from "./shapes";
import { solveVelocities } from "./velocity";

// A double by its type: in what becomes a single, literals would be singles.
const GOAL: f64 = 190.0 * (14.0 / 30.0);
/** Blocks that are solved in turn. */
const TOGETHER = 8;
/** Touching contacts of each body: the most of the lanes of a block. */
const COUNTS: usize = memory.data(32, 16);
/** Pointers to the worlds of all lanes that run, in the order of blocks; at most LANES_AT_ONCE of tasks/play/lanes.ts. */
const WORLDS: usize = memory.data(256, 16);

/** Plays one episode per lane; parameters as in `rollout`. The hidden state of a lane is a record, its world. */
export function biped(
  program: usize,
  values: usize,
  lanes: usize,
  individual: usize,
  stride: usize,
  count: i32,
  steps: i32,
  scores: usize,
): i32 {
  return rollout(advance, 0, program, values, lanes, individual, stride, count, steps, scores);
}

/** The number of the lane in a place, which is that of its world, or -1. */
// @ts-ignore: decorator
@inline
function numberAt(lanes: usize, stride: usize, place: i32): i32 {
  return load<i32>(lanes + LANE * stride + ((<usize>place) << 2));
}

function advance(program: usize, values: usize, lanes: usize, stride: usize, vectors: i32): bool {
  const worlds = lanes + HIDDEN * stride;
  const blocks = worlds + (stride >> 2) * WORLD_BYTES;
  let running = 4 * vectors;
  while (numberAt(lanes, stride, running - 1) < 0) running--;

  for (let place = 0; place < running; place++) {
    const world = worlds + <usize>numberAt(lanes, stride, place) * WORLD_BYTES;
    if (headOf(world).isReady == 0) {
      startWorld(world);
      firstStep(world, blocks);
    }
    const at = (<usize>place) << 2;
    for (let joint = 0; joint < JOINTS; joint++) {
      setMotor(world, joint, load<f32>(outputRow(program, values, stride, joint) + at));
    }
    for (let index = 0; index < BODIES; index++) wake(bodyOf(world, index));
    updateContacts(world);
    store<i32>(ORDER + at, (signatureOf(world) << 6) | place);
  }
  sortOrder(running);
  for (let vector = 0; vector < vectors; vector++) {
    const block = blocks + <usize>vector * BLOCK_BYTES;
    const count = min<i32>(4, running - 4 * vector);
    const first = WORLDS + ((<usize>vector) << 4);
    for (let lane = 0; lane < count; lane++) {
      const place = load<i32>(ORDER + ((<usize>(4 * vector + lane)) << 2)) & 63;
      store<usize>(first + ((<usize>lane) << 2), worlds + <usize>numberAt(lanes, stride, place) * WORLD_BYTES);
    }
    makeRoom(block, first, count);
    for (let lane: usize = 0; lane < (<usize>count) << 2; lane += 4) prepare(load<usize>(first + lane), block, lane);
  }
  for (let vector = 0; vector < vectors; vector += TOGETHER) {
    solveVelocities(blocks + <usize>vector * BLOCK_BYTES, min<i32>(TOGETHER, vectors - vector), BLOCK_BYTES);
  }
  for (let index = 0; index < running; index++) {
    const block = blocks + <usize>(index >> 2) * BLOCK_BYTES;
    keep(load<usize>(WORLDS + ((<usize>index) << 2)), block, (<usize>(index & 3)) << 2);
  }
  solvePositions(WORLDS, running);
  let any = false;
  for (let place = 0; place < running; place++) {
    const world = worlds + <usize>numberAt(lanes, stride, place) * WORLD_BYTES;
    settle(world);
    const at = (<usize>place) << 2;
    const reward = rewardOf(world, program, values, stride, at);
    const score = lanes + SCORE * stride + at;
    store<f32>(score, <f32>(<f64>load<f32>(score) + reward));
    const hasEnded = isLost(world) || <f64>bodyOf(world, 0).x > GOAL;
    store<i32>(lanes + ENDED * stride + at, hasEnded ? -1 : 0);
    any = any || hasEnded;
    if (!hasEnded) observe(world, values + stride + at, stride);
  }
  return any;
}

/** The step that Gymnasium takes at a reset. */
function firstStep(world: usize, block: usize): void {
  for (let joint = 0; joint < JOINTS; joint++) setMotor(world, joint, 0);
  addContacts(world, (1 << BODIES) - 1);
  updateContacts(world);
  rows.clearBlock(block);
  countContacts(world, true);
  rows.addSlots(block, COUNTS);
  bodyOf(world, 0).vx += TIME_STEP * (inverseMass(0) * startForce(world));
  prepare(world, block, 0);
  solveVelocities(block, 1, BLOCK_BYTES);
  keep(world, block, 0);
  store<usize>(WORLDS, world);
  solvePositions(WORLDS, 1);
  settle(world);
  headOf(world).shaping = shapingOf(world);
}

/** Sets a motor by an output of the network. */
function setMotor(world: usize, index: i32, output: f32): void {
  const joint = jointOf(world, index);
  const speed: f32 = (index & 1) == 0 ? 4 : 6;
  joint.speed = output > 0 ? speed : output < 0 ? -speed : 0;
  joint.torque = <f32>(<f64>80 * <f64>min<f32>(abs<f32>(output), 1));
}

/** Counts the touching contacts of each body, or raises counts to them. */
function countContacts(world: usize, isFirst: bool): void {
  if (isFirst) memory.fill(COUNTS, 0, 32);
  const head = headOf(world);
  for (let body = 0; body < BODIES; body++) {
    let count = 0;
    for (let index = 0; index < head.contacts; index++) {
      const contact = contactOf(world, index);
      if (contact.body == body) count += contact.isTouching;
    }
    const at = COUNTS + ((<usize>body) << 2);
    store<i32>(at, max<i32>(load<i32>(at), count));
  }
}

/** Makes slots for the contacts of `count` worlds. @param worlds pointers to them */
function makeRoom(block: usize, worlds: usize, count: i32): void {
  rows.clearBlock(block);
  for (let lane = 0; lane < count; lane++) countContacts(load<usize>(worlds + ((<usize>lane) << 2)), lane == 0);
  rows.addSlots(block, COUNTS);
}

/** Gravity, constraints and what they begin with, into a lane of a block. */
function prepare(world: usize, block: usize, lane: usize): void {
  const head = headOf(world);
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    body.c0x = body.cx;
    body.c0y = body.cy;
    body.a0 = body.a;
    body.vy += FALL;
    for (let number = head.contacts - 1, slot = -1; number >= 0; number--) {
      const contact = contactOf(world, number);
      if (contact.body != index || contact.isTouching == 0) continue;
      slot = rows.nextSlot(block, index, slot + 1);
      prepareContact(contact, body, rows.slotAt(block, slot), lane, true);
      warmStartContact(body, rows.slotAt(block, slot) + lane);
    }
  }
  for (let place: usize = 0; place < 4; place++) {
    prepareJoint(world, block, lane, load<i32>(JOINT_ORDER + (place << 2)));
  }
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    const v = rows.velocityAt(block, index) + lane;
    store<f32>(v, body.vx);
    store<f32>(v, body.vy, 16);
    store<f32>(v, body.w, 32);
  }
}

/** Takes velocities and impulses back from a lane of a block. */
function keep(world: usize, block: usize, lane: usize): void {
  const head = headOf(world);
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    const v = rows.velocityAt(block, index) + lane;
    body.vx = load<f32>(v);
    body.vy = load<f32>(v, 16);
    body.w = load<f32>(v, 32);
    for (let number = head.contacts - 1, slot = -1; number >= 0; number--) {
      const contact = contactOf(world, number);
      if (contact.body != index || contact.isTouching == 0) continue;
      slot = rows.nextSlot(block, index, slot + 1);
      storeContact(contact, rows.slotAt(block, slot) + lane);
    }
  }
  for (let index = 0; index < JOINTS; index++) storeJoint(jointOf(world, index), rows.jointAt(block, index) + lane);
}

/** What of a step follows after velocities and places. */
function settle(world: usize): void {
  let moved = 0;
  for (let index = 0; index < BODIES; index++) if (updateFatBox(bodyOf(world, index))) moved |= 1 << index;
  addContacts(world, moved);
  solveImpacts(world);
}
