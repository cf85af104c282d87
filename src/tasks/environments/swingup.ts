/**
 * Cart-pole swing-up: swing a hanging pole up and keep it there, on a track of limited length.
 *
 * Follows the environment of the paper's published code (Gaier & Ha 2019, section 4), with 1,000 steps.
 *
 * | observation | unit | action | unit |
 * |---|---|---|---|
 * | 0 cart position | m | 0 force, -1 to 1 times 10 N | - |
 * | 1 cart velocity | m/s | | |
 * | 2, 3 cosine and sine of the pole's angle (0 is up) | - | | |
 * | 4 pole angular velocity | rad/s | | |
 *
 * Reward per step, after the step: (cos angle + 1) / 2 * cos(position / 2.4 * pi / 2), so a score is at most 1,000.
 * Start: normal around hanging at rest in the middle, standard deviation 0.2 in each of the four numbers.
 * Terminated: cart further than 2.4 m from the middle. Truncated: after 1,000 steps of 0.01 s.
 * Differs from the published code: that takes one step more before it looks at its limit.
 */
import { clamp32, cos32, cosPi32, f32, sin32 } from "../../base/float32.ts";
import { derive } from "../../base/rng.ts";
import type { Environment } from "../environment.ts";
import type { TaskInfo } from "../task.ts";

const MAX_STEPS = 1000;
const TRACK_HALF_LENGTH = f32(2.4); // m
const START_DEVIATION = 0.2; // m, m/s, rad, rad/s
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

/** Numbers of a state: cart position, cart velocity, pole angle, pole angular velocity. */
export const SWINGUP_STATE_LENGTH = 4;

/** What is known about the task before it is played. */
export const SWINGUP: TaskInfo = {
  name: "swingup",
  summary: "Cart-pole swing-up: swing a hanging pole up and balance it (Gaier & Ha 2019)",
  inputs: ["x", "x_dot", "cos theta", "sin theta", "theta_dot"],
  outputs: ["force"],
  outputActivation: "linear",
  score: "sum of rewards over 1,000 steps of 0.01 s, 0 to 1,000",
  defaults: { population: 192, generations: 1024, tournament: 8, connectProbability: 0.5, episodes: 3 },
  validationEpisodes: { screen: 8, confirm: 32 },
  publishedWeightBias: -1.5,
};

/** The start state of the episode with this label. */
export function swingupStart(label: string): Float32Array {
  const rng = derive(label);
  const start = Float32Array.from({ length: SWINGUP_STATE_LENGTH }, () => rng.normal() * START_DEVIATION);
  start[2] += Math.PI;
  return start;
}

/** The environment in plain TypeScript, single precision; twin: kernel/assembly/swingup.ts, bit for bit. */
export class Swingup implements Environment {
  readonly observation = new Float32Array(5);
  readonly state = new Float32Array(SWINGUP_STATE_LENGTH);
  readonly maxSteps = MAX_STEPS;

  reset(state: ArrayLike<number>): void {
    this.state.set(state);
    this.#observe();
  }

  step(action: ArrayLike<number>): { reward: number; terminated: boolean } {
    const [x, v, angle, w] = this.state;
    const c = this.observation[2];
    const s = this.observation[3];
    const push = f32(f32(clamp32(action[0], -1, 1) * MAX_FORCE) - f32(v * FRICTION));
    const swing = f32(f32(f32(w * w) * s) * SWING);
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
    this.state[0] = f32(x + f32(v * TIME_STEP));
    this.state[1] = f32(v + f32(acceleration * TIME_STEP));
    this.state[2] = f32(angle + f32(w * TIME_STEP));
    this.state[3] = f32(w + f32(angularAcceleration * TIME_STEP));
    this.#observe();
    const upright = f32(f32(this.observation[2] + 1) * 0.5);
    return {
      reward: f32(upright * cosPi32(f32(this.state[0] * REWARD_TURNS))),
      terminated: Math.abs(this.state[0]) > TRACK_HALF_LENGTH,
    };
  }

  #observe(): void {
    const [x, v, angle, w] = this.state;
    this.observation.set([x, v, cos32(angle), sin32(angle), w]);
  }
}
