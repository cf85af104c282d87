/** Draws a genome as an SVG file, by the drawings of viz/ that the build puts beside the library. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InternalError } from "../base/errors.ts";
import type { GenomeJson } from "../genome/codec.ts";
import { writeAtomically } from "./files.ts";

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
  /** Default `auto`: light or dark as the reader's system asks for. */
  readonly theme?: "auto" | "light" | "dark";
  /** Default true. */
  readonly background?: boolean;
}

const PLACES = ["../viz/draw.js", "../../dist/viz/draw.js"];

/**
 * Writes a picture of a genome's network.
 *
 * @throws UsageError if the genome is none, or the disk refuses
 */
export async function writeDrawing(path: string, genome: GenomeJson, options: DrawOptions = {}): Promise<void> {
  const place = PLACES.map((name) => new URL(name, import.meta.url)).find((url) => existsSync(fileURLToPath(url)));
  if (place === undefined) {
    throw new InternalError("The drawings are missing from this installation (dist/viz/draw.js): run npm run build.");
  }
  const { networkFile } = (await import(place.href)) as {
    networkFile: (genome: GenomeJson, options: DrawOptions) => string;
  };
  writeAtomically(path, networkFile(genome, options));
}
