/** Makes an image of strokes drawn by hand, as the images of the data set were made that a network was evolved on. */
import { prepareImages } from "./image-sets.ts";
import type { ImageSize } from "./images.ts";
import { boxOf, Raster } from "./raster.ts";

/**
 * Makes the inputs of a network from a drawing, as its data set made them from images.
 *
 * @param strokes each x0, y0, x1, y1, ..., at least one point, in any unit, y growing downwards
 * @param pen     width of the pen in that unit
 * @returns       row-major [height x width], in [0, 1]; empty without strokes
 */
export type Sketcher = (strokes: readonly (readonly number[])[], pen: number) => Float32Array;

/** Sides of MNIST's images, and of the box in them that the ink just fits, pixels. */
const FIELD = 28;
const BOX = 20;
/** Widths of the middle half of MNIST's pens, pixels of its box: twice area by outline, of 6,000 training images. */
const PEN_RANGE: readonly [number, number] = [2.04, 2.77];
/** Ink is drawn so many times finer than the pixels of the box, then averaged. */
const FINER = 8;

/**
 * Makes the sketcher of images that were prepared as MNIST was (LeCun et al. 1998, section III.A): the ink fitted into
 * a box of 20 x 20 pixels by averaging areas, its centre of mass in the middle of 28 x 28 pixels.
 *
 * @param image size of the images, pixels
 * @param set   how the data set prepared what it took from 28 x 28 pixels; images of unknown origin, without it, get
 *              the same share of ink at once in their own size
 */
export function createSketcher(image: ImageSize, set?: { readonly deskew: boolean }): Sketcher {
  const { width, height } = image;
  const field = set ? { width: FIELD, height: FIELD } : image;
  const box = set ? BOX : Math.round((Math.min(width, height) * BOX) / FIELD);
  return (strokes, pen) => {
    const pixels = new Float32Array(width * height);
    if (strokes.length === 0) return pixels;
    const centred = centre(fitBox(strokes, pen, box), box, field);
    prepareImages(centred, field, pixels, image, set?.deskew === true);
    return pixels;
  };
}

/** Ink of strokes in a box that its longer side fills, row-major [box x box], 0 to 1: drawn finely, areas averaged. */
function fitBox(paths: readonly (readonly number[])[], pen: number, box: number): Float64Array {
  const { left, right, top, bottom } = boxOf(paths);
  const longer = Math.max(right - left, bottom - top);
  // The ink is as long as the strokes and once the pen. A pen that MNIST does not have becomes the next one it has.
  const [thinnest, thickest] = PEN_RANGE.map((limit) => (limit * box) / BOX);
  const width = Math.min(Math.max((pen * box) / (longer + pen), thinnest), thickest);
  const scale = longer > 0 ? ((box - width) / longer) * FINER : 0;
  const fine = box * FINER;
  const raster = new Raster(fine, fine);
  raster.clear((width * FINER) / 2);
  const place = (value: number, low: number, high: number) => fine / 2 + (value - (low + high) / 2) * scale;
  for (const path of paths) {
    raster.drawPath(
      path.map((value, index) => (index % 2 === 0 ? place(value, left, right) : place(value, top, bottom))),
    );
  }
  const ink = new Float64Array(box * box);
  for (let row = 0; row < fine; row++) {
    for (let column = 0; column < fine; column++) {
      const pixel = Math.floor(row / FINER) * box + Math.floor(column / FINER);
      ink[pixel] += raster.cover(row * fine + column) / FINER ** 2;
    }
  }
  return ink;
}

/** Moves the ink of a box by whole pixels so that its centre of mass is the middle pixel of the field; as bytes. */
function centre(ink: Float64Array, box: number, field: { width: number; height: number }): Uint8Array {
  let [mass, massX, massY] = [0, 0, 0];
  ink.forEach((value, index) => {
    mass += value;
    massX += value * (index % box);
    massY += value * Math.floor(index / box);
  });
  const shiftX = Math.round(field.width / 2 - massX / mass);
  const shiftY = Math.round(field.height / 2 - massY / mass);
  const pixels = new Uint8Array(field.width * field.height);
  ink.forEach((value, index) => {
    const x = (index % box) + shiftX;
    const y = Math.floor(index / box) + shiftY;
    if (x >= 0 && x < field.width && y >= 0 && y < field.height) pixels[y * field.width + x] = Math.round(value * 255);
  });
  return pixels;
}
