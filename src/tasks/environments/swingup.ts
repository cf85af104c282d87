/**
 * Cart-pole swing-up: swing a hanging pole up and keep it there, on a track of limited length.
 *
 * Follows the environment of the paper's published code (Gaier & Ha 2019, section 4), with 1,000 steps.
 *
 * | observation | unit | action | unit |
 * |---|---|---|---|
 * | 0 cart position, -2.4 to 2.4 | m | 0 force, -1 to 1 times 10 N | - |
 * | 1 cart velocity | m/s | | |
 * | 2, 3 cosine and sine of the pole's angle (0 is up) | - | | |
 * | 4 pole angular velocity | rad/s | | |
 *
 * Reward per step, after the step: (cos angle + 1) / 2 * cos(position / 2.4 * pi / 2), so a score is at most 1,000.
 * Start: normal around hanging at rest in the middle, standard deviation 0.2 in each of the four numbers. For training
 * also `up`: the same around upright; `anywhere`: position uniform from -1.2 to 1.2 m, angle uniform, velocities normal
 * with standard deviations of 1 m/s and 3 rad/s.
 * Terminated: cart further than 2.4 m from the middle. Truncated: after 1,000 steps of 0.01 s.
 * Single precision; twin: kernel/assembly/swingup.ts, bit for bit.
 * Differs from the published code: that takes one step more before it looks at its limit.
 */
import { cos32, cosPi32, f32, sin32 } from "../../base/float32.ts";
import { mean } from "../../base/stats.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import type { RolloutOf } from "../play/rollout.ts";

const STEPS = 1000;
const QUARTER = STEPS / 4;
const TRACK_HALF_LENGTH = f32(2.4); // m
const START_DEVIATION = 0.2; // m, m/s, rad, rad/s
// Of starts anywhere.
const START_RANGE = 1.2; // m
const START_SPEED = 1; // m/s
const START_TURNING = 3; // rad/s
const TIME_STEP = f32(0.01); // s
const MAX_FORCE = 10; // N
const FRICTION = f32(0.1); // N s/m
const GRAVITY = 9.82; // m/s^2
const CART_MASS = 0.5; // kg
const POLE_MASS = 0.5; // kg
const POLE_LENGTH = 0.6; // m
const TOTAL_MASS = CART_MASS + POLE_MASS;

// Products of constants in the equations of motion, rounded once.
const SWING = f32(POLE_MASS * POLE_LENGTH);
const CART_GRAVITY = f32(3 * POLE_MASS * GRAVITY);
const POLE_GRAVITY = f32(6 * TOTAL_MASS * GRAVITY);
const CART_INERTIA = f32(4 * TOTAL_MASS);
const CART_COUPLING = f32(3 * POLE_MASS);
const POLE_INERTIA = f32(4 * POLE_LENGTH * TOTAL_MASS);
const POLE_COUPLING = f32(3 * POLE_MASS * POLE_LENGTH);
const REWARD_TURNS = f32(1 / (2 * 2.4)); // half turns per metre

/** Where cart and pole are and how they move, in singles. */
export interface SwingupState {
  position: number; // m
  velocity: number; // m/s
  angle: number; // rad, 0 is up
  angularVelocity: number; // rad/s
  /** Cosine and sine of the angle. */
  cosine: number;
  sine: number;
}

/** A state from its four numbers, rounded to single precision. */
export function swingupState(position: number, velocity: number, angle: number, angularVelocity: number): SwingupState {
  return {
    position: f32(position),
    velocity: f32(velocity),
    angle: f32(angle),
    angularVelocity: f32(angularVelocity),
    cosine: cos32(f32(angle)),
    sine: sin32(f32(angle)),
  };
}

/** What kernel/assembly/swingup.ts needs to play it. */
export const SWINGUP_ROLLOUT: RolloutOf<SwingupState> = {
  kernel: "swingup",
  hiddenCount: 1,
  hide: ({ angle }) => [angle],
};

/** The environment; see the page above. */
export const SWINGUP: Environment<SwingupState, EnvironmentSettings, Float32Array> = {
  name: "swingup",
  summary: "Cart-pole swing-up: swing a hanging pole up and balance it (Gaier & Ha 2019)",
  inputs: ["x", "x_dot", "cos theta", "sin theta", "theta_dot"],
  actions: { names: ["force"], low: -1, high: 1 },
  maxSteps: STEPS,
  timeStep: 0.01,
  score: "sum of rewards over 1,000 steps of 0.01 s, 0 to 1,000",
  presets: { population: 192, generations: 1024, tournament: 8, connectProbability: 0.5, episodes: 3 },
  scene: "swingup",
  starts: ["hang", "up", "anywhere"],
  pilot: {
    // Balances near the top; below, pumps energy into the swing or out of it, and holds the cart in the middle.
    act([x, v, c, s, w]) {
      if (c > 0.85) return [x + 1.5 * v - 8 * s - 1.5 * w];
      const surplus = (w * w) / 2 + ((1.5 * GRAVITY) / POLE_LENGTH) * (c - 1);
      return [-Math.sign(c * w * surplus) - 0.4 * x - 0.2 * v];
    },
    reaches: 880,
  },

  behaviours: [
    {
      name: "turns",
      description: "whole turns between the farthest angles of the pole",
      unit: "score",
      decimals: 1,
      of({ observations }) {
        let [angle, least, most] = [0, 0, 0];
        for (const [, , , , angularVelocity] of observations) {
          angle += angularVelocity * TIME_STEP;
          least = Math.min(least, angle);
          most = Math.max(most, angle);
        }
        return (most - least) / (2 * Math.PI);
      },
    },
    {
      name: "upright",
      description: "share of 10 s in which the cosine of the pole's angle is above 0.9",
      unit: "share",
      of: ({ observations }) => observations.filter(([, , cosine]) => cosine > 0.9).length / STEPS,
    },
    {
      name: "balances",
      description: "share of episodes that gain more than 0.9 a step in the last 2.5 s",
      unit: "share",
      of({ rewards }) {
        const last = rewards.slice(STEPS - QUARTER);
        return last.length === QUARTER && mean(last) > 0.9 ? 1 : 0;
      },
    },
  ],

  start(rng, kind) {
    if (kind === "anywhere") {
      const place = rng.between(-START_RANGE, START_RANGE);
      const angle = rng.between(-Math.PI, Math.PI);
      return swingupState(place, rng.normal() * START_SPEED, angle, rng.normal() * START_TURNING);
    }
    const [position, velocity, angle, angularVelocity] = Array.from(
      { length: 4 },
      () => rng.normal() * START_DEVIATION,
    );
    return swingupState(position, velocity, f32(angle) + (kind === "up" ? 0 : Math.PI), angularVelocity);
  },

  observe(state, observation) {
    observation[0] = state.position;
    observation[1] = state.velocity;
    observation[2] = state.cosine;
    observation[3] = state.sine;
    observation[4] = state.angularVelocity;
  },

  step(state, action) {
    const { position, velocity, angle, angularVelocity, cosine: c, sine: s } = state;
    const push = f32(f32(action[0] * MAX_FORCE) - f32(velocity * FRICTION));
    const swing = f32(f32(f32(angularVelocity * angularVelocity) * s) * SWING);
    const cc = f32(c * c);
    const acceleration = f32(
      f32(f32(f32(f32(s * c) * CART_GRAVITY) - f32(swing + swing)) + f32(push * 4)) /
        f32(CART_INERTIA - f32(cc * CART_COUPLING)),
    );
    const angularAcceleration = f32(
      f32(f32(f32(s * POLE_GRAVITY) - f32(f32(swing * c) * 3)) + f32(f32(push * c) * 6)) /
        f32(POLE_INERTIA - f32(cc * POLE_COUPLING)),
    );
    // Explicit Euler: positions advance with the old velocities.
    state.position = f32(position + f32(velocity * TIME_STEP));
    state.velocity = f32(velocity + f32(acceleration * TIME_STEP));
    state.angle = f32(angle + f32(angularVelocity * TIME_STEP));
    state.angularVelocity = f32(angularVelocity + f32(angularAcceleration * TIME_STEP));
    state.cosine = cos32(state.angle);
    state.sine = sin32(state.angle);
    const upright = f32(f32(state.cosine + 1) * 0.5);
    return {
      reward: f32(upright * cosPi32(f32(state.position * REWARD_TURNS))),
      terminated: Math.abs(state.position) > TRACK_HALF_LENGTH,
    };
  },
};
