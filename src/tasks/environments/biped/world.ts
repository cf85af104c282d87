/**
 * The walker's world and one step of it: Box2D's, for five bodies, four joints and still ground
 * (E. Catto, "Iterative Dynamics with Temporal Coherence", 2005; Box2D's manual, "Simulating the World").
 */
import { f32 } from "../../../base/float32.ts";
import { synchronize } from "../physics/bodies.ts";
import { POSITION_ROUNDS, TIME_STEP, VELOCITY_ROUNDS } from "../physics/constants.ts";
import { correctJoint } from "../physics/joint-positions.ts";
import { prepareJoints, solveJoint } from "../physics/joint-solver.ts";
import type { Joint } from "../physics/joints.ts";
import { integrate, rest } from "../physics/motion.ts";
import { type Body, startBodies, updateFatBox, wake } from "./bodies.ts";
import { BAUMGARTE, FALL, GOOD_SEPARATION } from "./constants.ts";
import { prepareContact, solveContact, storeImpulses, warmStartContact } from "./contact-solver.ts";
import { addContacts, type Contact, type Touch, updateContacts } from "./contacts.ts";
import { solveImpacts } from "./continuous.ts";
import { setMotors, startJoints } from "./joints.ts";
import { correctContact } from "./position-solver.ts";
import { type Ground, groundOf, type Track } from "./terrain.ts";

/** All that lives across steps. */
export interface World {
  readonly track: Track;
  readonly grounds: readonly Ground[];
  /** Hull, leg and lower leg of the first side, of the second side. */
  readonly bodies: Body[];
  /** Hip and knee of the first side, of the second side. */
  readonly joints: Joint[];
  /** Newest first. */
  readonly contacts: Contact[];
  readonly touch: Touch;
}

/** The world before its first step. */
export function startWorld(track: Track): World {
  return {
    ...{ track, grounds: groundOf(track), bodies: startBodies(), joints: startJoints(), contacts: [] },
    touch: { feet: [false, false, false, false, false], hasFallen: false },
  };
}

/** The first step, in which nothing is known yet of contacts, and the force of the track pushes the hull. */
export function stepFirst(world: World): void {
  const { track, grounds, bodies, contacts } = world;
  const [hull] = bodies;
  setMotors(world.joints, [0, 0, 0, 0]);
  addContacts(
    contacts,
    bodies,
    grounds,
    bodies.map(() => true),
  );
  updateContacts(contacts, bodies, grounds, world.touch);
  hull.velocity[0] += f32(TIME_STEP * f32(hull.shape.inverseMass * f32(track.force)));
  move(world);
}

/** One step. @param action of the four motors, in the order of the joints */
export function stepWorld(world: World, action: ArrayLike<number>): void {
  const { grounds, bodies, contacts } = world;
  setMotors(world.joints, action);
  bodies.forEach(wake);
  updateContacts(contacts, bodies, grounds, world.touch);
  move(world);
}

/** What of a step follows after contacts are up to date. */
function move(world: World): void {
  const { grounds, bodies, contacts } = world;
  solve(world);
  addContacts(contacts, bodies, grounds, bodies.map(updateFatBox));
  solveImpacts(world);
}

/** The orders in which bodies' contacts and joints are solved. */
const ORDER = [4, 3, 0, 1, 2];
const JOINT_ORDER = [3, 2, 0, 1];

/** Velocities, then places: the heart of a step. */
function solve({ bodies, joints, contacts }: World): void {
  for (const body of bodies) {
    body.c0x = body.cx;
    body.c0y = body.cy;
    body.a0 = body.a;
    body.velocity[1] += FALL;
  }
  const touching = ORDER.flatMap((body) => contacts.filter((contact) => contact.body === body && contact.isTouching));
  const contactConstraints = touching.map(({ manifold, body }) => prepareContact(manifold, bodies[body], true));
  contactConstraints.forEach(warmStartContact);
  const jointConstraints = prepareJoints(joints, bodies, JOINT_ORDER);
  for (let round = 0; round < VELOCITY_ROUNDS; round++) {
    for (const constraint of jointConstraints) solveJoint(constraint);
    for (const constraint of contactConstraints) solveContact(constraint);
  }
  contactConstraints.forEach(storeImpulses);
  for (const body of bodies) integrate(body, TIME_STEP);

  let isSettled = false;
  for (let round = 0; round < POSITION_ROUNDS && !isSettled; round++) {
    let least = 0;
    for (const { manifold, body } of touching) least = correctContact(manifold, bodies[body], BAUMGARTE, least);
    isSettled = least >= GOOD_SEPARATION;
    for (const constraint of jointConstraints) isSettled = correctJoint(constraint, bodies) && isSettled;
  }
  bodies.forEach(synchronize);
  rest(bodies, isSettled);
}
