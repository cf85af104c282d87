/** Draws a genome, or score against size, as an SVG or PNG file. */
import type { GenomeJson } from "../genome/codec.ts";
import type { SizeSeries } from "../measure/sizes.ts";
import { type Theme, writePicture } from "./picture.ts";

/** How to draw. */
export interface DrawOptions {
  /** Units of the drawing's width, at least. Default 720. */
  readonly width?: number;
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
  /** The inputs are the pixels of an image of this size. */
  readonly image?: { readonly width: number; readonly height: number };
  /** Draw only what feeds this output; 0 is the first. */
  readonly output?: number;
  /** Default `auto`; a PNG is light then. */
  readonly theme?: Theme;
  /** Default true. */
  readonly background?: boolean;
}

/**
 * Writes a picture of a genome's network; the file's ending says whether as SVG or as PNG.
 *
 * @throws UsageError if the genome is none, the ending is another, or the disk refuses
 */
export async function writeDrawing(path: string, genome: GenomeJson, options: DrawOptions = {}): Promise<void> {
  await writePicture(path, options.theme ?? "auto", ({ networkFile }, theme) =>
    networkFile(genome, { ...options, theme }),
  );
}

/**
 * Writes a picture of scores against sizes.
 *
 * @param axis what the scores are, and whether they are shares to be written in per cent
 * @throws UsageError if the ending is neither .svg nor .png, or the disk refuses
 */
export async function writeScoreBySize(
  path: string,
  series: readonly SizeSeries[],
  options: { readonly axis: string; readonly percent: boolean },
): Promise<void> {
  await writePicture(path, "auto", ({ scoreBySizeFile }, theme) => scoreBySizeFile(series, { ...options, theme }));
}
