/** Constants of the walker's world: Gymnasium's numbers, and what of Box2D's tolerances and limits is of contacts (its manual, "Units" and settings). */
import { f32 } from "../../../base/float32.ts";
import { TIME_STEP } from "../physics/constants.ts";

/** Rounds of the position solver after an impact. */
export const IMPACT_POSITION_ROUNDS = 20;

/** What gravity of 10 m/s^2 adds to a velocity in a step, m/s: the product as it is rounded. */
export const FALL = f32(TIME_STEP * -10);

/** Most that one round of the position solver moves, m. */
export const MAX_LINEAR_CORRECTION = f32(0.2);
/** Share of an overlap that one round corrects (Baumgarte 1972), in a step and after an impact. */
export const BAUMGARTE = f32(0.2);
export const IMPACT_BAUMGARTE = f32(0.75);
/** Separations, m, with which contacts are good enough, in a step and after an impact: 3 and 1.5 slops. */
export const GOOD_SEPARATION = f32(-0.015);
export const GOOD_IMPACT_SEPARATION = f32(-0.0075);

/** Margin of a fat box, m, and how many steps of motion it reaches ahead. */
export const BOX_MARGIN = f32(0.1);
export const BOX_AHEAD = 2;

/** Continuous collision: the distance aimed at, m, and how near is near enough; an impact later than LAST_IMPACT is none. */
export const IMPACT_DISTANCE = f32(0.005);
export const IMPACT_TOLERANCE = f32(0.00125);
export const LAST_IMPACT = f32(0.9999988);
/** Most impacts of a contact in a step, and most contacts that are solved together at one. */
export const MAX_IMPACTS = 8;
export const MAX_ISLAND = 32;
export const TURN = f32(6.2831855);

/** Metres per unit of Gymnasium's drawing, and its screen, m. */
export const SCALE = 30;
export const SCREEN_WIDTH = 20;
export const SCREEN_HEIGHT = 400 / 30;
/** Width of a cell of the terrain, m; how many vertices it has; cells of grass at each end. */
export const CELL = 14 / 30;
export const VERTICES = 200;
export const EDGES = VERTICES - 1;
export const GRASS = 20;
/** The height of level ground, m. */
export const GROUND = SCREEN_HEIGHT / 4;

/** Torque of a motor, N m; speeds of hips and knees, rad/s. */
export const TORQUE = 80;
export const HIP_SPEED = 4;
export const KNEE_SPEED = 6;
/** Range of the force that pushes the hull in the first step, N. */
export const PUSH = 5;

/** Ends of the ten rays against the hull's place, m: in x, and down. Literals, as sines of an engine may differ. */
export const RAY_X = [
  0, 0.7970033731925291, 1.5761077688604774, 2.3198161819265612, 3.0114265247735217, 3.6354067201244487,
  4.177743518013244, 4.62625720316809, 4.97087512515854, 5.203857908408848,
] as const;
export const RAY_DOWN = [
  5.333333333333333, 5.273445748992225, 5.095127942003232, 4.802384545880943, 4.401789946184951, 3.9023406339937114,
  3.31525316411021, 2.6537122554225436, 1.9325746905422592, 1.1680356644962213,
] as const;
