/** A driver for the racer who knows where the road is: steers at a point ahead on it, aside by as much as it is told. */
import { type Controls, type RacerState, type Rng, type Row, racerStart, stepRacer } from "precocial";

/** Where a car is on the road. */
export interface Place {
  /** Number of the nearest row. */
  readonly row: number;
  /** From the middle of the road, positive to the right, m; from its direction, positive to the left, rad. */
  readonly offset: number;
  readonly heading: number;
}

/** How a driver is: metres aside, how much its steering is disturbed (0 to 1), gas. */
export interface Manner {
  readonly aside: number;
  readonly noise: number;
  readonly gas: number;
}

/** Rows that are looked ahead. */
const AHEAD = 4;

/** Where a car is, found from where it was. */
export function placeOf({ world }: RacerState, before: number): Place {
  const { rows } = world.road;
  const { x, y } = world.car.bodies[0].transform;
  const distance = (row: number) => (rows[row].x - x) ** 2 + (rows[row].y - y) ** 2;
  let row = before;
  for (let by = -5; by <= 15; by++) {
    const other = (before + by + rows.length) % rows.length;
    if (distance(other) < distance(row)) row = other;
  }
  const { beta } = rows[row];
  const offset = (x - rows[row].x) * Math.cos(beta) + (y - rows[row].y) * Math.sin(beta);
  return { row, offset, heading: turnBetween(beta, world.car.bodies[0].a) };
}

/** From one angle to another the short way, rad. */
export function turnBetween(from: number, to: number): number {
  const turn = (to - from) / (2 * Math.PI);
  return 2 * Math.PI * (turn - Math.round(turn));
}

/** What the driver does. */
export function drive({ world }: RacerState, { row }: Place, { aside, gas }: Manner): Controls {
  const { rows } = world.road;
  const hull = world.car.bodies[0];
  const goal: Row = rows[(row + AHEAD) % rows.length];
  const x = goal.x + aside * Math.cos(goal.beta) - hull.transform.x;
  const y = goal.y + aside * Math.sin(goal.beta) - hull.transform.y;
  const right = Math.atan2(x * Math.cos(hull.a) + y * Math.sin(hull.a), y * Math.cos(hull.a) - x * Math.sin(hull.a));
  const steer = Math.min(Math.max(right, -1), 1);
  return { steer, gas, brake: 0.004 + 0.03 * Math.abs(steer) };
}

/**
 * Drives an episode with a manner that changes now and then.
 *
 * @param seen is told of each state, and where it is, before the driver acts
 */
export function driveEpisode(
  ground: Parameters<typeof racerStart>[0],
  steps: number,
  rng: Rng,
  seen: (state: RacerState, place: Place, controls: Controls) => void,
): void {
  const state = racerStart(ground);
  let place: Place = { row: 0, offset: 0, heading: 0 };
  let manner: Manner = { aside: 0, noise: 0, gas: 0.1 };
  let swerve = 0;
  for (let step = 0; step < steps; step++) {
    if (step % 50 === 0) {
      manner = { aside: rng.between(-6, 6), noise: rng.between(0, 1) ** 2, gas: rng.between(0.05, 0.15) };
    }
    if (step % 8 === 0) swerve = manner.noise * rng.between(-1, 1);
    place = placeOf(state, place.row);
    const controls = drive(state, place, manner);
    seen(state, place, controls);
    const { terminated } = stepRacer(state, { ...controls, steer: controls.steer + swerve });
    if (terminated) return;
  }
}
