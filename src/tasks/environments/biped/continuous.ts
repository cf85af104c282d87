/**
 * Continuous collision: impacts within a step, so that nothing falls through the ground
 * (E. Catto, "Continuous Collision", GDC 2013; Box2D's manual, "Bullets").
 *
 * The earliest impact of all contacts is found; its body goes back to that time, is moved out of what it touches, gets
 * the velocity of a contact and goes on for the rest of the step. Other bodies do not take part, and joints are left to the
 * next step. Then the earliest impact is looked for again.
 */
import { f32 } from "../../../base/float32.ts";
import { synchronize } from "../physics/bodies.ts";
import { TIME_STEP, VELOCITY_ROUNDS } from "../physics/constants.ts";
import { integrate } from "../physics/motion.ts";
import { advance, type Body, type Sweep, updateFatBox, wake } from "./bodies.ts";
import {
  GOOD_IMPACT_SEPARATION,
  IMPACT_BAUMGARTE,
  IMPACT_POSITION_ROUNDS,
  LAST_IMPACT,
  MAX_IMPACTS,
  MAX_ISLAND,
} from "./constants.ts";
import { prepareContact, solveContact } from "./contact-solver.ts";
import { addContacts, type Contact, type Touch, updateContact } from "./contacts.ts";
import { timeOfImpact } from "./impact.ts";
import { correctContact } from "./position-solver.ts";
import type { Ground } from "./terrain.ts";

/** What continuous collision works on. */
interface Parts {
  readonly grounds: readonly Ground[];
  readonly bodies: readonly Body[];
  readonly contacts: Contact[];
  readonly touch: Touch;
}

/** Finds and handles all impacts of a step whose end the bodies have reached. */
export function solveImpacts(parts: Parts): void {
  const { grounds, bodies, contacts } = parts;
  // Pieces of ground have a time too: a body is never met by one that is behind or ahead of it.
  const times = new Float32Array(grounds.length);
  for (const body of bodies) body.time = 0;
  for (const contact of contacts) {
    contact.impact = undefined;
    contact.impacts = 0;
  }
  for (;;) {
    const contact = earliest(parts, times);
    if (contact === undefined) return;
    const body = bodies[contact.body];
    const time = contact.impact as number;
    const kept = sweepOf(body);
    const keptTime = times[contact.ground];
    goTo(body, time);
    times[contact.ground] = time;
    updateContact(contact, bodies, grounds, parts.touch);
    contact.impact = undefined;
    contact.impacts++;
    if (!contact.isTouching) {
      contact.isEnabled = false;
      Object.assign(body, kept);
      times[contact.ground] = keptTime;
      synchronize(body);
      continue;
    }
    wake(body);
    solveImpact(body, islandOf(contact, parts, times, time), time);
    const moved = bodies.map((other) => other === body && updateFatBox(body));
    for (const other of contacts) if (other.body === contact.body) other.impact = undefined;
    addContacts(contacts, bodies, grounds, moved);
  }
}

/** The contact of the earliest impact, of equal ones the newest, or undefined without any. */
function earliest({ grounds, bodies, contacts }: Parts, times: Float32Array): Contact | undefined {
  let first: Contact | undefined;
  let least = 1;
  for (const contact of contacts) {
    if (!contact.isEnabled || contact.impacts > MAX_IMPACTS) continue;
    if (contact.impact === undefined) {
      const body = bodies[contact.body];
      if (!body.isAwake) continue;
      const start = Math.max(body.time, times[contact.ground]);
      if (body.time < start) advance(body, start);
      times[contact.ground] = start;
      const share = timeOfImpact(grounds[contact.ground], body);
      const time = share === undefined ? 1 : f32(start + f32(f32(1 - start) * share));
      contact.impact = Math.min(time, 1);
    }
    if (contact.impact >= least) continue;
    least = contact.impact;
    first = contact;
  }
  return least > LAST_IMPACT ? undefined : first;
}

function sweepOf({ c0x, c0y, a0, cx, cy, a, time }: Body): Sweep {
  return { c0x, c0y, a0, cx, cy, a, time };
}

/** Moves a body to a time of its sweep. */
function goTo(body: Body, time: number): void {
  advance(body, time);
  body.cx = body.c0x;
  body.cy = body.c0y;
  body.a = body.a0;
  synchronize(body);
}

/** What is solved together: the contact, and others of its body that touch at that time, newest first. */
function islandOf(contact: Contact, { bodies, grounds, contacts, touch }: Parts, times: Float32Array, time: number) {
  const island = [contact];
  for (const other of contacts) {
    if (other === contact || other.body !== contact.body || island.length === MAX_ISLAND) continue;
    updateContact(other, bodies, grounds, touch);
    if (!other.isTouching) continue;
    times[other.ground] = time;
    island.push(other);
  }
  return island;
}

/** Moves a body out of what it touches, makes it bounce off nothing, and lets it go on to the end of the step. */
function solveImpact(body: Body, island: readonly Contact[], time: number): void {
  for (let round = 0; round < IMPACT_POSITION_ROUNDS; round++) {
    let least = 0;
    for (const { manifold } of island) least = correctContact(manifold, body, IMPACT_BAUMGARTE, least);
    if (least >= GOOD_IMPACT_SEPARATION) break;
  }
  body.c0x = body.cx;
  body.c0y = body.cy;
  body.a0 = body.a;
  synchronize(body);
  const constraints = island.map(({ manifold }) => prepareContact(manifold, body, false));
  for (let round = 0; round < VELOCITY_ROUNDS; round++) {
    for (const constraint of constraints) solveContact(constraint);
  }
  integrate(body, f32(f32(1 - time) * TIME_STEP));
  synchronize(body);
}
