/** Reads pictures from files: PNG, JPEG and whatever else the library sharp decodes, which is loaded when it is needed. */
import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { greyPicture, type Picture } from "../data/picture.ts";
import { readBytes } from "./disk.ts";

/** Endings of files that are taken for pictures, in small letters. */
export const PICTURE_ENDINGS = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff"] as const;

/** Whether a path ends as pictures do. */
export function isPicturePath(path: string): boolean {
  return (PICTURE_ENDINGS as readonly string[]).includes(extname(path).toLowerCase());
}

/** The pictures in a folder and the folders in it, by path from there with slashes, numbers in names in their order. */
export function listPictures(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isPicturePath(entry.name) && !entry.name.startsWith("."))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(folder, "x").length - 1)
        .replaceAll("\\", "/"),
    )
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/**
 * Prepares the reading of pictures.
 *
 * @returns a function that reads the picture at a path, turned as its camera was held; it throws UsageError if it is missing
 *          or damaged
 * @throws UsageError if the library is not there
 */
export async function createPictureFiles(): Promise<(path: string) => Promise<Picture>> {
  const sharp = await loadSharp("read pictures", "give the images as an IDX file");
  return async (path) => {
    const bytes = readBytes(path, "a picture");
    try {
      // Colours are left to us: what the library makes of grey differs by rounding from what data sets were made by.
      const image = sharp(bytes).autoOrient().toColourspace("srgb").ensureAlpha().raw({ depth: "uchar" });
      const { data, info } = await image.toBuffer({ resolveWithObject: true });
      return greyPicture(path, info, data);
    } catch (error) {
      const [reason] = (error as Error).message.trim().split("\n");
      throw new UsageError(
        `Expected a whole picture in ${path}, got ${bytes.length} bytes that cannot be read (${reason}): save it anew, or leave it out.`,
        { cause: error },
      );
    }
  };
}

/**
 * Loads the library.
 *
 * @param what    it is for
 * @param instead what to do without it
 * @throws UsageError if it is not there
 */
export async function loadSharp(what: string, instead: string): Promise<typeof import("sharp").default> {
  try {
    return (await import("sharp")).default;
  } catch (error) {
    throw new UsageError(
      `Expected the library sharp to ${what}, but it cannot be loaded (${(error as Error).message.split("\n")[0]}): ` +
        `install it with npm install sharp, or ${instead}.`,
      { cause: error },
    );
  }
}
