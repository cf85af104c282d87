/** The time of impact of a body and a piece of ground; twin of impact.ts of the environment. */
import { Pose, dot, placeX, placeY, turnBackX, turnBackY, turnX, turnY } from "../physics/pose";
import {
  distanceOf,
  forget,
  furthest,
  nearestBody0,
  nearestBody1,
  nearestCount,
  nearestGround0,
  nearestGround1,
} from "../physics/distance";
import { isApart } from "./apart";
import { Body, Ground, VERTICES_AT } from "./layout";
import { cornerCount, corners, inverseLength, setPose, xOf, yOf } from "./shapes";

const TARGET: f32 = 0.005;
const TOLERANCE: f32 = 0.00125;
const LOW: f32 = TARGET - TOLERANCE;
const HIGH: f32 = TARGET + TOLERANCE;
const TURN: f32 = 6.2831855;
const ADVANCES = 20;
const CORNERS = 16;
const ROOT_ROUNDS = 50;

/** No impact. */
export const NEVER: f32 = 2;

const POSE = changetype<Pose>(memory.data(16, 16));
let sweep: usize = 0;
let a0: f32 = 0;
let a: f32 = 0;
let number: i32 = 0;

// The corners of both, and the axis: of points (0), of a side of the ground (1), of a side of the body (2).
let grounds: usize = 0;
let groundCount: i32 = 0;
let bodies: usize = 0;
let bodyCount: i32 = 0;
let kind: i32 = 0;
let axisX: f32 = 0;
let axisY: f32 = 0;
let middleX: f32 = 0;
let middleY: f32 = 0;
let deepestGround: i32 = 0;
let deepestBody: i32 = 0;

/** Puts POSE to where the body is at a time of its sweep. */
function pose(time: f32): void {
  const body = changetype<Body>(sweep);
  const left: f32 = <f32>1 - time;
  const x = left * body.c0x + time * body.cx;
  const y = left * body.c0y + time * body.cy;
  setPose(POSE, number, x, y, left * a0 + time * a);
}

/** The share of the sweep until a body touches a piece of ground, or NEVER. */
export function timeOfImpact(ground: Ground, isPolygon: bool, body: Body): f32 {
  if (isApart(ground, isPolygon, body)) return NEVER;
  sweep = changetype<usize>(body);
  number = body.index;
  const turns = TURN * floor<f32>(body.a0 / TURN);
  a0 = body.a0 - turns;
  a = body.a - turns;
  grounds = changetype<usize>(ground) + VERTICES_AT;
  groundCount = isPolygon ? 4 : 2;
  bodies = corners(number);
  bodyCount = cornerCount(number);
  let first: f32 = 0;
  forget();
  for (let advance = 0; advance < ADVANCES; advance++) {
    pose(first);
    const distance = distanceOf(grounds, groundCount, bodies, bodyCount, POSE);
    if (distance <= 0) return NEVER;
    if (distance < HIGH) return first;
    chooseAxis();
    let second: f32 = 1;
    let isAdvanced = false;
    for (let corner = 0; corner < CORNERS; corner++) {
      const atSecond = deepest(second);
      if (atSecond > HIGH) return NEVER;
      if (atSecond > LOW) {
        first = second;
        isAdvanced = true;
        break;
      }
      const atFirst = separation(first);
      if (atFirst < LOW) return NEVER;
      if (atFirst <= HIGH) return first;
      second = root(first, atFirst, second, atSecond);
    }
    if (!isAdvanced) continue;
  }
  return NEVER;
}

/** A time between two at which the separation is the distance aimed at. */
function root(low: f32, atLow: f32, high: f32, atHigh: f32): f32 {
  const second = high;
  for (let round = 0; round < ROOT_ROUNDS; round++) {
    const time = (round & 1) != 0 ? low + ((TARGET - atLow) * (high - low)) / (atHigh - atLow) : <f32>0.5 * (low + high);
    const value = separation(time);
    if (abs<f32>(value - TARGET) < TOLERANCE) return time;
    if (value > TARGET) {
      low = time;
      atLow = value;
    } else {
      high = time;
      atHigh = value;
    }
  }
  return second;
}

/** Makes the axis from the nearest corners at POSE. */
function chooseAxis(): void {
  if (nearestCount == 1) {
    const x = placeX(POSE, xOf(bodies, nearestBody0), yOf(bodies, nearestBody0)) - xOf(grounds, nearestGround0);
    const y = placeY(POSE, xOf(bodies, nearestBody0), yOf(bodies, nearestBody0)) - yOf(grounds, nearestGround0);
    const inverse = inverseLength(x, y);
    kind = 0;
    axisX = x * inverse;
    axisY = y * inverse;
    return;
  }
  kind = nearestGround0 == nearestGround1 ? 2 : 1;
  const list = kind == 2 ? bodies : grounds;
  const one = kind == 2 ? nearestBody0 : nearestGround0;
  const two = kind == 2 ? nearestBody1 : nearestGround1;
  const x1 = xOf(list, one);
  const y1 = yOf(list, one);
  const x2 = xOf(list, two);
  const y2 = yOf(list, two);
  const inverse = inverseLength(y2 - y1, -(x2 - x1));
  axisX = (y2 - y1) * inverse;
  axisY = -(x2 - x1) * inverse;
  middleX = <f32>0.5 * (x1 + x2);
  middleY = <f32>0.5 * (y1 + y2);
  deepestGround = nearestGround0;
  deepestBody = nearestBody0;
  if (separationAtPose() >= 0) return;
  axisX = -axisX;
  axisY = -axisY;
}

/** Separation of the deepest corners at POSE. */
function separationAtPose(): f32 {
  if (kind == 2) {
    const x = xOf(grounds, deepestGround) - placeX(POSE, middleX, middleY);
    const y = yOf(grounds, deepestGround) - placeY(POSE, middleX, middleY);
    return dot(x, y, turnX(POSE, axisX, axisY), turnY(POSE, axisX, axisY));
  }
  const x = placeX(POSE, xOf(bodies, deepestBody), yOf(bodies, deepestBody));
  const y = placeY(POSE, xOf(bodies, deepestBody), yOf(bodies, deepestBody));
  if (kind == 1) return dot(x - middleX, y - middleY, axisX, axisY);
  return dot(x - xOf(grounds, deepestGround), y - yOf(grounds, deepestGround), axisX, axisY);
}

function separation(time: f32): f32 {
  pose(time);
  return separationAtPose();
}

/** Finds the corners that are deepest at a time. @returns their separation */
function deepest(time: f32): f32 {
  pose(time);
  if (kind == 2) {
    deepestGround = furthest(grounds, groundCount, -turnX(POSE, axisX, axisY), -turnY(POSE, axisX, axisY));
    deepestBody = nearestBody0;
  } else {
    deepestGround = kind == 1 ? nearestGround0 : furthest(grounds, groundCount, axisX, axisY);
    deepestBody = furthest(bodies, bodyCount, turnBackX(POSE, -axisX, -axisY), turnBackY(POSE, -axisX, -axisY));
  }
  return separationAtPose();
}
