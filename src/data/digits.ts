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

/** Sizes of the parts of `digits`. */
export interface DigitsSettings {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** The sizes `digits` has everywhere. */
export const DIGITS_SIZES: DigitsSettings = { train: 8000, validation: 2000, test: 2000 };

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

function drawPart(part: string, count: number): Examples {
  const rng = derive("digits", part);
  const features = sharedFloats(count * PIXELS);
  const labels = sharedBytes(count);
  for (let index = 0; index < count; index++) labels[index] = index % GLYPHS.length;
  rng.shuffle(labels);
  const canvas = new Canvas();
  for (let index = 0; index < count; index++) {
    const ways = GLYPHS[labels[index]];
    drawDigit(canvas, ways[rng.integer(ways.length)], rng);
    canvas.copyTo(features.subarray(index * PIXELS, (index + 1) * PIXELS), rng);
  }
  return { count, features, labels };
}

/** Draws one digit with its own random changes. */
function drawDigit(canvas: Canvas, glyph: Glyph, rng: Rng): void {
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
    for (let index = 0; index + 3 < path.length; index += 2) {
      canvas.drawSegment(path[index], path[index + 1], path[index + 2], path[index + 3]);
    }
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

/** A raster that knows how far each pixel centre is from the nearest stroke. */
class Canvas {
  readonly #squares = new Float64Array(PIXELS);
  #thickness = 0;

  clear(thickness: number): void {
    this.#squares.fill(Infinity);
    this.#thickness = thickness;
  }

  drawSegment(x0: number, y0: number, x1: number, y1: number): void {
    const reach = this.#thickness + 0.5;
    const left = Math.max(Math.floor(Math.min(x0, x1) - reach), 0);
    const right = Math.min(Math.floor(Math.max(x0, x1) + reach), SIDE - 1);
    const top = Math.max(Math.floor(Math.min(y0, y1) - reach), 0);
    const bottom = Math.min(Math.floor(Math.max(y0, y1) + reach), SIDE - 1);
    const dx = x1 - x0;
    const dy = y1 - y0;
    const inverse = 1 / Math.max(dx * dx + dy * dy, 1e-12);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const x = column + 0.5 - x0;
        const y = row + 0.5 - y0;
        const along = Math.min(Math.max((x * dx + y * dy) * inverse, 0), 1);
        const offX = x - along * dx;
        const offY = y - along * dy;
        const square = offX * offX + offY * offY;
        const index = row * SIDE + column;
        if (square < this.#squares[index]) this.#squares[index] = square;
      }
    }
  }

  /** Writes the image: ink where a stroke is near, edges smooth over one pixel, noise on ink, specks on paper. */
  copyTo(pixels: Float32Array, rng: Rng): void {
    const ink = rng.between(INK_MIN, 1);
    for (let index = 0; index < PIXELS; index++) {
      const cover = this.#thickness + 0.5 - Math.sqrt(this.#squares[index]);
      if (cover <= 0) pixels[index] = 0;
      else pixels[index] = toByte(Math.min(cover, 1) * (ink + spread(rng, INK_NOISE)));
    }
    for (let specks = rng.integer(SPECKS + 1); specks > 0; specks--) {
      pixels[rng.integer(PIXELS)] = toByte(rng.between(0.2, 1));
    }
  }
}

/** A value limited to [0, 1] and rounded to a multiple of 1/255. */
function toByte(value: number): number {
  return Math.floor(Math.min(Math.max(value, 0), 1) * 255 + 0.5) / 255;
}
