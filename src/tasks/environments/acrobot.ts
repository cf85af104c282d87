/**
 * Acrobot: two hanging links, driven at the joint between them only, are to swing their tip above a line.
 *
 * Follows Gymnasium's Acrobot-v1 (Towers et al. 2024; Sutton 1996) with the equations of Sutton & Barto's book, by one
 * Runge-Kutta step of fourth order.
 *
 * | observation | unit | action |
 * |---|---|---|
 * | 0, 1 cosine and sine of the upper link's angle (0 hangs down) | - | 0 torque of -1 N m |
 * | 2, 3 cosine and sine of the lower link's angle against the upper (0 is straight) | - | 1 no torque |
 * | 4 angular velocity of the upper link, -4 pi to 4 pi | rad/s | 2 torque of 1 N m |
 * | 5 that of the lower against the upper, -9 pi to 9 pi | rad/s | |
 *
 * Reward: -1 for every step but the terminating one, 0 for that, so a score is -500 to 0.
 * Start: uniform from -0.1 to 0.1 in both angles and both angular velocities. For training also `swinging`: angles from -1
 * to 1, angular velocities from -2 to 2.
 * Terminated: the tip is more than one link's length above the joint at the top, -cos(upper) - cos(upper + lower) > 1.
 * Truncated: after 500 steps of 0.2 s.
 * Single precision; twin: kernel/assembly/acrobot.ts, bit for bit.
 * Differs from Gymnasium: nothing but the precision.
 */
import { clamp32, cos32, f32, sin32, wrap32 } from "../../base/float32.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import type { RolloutOf } from "../play/rollout.ts";

const START_LIMIT = 0.1; // rad, rad/s
// Of starts that swing.
const START_ANGLE = 1; // rad
const START_SPEED = 2; // rad/s
const TIME_STEP = f32(0.2); // s
const HALF_STEP = f32(0.1); // s
const SIXTH_STEP = f32(0.2 / 6); // s
const MAX_UPPER_SPEED = f32(4 * Math.PI); // rad/s
const MAX_LOWER_SPEED = f32(9 * Math.PI); // rad/s
const GOAL_HEIGHT = 1; // m above the upper joint
const GRAVITY = 9.8; // m/s^2
const LENGTH = 1; // m, of the upper link
const CENTRE = 0.5; // m, from a link's joint to its centre of mass
const MASS = 1; // kg, of each link
const INERTIA = 1; // kg m^2, of each link about its centre of mass

// Products of constants in the equations of motion, rounded once.
const COUPLING = MASS * LENGTH * CENTRE;
const UPPER_INERTIA = f32(MASS * (LENGTH ** 2 + 2 * CENTRE ** 2) + 2 * INERTIA);
const LOWER_INERTIA = f32(MASS * CENTRE ** 2 + INERTIA);
const UPPER_GRAVITY = f32(MASS * (CENTRE + LENGTH) * GRAVITY);
const LOWER_GRAVITY = f32(MASS * CENTRE * GRAVITY);

/** Where the links are and how they move, in singles. */
export interface AcrobotState {
  upper: number; // rad, 0 hangs down
  lower: number; // rad, against the upper link
  upperVelocity: number; // rad/s
  lowerVelocity: number; // rad/s
}

/** What kernel/assembly/acrobot.ts needs to play it. */
export const ACROBOT_ROLLOUT: RolloutOf<AcrobotState> = {
  kernel: "acrobot",
  hiddenCount: 2,
  hide: ({ upper, lower }) => [upper, lower],
};

/** The environment; see the page above. */
export const ACROBOT: Environment<AcrobotState, EnvironmentSettings, number> = {
  name: "acrobot",
  summary: "Acrobot: swing two links up by the joint between them (Gymnasium's Acrobot-v1)",
  inputs: ["cos theta1", "sin theta1", "cos theta2", "sin theta2", "theta1_dot", "theta2_dot"],
  actions: { discrete: ["torque -1", "no torque", "torque 1"] },
  maxSteps: 500,
  timeStep: 0.2,
  score: "minus the steps until the tip is above the line, -500 to 0",
  presets: { population: 192, generations: 256, episodes: 3 },
  scene: "acrobot",
  starts: ["hang", "swinging"],
  pilot: {
    // Pumps: bends the way the upper link swings.
    act: ([, , , , upperVelocity]) => (upperVelocity < 0 ? 2 : 0),
    reaches: -120,
  },

  start(rng, kind) {
    const [angle, speed] = kind === "swinging" ? [START_ANGLE, START_SPEED] : [START_LIMIT, START_LIMIT];
    const number = (limit: number) => f32(rng.between(-limit, limit));
    return { upper: number(angle), lower: number(angle), upperVelocity: number(speed), lowerVelocity: number(speed) };
  },

  observe(state, observation) {
    observation[0] = cos32(state.upper);
    observation[1] = sin32(state.upper);
    observation[2] = cos32(state.lower);
    observation[3] = sin32(state.lower);
    observation[4] = state.upperVelocity;
    observation[5] = state.lowerVelocity;
  },

  step(state, action) {
    const torque = action - 1;
    const { upper, lower, upperVelocity: v, lowerVelocity: w } = state;
    // The four slopes of Runge-Kutta: velocities are the slopes of angles, accelerations those of velocities.
    const [a1, b1] = accelerations(upper, lower, v, w, torque);
    const [v2, w2] = [after(v, a1, HALF_STEP), after(w, b1, HALF_STEP)];
    const [a2, b2] = accelerations(after(upper, v, HALF_STEP), after(lower, w, HALF_STEP), v2, w2, torque);
    const [v3, w3] = [after(v, a2, HALF_STEP), after(w, b2, HALF_STEP)];
    const [a3, b3] = accelerations(after(upper, v2, HALF_STEP), after(lower, w2, HALF_STEP), v3, w3, torque);
    const [v4, w4] = [after(v, a3, TIME_STEP), after(w, b3, TIME_STEP)];
    const [a4, b4] = accelerations(after(upper, v3, TIME_STEP), after(lower, w3, TIME_STEP), v4, w4, torque);
    state.upper = wrap32(after(upper, slopes(v, v2, v3, v4), SIXTH_STEP));
    state.lower = wrap32(after(lower, slopes(w, w2, w3, w4), SIXTH_STEP));
    state.upperVelocity = clamp32(after(v, slopes(a1, a2, a3, a4), SIXTH_STEP), -MAX_UPPER_SPEED, MAX_UPPER_SPEED);
    state.lowerVelocity = clamp32(after(w, slopes(b1, b2, b3, b4), SIXTH_STEP), -MAX_LOWER_SPEED, MAX_LOWER_SPEED);
    const height = f32(-cos32(state.upper) - cos32(f32(state.upper + state.lower)));
    const terminated = height > GOAL_HEIGHT;
    return { reward: terminated ? 0 : -1, terminated };
  },
};

/** A value after some time at a slope. */
function after(value: number, slope: number, time: number): number {
  return f32(value + f32(time * slope));
}

/** Six times the mean slope. */
function slopes(first: number, second: number, third: number, fourth: number): number {
  return f32(f32(first + f32(2 * f32(second + third))) + fourth);
}

/** Angular accelerations of the two links (Sutton & Barto 2018, section 11.3 of the first edition), rad/s^2. */
function accelerations(upper: number, lower: number, v: number, w: number, torque: number): [number, number] {
  const c = f32(COUPLING * cos32(lower));
  const s = f32(COUPLING * sin32(lower));
  const d1 = f32(UPPER_INERTIA + f32(2 * c));
  const d2 = f32(LOWER_INERTIA + c);
  const lowerPull = f32(LOWER_GRAVITY * sin32(f32(upper + lower)));
  const whirl = f32(f32(w * f32(w + f32(2 * v))) * s);
  const upperPull = f32(f32(f32(UPPER_GRAVITY * sin32(upper)) - whirl) + lowerPull);
  const ratio = f32(d2 / d1);
  const push = f32(f32(f32(torque + f32(ratio * upperPull)) - f32(f32(v * v) * s)) - lowerPull);
  const lowerAcceleration = f32(push / f32(LOWER_INERTIA - f32(ratio * d2)));
  const upperAcceleration = f32(-f32(f32(d2 * lowerAcceleration) + upperPull) / d1);
  return [upperAcceleration, lowerAcceleration];
}
