/** Draws a genome as an SVG or PNG file, by the drawings of viz/ that the build puts beside the library. */
import { existsSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { InternalError, UsageError } from "../base/errors.ts";
import { writeAtomically } from "../files/disk.ts";
import type { GenomeJson } from "../genome/codec.ts";

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
  /** Default `auto`: light, and dark in browsers where the reader's system asks for it; a PNG is light. */
  readonly theme?: "auto" | "light" | "dark";
  /** Default true. */
  readonly background?: boolean;
}

const PLACES = ["../viz/draw.js", "../../dist/viz/draw.js"];
/** Dots of a PNG for each unit of the drawing. */
const PNG_SCALE = 2;
/** Where a PNG finds none of the drawing's own fonts: nearly every Linux has it; without it any font does. */
const PNG_FONT = "DejaVu Sans";

/**
 * Writes a picture of a genome's network; the file's ending says whether as SVG or as PNG.
 *
 * @throws UsageError if the genome is none, the ending is another, or the disk refuses
 */
export async function writeDrawing(path: string, genome: GenomeJson, options: DrawOptions = {}): Promise<void> {
  const ending = extname(path).toLowerCase();
  if (ending !== ".svg" && ending !== ".png") {
    const pdf =
      ending === ".pdf"
        ? " For a PDF, draw an .svg and convert it: rsvg-convert -f pdf -o net.pdf net.svg, or inkscape net.svg -o net.pdf."
        : "";
    throw new UsageError(`Expected the picture's file to end in .svg or .png, got ${path}.${pdf}`);
  }
  const place = PLACES.map((name) => new URL(name, import.meta.url)).find((url) => existsSync(fileURLToPath(url)));
  if (place === undefined) {
    throw new InternalError("The drawings are missing from this installation (dist/viz/draw.js): run npm run build.");
  }
  const { networkFile } = (await import(place.href)) as {
    networkFile: (genome: GenomeJson, options: DrawOptions) => string;
  };
  const { theme = "auto" } = options;
  const fixed = ending === ".png" && theme === "auto" ? "light" : theme;
  const svg = networkFile(genome, { ...options, theme: fixed });
  writeAtomically(path, ending === ".svg" ? svg : await rasterize(svg));
}

/** An SVG as the bytes of a PNG. */
async function rasterize(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const font = { defaultFontFamily: PNG_FONT };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: PNG_SCALE } }).render().asPng();
}
