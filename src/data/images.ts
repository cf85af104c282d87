/**
 * The paper's preparation of images: bilinear resize, then deskew by a shear (Gaier & Ha 2019, section 4).
 *
 * Follows OpenCV's resize, moments and warpAffine as the published code calls them, in double precision with
 * additions, multiplications and divisions only, so that every machine gives the same bits. Differs from OpenCV: that
 * warps at positions rounded to 1/32 of a pixel, we at the position itself, which moves a pixel by up to 0.02.
 */

/** Below this second moment about the mean row an image counts as flat and is not sheared. */
const MIN_MOMENT = 0.01;

/** Width and height of images, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** For each new position along one axis: the two old positions it lies between and the share of the second. */
interface Axis {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float64Array;
}

/**
 * Scales images from bytes to [0, 1] and, where `to` differs from `from`, resizes them: bilinear between pixel
 * centres, without anti-aliasing, border pixels repeated (OpenCV's INTER_LINEAR).
 *
 * @param pixels row-major [count x height x width] of `from`, 0 to 255
 * @param target row-major [count x height x width] of `to`, filled with values in [0, 1]
 */
export function resizeImages(pixels: Uint8Array, from: ImageSize, target: Float32Array, to: ImageSize): void {
  const fromLength = from.width * from.height;
  const toLength = to.width * to.height;
  if (from.width === to.width && from.height === to.height) {
    for (let index = 0; index < target.length; index++) target[index] = pixels[index] / 255;
    return;
  }
  const columns = resizeAxis(from.width, to.width);
  const rows = resizeAxis(from.height, to.height);
  for (let image = 0; image * toLength < target.length; image++) {
    let output = image * toLength;
    for (let y = 0; y < to.height; y++) {
      const top = image * fromLength + rows.low[y] * from.width;
      const bottom = image * fromLength + rows.high[y] * from.width;
      for (let x = 0; x < to.width; x++) {
        const left = columns.low[x];
        const right = columns.high[x];
        const share = columns.share[x];
        const above = pixels[top + left] + (pixels[top + right] - pixels[top + left]) * share;
        const below = pixels[bottom + left] + (pixels[bottom + right] - pixels[bottom + left]) * share;
        target[output++] = (above + (below - above) * rows.share[y]) / 255;
      }
    }
  }
}

/**
 * Deskews images in place: with the central moments mu11 and mu02 of an image and skew = mu11 / mu02,
 * new(x, y) = old(x + skew * y - skew * width / 2, y), bilinear, zero outside. Flat images stay as they are.
 *
 * @param images row-major [count x height x width], finite
 */
export function deskewImages(images: Float32Array, { width, height }: ImageSize): void {
  const length = width * height;
  const sheared = new Float32Array(length);
  for (let start = 0; start < images.length; start += length) {
    const image = images.subarray(start, start + length);
    const skew = skewOf(image, width, height);
    if (skew === 0) continue;
    for (let y = 0; y < height; y++) {
      const shift = skew * y - 0.5 * width * skew;
      const whole = Math.floor(shift);
      const share = shift - whole;
      const row = y * width;
      for (let x = 0; x < width; x++) {
        const left = x + whole;
        const low = left >= 0 && left < width ? image[row + left] : 0;
        const high = left >= -1 && left < width - 1 ? image[row + left + 1] : 0;
        sheared[row + x] = low + (high - low) * share;
      }
    }
    image.set(sheared);
  }
}

/** The skew mu11 / mu02 of one image, 0 for a flat one. */
function skewOf(image: Float32Array, width: number, height: number): number {
  let mass = 0; // m00
  let massX = 0; // m10
  let massY = 0; // m01
  let massXY = 0; // m11
  let massYY = 0; // m02
  for (let y = 0, index = 0; y < height; y++) {
    let rowMass = 0;
    let rowMassX = 0;
    for (let x = 0; x < width; x++, index++) {
      rowMass += image[index];
      rowMassX += image[index] * x;
    }
    mass += rowMass;
    massX += rowMassX;
    massY += rowMass * y;
    massXY += rowMassX * y;
    massYY += rowMass * y * y;
  }
  if (mass === 0) return 0;
  const mu02 = massYY - (massY / mass) * massY;
  if (Math.abs(mu02) < MIN_MOMENT) return 0;
  return (massXY - (massX / mass) * massY) / mu02;
}

/** Where the pixel centres of a new axis lie on the old one. */
function resizeAxis(from: number, to: number): Axis {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const share = new Float64Array(to);
  for (let index = 0; index < to; index++) {
    const position = Math.min(Math.max(((index + 0.5) * from) / to - 0.5, 0), from - 1);
    low[index] = Math.floor(position);
    high[index] = Math.min(low[index] + 1, from - 1);
    share[index] = position - low[index];
  }
  return { low, high, share };
}
