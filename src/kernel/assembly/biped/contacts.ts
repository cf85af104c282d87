/** The list of contacts; twin of contacts.ts of the environment. */
import { overlap } from "./boxes";
import { BODIES, bodyOf, Body, Contact, CONTACT_BYTES, contactOf, EDGES, edgeOf, Ground, groundOf, Head, headOf, MAX_CONTACTS, pointOf, polygonOf } from "./layout";
import { updateManifold } from "./manifolds";

/** Cells per metre, to look only at edges near a box. */
const CELLS: f32 = 30.0 / 14.0;

/** Makes the contacts of bodies that have new fat boxes. @param moved a bit for each body */
export function addContacts(world: usize, moved: i32): void {
  if (moved == 0) return;
  const head = headOf(world);
  const polygons = head.polygons;
  let lowX = f32.MAX_VALUE;
  let highX = -f32.MAX_VALUE;
  for (let index = 0; index < BODIES; index++) {
    if ((moved & (1 << index)) == 0) continue;
    const body = bodyOf(world, index);
    lowX = min<f32>(lowX, body.lowX);
    highX = max<f32>(highX, body.highX);
  }
  for (let index = 0; index < polygons; index++) {
    const ground = polygonOf(world, index);
    if (ground.lowX <= highX && ground.highX >= lowX) addContactsOf(world, head, ground, index, moved);
  }
  // A fat box reaches less than a cell beyond its edge.
  const first = max<i32>(0, <i32>max<f32>(-1, min<f32>(1000, lowX * CELLS)) - 2);
  const last = min<i32>(EDGES - 1, <i32>max<f32>(-1, min<f32>(1000, highX * CELLS)) + 2);
  for (let index = first; index <= last; index++) {
    addContactsOf(world, head, edgeOf(world, index), polygons + index, moved);
  }
}

function addContactsOf(world: usize, head: Head, ground: Ground, index: i32, moved: i32): void {
  for (let number = 0; number < BODIES; number++) {
    if ((moved & (1 << number)) == 0) continue;
    const body = bodyOf(world, number);
    if (!overlap(ground, body) || isKnown(world, head.contacts, index, number)) continue;
    if (head.contacts == MAX_CONTACTS) return;
    const contact = contactOf(world, head.contacts++);
    memory.fill(changetype<usize>(contact), 0, CONTACT_BYTES);
    contact.ground = index;
    contact.body = number;
    contact.isEnabled = 1;
    wake(body);
  }
}

function isKnown(world: usize, count: i32, ground: i32, body: i32): bool {
  for (let index = 0; index < count; index++) {
    const contact = contactOf(world, index);
    if (contact.ground == ground && contact.body == body) return true;
  }
  return false;
}

// @ts-ignore: decorator
@inline
export function wake(body: Body): void {
  if (body.isAwake != 0) return;
  body.isAwake = 1;
  body.rest = 0;
}

/** Destroys the contacts whose fat boxes have parted and updates the others, newest first. */
export function updateContacts(world: usize): void {
  const head = headOf(world);
  for (let index = head.contacts - 1; index >= 0; index--) {
    const contact = contactOf(world, index);
    if (overlap(groundOf(world, contact.ground), bodyOf(world, contact.body))) {
      updateContact(world, contact);
      continue;
    }
    if (contact.isTouching != 0) setFoot(head, contact.body, 0);
    head.contacts--;
    const at = changetype<usize>(contact);
    memory.copy(at, at + CONTACT_BYTES, <usize>(head.contacts - index) * CONTACT_BYTES);
  }
}

// @ts-ignore: decorator
@inline
function setFoot(head: Head, body: i32, flag: i32): void {
  store<i32>(changetype<usize>(head) + offsetof<Head>("foot0") + ((<usize>body) << 2), flag);
}

/** Impulses and ids of a contact's points, before they are computed anew. */
const KEPT: usize = memory.data(40, 16);

/** Computes a contact's manifold anew; points known by their id keep their impulses. */
export function updateContact(world: usize, contact: Contact): void {
  const head = headOf(world);
  const body = bodyOf(world, contact.body);
  const count = contact.points;
  if (count > 0) memory.copy(KEPT, changetype<usize>(pointOf(contact, 0)), 40);
  contact.isEnabled = 1;
  updateManifold(contact, groundOf(world, contact.ground), contact.ground < head.polygons, body);
  for (let index = 0; index < contact.points; index++) {
    const point = pointOf(contact, index);
    for (let other = 0; other < count; other++) {
      const kept = KEPT + <usize>other * 20;
      if (load<u32>(kept, 16) != point.id) continue;
      point.normalImpulse = load<f32>(kept, 8);
      point.tangentImpulse = load<f32>(kept, 12);
      break;
    }
  }
  const isTouching = contact.points > 0 ? 1 : 0;
  if (isTouching == contact.isTouching) return;
  contact.isTouching = isTouching;
  wake(body);
  if (isTouching != 0 && contact.body == 0) head.hasFallen = 1;
  setFoot(head, contact.body, isTouching);
}
