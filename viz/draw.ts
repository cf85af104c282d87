/** Drawings as SVG text, for papers and slides; built to dist/viz/draw.js, which `precocial draw`, `play` and `compare` load. */
import { decodeGenome } from "../src/index.ts";
import { drawNetwork, type NetworkOptions } from "./network.ts";
import { createPlainDocument } from "./plain-document.ts";
import { drawScoreBySize, type ScoreBySizeOptions } from "./score-by-size.ts";
import { type FileOptions, svgFile } from "./svg-file.ts";

export { episodeFrames } from "./frames.ts";

/**
 * A genome's network as a whole SVG file.
 *
 * @param genome a genome as JSON
 * @throws UsageError if it is none
 */
export function networkFile(genome: unknown, options: NetworkOptions & FileOptions = {}): string {
  return svgFile(drawNetwork(createPlainDocument(), decodeGenome(genome), options).outerHTML, options);
}

/** Score against size as a whole SVG file. */
export function scoreBySizeFile(
  series: Parameters<typeof drawScoreBySize>[1],
  options: ScoreBySizeOptions & FileOptions,
): string {
  return svgFile(drawScoreBySize(createPlainDocument(), series, options).outerHTML, options);
}
