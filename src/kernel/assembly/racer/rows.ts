/**
 * The rows of a car's state, one single of each lane beside the other; a double has two rows, its low half first. Twin of the
 * objects of tasks/environments/racer.
 *
 * The host writes the places of the bodies and the angle of the first; and, in the last two rows, the addresses of what a lane
 * reads (ground.ts, encoder.ts).
 */

export const BODIES: usize = 5;
export const WHEELS: usize = 4;
/** Rows of hidden state, `ROWS` of tasks/environments/racer/rollout.ts. */
export const ROWS: usize = 160;

/** Centre of mass, x and y of each body. */
export const CENTRE: usize = 0;
/** Angle of each body. */
export const ANGLE: usize = 10;
/** Velocity in x and y, and of turning, of each body. */
export const VELOCITY: usize = 15;
/** Sine and cosine of each body's angle. */
export const AXES: usize = 30;
/** How long each body has been at rest. */
export const REST: usize = 40;
/** Impulses in x and y, of the limit and of the motor, of each joint. */
export const IMPULSES: usize = 45;
/** Which limit each joint is at: all bits set at the lower one; at the upper one. */
export const LIMITS: usize = 61;
/** Whether each wheel touches a tile: all bits set, or none. */
export const TOUCHES: usize = 69;
/** How fast each wheel rolls, doubles. */
export const OMEGA: usize = 73;
/** Gas of the rear wheels, a double. */
export const GAS: usize = 81;
/** Sum of rewards so far, and after the last step that paid, doubles. */
export const TOTAL: usize = 83;
export const PAID: usize = 85;
/** Number of tiles visited, an integer. */
export const VISITED_COUNT: usize = 87;
/** The hull's origin, x and y. */
export const ORIGIN: usize = 88;
/** A bit for each tile that was visited. */
export const VISITED: usize = 90;
export const MOST_TILES: usize = 2048;
/** Addresses of the ground and of the encoder. */
export const GROUND: usize = 158;
export const ENCODER: usize = 159;
