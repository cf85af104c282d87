/**
 * Data sets of grey images from IDX files: MNIST as the paper's search sees it, MNIST whole, Fashion-MNIST, any other.
 *
 * Train is the training file without its last fifth, validation that fifth, test the test file. For MNIST that is
 * the first 48,000 and the last 12,000 training images.
 */
import { UsageError } from "../base/errors.ts";
import { type Dataset, type Examples, sharedBytes, sharedFloats } from "./dataset.ts";
import type { IdxExamples, IdxImages } from "./idx.ts";
import { deskewImages, type ImageSize, resizeImages } from "./images.ts";
import type { InkPlace } from "./ink.ts";

/** How images become inputs. */
export interface ImageSettings {
  /** Width and height to resize to, in pixels; without it images keep the size they have in the file. */
  readonly size?: number;
  /** Whether to straighten slanted images after resizing. */
  readonly deskew: boolean;
  /** Where the set has what is on its images, and how it was written, as far as it is known. */
  readonly ink?: InkPlace;
  /** Names of the classes, where known; without them classes are called by their numbers. */
  readonly classes?: readonly string[];
}

/** Width and height of the images of MNIST and the sets made like it. */
export const MNIST_FIELD: ImageSize = { width: 28, height: 28 };

/**
 * How MNIST was made of scans (LeCun et al. 1998, section III.A): ink fitted into 20 x 20 pixels, its centre of mass in the
 * middle. Pens: widths of the middle half, twice area by outline, of 6,000 training images.
 */
export const MNIST_INK = { box: 20, middle: "mass", pens: [2.04, 2.77] } as const satisfies InkPlace;

/** How Fashion-MNIST was made of photos (Xiao et al. 2017, section 2): trimmed, the longer edge 28 pixels. */
const FASHION_INK = { box: 28, middle: "box" } as const satisfies InkPlace;

const DIGIT_NAMES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * The image sets known by name.
 *
 * `fashion-mnist` is resized like `mnist`, so that both cost the same to search, but not deskewed: the slant of
 * handwriting is noise, the slant of a sandal or a sleeve is not. At 28 x 28 load its folder as `idx`.
 */
export const IMAGE_SETS = {
  mnist: { size: 16, deskew: true, ink: MNIST_INK, classes: DIGIT_NAMES },
  "mnist-full": { deskew: false, ink: MNIST_INK, classes: DIGIT_NAMES },
  "fashion-mnist": {
    size: 16,
    deskew: false,
    ink: FASHION_INK,
    classes: ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
  },
} as const satisfies Record<string, ImageSettings>;

/**
 * A data set from the images and labels of a training file and a test file; inputs are in [0, 1], row by row.
 *
 * @param name  for reports and error messages
 * @param train at least 5 examples
 * @throws UsageError if the images of both differ in size, a label names no class, there are fewer than two classes,
 *         or too few examples to split
 */
export function imageDataset(name: string, train: IdxExamples, test: IdxExamples, settings: ImageSettings): Dataset {
  const { width, height } = train.images;
  if (test.images.width !== width || test.images.height !== height) {
    throw new UsageError(
      `Expected test images of ${width} x ${height} pixels like the training images of "${name}", got ` +
        `${test.images.width} x ${test.images.height}: take both files from the same set.`,
    );
  }
  if (train.images.count < 5) {
    throw new UsageError(
      `Expected at least 5 training images in "${name}" to split, got ${train.images.count}: give a larger set.`,
    );
  }
  const classes = settings.classes ?? numberedClasses(name, train.labels, test.labels);
  checkLabels(`training labels of "${name}"`, train.labels, classes.length);
  checkLabels(`test labels of "${name}"`, test.labels, classes.length);
  const image = settings.size === undefined ? { width, height } : { width: settings.size, height: settings.size };
  const trainCount = train.images.count - Math.floor(train.images.count / 5);
  return {
    name,
    inputs: pixelNames(image),
    classes,
    image,
    train: prepare(train, 0, trainCount, image, settings.deskew),
    validation: prepare(train, trainCount, train.images.count, image, settings.deskew),
    test: prepare(test, 0, test.images.count, image, settings.deskew),
  };
}

/** Names of the pixels of an image, row by row: "x3 y0" is the fourth of the first row. */
export function pixelNames({ width, height }: ImageSize): string[] {
  return Array.from({ length: width * height }, (_, index) => `x${index % width} y${Math.floor(index / width)}`);
}

function prepare(
  { images, labels }: IdxExamples,
  from: number,
  to: number,
  size: ImageSize,
  deskew: boolean,
): Examples {
  const features = sharedFloats((to - from) * size.width * size.height);
  prepareImages(pixelsOf(images, from, to), images, features, size, deskew);
  const part = sharedBytes(to - from);
  part.set(labels.subarray(from, to));
  return { count: to - from, features, labels: part };
}

/**
 * Makes inputs of images: scaled to [0, 1], resized, and deskewed where the set is (tasks/images.ts).
 *
 * @param pixels row-major [count x height x width] of `from`, 0 to 255
 * @param target row-major [count x height x width] of `to`, filled
 */
export function prepareImages(
  pixels: Uint8Array,
  from: ImageSize,
  target: Float32Array,
  to: ImageSize,
  deskew: boolean,
): void {
  resizeImages(pixels, from, target, to);
  if (deskew) deskewImages(target, to);
}

function pixelsOf({ pixels, width, height }: IdxImages, from: number, to: number): Uint8Array {
  return pixels.subarray(from * width * height, to * width * height);
}

function numberedClasses(name: string, train: Uint8Array, test: Uint8Array): string[] {
  let largest = 0;
  for (const labels of [train, test]) for (const label of labels) largest = Math.max(largest, label);
  if (largest === 0) {
    throw new UsageError(`Expected at least 2 classes in "${name}", got only label 0: there is nothing to tell apart.`);
  }
  return Array.from({ length: largest + 1 }, (_, label) => String(label));
}

function checkLabels(kind: string, labels: Uint8Array, classCount: number): void {
  const index = labels.findIndex((label) => label >= classCount);
  if (index >= 0) {
    throw new UsageError(
      `Expected ${kind} from 0 to ${classCount - 1}, got ${labels[index]} at index ${index}: ` +
        "check that the file belongs to this set.",
    );
  }
}
