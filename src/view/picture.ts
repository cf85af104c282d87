/** Pictures as files: drawn by viz/, which the build puts beside the library, written as SVG or PNG. */
import { existsSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { InternalError, UsageError } from "../base/errors.ts";
import { writeAtomically } from "../files/disk.ts";

/** Colours of a picture: light, or dark; `auto` is light, and dark in browsers where the reader's system asks for it. */
export type Theme = "auto" | "light" | "dark";

/** The drawings of viz/draw.ts, by name. */
export type Drawings<Drawing> = Readonly<Record<string, (...given: readonly unknown[]) => Drawing>>;

const PLACES = ["../viz/draw.js", "../../dist/viz/draw.js"];
/** Dots of a PNG for each unit of the drawing. */
const PNG_SCALE = 2;
/** Where a PNG finds none of the drawing's own fonts: nearly every Linux has it; without it any font does. */
const PNG_FONT = "DejaVu Sans";

/** @throws UsageError if a picture cannot be written to a file of this name */
export function checkPicturePath(path: string): void {
  const ending = extname(path).toLowerCase();
  if (ending === ".svg" || ending === ".png") return;
  const pdf =
    ending === ".pdf"
      ? " For a PDF, draw an .svg and convert it: rsvg-convert -f pdf -o net.pdf net.svg, or inkscape net.svg -o net.pdf."
      : "";
  throw new UsageError(`Expected the picture's file to end in .svg or .png, got ${path}.${pdf}`);
}

/**
 * Writes a picture; the file's ending says whether as SVG or as PNG, which is light where `theme` is `auto`.
 *
 * @throws UsageError if the ending is another, or the disk refuses
 */
export async function writePicture(
  path: string,
  theme: Theme,
  draw: (drawings: Drawings<string>, theme: Theme) => string,
): Promise<void> {
  checkPicturePath(path);
  const isPng = extname(path).toLowerCase() === ".png";
  const svg = draw(await loadDrawings<string>(), isPng && theme === "auto" ? "light" : theme);
  writeAtomically(path, isPng ? await rasterize(svg) : svg);
}

/** The drawings that the build has put beside the library. */
export async function loadDrawings<Drawing = unknown>(): Promise<Drawings<Drawing>> {
  const place = PLACES.map((name) => new URL(name, import.meta.url)).find((url) => existsSync(fileURLToPath(url)));
  if (place === undefined) {
    throw new InternalError("The drawings are missing from this installation (dist/viz/draw.js): run npm run build.");
  }
  return (await import(place.href)) as Drawings<Drawing>;
}

/** An SVG as the bytes of a PNG. */
async function rasterize(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const font = { defaultFontFamily: PNG_FONT };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: PNG_SCALE } }).render().asPng();
}
