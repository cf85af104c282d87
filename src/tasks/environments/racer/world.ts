/** A car on a road and one step of both: Box2D's, for five bodies, four joints and tiles that only feel what is on them. */

import { synchronize } from "../physics/bodies.ts";
import { POSITION_ROUNDS, TIME_STEP, VELOCITY_ROUNDS } from "../physics/constants.ts";
import { correctJoint } from "../physics/joint-positions.ts";
import { prepareJoints, solveJoint } from "../physics/joint-solver.ts";
import { integrate, rest } from "../physics/motion.ts";
import { type Car, type Controls, control, push, startCar, WHEEL_CORNERS } from "./car.ts";
import { type Road, roadOf, tilesUnder } from "./tiles.ts";
import { FIELD, type Row } from "./track.ts";

/** All that lives across steps. */
export interface World {
  readonly road: Road;
  readonly car: Car;
  /** Tiles that a wheel has touched. */
  readonly visited: Set<number>;
  /** Sum of rewards, doubles, -100 left out: so far, and after the last step that paid. */
  total: number;
  paid: number;
  /** Seconds since the reset, its own step included: 0.02 added for each. */
  time: number;
}

/** Paid for all tiles together, and for each step. */
const TILES_REWARD = 1000;
const STEP_REWARD = 0.1;
const LOST_REWARD = -100;
/** The order of solving, which is part of the result. */
const ORDER = [3, 2, 1, 0];

/** A car at the start of a track, after the first step, in which it is pulled together. */
export function startWorld(rows: readonly Row[] | Road): World {
  const road = "tiles" in rows ? rows : roadOf(rows);
  const world = { road, car: startCar(road.rows[0]), visited: new Set<number>(), total: 0, paid: 0, time: 0 };
  move(world);
  return world;
}

/** One step, also of a car that is out of the field. @returns reward, in doubles, and whether the episode is over */
export function stepWorld(world: World, controls: Controls): { reward: number; terminated: boolean } {
  control(world.car, controls);
  move(world);
  world.total -= STEP_REWARD;
  const reward = world.total - world.paid;
  world.paid = world.total;
  const { x, y } = world.car.bodies[0].transform;
  if (Math.abs(x) > FIELD || Math.abs(y) > FIELD) return { reward: LOST_REWARD, terminated: true };
  return { reward, terminated: world.visited.size === world.road.tiles.length };
}

/** Forces, tiles by where the wheels are, then velocities and places. */
function move(world: World): void {
  const { car, road, visited } = world;
  push(car);
  for (const [index, wheel] of car.wheels.entries()) {
    wheel.tiles = tilesUnder(road, WHEEL_CORNERS, car.bodies[index + 1].transform);
    for (const tile of wheel.tiles) {
      if (visited.has(tile)) continue;
      visited.add(tile);
      world.total += TILES_REWARD / road.tiles.length;
    }
  }
  solve(car);
  world.time += 0.02;
}

function solve({ bodies, joints }: Car): void {
  const constraints = prepareJoints(joints, bodies, ORDER);
  for (let round = 0; round < VELOCITY_ROUNDS; round++) for (const constraint of constraints) solveJoint(constraint);
  for (const body of bodies) integrate(body, TIME_STEP);
  let isSettled = false;
  for (let round = 0; round < POSITION_ROUNDS && !isSettled; round++) {
    isSettled = true;
    for (const constraint of constraints) isSettled = correctJoint(constraint, bodies) && isSettled;
  }
  bodies.forEach(synchronize);
  rest(bodies, isSettled);
}
