/**
 * The embedded data set `digits`: 16 x 16 images of handwritten-like digits, drawn here from strokes, no download.
 *
 * Each image is one way to write its digit (tasks/glyphs.ts) with seeded changes: every point of a stroke moved, the
 * whole scaled, slanted, rotated and shifted, a pen of random thickness, ink and paper with noise. Most images are
 * written with care, so that small networks find something soon, some in haste, so that a linear classifier stays
 * below 97 % as it does on MNIST (measured by the tests: about 94.5 %).
 */
import { cos32, sin32 } from "../base/float32.ts";
import { derive, type Rng } from "../base/rng.ts";
import { type Dataset, type Examples, sharedBytes, sharedFloats } from "./dataset.ts";
import { GLYPHS, type Glyph } from "./glyphs.ts";
import { pixelNames } from "./image-sets.ts";
import type { ImageMaking } from "./picture.ts";
import { boxOf, Raster } from "./raster.ts";

const SIDE = 16; // pixels
const PIXELS = SIDE * SIDE;
const HALF_WIDTH = 4.1; // pixels, half the width of an undisturbed digit
const HALF_HEIGHT = 5.2; // pixels
const HASTY_SHARE = 0.22; // of the images, whose changes are HASTE times as large
const HASTE = 3.5;
const WOBBLE = 0.12; // of half the size, either way, for each point of a stroke
const SHIFT = 0.45; // pixels either way
const SCALE_MIN = 0.9;
const SCALE_MAX = 1.12;
const SLANT = 0.25; // shift of x per y, either way
const ROTATION = 0.12; // radians either way
const THICKNESS_MIN = 0.45; // pixels, half the width of the pen
const THICKNESS_MAX = 1.05;
const INK_MIN = 0.7;
const INK_NOISE = 0.4;
const SPECKS = 4; // at most, per image
const CORNER_CUTS = 2;
const SKETCH_THICKNESS_MIN = 0.75 * THICKNESS_MIN + 0.25 * THICKNESS_MAX;
const SKETCH_THICKNESS_MAX = 0.25 * THICKNESS_MIN + 0.75 * THICKNESS_MAX;
const SKETCH_INK = (INK_MIN + 1) / 2;

/** Sizes of the parts of `digits`. */
export interface DigitsSettings {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** The sizes `digits` has everywhere. */
export const DIGITS_SIZES: DigitsSettings = { train: 8000, validation: 2000, test: 2000 };

/** How the images are made of what is written, as `sketchDigit` draws it. */
export const DIGITS_MAKING: ImageMaking = {
  field: { width: SIDE, height: SIDE },
  ink: {
    box: Math.round(2 * HALF_HEIGHT + SKETCH_THICKNESS_MIN + SKETCH_THICKNESS_MAX),
    middle: "box",
    pens: [2 * SKETCH_THICKNESS_MIN, 2 * SKETCH_THICKNESS_MAX],
  },
  deskew: false,
};

/** The data set: 256 inputs in [0, 1], whole multiples of 1/255, 10 classes in equal numbers. Always the same. */
export function digitsDataset({ train, validation, test }: DigitsSettings = DIGITS_SIZES): Dataset {
  const image = { width: SIDE, height: SIDE };
  return {
    name: "digits",
    inputs: pixelNames(image),
    classes: GLYPHS.map((_, digit) => String(digit)),
    image,
    train: drawPart("train", train),
    validation: drawPart("validation", validation),
    test: drawPart("test", test),
  };
}

/**
 * An image as `digits` has them, of strokes drawn by someone: as large as undisturbed digits are, centred by their box,
 * with ink and pen of the middle of their ranges and no noise.
 *
 * @param strokes each x0, y0, x1, y1, ..., in any unit, y growing downwards
 * @param pen     width of the pen in that unit; outside the middle half of the pens of `digits` the nearest of these
 * @returns       row-major [16 x 16], in [0, 1]; empty without strokes
 */
export function sketchDigit(strokes: readonly (readonly number[])[], pen: number): Float32Array {
  const { left, right, top, bottom } = boxOf(strokes);
  const longer = Math.max(right - left, bottom - top);
  const scale = longer > 0 ? (2 * HALF_HEIGHT) / longer : 0;
  const place = (value: number, low: number, high: number) => SIDE / 2 + (value - (low + high) / 2) * scale;
  const canvas = new Raster(SIDE, SIDE);
  canvas.clear(Math.min(Math.max((pen * scale) / 2, SKETCH_THICKNESS_MIN), SKETCH_THICKNESS_MAX));
  for (const stroke of strokes) {
    canvas.drawPath(
      stroke.map((value, index) => (index % 2 === 0 ? place(value, left, right) : place(value, top, bottom))),
    );
  }
  return Float32Array.from({ length: PIXELS }, (_, index) => toByte(canvas.cover(index) * SKETCH_INK));
}

function drawPart(part: string, count: number): Examples {
  const rng = derive("digits", part);
  const features = sharedFloats(count * PIXELS);
  const labels = sharedBytes(count);
  for (let index = 0; index < count; index++) labels[index] = index % GLYPHS.length;
  rng.shuffle(labels);
  const canvas = new Raster(SIDE, SIDE);
  for (let index = 0; index < count; index++) {
    const ways = GLYPHS[labels[index]];
    drawDigit(canvas, ways[rng.integer(ways.length)], rng);
    copyPixels(canvas, features.subarray(index * PIXELS, (index + 1) * PIXELS), rng);
  }
  return { count, features, labels };
}

/** Draws one digit with its own random changes. */
function drawDigit(canvas: Raster, glyph: Glyph, rng: Rng): void {
  const haste = rng.uniform() < HASTY_SHARE ? HASTE : 1;
  const size = rng.between(SCALE_MIN, SCALE_MAX);
  const scaleX = HALF_WIDTH * size * rng.between(0.85, 1.15);
  const scaleY = HALF_HEIGHT * size;
  const slant = spread(rng, SLANT * haste);
  const angle = spread(rng, ROTATION * haste);
  const cosine = cos32(angle);
  const sine = sin32(angle);
  const shiftX = SIDE / 2 + spread(rng, SHIFT * haste);
  const shiftY = SIDE / 2 + spread(rng, SHIFT * haste);
  canvas.clear(rng.between(THICKNESS_MIN, THICKNESS_MAX));
  // Points that several strokes share move together.
  const moves = new Map<string, readonly [number, number]>();
  for (const { smooth, points } of glyph) {
    let path: number[] = [];
    for (let index = 0; index < points.length; index += 2) {
      const key = `${points[index]},${points[index + 1]}`;
      const move = moves.get(key) ?? [spread(rng, WOBBLE * haste), spread(rng, WOBBLE * haste)];
      moves.set(key, move);
      const y = (points[index + 1] + move[1]) * scaleY;
      const x = (points[index] + move[0]) * scaleX - slant * y;
      path.push(shiftX + cosine * x - sine * y, shiftY + sine * x + cosine * y);
    }
    if (smooth) for (let cut = 0; cut < CORNER_CUTS; cut++) path = cutCorners(path);
    canvas.drawPath(path);
  }
}

/** A number around 0, at most `size` either way, mostly small: the mean of two uniform ones. */
function spread(rng: Rng, size: number): number {
  return (rng.uniform() + rng.uniform() - 1) * size;
}

/** One round of Chaikin's corner cutting (1974) that keeps both ends. */
function cutCorners(path: readonly number[]): number[] {
  const last = path.length - 2;
  const cut = [path[0], path[1]];
  for (let index = 0; index < last; index += 2) {
    const [x0, y0, x1, y1] = path.slice(index, index + 4);
    if (index > 0) cut.push(0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1);
    if (index < last - 2) cut.push(0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1);
  }
  cut.push(path[last], path[last + 1]);
  return cut;
}

/** Writes the image: noise on ink, specks on paper. */
function copyPixels(canvas: Raster, pixels: Float32Array, rng: Rng): void {
  const ink = rng.between(INK_MIN, 1);
  for (let index = 0; index < PIXELS; index++) {
    const cover = canvas.cover(index);
    pixels[index] = cover === 0 ? 0 : toByte(cover * (ink + spread(rng, INK_NOISE)));
  }
  for (let specks = rng.integer(SPECKS + 1); specks > 0; specks--) {
    pixels[rng.integer(PIXELS)] = toByte(rng.between(0.2, 1));
  }
}

/** A value limited to [0, 1] and rounded to a multiple of 1/255. */
function toByte(value: number): number {
  return Math.floor(Math.min(Math.max(value, 0), 1) * 255 + 0.5) / 255;
}
