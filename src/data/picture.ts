/**
 * Makes the inputs of a network from a picture of any size, as its data set made them from images: a scan or a photo
 * has other sizes, margins, paper and ink than the images that a network was evolved on.
 */
import { UsageError } from "../base/errors.ts";
import { median } from "../base/stats.ts";
import { prepareImages } from "./image-sets.ts";
import type { ImageSize } from "./images.ts";
import { type Ink, type InkPlace, placeInk, scaleInk } from "./ink.ts";
import { rewrite } from "./pen.ts";

/** A grey picture. */
export interface Picture extends ImageSize {
  /** For messages: its path. */
  readonly name: string;
  /** Row-major [height x width], 0 black to 255 white. */
  readonly grey: Uint8Array;
}

/** How a data set made the images of its files, as far as it is known. */
export interface ImageMaking {
  /** Size of the images in its files. A picture of this size is taken as it is. */
  readonly field: ImageSize;
  /** Where what is on other pictures is placed; without it they are fitted in as a whole. */
  readonly ink?: InkPlace;
  /** Whether the images are straightened after they were resized to what the network sees. */
  readonly deskew: boolean;
}

/** Whether values are turned round, black for white: `auto` asks the border where ink is known to be light. */
export const INVERSIONS = ["auto", "always", "never"] as const;
/** One of them. */
export type Inversion = (typeof INVERSIONS)[number];

/** What became of a picture. */
export interface ReadPicture {
  /** Row-major [height x width] of the network's image, in [0, 1]. */
  readonly inputs: Float32Array;
  readonly inverted: boolean;
}

/** Makes inputs of a picture. @throws UsageError if there is nothing to be seen on it */
export type PictureReader = (picture: Picture, inversion: Inversion) => ReadPicture;

/** Paper and ink differ by less than this in a picture that is taken for empty, of 255. */
const LEAST_CONTRAST = 24;
/** What has less than this share of the darkest ink is paper, or the noise of a camera. */
const FAINT = 0.25;

/**
 * Prepares the reading of pictures.
 *
 * @param image  what the network sees, pixels
 * @param making how its data set was made; of images of unknown origin, without it, pictures are scaled as a whole and
 *               never turned round unasked
 */
export function createPictureReader(image: ImageSize, making?: ImageMaking): PictureReader {
  const { field, ink, deskew } = making ?? { field: image, deskew: false };
  return (picture, inversion) => {
    const inverted = inversion === "always" || (inversion === "auto" && making !== undefined && paperOf(picture) > 127);
    const seen = inverted ? { ...picture, grey: picture.grey.map((value) => 255 - value) } : picture;
    const fits = seen.width === field.width && seen.height === field.height;
    const pixels = fits ? seen.grey : ink ? placeWritten(seen, field, ink) : placeWhole(seen, field);
    const inputs = new Float32Array(image.width * image.height);
    prepareImages(pixels, field, inputs, image, deskew);
    return { inputs, inverted };
  };
}

/**
 * A picture in colour as a grey one: luma of ITU-R BT.601, as most tools do it. What is transparent becomes paper:
 * black under light ink, white under dark.
 *
 * @param rgba row-major [height x width x 4], colours not multiplied by alpha, 0 to 255
 */
export function greyPicture(name: string, { width, height }: ImageSize, rgba: Uint8Array): Picture {
  const count = width * height;
  const luma = (pixel: number) =>
    (299 * rgba[4 * pixel] + 587 * rgba[4 * pixel + 1] + 114 * rgba[4 * pixel + 2]) / 1000;
  let [weight, sum] = [0, 0];
  for (let pixel = 0; pixel < count; pixel++) {
    weight += rgba[4 * pixel + 3];
    sum += rgba[4 * pixel + 3] * luma(pixel);
  }
  const paper = sum > 127.5 * weight ? 0 : 255;
  const grey = Uint8Array.from({ length: count }, (_, pixel) => {
    const share = rgba[4 * pixel + 3] / 255;
    return Math.round(share * luma(pixel) + (1 - share) * paper);
  });
  return { name, width, height, grey };
}

/** What is written or shown in light on darker paper, without its margins, as large and where the data set has it. */
function placeWritten(
  picture: Picture,
  field: ImageSize,
  { box, middle, pens }: Required<ImageMaking>["ink"],
): Uint8Array {
  const ink = cropInk(picture);
  const scaled = (pens && rewrite(ink, box, pens)) ?? scaleInk(ink, sizeWithin(ink, { width: box, height: box }));
  const largest = scaled.values.reduce((most, value) => Math.max(most, value), 0);
  return placeInk({ ...scaled, values: scaled.values.map((value) => value / largest) }, field, middle);
}

/** The whole picture, margins of its own paper added where its form is another. */
function placeWhole(picture: Picture, field: ImageSize): Uint8Array {
  const values = Float64Array.from(picture.grey, (value) => value / 255);
  return placeInk(scaleInk({ ...picture, values }, sizeWithin(picture, field)), field, "box", paperOf(picture));
}

/** The largest size of the same form within a box. */
function sizeWithin({ width, height }: ImageSize, box: ImageSize): ImageSize {
  const scale = Math.min(box.width / width, box.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** How light the paper is, 0 to 255: the median of the border. */
function paperOf({ width, height, grey }: Picture): number {
  const isBorder = (_: number, index: number) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  };
  return Math.round(median(grey.filter(isBorder)));
}

/** The ink of a picture: how much lighter than the paper, 1 for the lightest; without its margins. */
function cropInk(picture: Picture): Ink {
  const { name, width, height, grey } = picture;
  const paper = paperOf(picture);
  const contrast = grey.reduce((most, value) => Math.max(most, value), 0) - paper;
  if (contrast < LEAST_CONTRAST) {
    throw new UsageError(
      `Expected something to be seen in ${name}, got ${width} x ${height} pixels that are nearly alike: leave it out.`,
    );
  }
  const levels = Float64Array.from(grey, (value) => Math.max(0, (value - paper) / contrast));
  let [left, right, top, bottom] = [width, 0, height, 0];
  levels.forEach((level, index) => {
    if (level < FAINT) return;
    const [x, y] = [index % width, Math.floor(index / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  });
  const size = { width: right - left + 1, height: bottom - top + 1 };
  const values = Float64Array.from({ length: size.width * size.height }, (_, index) => {
    return levels[(top + Math.floor(index / size.width)) * width + left + (index % size.width)];
  });
  return { ...size, values };
}
