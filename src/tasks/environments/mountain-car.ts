/**
 * Mountain car, continuous: a car too weak to climb its hill must first swing back to gather speed.
 *
 * Follows Gymnasium's MountainCarContinuous-v0 (Towers et al. 2024; Moore 1990), semi-implicit Euler with a step of 1.
 *
 * | observation | unit | action | unit |
 * |---|---|---|---|
 * | 0 position, -1.2 to 0.6 | 1 | 0 engine, -1 to 1 times 0.0015 per step^2 | - |
 * | 1 velocity, -0.07 to 0.07 | 1/step | | |
 *
 * Reward per step: -0.1 engine^2, and 100 for the step that reaches the flag, so a score is -99.9 to below 100. To do
 * nothing gains 0, more than any search for the flag that fails.
 * Start: position uniform from -0.6 to -0.4, near the bottom (-0.524), at rest. For training also `anywhere`: position
 * uniform from -1.1 to 0.3, velocity from -0.04 to 0.04.
 * Terminated: position at least 0.45, the flag, and velocity at least 0. Truncated: after 999 steps.
 * The left end (-1.2) stops the car. The hill's height is 0.45 sin(3 position) + 0.55.
 * Single precision; twin: kernel/assembly/mountain-car.ts, bit for bit.
 * Differs from Gymnasium: an engine beyond its range is limited before it is paid for, not only before it pushes.
 */
import { clamp32, cos32, f32 } from "../../base/float32.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import type { RolloutOf } from "../play/rollout.ts";

const LEFT_END = f32(-1.2);
const RIGHT_END = f32(0.6);
const FLAG = f32(0.45);
const MAX_SPEED = f32(0.07); // 1/step
const POWER = f32(0.0015); // 1/step^2
const SLOPE = f32(0.0025); // 1/step^2
/** Half waves of the hill are pi / 3 long. */
const HILLS = 3;
const START_LIMITS = [-0.6, -0.4] as const;
// Of starts anywhere.
const START_RANGE = [-1.1, 0.3] as const;
const START_SPEED = 0.04; // 1/step
const GOAL_REWARD = 100;
const ENGINE_COST = f32(0.1);

/** Where the car is and how it moves, in singles. */
export interface MountainCarState {
  position: number;
  velocity: number; // 1/step
}

/** What kernel/assembly/mountain-car.ts needs to play it: a state is all observed. */
export const MOUNTAIN_CAR_ROLLOUT: RolloutOf<MountainCarState> = {
  kernel: "mountainCar",
  hiddenCount: 0,
  hide: () => [],
};

/** The environment; see the page above. */
export const MOUNTAIN_CAR: Environment<MountainCarState, EnvironmentSettings, Float32Array> = {
  name: "mountain-car",
  summary: "Mountain car: gather speed for a hill too steep for the engine (Gymnasium's MountainCarContinuous-v0)",
  inputs: ["x", "x_dot"],
  actions: { names: ["engine"], low: -1, high: 1 },
  maxSteps: 999,
  score: "100 for reaching the flag, less 0.1 engine^2 for each step, -99.9 to 100",
  presets: { population: 192, generations: 256, episodes: 3 },
  scene: "mountainCar",
  starts: ["bottom", "anywhere"],
  pilot: {
    // Pushes the way it goes.
    act: ([, velocity]) => [velocity < 0 ? -1 : 1],
    reaches: 88,
  },

  start(rng, kind) {
    if (kind === "anywhere") {
      return { position: f32(rng.between(...START_RANGE)), velocity: f32(rng.between(-START_SPEED, START_SPEED)) };
    }
    return { position: f32(rng.between(...START_LIMITS)), velocity: 0 };
  },

  observe(state, observation) {
    observation[0] = state.position;
    observation[1] = state.velocity;
  },

  step(state, [engine]) {
    const gravity = f32(SLOPE * cos32(f32(HILLS * state.position)));
    const acceleration = f32(f32(engine * POWER) - gravity);
    const velocity = clamp32(f32(state.velocity + acceleration), -MAX_SPEED, MAX_SPEED);
    // Semi-implicit Euler: the position advances with the new velocity.
    const position = clamp32(f32(state.position + velocity), LEFT_END, RIGHT_END);
    state.position = position;
    state.velocity = position === LEFT_END ? Math.max(velocity, 0) : velocity;
    const terminated = position >= FLAG && state.velocity >= 0;
    const cost = f32(ENGINE_COST * f32(engine * engine));
    return { reward: f32((terminated ? GOAL_REWARD : 0) - cost), terminated };
  },
};
