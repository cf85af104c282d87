/**
 * The position solver; twin of position-solver.ts of the environment.
 *
 * Some worlds need one round and others all 60, so a few are corrected at a time, four by one instruction, and whoever is
 * done gives its place to the next. Several fours take turns by half joints: what one waits for hides behind the others.
 *
 * Where limits pull against the ground, bodies soon come back to where they were some rounds before, to the bit: six rounds
 * before, as a rule. Nothing new can follow, so of all rounds that are left only what exceeds whole periods is done.
 */
import { correctContacts } from "./contact-positions";
import { correctHip, correctKnee, turnJoint } from "./hinge-positions";
import { BODIES, bodyOf } from "./layout";
import { integrate, rest, synchronize } from "./motion";
import { enter, GOOD, isAsBefore, leave, PLACES_BYTES, remember, ROUNDS, WORLDS } from "./places";
import { GOOD_SEPARATION, POSITION_ROUNDS, TIME_STEP } from "./shapes";

/** How many fours there are. */
const FOURS = 2;
const PLACES: usize = memory.data(134720, 16);
/** Where the bodies are is remembered after this many rounds, and twice, four times ... as many. */
const FIRST_REMEMBERED = 4;

// Worlds that wait.
let waiting: usize = 0;
let end: usize = 0;

/** Moves all bodies of worlds, corrects their places and lets them rest. @param worlds pointers to them */
export function solvePositions(worlds: usize, count: i32): void {
  waiting = worlds;
  end = worlds + ((<usize>count) << 2);
  let first = PLACES;
  let last = PLACES + <usize>min<i32>(FOURS, (count + 3) >> 2) * PLACES_BYTES;
  for (let places = first; places < last; places += PLACES_BYTES) {
    for (let lane: usize = 0; lane < 16; lane += 4) admit(places, lane);
  }
  while (first < last) {
    correct(first, last);
    for (let places = first; places < last; places += PLACES_BYTES) {
      const before = i32x4.bitmask(isAsBefore(places));
      for (let lane: usize = 0; lane < 16; lane += 4) {
        const world = load<usize>(places + WORLDS + lane);
        if (world == 0) continue;
        const isSettled = load<i32>(places + GOOD + lane) != 0;
        let rounds = load<i32>(places + ROUNDS + lane) + 1;
        if (rounds > FIRST_REMEMBERED && ((before >> (<i32>lane >> 2)) & 1) != 0) {
          rounds = withoutPeriods(rounds);
        } else if (rounds >= FIRST_REMEMBERED && (rounds & (rounds - 1)) == 0) {
          remember(places, lane);
        }
        store<i32>(places + ROUNDS + lane, rounds);
        if (!isSettled && rounds < POSITION_ROUNDS) continue;
        leave(places, lane, world);
        for (let index = 0; index < BODIES; index++) synchronize(bodyOf(world, index));
        rest(world, isSettled);
        admit(places, lane);
      }
    }
    while (first < last && isEmpty(first)) first += PLACES_BYTES;
    while (first < last && isEmpty(last - PLACES_BYTES)) last -= PLACES_BYTES;
  }
}

// @ts-ignore: decorator
@inline
function isEmpty(places: usize): bool {
  return !v128.any_true(v128.load(places, WORLDS));
}

/** The number of rounds after which bodies would be where they are now, and in which less than a period is left. */
function withoutPeriods(rounds: i32): i32 {
  const period = rounds - (1 << (31 - clz(rounds - 1)));
  return POSITION_ROUNDS - ((POSITION_ROUNDS - rounds) % period);
}

/** One round in some fours. The order of joints is part of the result. */
function correct(first: usize, last: usize): void {
  for (let places = first; places < last; places += PLACES_BYTES) {
    v128.store(places, f32x4.ge(correctContacts(places), f32x4.splat(GOOD_SEPARATION)), GOOD);
  }
  for (let places = first; places < last; places += PLACES_BYTES) turnJoint(places, 3);
  for (let places = first; places < last; places += PLACES_BYTES) correctKnee(places, 3);
  for (let places = first; places < last; places += PLACES_BYTES) turnJoint(places, 2);
  for (let places = first; places < last; places += PLACES_BYTES) correctHip(places, 2);
  for (let places = first; places < last; places += PLACES_BYTES) turnJoint(places, 0);
  for (let places = first; places < last; places += PLACES_BYTES) correctHip(places, 0);
  for (let places = first; places < last; places += PLACES_BYTES) turnJoint(places, 1);
  for (let places = first; places < last; places += PLACES_BYTES) correctKnee(places, 1);
}

/** Lets the next world that waits, if there is one, into a place; its bodies are moved by their velocities before. */
function admit(places: usize, lane: usize): void {
  const world = waiting < end ? load<usize>(waiting) : 0;
  waiting += 4;
  if (world != 0) for (let index = 0; index < BODIES; index++) integrate(bodyOf(world, index), TIME_STEP);
  enter(places, lane, world);
}
