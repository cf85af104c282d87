/** Ink on a sheet: scaled by averaging areas, and moved so that it comes into the middle, as MNIST's images were made. */
import type { ImageSize } from "./images.ts";

/** A part of a sheet. */
export interface Ink extends ImageSize {
  /** Row-major [height x width], 0 paper to 1 ink. */
  readonly values: Float64Array;
}

/** Where a data set has what is written or shown on its images, and how wide its pens are. */
export interface InkPlace {
  /** The longer side of the ink, pixels. */
  readonly box: number;
  /** What comes into the middle of the image: the centre of mass, or the middle of the ink's own box. */
  readonly middle: "mass" | "box";
  /** The narrowest and the widest pen, pixels, of what is written. */
  readonly pens?: readonly [narrowest: number, widest: number];
}

/** Scales ink to another size: each new pixel is the mean of the area it covers. */
export function scaleInk(ink: Ink, to: ImageSize): Ink {
  const { height } = ink;
  const columns = shares(ink.width, to.width);
  const rows = shares(height, to.height);
  const wide = new Float64Array(height * to.width);
  for (let y = 0; y < height; y++) {
    columns.forEach((covered, x) => {
      for (const [from, share] of covered) wide[y * to.width + x] += share * ink.values[y * ink.width + from];
    });
  }
  const values = new Float64Array(to.height * to.width);
  rows.forEach((covered, y) => {
    for (const [from, share] of covered) {
      for (let x = 0; x < to.width; x++) values[y * to.width + x] += share * wide[from * to.width + x];
    }
  });
  return { ...to, values };
}

/** For each new position along one axis the old ones that it covers, with their shares of it. */
function shares(from: number, to: number): (readonly [from: number, share: number])[][] {
  const length = from / to;
  return Array.from({ length: to }, (_, position) => {
    const [start, end] = [position * length, Math.min((position + 1) * length, from)];
    const first = Math.floor(start);
    return Array.from({ length: Math.ceil(end) - first }, (_, index) => {
      const old = first + index;
      return [old, (Math.min(end, old + 1) - Math.max(start, old)) / length] as const;
    });
  });
}

/**
 * Moves ink by whole pixels so that its centre of mass is the middle pixel of the field, or its box lies in the middle.
 *
 * @param ink   with a value over 0
 * @param paper the value of what is not covered, 0 to 255
 * @returns     row-major [height x width] of the field, 0 to 255
 */
export function placeInk(ink: Ink, field: ImageSize, middle: "mass" | "box", paper = 0): Uint8Array {
  const { width, values } = ink;
  const [centreX, centreY] = middle === "mass" ? centreOfMass(ink) : [width / 2, ink.height / 2];
  const shiftX = Math.round(field.width / 2 - centreX);
  const shiftY = Math.round(field.height / 2 - centreY);
  const pixels = new Uint8Array(field.width * field.height).fill(paper);
  values.forEach((value, index) => {
    const x = (index % width) + shiftX;
    const y = Math.floor(index / width) + shiftY;
    if (x >= 0 && x < field.width && y >= 0 && y < field.height) pixels[y * field.width + x] = Math.round(value * 255);
  });
  return pixels;
}

function centreOfMass({ width, values }: Ink): [x: number, y: number] {
  let [mass, massX, massY] = [0, 0, 0];
  values.forEach((value, index) => {
    mass += value;
    massX += value * (index % width);
    massY += value * Math.floor(index / width);
  });
  return [massX / mass, massY / mass];
}
