/** The order in which worlds are put into blocks: those together that ask much the same of the velocity solver. */
import { highLimit, jointAngle, lowLimit } from "./hinges";
import { contactOf, headOf, JOINTS } from "./layout";

/** Signatures with the places of their worlds in the lowest 6 bits. */
export const ORDER: usize = memory.data(256, 16);

/** What a world asks of the velocity solver: contacts of each body, whether with two points, and joints at a limit. */
export function signatureOf(world: usize): i32 {
  let signature = 0;
  for (let index = headOf(world).contacts - 1; index >= 0; index--) {
    const contact = contactOf(world, index);
    if (contact.isTouching == 0) continue;
    const counts = (signature >> (9 + 3 * contact.body)) & 7;
    if (counts < 7) signature += 1 << (9 + 3 * contact.body);
    if (contact.points == 2) signature |= 16 << contact.body;
  }
  for (let joint = 0; joint < JOINTS; joint++) {
    const angle = jointAngle(world, joint);
    if (angle <= lowLimit(joint) || angle >= highLimit(joint)) signature |= 1 << joint;
  }
  return signature;
}

/** Sorts places by their worlds' signatures, so that lanes of a block have much in common. */
export function sortOrder(count: i32): void {
  for (let index = 1; index < count; index++) {
    const value = load<i32>(ORDER + ((<usize>index) << 2));
    let at = index - 1;
    for (; at >= 0; at--) {
      const other = load<i32>(ORDER + ((<usize>at) << 2));
      if (other <= value) break;
      store<i32>(ORDER + ((<usize>at) << 2), other, 4);
    }
    store<i32>(ORDER + ((<usize>(at + 1)) << 2), value);
  }
}
