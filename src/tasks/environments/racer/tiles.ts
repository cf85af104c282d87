/** The tiles of a road: their corners, the grid by which the tiles under a wheel are found, and whether it touches one. */
import { f32 } from "../../../base/float32.ts";
import { SKINS } from "../physics/constants.ts";
import { distanceOf } from "../physics/distance.ts";
import type { Transform } from "../physics/transforms.ts";
import type { Vector } from "../physics/vectors.ts";
import { HALF_WIDTH, KERB_WIDTH, kerbRows, type Row } from "./track.ts";

/** Side of a cell of the grid, m; cells in a row; where the grid begins, m. */
export const CELL = 4;
export const CELLS = 168;
export const GRID_EDGE = (-CELL * CELLS) / 2;
/** A wheel reaches no further from its centre, its skin and the tile's included, m. */
const REACH = 0.7;
/** Distance, less both skins, below which a wheel touches a tile, m: ten times the spacing of singles at 1. */
const TOUCH = f32(10 * 2 ** -23);

/** A road, and what is made of it once. */
export interface Road {
  readonly rows: readonly Row[];
  /** Tile i lies between row i and row i - 1: four corners, counter-clockwise from the rightmost; singles. */
  readonly tiles: readonly (readonly Vector[])[];
  /** Kerbs with the number of their row, four corners each. */
  readonly kerbs: readonly { readonly row: number; readonly corners: readonly Vector[] }[];
  /** Cell c holds the tiles `inCells[firsts[c]]` to `inCells[firsts[c + 1] - 1]`; [CELLS * CELLS + 1]. */
  readonly firsts: Uint16Array;
  readonly inCells: Uint16Array;
}

/** The road along the rows of a track. */
export function roadOf(rows: readonly Row[]): Road {
  const tiles = rows.map((row, index) => {
    const before = rows[(index - 1 + rows.length) % rows.length];
    return hullOf([beside(row, -1), beside(before, -1), beside(before, 1), beside(row, 1)]);
  });
  return { rows, tiles, kerbs: kerbsOf(rows), ...gridOf(tiles) };
}

/** A point on the edge of the road, m. @param side -1 left, 1 right */
function beside(row: Row, side: number, width = HALF_WIDTH): Vector {
  return { x: f32(row.x + side * width * Math.cos(row.beta)), y: f32(row.y + side * width * Math.sin(row.beta)) };
}

function kerbsOf(rows: readonly Row[]): Road["kerbs"] {
  const marked = kerbRows(rows);
  return rows.flatMap((row, index) => {
    if (!marked[index]) return [];
    const before = rows[(index - 1 + rows.length) % rows.length];
    const side = Math.sign(before.beta - row.beta);
    const outer = HALF_WIDTH + KERB_WIDTH;
    const corners = [beside(row, side), beside(row, side, outer), beside(before, side, outer), beside(before, side)];
    return [{ row: index, corners }];
  });
}

/** The convex hull of points, counter-clockwise from the rightmost, of equals the lowest (gift wrapping; Jarvis 1973). */
function hullOf(points: readonly Vector[]): Vector[] {
  let first = points[0];
  for (const point of points) if (point.x > first.x || (point.x === first.x && point.y < first.y)) first = point;
  const hull: Vector[] = [];
  let last = first;
  do {
    hull.push(last);
    let next = points[0];
    for (const point of points) {
      const ax = f32(next.x - last.x);
      const ay = f32(next.y - last.y);
      const bx = f32(point.x - last.x);
      const by = f32(point.y - last.y);
      const side = f32(f32(ax * by) - f32(ay * bx));
      const isFurther = side === 0 && f32(f32(bx * bx) + f32(by * by)) > f32(f32(ax * ax) + f32(ay * ay));
      if (next === last || side < 0 || isFurther) next = point;
    }
    last = next;
  } while (last !== first && hull.length < points.length);
  return hull;
}

/** Puts each tile into the cells from which a wheel might touch it. */
function gridOf(tiles: Road["tiles"]): Pick<Road, "firsts" | "inCells"> {
  // Pairs of cell and tile, tiles in their order.
  const entries: [cell: number, tile: number][] = [];
  tiles.forEach((corners, tile) => {
    const range = (values: number[]) => [cellOf(Math.min(...values) - REACH), cellOf(Math.max(...values) + REACH)];
    const [left, right] = range(corners.map(({ x }) => x));
    const [low, high] = range(corners.map(({ y }) => y));
    for (let row = low; row <= high; row++) {
      for (let column = left; column <= right; column++) {
        if (isNear(corners, column, row)) entries.push([row * CELLS + column, tile]);
      }
    }
  });
  entries.sort(([a, one], [b, two]) => a - b || one - two);
  const firsts = new Uint16Array(CELLS * CELLS + 1);
  for (const [cell] of entries) firsts[cell + 1]++;
  for (let cell = 0; cell < CELLS * CELLS; cell++) firsts[cell + 1] += firsts[cell];
  return { firsts, inCells: Uint16Array.from(entries, ([, tile]) => tile) };
}

function cellOf(place: number): number {
  return Math.min(Math.max(Math.floor((place - GRID_EDGE) / CELL), 0), CELLS - 1);
}

/** Whether some side of a tile does not tell a cell, widened by the reach of a wheel, from it. */
function isNear(corners: readonly Vector[], column: number, row: number): boolean {
  const x = GRID_EDGE + (column + 0.5) * CELL;
  const y = GRID_EDGE + (row + 0.5) * CELL;
  return corners.every((from, index) => {
    const to = corners[(index + 1) % corners.length];
    const wayX = to.x - from.x;
    const wayY = to.y - from.y;
    const length = Math.hypot(wayX, wayY);
    const outwards = ((x - from.x) * wayY - (y - from.y) * wayX) / length;
    return outwards <= (CELL / 2) * ((Math.abs(wayX) + Math.abs(wayY)) / length) + REACH;
  });
}

/** The tiles that a wheel of these corners, in its own coordinates, touches. */
export function tilesUnder({ tiles, firsts, inCells }: Road, corners: readonly Vector[], wheel: Transform): number[] {
  const column = Math.floor(f32(f32(wheel.x - GRID_EDGE) * 0.25));
  const row = Math.floor(f32(f32(wheel.y - GRID_EDGE) * 0.25));
  if (!(column >= 0 && column < CELLS && row >= 0 && row < CELLS)) return [];
  const cell = row * CELLS + column;
  const under: number[] = [];
  for (let at = firsts[cell]; at < firsts[cell + 1]; at++) {
    const { distance } = distanceOf({ ground: tiles[inCells[at]], body: corners }, wheel, undefined);
    if (distance <= SKINS || f32(distance - SKINS) < TOUCH) under.push(inCells[at]);
  }
  return under;
}
