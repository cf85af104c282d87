/** Continuous collision; twin of continuous.ts of the environment. */
import * as rows from "./block";
import { updateFatBox } from "./boxes";
import { correctContact } from "./contact-positions";
import { addContacts, updateContact, wake } from "./contacts";
import { NEVER, timeOfImpact } from "./impact";
import { BODIES, Body, bodyOf, Contact, contactOf, EDGES, edgeOf, groundOf, headOf, polygonOf } from "./layout";
import { integrate, synchronize } from "./motion";
import { prepareContact } from "./prepare";
import { GOOD_IMPACT_SEPARATION, IMPACT_BAUMGARTE, IMPACT_POSITION_ROUNDS, TIME_STEP } from "./shapes";
import { solveImpact } from "./velocity";

const MAX_IMPACTS = 8;
const LAST_IMPACT: f32 = 0.9999988;

/** Contacts solved together, by index, as many as a world can have; and the block in which they are, in its first lane. */
const ISLAND: usize = memory.data(512, 16);
const BLOCK: usize = memory.data(46864, 16);
/** A sweep as it was: the first seven numbers of a body. */
const KEPT: usize = memory.data(32, 16);

/** Finds and handles all impacts of a step. */
export function solveImpacts(world: usize): void {
  const head = headOf(world);
  for (let index = 0; index < BODIES; index++) bodyOf(world, index).time = 0;
  if (head.hasTimes != 0) {
    for (let index = 0; index < head.polygons; index++) polygonOf(world, index).time = 0;
    for (let index = 0; index < EDGES; index++) edgeOf(world, index).time = 0;
    head.hasTimes = 0;
  }
  for (let index = 0; index < head.contacts; index++) {
    const contact = contactOf(world, index);
    contact.isKnown = 0;
    contact.impacts = 0;
  }
  for (;;) {
    const number = earliest(world);
    if (number < 0) return;
    const contact = contactOf(world, number);
    const body = bodyOf(world, contact.body);
    const ground = groundOf(world, contact.ground);
    const time = contact.impact;
    const keptTime = ground.time;
    memory.copy(KEPT, changetype<usize>(body), 28);
    head.hasTimes = 1;
    advance(body, time);
    body.cx = body.c0x;
    body.cy = body.c0y;
    body.a = body.a0;
    synchronize(body);
    ground.time = time;
    updateContact(world, contact);
    contact.isKnown = 0;
    contact.impacts++;
    if (contact.isTouching == 0) {
      contact.isEnabled = 0;
      memory.copy(changetype<usize>(body), KEPT, 28);
      ground.time = keptTime;
      synchronize(body);
      continue;
    }
    wake(body);
    solveIsland(world, body, gather(world, number, time), time);
    const moved = updateFatBox(body) ? 1 << contact.body : 0;
    for (let index = 0; index < head.contacts; index++) {
      const other = contactOf(world, index);
      if (other.body == contact.body) other.isKnown = 0;
    }
    addContacts(world, moved);
  }
}

/** Moves the beginning of a sweep on to a time. */
function advance(body: Body, time: f32): void {
  const b = (time - body.time) / (<f32>1 - body.time);
  const left: f32 = <f32>1 - b;
  body.c0x = left * body.c0x + b * body.cx;
  body.c0y = left * body.c0y + b * body.cy;
  body.a0 = left * body.a0 + b * body.a;
  body.time = time;
}

/** The contact of the earliest impact, of equal ones the newest, or -1. */
function earliest(world: usize): i32 {
  const head = headOf(world);
  let first = -1;
  let least: f32 = 1;
  for (let index = head.contacts - 1; index >= 0; index--) {
    const contact = contactOf(world, index);
    if (contact.isEnabled == 0 || contact.impacts > MAX_IMPACTS) continue;
    if (contact.isKnown == 0) {
      const body = bodyOf(world, contact.body);
      if (body.isAwake == 0) continue;
      const ground = groundOf(world, contact.ground);
      let start = body.time;
      if (start < ground.time) {
        start = ground.time;
        advance(body, start);
      } else if (ground.time < start) {
        ground.time = start;
        head.hasTimes = 1;
      }
      const share = timeOfImpact(ground, contact.ground < head.polygons, body);
      contact.impact = share == NEVER ? 1 : min<f32>(start + (<f32>1 - start) * share, 1);
      contact.isKnown = 1;
    }
    if (contact.impact >= least) continue;
    least = contact.impact;
    first = index;
  }
  return least > LAST_IMPACT ? -1 : first;
}

/** Lists the contact, and others of its body that touch at that time, newest first. @returns how many */
function gather(world: usize, number: i32, time: f32): i32 {
  const head = headOf(world);
  const contact = contactOf(world, number);
  store<i32>(ISLAND, number);
  let count = 1;
  for (let index = head.contacts - 1; index >= 0; index--) {
    const other = contactOf(world, index);
    if (index == number || other.body != contact.body) continue;
    updateContact(world, other);
    if (other.isTouching == 0) continue;
    groundOf(world, other.ground).time = time;
    store<i32>(ISLAND + ((<usize>count) << 2), index);
    count++;
  }
  return count;
}

// @ts-ignore: decorator
@inline
function islander(world: usize, index: i32): Contact {
  return contactOf(world, load<i32>(ISLAND + ((<usize>index) << 2)));
}

/** Moves a body out of what it touches and lets it go on to the end of the step. */
function solveIsland(world: usize, body: Body, count: i32, time: f32): void {
  for (let round = 0; round < IMPACT_POSITION_ROUNDS; round++) {
    let least: f32 = 0;
    for (let index = 0; index < count; index++) {
      least = correctContact(islander(world, index), body, IMPACT_BAUMGARTE, least);
    }
    if (least >= GOOD_IMPACT_SEPARATION) break;
  }
  body.c0x = body.cx;
  body.c0y = body.cy;
  body.a0 = body.a;
  synchronize(body);
  rows.clearBlock(BLOCK);
  for (let index = 0; index < count; index++) {
    rows.addSlot(BLOCK, body.index);
    prepareContact(islander(world, index), body, rows.slotAt(BLOCK, index), 0, false);
  }
  const v = rows.velocityAt(BLOCK, body.index);
  store<f32>(v, body.vx);
  store<f32>(v, body.vy, 16);
  store<f32>(v, body.w, 32);
  solveImpact(BLOCK, body.index);
  body.vx = load<f32>(v);
  body.vy = load<f32>(v, 16);
  body.w = load<f32>(v, 32);
  integrate(body, (<f32>1 - time) * TIME_STEP);
  synchronize(body);
}
