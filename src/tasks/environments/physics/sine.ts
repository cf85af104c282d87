/**
 * Sine and cosine of a single, evaluated in doubles and rounded once: the bits of the C library that the recordings of
 * Box2D were made with, not those of base/float32.ts.
 *
 * The angle is reduced by the nearest multiple n of a quarter turn, and n says which of two polynomials is taken, and
 * with which sign. That library finds n from a product cut off at 2^-24 of a quarter turn, which is another n for 5 singles
 * below 120 rad, all but halfway between two; both give the same sines and cosines there. From LARGE on the quarter turn is taken in two parts (Cody & Waite 1980), as one double is not enough.
 * Right for angles to 10^6 rad; a correctly rounded sine differs in the last bit of 1 of 120 values. Builds of that library
 * with fused multiply-add differ from it in 17 known angles between 7 and 120 rad: this is the one without.
 */
import { f32 } from "../../../base/float32.ts";

const QUARTER_TURNS_PER_RADIAN = 0.6366197723675814;
/** 1.5 * 2^52: a double that this is added to is rounded to a whole number, halves to even. */
const ROUNDING = 6755399441055744;
const QUARTER_TURN = 1.5707963267948966;
/** Where one double of a quarter turn is not enough any more, rad; its 33 highest bits, and what is left of it. */
const LARGE = 120;
const QUARTER_HIGH = 1.5707963267341256;
const QUARTER_LOW = 6.077100506506192e-11;
const SINE = [-0.16666654943701084, 0.008332178146138854, -0.00019517298981385725] as const;
const COSINE = [1, -0.49999999725108224, 0.041666623324344516, -0.001388676379437604, 0.000024390450703564542] as const;

/** Sine of an angle in rad. */
export function sine(angle: number): number {
  const n = quarters(angle);
  const rest = restOf(angle, n);
  return f32((n & 1) === 0 ? odd(rest, n) : even(rest, n));
}

/** Cosine of an angle in rad. */
export function cosine(angle: number): number {
  const n = quarters(angle);
  const rest = restOf(angle, n);
  return f32((n & 1) === 0 ? even(rest, n) : odd(rest, n));
}

/** The nearest number of quarter turns. */
function quarters(angle: number): number {
  if (Math.abs(angle) >= LARGE) return Math.floor(angle / QUARTER_TURN + 0.5);
  return angle * QUARTER_TURNS_PER_RADIAN + ROUNDING - ROUNDING;
}

/** The angle without its quarter turns. */
function restOf(angle: number, n: number): number {
  if (Math.abs(angle) >= LARGE) return angle - n * QUARTER_HIGH - n * QUARTER_LOW;
  return angle - n * QUARTER_TURN;
}

function odd(rest: number, n: number): number {
  const x = ((n + 1) & 2) === 0 ? rest : -rest;
  const square = x * x;
  const cube = x * square;
  return x + cube * SINE[0] + cube * square * (SINE[1] + square * SINE[2]);
}

function even(rest: number, n: number): number {
  const square = rest * rest;
  const fourth = square * square;
  const value =
    COSINE[0] + square * COSINE[1] + fourth * COSINE[2] + fourth * square * (COSINE[3] + square * COSINE[4]);
  return (n & 2) === 0 ? value : -value;
}
