/** Turns the strokes of a hand-drawn digit into the pixels that networks of image tasks were evolved on. */
import { deskewImages } from "../src/index.ts";

/** A point of a stroke, in any unit; y grows downwards. */
export type Point = readonly [x: number, y: number];

/** How to make an image of strokes. */
export interface SketchOptions {
  readonly width: number;
  readonly height: number;
  /** Straighten a slant, as the paper does with MNIST. Default false. */
  readonly deskew?: boolean;
}

/** Share of the image that a digit's longer side fills, as in the data sets. */
const FILL = 0.66;
/** Half the width of the pen, as a share of the image's width. */
const PEN = 0.045;

/**
 * Centres and scales strokes to the size that digits have in the data, and draws them with a soft pen.
 *
 * @param strokes each with at least one point; none give an empty image
 * @returns       row-major [height x width], 0 to 1
 */
export function sketchPixels(strokes: readonly (readonly Point[])[], options: SketchOptions): Float32Array {
  const { width, height, deskew = false } = options;
  const pixels = new Float32Array(width * height);
  const points = strokes.flat();
  if (points.length === 0) return pixels;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const longer = Math.max(right - left, bottom - top, 1e-6);
  const scale = (FILL * Math.min(width, height)) / longer;
  const place = ([x, y]: Point): Point => [
    width / 2 + (x - (left + right) / 2) * scale,
    height / 2 + (y - (top + bottom) / 2) * scale,
  ];
  const pen = PEN * width;
  for (const stroke of strokes) {
    const placed = stroke.map(place);
    placed.forEach((point, at) => {
      mark(pixels, options, placed[Math.max(0, at - 1)], point, pen);
    });
  }
  if (deskew) deskewImages(pixels, { width, height });
  return pixels;
}

/** Inks the pixels near a segment; a pixel keeps the darkest ink it got. */
function mark(pixels: Float32Array, { width, height }: SketchOptions, from: Point, to: Point, pen: number): void {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const ink = Math.min(1, Math.max(0, pen + 0.5 - distance([column + 0.5, row + 0.5], from, to)));
      const index = row * width + column;
      if (ink > pixels[index]) pixels[index] = ink;
    }
  }
}

/** From a point to the nearest point of a segment. */
function distance([x, y]: Point, [x0, y0]: Point, [x1, y1]: Point): number {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
  return Math.sqrt((x - x0 - share * (x1 - x0)) ** 2 + (y - y0 - share * (y1 - y0)) ** 2);
}
