/**
 * Cart-pole: keep a pole upright on a cart that is pushed left or right at every step.
 *
 * Follows Gymnasium's CartPole-v1 (Towers et al. 2024; Barto, Sutton & Anderson 1983), explicit Euler.
 *
 * | observation | unit | action |
 * |---|---|---|
 * | 0 cart position, -2.4 to 2.4 | m | 0 push left with 10 N |
 * | 1 cart velocity | m/s | 1 push right with 10 N |
 * | 2 pole angle (0 is up), -0.209 to 0.209 | rad | |
 * | 3 pole angular velocity | rad/s | |
 *
 * Reward: 1 for every step, the terminating one included, so a score is 1 to 500.
 * Start: uniform from -0.05 to 0.05 in each of the four numbers. For training also `anywhere`: position uniform from -1.2
 * to 1.2 m, angle from -0.1 to 0.1 rad, velocities from -0.5 to 0.5 m/s and rad/s.
 * Terminated: cart further than 2.4 m from the middle, or pole further than 12 degrees from upright.
 * Truncated: after 500 steps of 0.02 s.
 * Single precision, so that it is the same on every machine; twin: kernel/assembly/cartpole.ts, bit for bit.
 * Differs from Gymnasium: nothing but the precision.
 */
import { cos32, f32, sin32 } from "../../base/float32.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import type { RolloutOf } from "../play/rollout.ts";

const TRACK_HALF_LENGTH = f32(2.4); // m
const ANGLE_LIMIT = f32((12 * Math.PI) / 180); // rad
const START_LIMIT = 0.05; // m, m/s, rad, rad/s
// Of starts anywhere: position, velocity, angle, angular velocity.
const START_LIMITS = [1.2, 0.5, 0.1, 0.5] as const; // m, m/s, rad, rad/s
const TIME_STEP = f32(0.02); // s
const FORCE = 10; // N
const GRAVITY = f32(9.8); // m/s^2
const CART_MASS = 1; // kg
const POLE_MASS = 0.1; // kg
const HALF_POLE_LENGTH = 0.5; // m
const TOTAL_MASS = f32(CART_MASS + POLE_MASS);
/** Inertia of a rod about its end, in units of mass and half length squared. */
const ROD_INERTIA = f32(4 / 3);
const POLE_MOMENT = f32(POLE_MASS * HALF_POLE_LENGTH); // kg m
const POLE_SHARE = f32(POLE_MASS / (CART_MASS + POLE_MASS));

/** Where cart and pole are and how they move, in singles. */
export interface CartpoleState {
  position: number; // m
  velocity: number; // m/s
  angle: number; // rad, 0 is up
  angularVelocity: number; // rad/s
}

/** What kernel/assembly/cartpole.ts needs to play it: a state is all observed. */
export const CARTPOLE_ROLLOUT: RolloutOf<CartpoleState> = { kernel: "cartpole", hiddenCount: 0, hide: () => [] };

/** The environment; see the page above. */
export const CARTPOLE: Environment<CartpoleState, EnvironmentSettings, number> = {
  name: "cartpole",
  summary: "Cart-pole: keep a pole upright by pushing its cart left or right (Gymnasium's CartPole-v1)",
  inputs: ["x", "x_dot", "theta", "theta_dot"],
  actions: { discrete: ["push left", "push right"] },
  maxSteps: 500,
  timeStep: 0.02,
  score: "steps until the pole falls or the cart leaves the track, 1 to 500",
  presets: { population: 64, generations: 64, episodes: 10 },
  scene: "cartpole",
  starts: ["upright", "anywhere"],
  pilot: {
    act: ([x, v, angle, w]) => (0.1 * x + 0.3 * v + 5 * angle + w > 0 ? 1 : 0),
    reaches: 499,
  },

  start(rng, kind) {
    const [position, velocity, angle, angularVelocity] = START_LIMITS.map((wide) => {
      const limit = kind === "anywhere" ? wide : START_LIMIT;
      return f32(rng.between(-limit, limit));
    });
    return { position, velocity, angle, angularVelocity };
  },

  observe(state, observation) {
    observation[0] = state.position;
    observation[1] = state.velocity;
    observation[2] = state.angle;
    observation[3] = state.angularVelocity;
  },

  step(state, action) {
    const { position, velocity, angle, angularVelocity } = state;
    const c = cos32(angle);
    const s = sin32(angle);
    const force = action === 1 ? FORCE : -FORCE;
    const swing = f32(f32(f32(angularVelocity * angularVelocity) * s) * POLE_MOMENT);
    const push = f32(f32(force + swing) / TOTAL_MASS);
    const angularAcceleration = f32(
      f32(f32(GRAVITY * s) - f32(c * push)) / f32(HALF_POLE_LENGTH * f32(ROD_INERTIA - f32(f32(c * c) * POLE_SHARE))),
    );
    const acceleration = f32(push - f32(f32(f32(POLE_MOMENT * angularAcceleration) * c) / TOTAL_MASS));
    // Explicit Euler: positions advance with the old velocities.
    state.position = f32(position + f32(velocity * TIME_STEP));
    state.velocity = f32(velocity + f32(acceleration * TIME_STEP));
    state.angle = f32(angle + f32(angularVelocity * TIME_STEP));
    state.angularVelocity = f32(angularVelocity + f32(angularAcceleration * TIME_STEP));
    return {
      reward: 1,
      terminated: Math.abs(state.position) > TRACK_HALF_LENGTH || Math.abs(state.angle) > ANGLE_LIMIT,
    };
  },
};
