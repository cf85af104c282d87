/** Makes an image of strokes drawn by hand, as the images of the data set were made that a network was evolved on. */
import { MNIST_FIELD, MNIST_INK, prepareImages } from "./image-sets.ts";
import type { ImageSize } from "./images.ts";
import { type Ink, placeInk } from "./ink.ts";
import { averageInk, FINER } from "./pen.ts";
import { boxOf, Raster } from "./raster.ts";

/**
 * Makes the inputs of a network from a drawing, as its data set made them from images.
 *
 * @param strokes each x0, y0, x1, y1, ..., at least one point, in any unit, y growing downwards
 * @param pen     width of the pen in that unit
 * @returns       row-major [height x width], in [0, 1]; empty without strokes
 */
export type Sketcher = (strokes: readonly (readonly number[])[], pen: number) => Float32Array;

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
  const field = set ? MNIST_FIELD : image;
  const box = set ? MNIST_INK.box : Math.round((Math.min(width, height) * MNIST_INK.box) / MNIST_FIELD.width);
  return (strokes, pen) => {
    const pixels = new Float32Array(width * height);
    if (strokes.length === 0) return pixels;
    const centred = placeInk(fitBox(strokes, pen, box), field, "mass");
    prepareImages(centred, field, pixels, image, set?.deskew === true);
    return pixels;
  };
}

/** Ink of strokes in a box that its longer side fills: drawn finely, areas averaged. */
function fitBox(paths: readonly (readonly number[])[], pen: number, box: number): Ink {
  const { left, right, top, bottom } = boxOf(paths);
  const longer = Math.max(right - left, bottom - top);
  // The ink is as long as the strokes and once the pen. A pen that MNIST does not have becomes the next one it has.
  const [thinnest, thickest] = MNIST_INK.pens.map((limit) => (limit * box) / MNIST_INK.box);
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
  return averageInk(raster, box);
}
