/**
 * Pendulum: swing a hanging rod up by a torque too weak to lift it, and hold it up with as little torque as possible.
 *
 * Follows Gymnasium's Pendulum-v1 (Towers et al. 2024), semi-implicit Euler.
 *
 * | observation | unit | action | unit |
 * |---|---|---|---|
 * | 0, 1 cosine and sine of the rod's angle (0 is up) | - | 0 torque, -2 to 2 | N m |
 * | 2 angular velocity, -8 to 8 | rad/s | | |
 *
 * Reward per step, of the state before it: -(angle^2 + 0.1 angular velocity^2 + 0.001 torque^2), with the angle from -pi
 * to pi; at least -16.27 a step, so a score is -3,255 to 0.
 * Start: angle uniform from -pi to pi, angular velocity uniform from -1 to 1. For training also `hang` and `up`: the angle
 * within 0.2 of hanging or upright.
 * Terminated: never. Truncated: after 200 steps of 0.05 s.
 * Single precision; twin: kernel/assembly/pendulum.ts, bit for bit.
 * Differs from Gymnasium: nothing but the precision.
 */
import { clamp32, cos32, f32, sin32, wrap32 } from "../../base/float32.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import type { RolloutOf } from "../play/rollout.ts";

const START_SPEED = 1; // rad/s
const START_ANGLE = 0.2; // rad, of starts that hang or stand
const TIME_STEP = f32(0.05); // s
const MAX_TORQUE = 2; // N m
const MAX_SPEED = 8; // rad/s
const GRAVITY = 10; // m/s^2
const MASS = 1; // kg
const LENGTH = 1; // m
// Products of constants in the equation of motion of a rod about its end.
const FALL = (3 * GRAVITY) / (2 * LENGTH); // 1/s^2
const PUSH = 3 / (MASS * LENGTH ** 2); // 1/(kg m^2)
// Costs of a step by angular velocity and torque, each squared.
const SPEED_COST = f32(0.1);
const TORQUE_COST = f32(0.001);

/** Where the rod is and how it moves, in singles. */
export interface PendulumState {
  angle: number; // rad, 0 is up; grows on with every turn
  angularVelocity: number; // rad/s
  /** Cosine and sine of the angle. */
  cosine: number;
  sine: number;
}

/** A state from its two numbers, rounded to single precision. */
export function pendulumState(angle: number, angularVelocity: number): PendulumState {
  const single = f32(angle);
  return { angle: single, angularVelocity: f32(angularVelocity), cosine: cos32(single), sine: sin32(single) };
}

/** What kernel/assembly/pendulum.ts needs to play it. */
export const PENDULUM_ROLLOUT: RolloutOf<PendulumState> = {
  kernel: "pendulum",
  hiddenCount: 1,
  hide: ({ angle }) => [angle],
};

/** The environment; see the page above. */
export const PENDULUM: Environment<PendulumState, EnvironmentSettings, Float32Array> = {
  name: "pendulum",
  summary: "Pendulum: swing a rod up and hold it there with little torque (Gymnasium's Pendulum-v1)",
  inputs: ["cos theta", "sin theta", "theta_dot"],
  actions: { names: ["torque"], low: -MAX_TORQUE, high: MAX_TORQUE },
  maxSteps: 200,
  timeStep: 0.05,
  score: "minus the sum of costs over 200 steps of 0.05 s, -3,255 to 0",
  presets: {
    // Narrower than the standard weights, at which torques differ fourfold and none is near the best for long.
    weights: [-1.25, -1, -0.8, 0.8, 1, 1.25],
    // Few genomes stay with a policy that fails from some starts: many, on islands, whose parents are the best at some
    // episode, and half of the episodes begin where the swing is the hardest.
    population: 576,
    generations: 256,
    episodes: 4,
    starts: { anywhere: 0.5, hang: 0.5 },
    select: "lexicase",
    islands: 3,
    tournament: 16,
    operatorsPerChild: 1.5,
    removeConnection: 0.15,
  },
  scene: "pendulum",
  starts: ["anywhere", "hang", "up"],
  pilot: {
    // Balances near the top; below, pumps energy into the swing or out of it.
    act([c, s, w]) {
      if (c > 0.85) return [-(10 * s + 2 * w)];
      return [w * (FALL * (1 - c) - (w * w) / 2)];
    },
    reaches: -200,
  },

  start(rng, kind) {
    const range = kind === "anywhere" ? Math.PI : START_ANGLE;
    const angle = rng.between(-range, range) + (kind === "hang" ? Math.PI : 0);
    return pendulumState(angle, rng.between(-START_SPEED, START_SPEED));
  },

  observe(state, observation) {
    observation[0] = state.cosine;
    observation[1] = state.sine;
    observation[2] = state.angularVelocity;
  },

  step(state, [torque]) {
    const { angle, angularVelocity, sine } = state;
    const away = wrap32(angle);
    const cost = f32(
      f32(f32(away * away) + f32(SPEED_COST * f32(angularVelocity * angularVelocity))) +
        f32(TORQUE_COST * f32(torque * torque)),
    );
    const acceleration = f32(f32(FALL * sine) + f32(PUSH * torque));
    // Semi-implicit Euler: the angle advances with the new velocity.
    state.angularVelocity = clamp32(f32(angularVelocity + f32(acceleration * TIME_STEP)), -MAX_SPEED, MAX_SPEED);
    state.angle = f32(angle + f32(state.angularVelocity * TIME_STEP));
    state.cosine = cos32(state.angle);
    state.sine = sin32(state.angle);
    return { reward: -cost, terminated: false };
  },
};
