/**
 * Writes over what is on a picture with a pen that the data set has: a thin line of a ball pen all but vanishes when a
 * scan becomes 20 pixels high, and a thick one fills the holes of an 8.
 */
import type { ImageSize } from "./images.ts";
import { type Ink, scaleInk } from "./ink.ts";
import { Raster } from "./raster.ts";

/** Ink is drawn so many times finer than the pixels of the box, then averaged. */
export const FINER = 8;
/** Ink that is longer than so many pixels of the fine drawing is scaled down to it first. */
const LONGEST = 4;
/** The level from which a pixel is ink, not paper. */
const INK = 0.5;
/** Shapes of less than so many times the width of the pen are blots, not strokes. */
const BLOT = 2;

/** Ink of a fine drawing in a box, areas averaged. @param raster [FINER x box] each way */
export function averageInk(raster: Raster, box: number): Ink {
  const values = new Float64Array(box * box);
  for (let row = 0; row < raster.height; row++) {
    for (let column = 0; column < raster.width; column++) {
      const pixel = Math.floor(row / FINER) * box + Math.floor(column / FINER);
      values[pixel] += raster.cover(row * raster.width + column) / FINER ** 2;
    }
  }
  return { width: box, height: box, values };
}

/**
 * Ink in a box that its longer side fills, its strokes at least and at most so wide.
 *
 * @param box  side of the box, pixels
 * @param pens the narrowest and the widest pen, pixels of the box
 * @returns    undefined for what the pen is right of, or what is not made of strokes
 */
export function rewrite(ink: Ink, box: number, [narrowest, widest]: readonly [number, number]): Ink | undefined {
  const source = shrink(ink, LONGEST * FINER * box);
  const pen = penOf(source);
  const longer = Math.max(source.width, source.height);
  if (longer < BLOT * pen) return undefined;
  const width = Math.min(Math.max((pen * box) / longer, narrowest), widest);
  if (width === (pen * box) / longer) return undefined;
  // The ink is as long as the middle of its strokes and once the pen.
  const scale = ((box - width) / (longer - pen)) * FINER;
  const wider = (width * FINER - pen * scale) / 2;
  const fine = box * FINER;
  const raster = new Raster(fine, fine);
  raster.clear(Math.abs(wider) + scale / 2);
  const left = (fine - source.width * scale) / 2;
  const top = (fine - source.height * scale) / 2;
  const dot = (x: number, y: number) => {
    const [atX, atY] = [left + (x + 0.5) * scale, top + (y + 0.5) * scale];
    raster.drawSegment(atX, atY, atX, atY);
  };
  // A wider pen dots all that is ink, a narrower one all that is paper, around the picture too.
  for (let y = Math.floor(-top / scale); y * scale + top < fine; y++) {
    for (let x = Math.floor(-left / scale); x * scale + left < fine; x++) {
      if (isInk(source, x, y) === wider > 0) dot(x, y);
    }
  }
  const drawn = averageInk(raster, box);
  return wider > 0 ? drawn : { ...drawn, values: drawn.values.map((value) => 1 - value) };
}

/** The width of the pen, pixels: twice area by outline, the outline of a raster being 4 / pi times too long. */
function penOf(ink: Ink): number {
  let [area, edges] = [0, 0];
  for (let y = -1; y < ink.height; y++) {
    for (let x = -1; x < ink.width; x++) {
      const here = isInk(ink, x, y);
      if (here) area++;
      if (here !== isInk(ink, x + 1, y)) edges++;
      if (here !== isInk(ink, x, y + 1)) edges++;
    }
  }
  return (2 * area) / ((edges * Math.PI) / 4);
}

function isInk({ width, height, values }: Ink, x: number, y: number): boolean {
  return x >= 0 && x < width && y >= 0 && y < height && values[y * width + x] >= INK;
}

function shrink(ink: Ink, longest: number): Ink {
  const scale = longest / Math.max(ink.width, ink.height);
  if (scale >= 1) return ink;
  const to: ImageSize = {
    width: Math.max(1, Math.round(ink.width * scale)),
    height: Math.max(1, Math.round(ink.height * scale)),
  };
  const { values } = scaleInk(ink, to);
  return { ...to, values };
}
