/** The walker's constants, and products in the plane; twin of constants.ts, shapes.ts, vectors.ts and sine.ts of the environment. */
import { dot, EPSILON, Pose } from "../physics/pose";

export const TIME_STEP: f32 = 0.02;
export const FALL: f32 = -0.19999999;
export const SKIN: f32 = 0.01;
export const SKINS: f32 = 0.02;
export const ANGULAR_SLOP: f32 = 0.03490659;
export const BAUMGARTE: f32 = 0.2;
export const IMPACT_BAUMGARTE: f32 = 0.75;
export const GOOD_SEPARATION: f32 = -0.015;
export const GOOD_IMPACT_SEPARATION: f32 = -0.0075;
export const BOX_MARGIN: f32 = 0.1;
export const VELOCITY_ROUNDS = 180;
export const POSITION_ROUNDS = 60;
export const IMPACT_POSITION_ROUNDS = 20;

// Bodies by kind: 0 hull, 1 leg, 2 lower leg; of each its corners, normals, centroid, centre of mass.
const HULL_CORNERS: usize = memory.data<f32>([
  1.1333333, -0.26666668, 1.1333333, 0.033333335, 0.2, 0.3, -1.0, 0.3, -1.0, -0.26666668,
]);
const HULL_NORMALS: usize = memory.data<f32>([1.0, 0.0, 0.27472115, 0.961524, 0.0, 1.0, -1.0, 0.0, 0.0, -1.0]);
const LEG_CORNERS: usize = memory.data<f32>([
  -0.13333334, -0.56666666, 0.13333334, -0.56666666, 0.13333334, 0.56666666, -0.13333334, 0.56666666,
]);
const LOWER_CORNERS: usize = memory.data<f32>([
  -0.10666667, -0.56666666, 0.10666667, -0.56666666, 0.10666667, 0.56666666, -0.10666667, 0.56666666,
]);
const BOX_NORMALS: usize = memory.data<f32>([0.0, -1.0, 1.0, 0.0, 0.0, 1.0, -1.0, 0.0]);
const CENTROID_X: f32 = -0.020036448;
const CENTROID_Y: f32 = -0.00564663;
const CENTRE_X: f32 = -0.020036437;
const CENTRE_Y: f32 = -0.0056466404;
const HULL_MASS: f32 = 0.18442622;
const LEG_MASS: f32 = 3.3088236;
const LOWER_MASS: f32 = 4.1360292;
const HULL_INERTIA: f32 = 0.5001513;
const LEG_INERTIA: f32 = 29.291224;
const LOWER_INERTIA: f32 = 37.3188;

// What the solvers multiply four lanes by, read from memory (see ../math.ts): of each body inverse mass, inverse inertia,
// friction, and that negative.
const FACTORS: usize = memory.data<f32>([
  0.18442622, 0.5001513, 0.5, -0.5, 3.3088236, 29.291224, 0.70710677, -0.70710677, 4.1360292, 37.3188, 0.70710677,
  -0.70710677, 3.3088236, 29.291224, 0.70710677, -0.70710677, 4.1360292, 37.3188, 0.70710677, -0.70710677,
]);

/** Inverse mass of a body, in four lanes. */
// @ts-ignore: decorator
@inline
export function massOf(body: i32): v128 {
  return v128.load32_splat(FACTORS + ((<usize>body) << 4));
}

/** Inverse inertia of a body, in four lanes. */
// @ts-ignore: decorator
@inline
export function inertiaOf(body: i32): v128 {
  return v128.load32_splat(FACTORS + ((<usize>body) << 4), 4);
}

/** Friction of a body, in four lanes. */
// @ts-ignore: decorator
@inline
export function frictionOf(body: i32): v128 {
  return v128.load32_splat(FACTORS + ((<usize>body) << 4), 8);
}

/** The same, negative. */
// @ts-ignore: decorator
@inline
export function slipOf(body: i32): v128 {
  return v128.load32_splat(FACTORS + ((<usize>body) << 4), 12);
}

// Of hips, then of knees: the sum of the inverse inertias of the two bodies, and its inverse, negative.
const SUMS: usize = memory.data<f32>([29.79137420654297, -0.03356676176190376, 66.61002349853516, -0.015012755990028381]);

/** The third diagonal element of the matrix of a joint, in four lanes. */
// @ts-ignore: decorator
@inline
export function turningOf(joint: i32): v128 {
  return v128.load32_splat(SUMS + ((<usize>(joint & 1)) << 3));
}

/** Minus its inverse: the mass that a motor feels. */
// @ts-ignore: decorator
@inline
export function motorMassOf(joint: i32): v128 {
  return v128.load32_splat(SUMS + ((<usize>(joint & 1)) << 3), 4);
}

// @ts-ignore: decorator
@inline
export function cornerCount(body: i32): i32 {
  return body == 0 ? 5 : 4;
}

/** Pointer to x and y of the corners. */
// @ts-ignore: decorator
@inline
export function corners(body: i32): usize {
  return body == 0 ? HULL_CORNERS : (body & 1) != 0 ? LEG_CORNERS : LOWER_CORNERS;
}

// @ts-ignore: decorator
@inline
export function normals(body: i32): usize {
  return body == 0 ? HULL_NORMALS : BOX_NORMALS;
}

// @ts-ignore: decorator
@inline
export function centroidX(body: i32): f32 {
  return body == 0 ? CENTROID_X : 0;
}

// @ts-ignore: decorator
@inline
export function centroidY(body: i32): f32 {
  return body == 0 ? CENTROID_Y : 0;
}

// @ts-ignore: decorator
@inline
export function centreX(body: i32): f32 {
  return body == 0 ? CENTRE_X : 0;
}

// @ts-ignore: decorator
@inline
export function centreY(body: i32): f32 {
  return body == 0 ? CENTRE_Y : 0;
}

// @ts-ignore: decorator
@inline
export function inverseMass(body: i32): f32 {
  return body == 0 ? HULL_MASS : (body & 1) != 0 ? LEG_MASS : LOWER_MASS;
}

// @ts-ignore: decorator
@inline
export function inverseInertia(body: i32): f32 {
  return body == 0 ? HULL_INERTIA : (body & 1) != 0 ? LEG_INERTIA : LOWER_INERTIA;
}

/** max(low, min(value, high)), as Box2D limits. */
// @ts-ignore: decorator
@inline
export function limit(value: f32, low: f32, high: f32): f32 {
  const least = value < high ? value : high;
  return low > least ? low : least;
}

// @ts-ignore: decorator
@inline
export function lesser(a: f32, b: f32): f32 {
  return a < b ? a : b;
}

// @ts-ignore: decorator
@inline
export function larger(a: f32, b: f32): f32 {
  return a > b ? a : b;
}

/** 1 / length of a vector, or 1 for one too short. */
// @ts-ignore: decorator
@inline
export function inverseLength(x: f32, y: f32): f32 {
  const length = sqrt<f32>(dot(x, y, x, y));
  return length < EPSILON ? 1 : 1 / length;
}

/** x of a corner in a list of these. */
// @ts-ignore: decorator
@inline
export function xOf(list: usize, index: i32): f32 {
  return load<f32>(list + ((<usize>index) << 3));
}

/** And y. */
// @ts-ignore: decorator
@inline
export function yOf(list: usize, index: i32): f32 {
  return load<f32>(list + ((<usize>index) << 3), 4);
}

/** Sets a pose to that of a body whose centre of mass is at (cx, cy). */
export function setPose(pose: Pose, body: i32, cx: f32, cy: f32, angle: f32): void {
  const x = <f64>angle;
  const isLarge = abs<f64>(x) >= 120;
  const n = isLarge ? <i32>floor<f64>(x / 1.5707963267948966 + 0.5) : (<i32>(x * 10680707.430881744) + 0x800000) >> 24;
  const turns = <f64>n;
  const rest = isLarge ? x - turns * 1.5707963267341256 - turns * 6.077100506506192e-11 : x - turns * 1.5707963267948966;
  const square = rest * rest;
  const cube = rest * square;
  const odd = <f32>(rest + cube * -0.16666654943701084 + cube * square * (0.008332178146138854 + square * -0.00019517298981385725));
  const fourth = square * square;
  const even = <f32>(
    1.0 +
    square * -0.49999999725108224 +
    fourth * 0.041666623324344516 +
    fourth * square * (-0.001388676379437604 + square * 0.000024390450703564542)
  );
  // Rounding does not see signs.
  const signedOdd = ((n + 1) & 2) == 0 ? odd : -odd;
  const signedEven = (n & 2) == 0 ? even : -even;
  const s = (n & 1) == 0 ? signedOdd : signedEven;
  const c = (n & 1) == 0 ? signedEven : signedOdd;
  pose.s = s;
  pose.c = c;
  const mx = centreX(body);
  const my = centreY(body);
  pose.x = cx - (c * mx - s * my);
  pose.y = cy - (s * mx + c * my);
}
