/**
 * The list of contacts: pairs of a body and a piece of ground whose fat boxes overlap, and what became of them
 * (Box2D's manual, "Contacts"; E. Catto, "Understanding Constraints", GDC 2014).
 *
 * A contact is made when fat boxes come to overlap, is touching or not, and is destroyed when they part. The newest is the
 * first of the list, and the order of the list is part of the result.
 */
import { BODIES, type Body, overlap, wake } from "./bodies.ts";
import { type Manifold, NOWHERE } from "./clipping.ts";
import { manifoldOf } from "./manifolds.ts";
import type { Ground } from "./terrain.ts";

/** A body and a piece of the ground that are near each other. */
export interface Contact {
  /** Number of the piece of ground, and of the body. */
  readonly ground: number;
  readonly body: number;
  /** Where they touch; nowhere as long as it has no points. */
  manifold: Manifold;
  isTouching: boolean;
  /** Whether it takes part in continuous collision; false once it was found not to touch at an impact. */
  isEnabled: boolean;
  /** The time of impact found last in this step, 0 to 1, or undefined if something has moved since. */
  impact: number | undefined;
  /** Impacts in this step. */
  impacts: number;
}

/** What touches: the feet's flags and the fall. */
export interface Touch {
  /** Whether the lower legs touch, by body; set by any beginning of contact and cleared by any end of one. */
  readonly feet: boolean[];
  /** Whether the hull has touched; stays. */
  hasFallen: boolean;
}

/** A new contact that touches nowhere yet. */
function createContact(ground: number, body: number): Contact {
  return { ground, body, manifold: NOWHERE, isTouching: false, isEnabled: true, impact: undefined, impacts: 0 };
}

/** The first contact between the two, or undefined. */
function find(contacts: readonly Contact[], ground: number, body: number): Contact | undefined {
  return contacts.find((contact) => contact.ground === ground && contact.body === body);
}

/**
 * Makes the contacts of bodies that have new fat boxes, by piece of ground, then by body, each to the front of the list.
 *
 * @param moved whether each body has
 */
export function addContacts(
  contacts: Contact[],
  bodies: readonly Body[],
  grounds: readonly Ground[],
  moved: readonly boolean[],
): void {
  if (!moved.includes(true)) return;
  grounds.forEach(({ fat }, ground) => {
    for (let body = 0; body < BODIES; body++) {
      if (!moved[body] || !overlap(fat, bodies[body].fat) || find(contacts, ground, body)) continue;
      contacts.unshift(createContact(ground, body));
      wake(bodies[body]);
    }
  });
}

/** Destroys the contacts whose fat boxes have parted and updates the others, newest first. */
export function updateContacts(
  contacts: Contact[],
  bodies: readonly Body[],
  grounds: readonly Ground[],
  touch: Touch,
): void {
  for (let index = 0; index < contacts.length; ) {
    const contact = contacts[index];
    if (overlap(grounds[contact.ground].fat, bodies[contact.body].fat)) {
      updateContact(contact, bodies, grounds, touch);
      index++;
    } else {
      if (contact.isTouching) end(contact, touch);
      contacts.splice(index, 1);
    }
  }
}

/** Computes a contact's manifold anew; points known by their id keep their impulses. */
export function updateContact(
  contact: Contact,
  bodies: readonly Body[],
  grounds: readonly Ground[],
  touch: Touch,
): void {
  const body = bodies[contact.body];
  const { points } = contact.manifold;
  contact.isEnabled = true;
  contact.manifold = manifoldOf(grounds[contact.ground], body);
  for (const point of contact.manifold.points) {
    const known = points.find(({ id }) => id === point.id);
    if (known === undefined) continue;
    point.normalImpulse = known.normalImpulse;
    point.tangentImpulse = known.tangentImpulse;
  }
  const isTouching = contact.manifold.points.length > 0;
  if (isTouching !== contact.isTouching) {
    contact.isTouching = isTouching;
    wake(body);
    if (isTouching) begin(contact, touch);
    else end(contact, touch);
  }
}

function begin({ body }: Contact, touch: Touch): void {
  if (body === 0) touch.hasFallen = true;
  touch.feet[body] = true;
}

function end({ body }: Contact, touch: Touch): void {
  touch.feet[body] = false;
}
