/**
 * The walker: two legs of two parts each carry a hull to the far end of uneven ground, by four motors.
 *
 * Follows Gymnasium's BipedalWalker-v3 and BipedalWalkerHardcore-v3 (Towers et al. 2024) and of Box2D 2.3 what they use,
 * to the last bit of its recordings.
 *
 * | observation | unit | action, -1 to 1 |
 * |---|---|---|
 * | 0 hull angle, 1 its turning times 2/50 | rad, rad/s | 0, 1 hip and knee of the first side |
 * | 2, 3 hull velocity times 0.3 * 20 / 50 and 0.3 * 13.3 / 50 | m/s | 2, 3 of the second side |
 * | 4 hip angle, 5 speed / 4, 6 knee angle + 1, 7 speed / 6, 8 foot on the ground | rad, rad/s, 0 or 1 | |
 * | 9 to 13 the same of the second side | | |
 * | 14 to 23 lidar, from straight down to forwards | of 5.3 m, 1 without a hit | |
 *
 * Reward: 130 / 30 for a metre forwards, -5 for a rad of tilt gained, -0.028 for each motor at its full torque; -100 when it
 * falls or leaves the track backwards, so a score is about -110 to 330.
 * Start: standing, the hull pushed by a force of -5 to 5 N, on ground drawn from an integer seed as Gymnasium draws it. The
 * seed is a number of our own stream: episode labels are not Gymnasium's seeds, but `bipedStart` takes those too, and
 * recorded ground.
 * Terminated: the hull touches the ground, or goes back behind the start of the track, or reaches its last 10 cells.
 * Truncated: after 1,600 steps (2,000 hardcore) of 0.02 s.
 * Single precision, so that it is the same on every machine; twin: kernel/assembly/biped, bit for bit.
 * Differs from Gymnasium: actions are limited to their range before they are used, rewards are added up in singles.
 */
import { UsageError } from "../../../base/errors.ts";
import { f32 } from "../../../base/float32.ts";
import type { Environment, EnvironmentSettings, Step } from "../../environment.ts";
import { jointAngle } from "../physics/joints.ts";
import {
  CELL,
  GRASS,
  HIP_SPEED,
  KNEE_SPEED,
  SCALE,
  SCREEN_HEIGHT,
  SCREEN_WIDTH,
  TORQUE,
  VERTICES,
} from "./constants.ts";
import { castRays } from "./rays.ts";
import { drawTrack, type Track } from "./terrain.ts";
import { startWorld, stepFirst, stepWorld, type World } from "./world.ts";

const STEPS_PER_SECOND = 50;
/** Gained by a unit of drawing forwards and a rad of tilt; the price of torque, per N m and step. */
const FORWARDS = 130;
const TILT = 5;
const TORQUE_PRICE = 0.00035;
const FALL_REWARD = -100;
/** Where the track ends, m. */
const GOAL = (VERTICES - GRASS / 2) * CELL;
/** Bodies that have feet. */
const FEET = [2, 4];

/**
 * Where the walker is. For drawings: `world.bodies` are hull, leg, lower leg, leg, lower leg, each with its `shape` (its
 * corners) and `transform` (where they are, by `place` of bodies.ts); `world.touch.feet[2]` and `[4]` say which foot is on the
 * ground, and `hasFallen`; `world.grounds` are the pieces of ground with their `vertices`; `rays` are the ten shares, from
 * the hull's `transform` along RAY_X and RAY_DOWN of constants.ts.
 */
export interface BipedState {
  readonly world: World;
  /** Share of each ray until the ground, [10]. */
  rays: readonly number[];
  /** What the next reward is the gain of, in doubles. */
  shaping: number;
}

/** A walker at the start of a track, after the first step, in which its parts settle. */
export function bipedStart(track: Track): BipedState {
  const world = startWorld(track);
  stepFirst(world);
  return { world, rays: castRays(world.grounds, world.bodies[0].transform), shaping: shapingOf(world) };
}

function shapingOf({ bodies: [hull] }: World): number {
  return (FORWARDS * hull.transform.x) / SCALE - TILT * Math.abs(hull.a);
}

/**
 * One step, also of a walker that has fallen.
 *
 * @param action four numbers, of which any size above 1 counts as 1
 * @throws UsageError if one is no number
 */
export function stepBiped(state: BipedState, action: ArrayLike<number>): Step {
  const { world } = state;
  const actions = Array.from(action);
  if (actions.some(Number.isNaN)) {
    throw new UsageError(`Expected four numbers as the action of a walker, got ${actions.join(", ")}.`);
  }
  stepWorld(world, actions);
  const hull = world.bodies[0].transform;
  state.rays = castRays(world.grounds, hull);
  const shaping = shapingOf(world);
  let reward = shaping - state.shaping;
  for (const value of actions) reward -= TORQUE_PRICE * TORQUE * Math.min(Math.abs(value), 1);
  state.shaping = shaping;
  const isLost = world.touch.hasFallen || hull.x < 0;
  return { reward: isLost ? FALL_REWARD : reward, terminated: isLost || hull.x > GOAL };
}

/** Writes what a network sees, [24]. */
function observeBiped({ world, rays }: BipedState, observation: Float32Array): undefined {
  const { bodies, joints, touch } = world;
  const [hull] = bodies;
  observation[0] = hull.a;
  observation[1] = (2 * hull.velocity[2]) / STEPS_PER_SECOND;
  observation[2] = (0.3 * hull.velocity[0] * SCREEN_WIDTH) / STEPS_PER_SECOND;
  observation[3] = (0.3 * hull.velocity[1] * SCREEN_HEIGHT) / STEPS_PER_SECOND;
  const speedOf = ({ hinge: { upper, lower } }: World["joints"][number]) =>
    f32(bodies[lower].velocity[2] - bodies[upper].velocity[2]);
  FEET.forEach((foot, side) => {
    const at = 4 + 5 * side;
    const [hip, knee] = [joints[2 * side], joints[2 * side + 1]];
    observation[at] = jointAngle(hip, bodies);
    observation[at + 1] = speedOf(hip) / HIP_SPEED;
    observation[at + 2] = jointAngle(knee, bodies) + 1;
    observation[at + 3] = speedOf(knee) / KNEE_SPEED;
    observation[at + 4] = touch.feet[foot] ? 1 : 0;
  });
  observation.set(rays, 14);
}

const SIDES = ["1", "2"];

/** The environment with and without obstacles. */
function bipedEnvironment(isHardcore: boolean): Environment<BipedState, EnvironmentSettings, Float32Array> {
  return {
    name: isHardcore ? "biped-hardcore" : "biped",
    summary: isHardcore
      ? "Walker on two legs over stumps, stairs and pits (Gymnasium's BipedalWalkerHardcore-v3)"
      : "Walker on two legs over uneven ground (Gymnasium's BipedalWalker-v3)",
    inputs: [
      ...["hull angle", "hull turning", "hull vx", "hull vy"],
      ...SIDES.flatMap((side) => ["hip", "hip speed", "knee", "knee speed", "foot"].map((name) => `${name} ${side}`)),
      ...Array.from({ length: 10 }, (_, index) => `lidar ${index}`),
    ],
    actions: { names: SIDES.flatMap((side) => [`hip motor ${side}`, `knee motor ${side}`]), low: -1, high: 1 },
    maxSteps: isHardcore ? 2000 : 1600,
    timeStep: 0.02,
    scene: "biped",
    score: "way walked, tilt and torque, -100 for a fall, about -110 to 330",
    start: (rng) => bipedStart(drawTrack(rng.integer(2 ** 32), isHardcore)),
    observe: observeBiped,
    step: stepBiped,
  };
}

/** BipedalWalker-v3: uneven ground, at most 1,600 steps. */
export const BIPED = bipedEnvironment(false);
/** BipedalWalkerHardcore-v3: with stumps, stairs and pits, at most 2,000 steps. */
export const BIPED_HARDCORE = bipedEnvironment(true);
