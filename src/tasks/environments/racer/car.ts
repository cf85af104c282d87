/**
 * The car: a hull on four wheels that turn, slip and roll, as Gymnasium's CarRacing-v3 makes it (Towers et al. 2024). Bodies
 * and joints are singles, engine, brakes and tyres doubles, each sum in its order.
 *
 * A wheel of radius r that rolls at omega pushes by the difference of its rim's speed from the ground's,
 *
 *     along = 82 (omega r - v . forward),  across = -82 v . side,
 *
 * both cut to the size of the friction limit: 400 N on the road, 240 N on grass. Engine: omega' = 40000 gas / (I (|omega| + 5)),
 * brake: omega falls by at most 15 brake a step and is 0 from 0.9 on, tyre: omega' = -along r / I.
 */
import { f32 } from "../../../base/float32.ts";
import type { Body, Mass } from "../physics/bodies.ts";
import { TIME_STEP } from "../physics/constants.ts";
import { FREE, type Joint } from "../physics/joints.ts";
import { cosine, sine } from "../physics/sine.ts";
import { place } from "../physics/transforms.ts";
import type { Vector } from "../physics/vectors.ts";
import type { Row } from "./track.ts";

/** Wheels by their number: front left, front right, rear left, rear right. */
export const WHEELS = 4;
const FRONT = 2;
/** Gymnasium's unit of the car, m. */
const SIZE = 0.02;
const ENGINE_POWER = 100000000 * SIZE * SIZE;
const WHEEL_INERTIA = 4000 * SIZE * SIZE;
const FRICTION = 1000000 * SIZE * SIZE;
const GRASS_FRICTION = FRICTION * 0.6;
const SLIP = 205000 * SIZE * SIZE;
const RADIUS = 27 * SIZE;
const STEP = 1 / 50;
const MOST_GAS_GAIN = 0.1;
const BRAKE_FORCE = 15;
const LOCKED = 0.9;

const vector = (x: number, y: number): Vector => ({ x: f32(x), y: f32(y) });

/** What Box2D makes of the hull's four polygons and of a wheel. */
export const HULL: Mass = {
  inverseMass: f32(0.14164306),
  inverseInertia: f32(0.05490802),
  centre: vector(1.4774524e-9, -0.082530886),
};
const WHEEL: Mass = { inverseMass: f32(16.534389), inverseInertia: f32(134.06262), centre: vector(0, 0) };
/** Corners of a wheel, from right below to left below, in its own coordinates. */
export const WHEEL_CORNERS = [
  vector(0.28, -0.54),
  vector(0.28, 0.54),
  vector(-0.28, 0.54),
  vector(-0.28, -0.54),
] as const;
/** Where the wheels sit on the hull, m. */
const PLACES = [
  [-55, 80],
  [55, 80],
  [-55, -82],
  [55, -82],
].map(([x, y]) => ({ x: x * SIZE, y: y * SIZE }));
/** The hull's polygons, for drawings, m. */
export const HULL_POLYGONS: readonly (readonly Vector[])[] = [
  [
    [-60, 130],
    [60, 130],
    [60, 110],
    [-60, 110],
  ],
  [
    [-15, 120],
    [15, 120],
    [20, 20],
    [-20, 20],
  ],
  [
    [25, 20],
    [50, -10],
    [50, -40],
    [20, -90],
    [-20, -90],
    [-50, -40],
    [-50, -10],
    [-25, 20],
  ],
  [
    [-50, -120],
    [50, -120],
    [50, -90],
    [-50, -90],
  ],
].map((corners) => corners.map(([x, y]) => ({ x: x * SIZE, y: y * SIZE })));

/** What of a wheel is no body: doubles. */
export interface Wheel {
  /** How fast it rolls and how far it has rolled, rad/s and rad. */
  omega: number;
  phase: number;
  /** 0 to 1, of the rear wheels. */
  gas: number;
  brake: number;
  /** Where it is to be turned to, rad; of the front wheels. */
  steer: number;
  /** The tiles that it touched in the last step. */
  tiles: readonly number[];
}

/** A car, with all that lives across steps. */
export interface Car {
  /** Hull, then the wheels by their number. */
  readonly bodies: Body[];
  readonly joints: Joint[];
  readonly wheels: Wheel[];
}

/** A car at the start of a track: its wheels are pulled to their places by the first step. */
export function startCar({ x, y, beta }: Row): Car {
  const a = f32(beta);
  const axes = { sine: sine(a), cosine: cosine(a) };
  const bodyAt = (shape: Mass, atX: number, atY: number): Body => {
    const transform = { x: f32(atX), y: f32(atY), ...axes };
    const centre = place(transform, shape.centre);
    return {
      ...{ shape, transform, cx: centre.x, cy: centre.y, a },
      ...{ velocity: new Float32Array(3), restTime: 0, isAwake: true },
    };
  };
  const hinge = { upper: 0, lowerAnchor: vector(0, 0), reference: 0, low: f32(-0.4), high: f32(0.4) };
  const torque = f32(180 * 900 * SIZE * SIZE);
  return {
    bodies: [
      bodyAt(HULL, x, y),
      // Gymnasium adds the places of the wheels unturned.
      ...PLACES.map((at) => bodyAt(WHEEL, x + at.x, y + at.y)),
    ],
    joints: PLACES.map((at, index) => ({
      hinge: { ...hinge, lower: index + 1, upperAnchor: vector(at.x, at.y) },
      ...{ x: 0, y: 0, z: 0, motor: 0, limit: FREE, speed: 0, torque },
    })),
    wheels: PLACES.map(() => ({ omega: 0, phase: 0, gas: 0, brake: 0, steer: 0, tiles: [] })),
  };
}

/** What the driver does, doubles: steer in rad, positive to the right; gas, cut to 0 to 1; brake, 0 or more. */
export interface Controls {
  readonly steer: number;
  readonly gas: number;
  readonly brake: number;
}

/** Takes the driver's wishes: gas rises by at most 0.1 a step. */
export function control({ wheels }: Car, { steer, gas, brake }: Controls): void {
  const target = Math.min(Math.max(gas, 0), 1);
  wheels.forEach((wheel, index) => {
    wheel.brake = brake;
    if (index < FRONT) wheel.steer = -steer;
    else wheel.gas += Math.min(target - wheel.gas, MOST_GAS_GAIN);
  });
}

/** Engine, brakes and tyres of a step: sets the motors that steer, and pushes the wheels. */
export function push({ bodies, joints, wheels }: Car): void {
  wheels.forEach((wheel, index) => {
    const joint = joints[index];
    const body = bodies[index + 1];
    const error = wheel.steer - f32(body.a - bodies[0].a);
    joint.speed = f32(Math.sign(error) * Math.min(50 * Math.abs(error), 3));
    const { sine: s, cosine: c } = body.transform;
    const [vx, vy] = body.velocity;
    const forwards = -s * vx + c * vy;
    const sideways = c * vx + s * vy;
    roll(wheel);
    let along = (-forwards + wheel.omega * RADIUS) * SLIP;
    let across = -sideways * SLIP;
    const size = Math.sqrt(along * along + across * across);
    const limit = wheel.tiles.length > 0 ? FRICTION : GRASS_FRICTION;
    if (size > limit) {
      along = (along / size) * limit;
      across = (across / size) * limit;
    }
    wheel.omega -= (STEP * along * RADIUS) / WHEEL_INERTIA;
    const forceX = f32(across * c + along * -s);
    const forceY = f32(across * s + along * c);
    body.velocity[0] += f32(TIME_STEP * f32(WHEEL.inverseMass * forceX));
    body.velocity[1] += f32(TIME_STEP * f32(WHEEL.inverseMass * forceY));
  });
}

/** Engine and brake. */
function roll(wheel: Wheel): void {
  wheel.omega += (STEP * ENGINE_POWER * wheel.gas) / WHEEL_INERTIA / (Math.abs(wheel.omega) + 5);
  if (wheel.brake >= LOCKED) wheel.omega = 0;
  else if (wheel.brake > 0) {
    wheel.omega += -Math.sign(wheel.omega) * Math.min(BRAKE_FORCE * wheel.brake, Math.abs(wheel.omega));
  }
  wheel.phase += wheel.omega * STEP;
}
