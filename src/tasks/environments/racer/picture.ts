/**
 * What the network sees: the road from above, as the game's camera shows it, 32 x 32 numbers of 0 (grass) to 255 (road,
 * kerbs, outside of the field).
 *
 * The game draws 1000 x 800 pixels, the car 500 from the left and 600 from the top, upwards along the hull; the lowest
 * eighth is its bar of instruments, which is cut off as in the paper. In the first second the camera comes down from far above:
 *
 *     pixels per metre = 0.6 max(1 - t, 0) + 16.2 min(t, 1).
 *
 * Each number is the nearest texel at the middle of its cell, of the level that suits the size of the cell. The car, always
 * in the same place, is left out.
 */
import type { Body } from "../physics/bodies.ts";
import { LEVELS, REACH } from "./texture.ts";

/** Numbers in a row, rows, and both together. */
export const SIDE = 32;
export const PIXELS = SIDE * SIDE;
/** The game's screen without its bar, and where the car is in it, in pixels. */
const WIDTH = 1000;
const HEIGHT = 700;
const CAR_LEFT = 500;
const CAR_TOP = 600;
/** Places are integers of so many parts of a texel. */
const PARTS = 65536;
/** Cells larger than this are sampled from level 2, from level 1; else from level 0, m. */
const COARSE = [5.5, 2.7];

/** A camera: which texels it sees, and how far apart and where it looks. */
export interface Camera {
  /** Index into LEVELS. */
  readonly level: number;
  /** Width and height of a cell, and from the car to the middle of the first: right of it and ahead, in texels. */
  readonly width: number;
  readonly height: number;
  readonly right: number;
  readonly ahead: number;
}

/** The camera so many seconds after the reset. */
export function cameraAt(time: number): Camera {
  const zoom = 0.6 * Math.max(1 - time, 0) + 16.2 * Math.min(time, 1);
  const width = WIDTH / SIDE / zoom;
  const height = HEIGHT / SIDE / zoom;
  const largest = Math.max(width, height);
  const level = largest > COARSE[0] ? 2 : largest > COARSE[1] ? 1 : 0;
  const { metres } = LEVELS[level];
  return {
    level,
    width: width / metres,
    height: height / metres,
    right: (0.5 * width - CAR_LEFT / zoom) / metres,
    ahead: (CAR_TOP / zoom - 0.5 * height) / metres,
  };
}

/**
 * Draws the picture.
 *
 * @param picture receives [PIXELS], rows from top to bottom
 */
export function drawPicture(
  texture: Uint8Array,
  { level, width, height, right, ahead }: Camera,
  { transform: { x, y, sine, cosine } }: Pick<Body, "transform">,
  picture: Uint8Array,
): void {
  const { metres, size, first } = LEVELS[level];
  // The middle of the first cell, the way to the next column and to the next row, in parts of a texel.
  let startX = Math.floor(((x + REACH) / metres + right * cosine - ahead * sine) * PARTS);
  let startY = Math.floor(((y + REACH) / metres + right * sine + ahead * cosine) * PARTS);
  const columnX = Math.floor(width * cosine * PARTS);
  const columnY = Math.floor(width * sine * PARTS);
  const rowX = Math.floor(height * sine * PARTS);
  const rowY = -Math.floor(height * cosine * PARTS);
  for (let row = 0, at = 0; row < SIDE; row++) {
    let placeX = startX;
    let placeY = startY;
    for (let column = 0; column < SIDE; column++, at++) {
      const texelX = placeX >> 16;
      const texelY = placeY >> 16;
      const isInside = texelX >= 0 && texelX < size && texelY >= 0 && texelY < size;
      picture[at] = isInside ? texture[first + texelY * size + texelX] : 255;
      placeX += columnX;
      placeY += columnY;
    }
    startX += rowX;
    startY += rowY;
  }
}
