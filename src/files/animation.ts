/** Writes pictures that move, GIF or animated WebP, from frames in SVG, by the library sharp. */
import { extname } from "node:path";
import { UsageError } from "../base/errors.ts";
import { writeAtomically } from "./disk.ts";
import { loadSharp } from "./pictures.ts";

/** A frame: a picture in SVG, all of one size, and how long it is shown. */
export interface AnimationFrame {
  readonly svg: string;
  readonly seconds: number;
}

/** @throws UsageError if an animation cannot be written to a file of this name */
export function checkAnimationPath(path: string): void {
  const ending = extname(path).toLowerCase();
  if (ending === ".gif" || ending === ".webp") return;
  const video = /^\.(webm|mp4|mov)$/.test(ending)
    ? ` For a video, write an episode.gif and convert it: ffmpeg -i episode.gif episode${ending}.`
    : "";
  throw new UsageError(`Expected the animation's file to end in .gif or .webp, got ${path}.${video}`);
}

/**
 * Writes an animation that is played again and again; the file's ending says whether as GIF or as WebP.
 *
 * @returns the number of frames
 * @throws UsageError if the ending is another, the library is not there, or the disk refuses
 */
export async function writeAnimation(path: string, frames: Iterable<AnimationFrame>): Promise<number> {
  checkAnimationPath(path);
  const sharp = await loadSharp("write animations", "see the episode with precocial view");
  const pages: Buffer[] = [];
  const delay: number[] = [];
  let size = { width: 0, height: 0 };
  for (const { svg, seconds } of frames) {
    const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    pages.push(data);
    delay.push(Math.round(1000 * seconds));
    size = info;
  }
  const { width, height } = size;
  const raw = { width, height: height * pages.length, channels: 3, pageHeight: height } as const;
  const image = sharp(Buffer.concat(pages), { raw, limitInputPixels: false });
  const isGif = extname(path).toLowerCase() === ".gif";
  const moving = isGif ? image.gif({ delay, loop: 0, colours: 64, dither: 0 }) : image.webp({ delay, loop: 0 });
  writeAtomically(path, await moving.toBuffer());
  return pages.length;
}
