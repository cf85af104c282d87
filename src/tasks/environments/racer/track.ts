/**
 * The track: a closed road through twelve checkpoints about the middle of the field, as Gymnasium's CarRacing-v3 draws it
 * from an integer seed (Towers et al. 2024).
 *
 * A point walks from checkpoint to checkpoint in strides of 3.5 m. It turns towards the next by at most 0.31 rad a stride, in
 * proportion to how far that lies to the side. Of five laps the last whole one is the track, if its ends meet; else all is
 * drawn anew from the same stream. Doubles; sines of an engine differ in the last bits, so rows agree to 1e-9, and corners
 * of tiles, which are singles, to the bit.
 */
import { UsageError } from "../../../base/errors.ts";
import { Pcg64 } from "../physics/pcg64.ts";

/** A place on the road, m, and the way across it there: to the right at (cos beta, sin beta), forwards at (-sin beta, cos beta). */
export interface Row {
  /** Direction from the middle of the field, rad. */
  readonly alpha: number;
  readonly beta: number;
  readonly x: number;
  readonly y: number;
}

/** Half the side of the field, m: a car out of it has lost. */
export const FIELD = 2000 / 6;
/** Half the width of the road and the width of a kerb, m. */
export const HALF_WIDTH = 40 / 6;
export const KERB_WIDTH = 8 / 6;
/** From row to row, m. */
const STRIDE = 21 / 6;
const MOST_TURN = 0.31;
const CHECKPOINTS = 12;
const RADIUS = 900 / 6;
/** Where the track begins, seen from the middle of the field, rad. */
const START_ANGLE = (2 * Math.PI * -0.5) / CHECKPOINTS;
const LAPS = 5;
const MOST_STRIDES = 2500;
/** Most draws until a track closes; 1 in 13 does not. */
const MOST_DRAWS = 1000;

interface Checkpoint {
  readonly angle: number;
  readonly x: number;
  readonly y: number;
}

/** The track that Gymnasium draws from a seed: rows in driving order. @param seed 0 to 2^32 - 1 */
export function drawRacetrack(seed: number): Row[] {
  const rng = new Pcg64(seed);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const lap = lastLap(walk(drawCheckpoints(rng)));
    if (lap !== undefined && isClosed(lap)) return lap;
  }
  throw new UsageError(`Expected seed ${seed} to give a track within ${MOST_DRAWS} draws, got none: take another.`);
}

function drawCheckpoints(rng: Pcg64): Checkpoint[] {
  return Array.from({ length: CHECKPOINTS }, (_, index) => {
    const sector = (2 * Math.PI * index) / CHECKPOINTS;
    // Both are drawn in any case.
    let angle = sector + rng.between(0, (2 * Math.PI * 1) / CHECKPOINTS);
    let radius = rng.between(RADIUS / 3, RADIUS);
    if (index === 0 || index === CHECKPOINTS - 1) {
      angle = sector;
      radius = 1.5 * RADIUS;
    }
    return { angle, x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

function walk(checkpoints: readonly Checkpoint[]): Row[] {
  const rows: Row[] = [];
  let x = 1.5 * RADIUS;
  let y = 0;
  let beta = 0;
  let next = 0;
  let laps = 0;
  let wasBehind = false;
  while (laps < LAPS && rows.length < MOST_STRIDES) {
    let alpha = Math.atan2(y, x);
    if (wasBehind && alpha > 0) {
      laps++;
      wasBehind = false;
    }
    if (alpha < 0) {
      wasBehind = true;
      alpha += 2 * Math.PI;
    }
    while (alpha > checkpoints[next % CHECKPOINTS].angle) {
      next++;
      if (next % CHECKPOINTS === 0) alpha -= 2 * Math.PI;
    }
    const goal = checkpoints[next % CHECKPOINTS];
    const aside = 6 * (Math.cos(beta) * (goal.x - x) + Math.sin(beta) * (goal.y - y));
    const forwardX = -Math.sin(beta);
    const forwardY = Math.cos(beta);
    while (beta - alpha > 1.5 * Math.PI) beta -= 2 * Math.PI;
    while (beta - alpha < -1.5 * Math.PI) beta += 2 * Math.PI;
    const before = beta;
    const turn = Math.min(MOST_TURN, Math.abs(0.001 * aside));
    if (aside > 0.3) beta -= turn;
    if (aside < -0.3) beta += turn;
    x += forwardX * STRIDE;
    y += forwardY * STRIDE;
    rows.push({ alpha, beta: before * 0.5 + beta * 0.5, x, y });
  }
  return rows;
}

/** What lies between the last two times that the walk passes the start, without the last row. */
function lastLap(rows: readonly Row[]): Row[] | undefined {
  const passes = (index: number) => rows[index].alpha > START_ANGLE && rows[index - 1].alpha <= START_ANGLE;
  let last = rows.length - 1;
  while (last > 0 && !passes(last)) last--;
  let first = last - 1;
  while (first > 0 && !passes(first)) first--;
  return first > 0 ? rows.slice(first, last - 1) : undefined;
}

/** Whether both ends lie side by side. */
function isClosed(rows: readonly Row[]): boolean {
  const first = rows[0];
  const last = rows[rows.length - 1];
  const x = Math.cos(first.beta) * (first.x - last.x);
  const y = Math.sin(first.beta) * (first.y - last.y);
  return Math.sqrt(x * x + y * y) <= STRIDE;
}

/** Which rows have a kerb on the outer side of the bend: where four turns in a row are sharp, and up to three rows before. */
export function kerbRows(rows: readonly Row[]): boolean[] {
  const count = rows.length;
  const before = (index: number, by: number) => (index - by + count) % count;
  const marked = rows.map((_, index) => {
    let isSharp = true;
    let side = 0;
    for (let by = 0; by < 4; by++) {
      const turn = rows[before(index, by)].beta - rows[before(index, by + 1)].beta;
      isSharp = isSharp && Math.abs(turn) > MOST_TURN * 0.2;
      side += Math.sign(turn);
    }
    return isSharp && Math.abs(side) === 4;
  });
  // In place: what a row near the start has marked at the end of the lap is passed on from there.
  for (let index = 0; index < count; index++) {
    for (let by = 0; by < 4; by++) {
      const at = before(index, by);
      marked[at] = marked[at] || marked[index];
    }
  }
  return marked;
}
