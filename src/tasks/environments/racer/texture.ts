/**
 * The field from above, at three sizes of texel: what the picture of the network is sampled from.
 *
 * A point is grass inside of the field where no road or kerb covers it. A texel of half a metre counts 4 x 4 points; each
 * level after it halves the size by rounded means of four. Texels are 0 on grass, 255 on road, kerbs and outside.
 */
import type { Vector } from "../physics/vectors.ts";
import type { Road } from "./tiles.ts";

/** Half the side of the texture, m. */
export const REACH = 336;
/** Levels that are kept, by the metres of a texel and how many are in a row; one after another in the texture. */
export const LEVELS = [
  { metres: 1, size: 672, first: 0 },
  { metres: 2, size: 336, first: 672 * 672 },
  { metres: 4, size: 168, first: 672 * 672 + 336 * 336 },
] as const;
export const TEXELS = 672 * 672 + 336 * 336 + 168 * 168;
/** Texels of half a metre in a row; points in a texel of these, each way. */
const FINE = 1344;
const POINTS = 4;
/** Points from the edge of the texture that lie in the field: the first, and the one after the last. */
const FIELD_FIRST = 21;
const FIELD_END = 5355;
/** Points of a texel of half a metre; texels of a metre that the edge of the field runs through or before. */
const FULL = 16;
const EDGE = 3;

/** Which points of each texel of half a metre the polygons cover: bit 4 y + x of [FINE x FINE]. */
const covered = new Uint16Array(FINE * FINE);
/** The same, two texels beside each other at once. */
const pairs = new Uint32Array(covered.buffer);

/** [TEXELS] */
export function textureOf(road: Road): Uint8Array {
  coverPoints([...road.tiles, ...road.kerbs.map(({ corners }) => corners)]);
  const texture = new Uint8Array(TEXELS);
  const [{ size }] = LEVELS;
  for (let row = 0, at = 0; row < size; row++) {
    const isEdge = row < EDGE || row >= size - EDGE;
    for (let column = 0, pair = row * FINE; column < size; column++, at++, pair++) {
      const isPlain = pairs[pair] === 0 && pairs[pair + FINE / 2] === 0;
      if (isPlain && !isEdge && column >= EDGE && column < size - EDGE) continue;
      texture[at] = 255 - grassOf(2 * row * FINE + 2 * column);
    }
  }
  for (let level = 1; level < LEVELS.length; level++) halve(texture, LEVELS[level - 1], LEVELS[level]);
  return texture;
}

/** The grass of four texels of half a metre, 0 to 255. @param at the first of them */
function grassOf(at: number): number {
  let sum = 2;
  for (const texel of [at, at + 1, at + FINE, at + FINE + 1]) {
    sum += Math.floor((grassPoints(texel) * 255) / FULL);
  }
  return sum >> 2;
}

function grassPoints(texel: number): number {
  const bits = covered[texel];
  const left = (texel % FINE) * POINTS;
  const low = Math.floor(texel / FINE) * POINTS;
  let count = 0;
  for (let point = 0; point < FULL; point++) {
    const x = left + (point % POINTS);
    const y = low + Math.floor(point / POINTS);
    const isField = x >= FIELD_FIRST && x < FIELD_END && y >= FIELD_FIRST && y < FIELD_END;
    if (isField && ((bits >> point) & 1) === 0) count++;
  }
  return count;
}

/** Fills `covered`. */
function coverPoints(polygons: readonly (readonly Vector[])[]): void {
  covered.fill(0);
  const last = FINE * POINTS - 1;
  // Point k lies at (k + 0.5) / 8 m from the edge of the texture.
  const placeOf = (metres: number) => (metres + REACH) * 2 * POINTS - 0.5;
  for (const corners of polygons) {
    const points = corners.map(({ x, y }) => ({ x: placeOf(x), y: placeOf(y) }));
    const low = Math.max(Math.ceil(Math.min(...points.map(({ y }) => y))), 0);
    const high = Math.min(Math.floor(Math.max(...points.map(({ y }) => y))), last);
    for (let y = low; y <= high; y++) {
      const [from, to] = spanOf(points, y);
      cover(y, Math.max(Math.ceil(from), 0), Math.min(Math.floor(to), last));
    }
  }
}

/** Where a line of points enters and leaves a convex polygon. */
function spanOf(corners: readonly Vector[], y: number): [number, number] {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < corners.length; index++) {
    const a = corners[index];
    const b = corners[(index + 1) % corners.length];
    if ((a.y < y && b.y < y) || (a.y > y && b.y > y) || a.y === b.y) continue;
    const x = a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
    if (x < from) from = x;
    if (x > to) to = x;
  }
  return [from, to];
}

function cover(y: number, from: number, to: number): void {
  const row = (y >> 2) * FINE;
  const shift = POINTS * (y & 3);
  for (let texel = from >> 2; texel <= to >> 2; texel++) {
    const first = Math.max(from - 4 * texel, 0);
    const end = Math.min(to - 4 * texel + 1, POINTS);
    covered[row + texel] |= ((1 << end) - (1 << first)) << shift;
  }
}

function halve(texture: Uint8Array, from: (typeof LEVELS)[number], to: (typeof LEVELS)[number]): void {
  for (let row = 0; row < to.size; row++) {
    for (let column = 0; column < to.size; column++) {
      const at = from.first + 2 * row * from.size + 2 * column;
      const sum = texture[at] + texture[at + 1] + texture[at + from.size] + texture[at + from.size + 1];
      // Of grass, 255 less, the mean is rounded half up.
      texture[to.first + row * to.size + column] = 255 - ((4 * 255 - sum + 2) >> 2);
    }
  }
}
