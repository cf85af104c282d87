/** Constants of a step of Box2D (its manual, "Units" and settings), as Gymnasium's worlds take it. */
import { f32 } from "../../../base/float32.ts";

/** Duration of a step, s, and the rounds of the two solvers. */
export const TIME_STEP = f32(0.02);
export const VELOCITY_ROUNDS = 180;
export const POSITION_ROUNDS = 60;

/** Polygons have a skin, m; two of them touch at the distance of both. */
export const SKIN = f32(0.01);
export const SKINS = f32(0.02);

/** Distance or overlap, m, and angle, rad, that the position solver leaves, so that nothing flickers. */
export const LINEAR_SLOP = f32(0.005);
export const ANGULAR_SLOP = f32(0.03490659);
/** Most that one round of the position solver turns, rad. */
export const MAX_ANGULAR_CORRECTION = f32(0.13962635);

/** Most that a body moves in a step, m, and turns, rad. */
export const MAX_TRANSLATION = 2;
export const MAX_ROTATION = f32(1.5707964);

/** A body falls asleep that is slower than this for half a second: squares of rad/s and m/s. */
export const SLEEP_TURNING = f32(0.0012184699);
export const SLEEP_MOVING = f32(0.0001);
export const SLEEP_TIME = 0.5;

export const EPSILON = 2 ** -23;
