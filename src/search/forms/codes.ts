/**
 * How codes of a form come about: at random, of two parents, by changes. Integers as Rudolph 1994 varies them ("An
 * evolutionary algorithm for integer programming", PPSN III): steps of geometric distribution, either way alike; his step
 * sizes are adapted, these are not.
 */
import type { Rng } from "../../base/rng.ts";
import { type Code, type Form, featureLength, isRest } from "./form.ts";

/** Probability that a step is one longer: 1 in 3 of 5 steps, 1.7 in the mean. */
const LONGER = 0.4;
/** Probability that a number which is not 0 becomes 0, which takes a connection away. */
const TO_ZERO = 0.15;

/** A code whose numbers are each 0, or with the probability `density` one of the others; rests are empty. */
export function firstCode(form: Form, density: number, rng: Rng): Code {
  const length = featureLength(form);
  const { features, activations, multiplicity } = form;
  return Int32Array.from({ length: features * length }, (_, place) => {
    if (place % length === 0) return rng.integer(activations.length);
    if (isRest(form, place % length) || rng.uniform() >= density) return 0;
    const size = 1 + rng.integer(multiplicity);
    return rng.uniform() < 0.5 ? -size : size;
  });
}

/** The first code, each feature with the probability 1/2 that of the second. */
export function recombine(form: Form, first: Code, second: Code, rng: Rng): Code {
  const length = featureLength(form);
  const child = first.slice();
  for (let place = 0; place < child.length; place += length) {
    if (rng.uniform() < 0.5) child.set(second.subarray(place, place + length), place);
  }
  return child;
}

/** Changes a code in so many places as a geometric distribution says, `changes` in the mean; the same may be drawn twice. */
export function change(form: Form, code: Code, changes: number, rng: Rng): Code {
  const child = code.slice();
  do {
    changeOne(form, child, rng);
  } while (rng.uniform() < 1 - 1 / changes);
  return child;
}

function changeOne(form: Form, code: Code, rng: Rng): void {
  const { activations } = form;
  const length = featureLength(form);
  let place = rng.integer(code.length);
  // One activation alone is nothing to choose from: the number after it is changed.
  if (place % length === 0 && activations.length === 1) place++;
  if (place % length === 0) {
    code[place] = (code[place] + 1 + rng.integer(activations.length - 1)) % activations.length;
  } else {
    code[place] = otherNumber(code[place], form.multiplicity, rng);
  }
}

/** Another number, from -most to most. */
function otherNumber(number: number, most: number, rng: Rng): number {
  if (number !== 0 && rng.uniform() < TO_ZERO) return 0;
  let size = 1;
  while (rng.uniform() < LONGER) size++;
  const step = rng.uniform() < 0.5 ? -size : size;
  const other = Math.max(-most, Math.min(most, number + step));
  // At the end of its range the way back is left.
  return other === number ? Math.max(-most, Math.min(most, number - step)) : other;
}
